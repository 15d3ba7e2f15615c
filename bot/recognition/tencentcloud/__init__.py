"""Tencent Cloud's VehicleLicenseOCR and DriverLicenseOCR, API 3.0 of 2018-11-19."""
