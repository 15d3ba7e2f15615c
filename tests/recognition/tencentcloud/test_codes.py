"""What the provider's error codes mean."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot.errors import AccountError, PhotoError, ProviderError, RecognitionError, RequestError
from bot.recognition.tencentcloud.codes import MEANINGS, error_for, error_for_status
from tests.recognition.tencentcloud.conftest import sdk

OTHER_PRODUCTS = {
    *("ClassifyStoreFailed", "FieldException", "IdCardInfoIllegal", "IdCardTooSmall"),
    *("IllegalBankCardError", "ImageNoBusinessCard", "ImageNoHandWrite", "ImageNoIdCard"),
    *("InconsistencyBetweenMRZAndVRZ", "InvalidPostalCodeLength", "InvoiceMismatch"),
    *("LanguageNotSupport", "NoBankCardError", "NoBizLicense", "NoHKIDCard", "NoMASIDCard"),
    *("NoPassport", "NoStoreLabel", "PDFParseFailed", "TaxNetworkError"),
    *("PriceOrVerificationParameterValueLimit", "TicketCodeParameterValueLimit"),
    *("TicketDateParameterValueLimit", "TicketSnParameterValueLimit", "NoAreaCode", "NoInvoice"),
    "NotSupportCurrentInvoiceQuery",
}
"""Second halves of codes that only invoices, bank cards and the like can have."""


@pytest.mark.parametrize(
    ("code", "kind", "word"),
    [
        ("FailedOperation.NoDriverLicenseError", PhotoError, "not-this-page"),
        ("FailedOperation.NoVehicleLicenseError", PhotoError, "not-this-page"),
        ("FailedOperation.LicenseCardSideError", PhotoError, "not-this-page"),
        ("FailedOperation.LicenseMultiCardError", PhotoError, "several-pages"),
        ("FailedOperation.MultiCardError", PhotoError, "several-pages"),
        ("FailedOperation.ImageNoText", PhotoError, "no-licence"),
        ("FailedOperation.ImageNoSpecifiedCard", PhotoError, "no-licence"),
        ("FailedOperation.ImageBlur", PhotoError, "unreadable"),
        ("FailedOperation.ImageDecodeFailed", PhotoError, "damaged"),
        ("FailedOperation.ImageSizeTooLarge", RequestError, "request-refused"),
        ("LimitExceeded.TooLargeFileError", RequestError, "request-refused"),
        ("InvalidParameterValue.InvalidParameterValueLimit", RequestError, "request-refused"),
        ("UnsupportedRegion", RequestError, "request-refused"),
        ("FailedOperation.OcrFailed", ProviderError, "provider-failed"),
        ("FailedOperation.EngineRecognizeTimeout", ProviderError, "provider-failed"),
        ("InternalError", ProviderError, "provider-failed"),
        ("FailedOperation.UnOpenError", AccountError, "not-permitted"),
        ("FailedOperation.ArrearsError", AccountError, "in-arrears"),
        ("FailedOperation.CountLimitError", AccountError, "quota-used-up"),
        ("ResourceUnavailable.InArrears", AccountError, "in-arrears"),
        ("ResourceUnavailable.ResourcePackageRunOut", AccountError, "quota-used-up"),
        ("AuthFailure.SignatureExpire", AccountError, "clock-wrong"),
        ("AuthFailure.SignatureFailure", AccountError, "key-refused"),
        ("AuthFailure.UnauthorizedOperation", AccountError, "not-permitted"),
        ("IpNotInWhitelist", AccountError, "not-permitted"),
        ("RequestLimitExceeded", ProviderError, "busy"),
        ("RequestLimitExceeded.UinLimitExceeded", ProviderError, "busy"),
        # second halves that nobody knows
        ("AuthFailure.Tomorrow", AccountError, "key-refused"),
        ("RequestLimitExceeded.A.B", ProviderError, "busy"),
        ("ResourceUnavailable.Tomorrow", ProviderError, "provider-failed"),
        ("FailedOperation.Tomorrow", ProviderError, "provider-failed"),
        ("InvalidParameter.Tomorrow", RequestError, "request-refused"),
        ("Tomorrow", ProviderError, "provider-failed"),
    ],
)
def test_a_code_tells_whose_fault_it_is(code: str, kind: type[RecognitionError], word: str) -> None:
    """The provider's code stays in the detail, for logs."""
    error = error_for(code)
    assert (type(error), error.code, error.detail) == (kind, word, code)


@pytest.mark.parametrize("code", MEANINGS)
def test_every_meaning_is_an_error_that_exists(code: str) -> None:
    """No entry of the table names a word that its class does not have."""
    assert error_for(code).detail == code


@pytest.mark.parametrize("code", ["", "身份证440524198701010014", "a b", "x" * 101, "A..B"])
def test_what_is_no_code_stays_out_of_the_logs(code: str) -> None:
    """Only the shape of a code is kept: anything else might be read off a page."""
    assert error_for(code).detail == ""


@pytest.mark.parametrize(
    ("status", "kind", "word"),
    [
        (200, ProviderError, "unintelligible"),
        (302, ProviderError, "unintelligible"),
        (403, ProviderError, "unintelligible"),
        (408, ProviderError, "provider-failed"),
        (413, RequestError, "request-refused"),
        (429, ProviderError, "busy"),
        (500, ProviderError, "provider-failed"),
        (502, ProviderError, "provider-failed"),
        (503, ProviderError, "provider-failed"),
        (504, ProviderError, "provider-failed"),
        (999, ProviderError, "unintelligible"),
    ],
)
def test_a_status_tells_what_stood_on_the_way(
    status: int, kind: type[RecognitionError], word: str
) -> None:
    """Where no reply of the API came, its HTTP status is all there is."""
    error = error_for_status(status)
    assert (type(error), error.code, error.detail) == (kind, word, f"HTTP {status}")


@pytest.mark.parametrize("code", [*MEANINGS, "Tomorrow", "AuthFailure.Tomorrow"])
def test_only_the_providers_own_troubles_are_worth_another_try(code: str) -> None:
    """Neither the photo's nor the owner's pass, and what nobody knows is not asked for twice."""
    error = error_for(code)
    assert error.transient == (isinstance(error, ProviderError) and code != "Tomorrow")


@pytest.mark.parametrize("status", range(100, 600))
def test_only_passing_statuses_are_worth_another_try(status: int) -> None:
    """Too many calls, a slow upload, and all that a server says of itself."""
    assert error_for_status(status).transient == (status in {408, 429} or status >= 500)


def test_the_table_holds_every_code_of_the_official_client() -> None:
    """A code that the SDK knows is here, unless another product alone can have it."""
    package = sdk("ocr.v20181119")
    source = (Path(package.__path__[0]) / "errorcodes.py").read_text(encoding="utf-8")
    known = set(re.findall(r"^[A-Z_]+ = '([A-Za-z.]+)'$", source, re.MULTILINE))
    assert len(known) > 40
    ours = {code for code in known if code.rpartition(".")[2] not in OTHER_PRODUCTS}
    assert ours <= set(MEANINGS)
