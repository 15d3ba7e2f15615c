"""Tencent Cloud's `POST /ocr/drivinglicence`, which is also the wire between our own machines."""
