"""The recogniser that needs no account: PP-OCR models under onnxruntime, and knowledge of pages."""
