"""What the provider's codes mean."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import AccountError, PhotoError, ProviderError, RecognitionError, RequestError
from bot.recognition.drivinglicence.codes import (
    ARREARS,
    MEANINGS,
    Code,
    error_for,
    error_for_status,
)

PAGE = {3, 4, 5, 6, 9, 10, 11, 12, 13, 14, 15, 16, 21, 23, 24, 25, 107, 108, 213} | {
    *(-1102, -1300, -1301, -1304, -1308, -9001, -9002, -9005, -9006)
}
OLDER_PAGE = {7, 8, 17, 18, 19, 20, 200, 201, 202, 203} | {
    *(-1400, -1403, -1404, -1505, -1506, -1507, -5062, -5103, -5107)
}
TRANSIENT = {15, 107, 108, 200, 201, 202, 203, 213}


def test_every_published_code_is_known() -> None:
    """Those of the call's own page, of the older one, and one that was seen in the wild."""
    assert {int(code) for code in Code} == PAGE | OLDER_PAGE | {-1408, 0}
    assert set(MEANINGS) == set(Code) - {Code.OK}


@pytest.mark.parametrize("code", [code for code in Code if code])
def test_every_code_becomes_an_error(code: Code) -> None:
    """With a word that has a sentence, and the provider's code for the log."""
    error = error_for(code, "whatever 张三")
    assert error.detail == str(int(code))
    assert "张三" not in repr(error.__dict__)


@pytest.mark.parametrize(
    ("code", "message", "kind", "word"),
    [
        (3, "bad request", RequestError, "request-refused"),
        (3, ARREARS, AccountError, "in-arrears"),
        (3, "Account abnormal, errorno is: 2", AccountError, "in-arrears"),
        (3, "xx account abnormal, errorno is : 2.", AccountError, "in-arrears"),
        (3, "account abnormal,errorno is:21", AccountError, "not-permitted"),
        (3, "account abnormal", AccountError, "not-permitted"),
        (21, ARREARS, RequestError, "request-refused"),
        (9, "", AccountError, "clock-wrong"),
        (14, "", AccountError, "key-refused"),
        (15, "", ProviderError, "busy"),
        (24, "", AccountError, "not-permitted"),
        (25, "", AccountError, "quota-used-up"),
        (-1102, "SDK_IMAGE_DECODE_FAILED", PhotoError, "damaged"),
        (-1300, "", PhotoError, "empty"),
        (-1408, "", PhotoError, "too-large"),
        (-9002, "DLOCR_RECONG_FAILED", PhotoError, "unreadable"),
        (-9005, "", PhotoError, "not-a-picture"),
        (213, "", ProviderError, "provider-failed"),
        (0, "", ProviderError, "provider-failed"),
        (777, "", ProviderError, "provider-failed"),
        (-12345, "", ProviderError, "provider-failed"),
    ],
)
def test_a_code_tells_whose_fault_it_is(
    code: int, message: str, kind: type[RecognitionError], word: str
) -> None:
    """The owner's, the photo's, ours or the provider's."""
    error = error_for(code, message)
    assert (type(error), error.code, error.detail) == (kind, word, str(code))


def test_a_size_comes_with_its_limit() -> None:
    """The sentence names it."""
    assert error_for(Code.DOWNLOAD_TOO_LARGE).params == {"megabytes": 6}


def test_only_passing_troubles_are_worth_another_try() -> None:
    """Of the known codes just these, of the unknown ones their kin."""
    assert {int(code) for code in Code if error_for(code).transient} == TRANSIENT
    assert error_for(250).transient
    assert not error_for(300).transient
    assert not error_for(-250).transient


@pytest.mark.parametrize("status", range(100, 600))
def test_only_passing_statuses_are_worth_another_try(status: int) -> None:
    """Too many calls, a slow upload, and all that a server says of itself."""
    assert error_for_status(status).transient == (status in {408, 429} or status >= 500)


@pytest.mark.parametrize(
    ("status", "kind", "word"),
    [
        (200, ProviderError, "unintelligible"),
        (302, ProviderError, "unintelligible"),
        (400, RequestError, "request-refused"),
        (401, AccountError, "key-refused"),
        (403, AccountError, "not-permitted"),
        (404, RequestError, "request-refused"),
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
def test_a_status_speaks_where_no_code_does(
    status: int, kind: type[RecognitionError], word: str
) -> None:
    """Gateways and proxies answer without the API's JSON."""
    error = error_for_status(status)
    assert (type(error), error.code, error.detail) == (kind, word, f"HTTP {status}")


@given(st.integers(), st.text())
def test_no_code_and_no_message_is_too_strange(code: int, message: str) -> None:
    """Every number is an error that people can be told."""
    assert isinstance(error_for(code, message), RecognitionError)
