"""How refusals are worded."""

from __future__ import annotations

import pytest

from bot.playground.refusals import Refusal, bad_request, conflict, not_found, too_large


@pytest.mark.parametrize(
    ("reason", "description"),
    [
        ("Message text is empty", "Bad Request: message text is empty"),
        ("BUTTON_DATA_INVALID", "Bad Request: BUTTON_DATA_INVALID"),
        ("A_B", "Bad Request: A_B"),
        ("X", "Bad Request: x"),
    ],
)
def test_the_first_letter_is_small_unless_it_begins_a_code(reason: str, description: str) -> None:
    """Sentences begin small after the colon, codes stay."""
    assert bad_request(reason).description == description


def test_retry_after_stands_in_the_body_and_in_a_header() -> None:
    """429 tells twice when to come back, and other refusals never."""
    refusal = Refusal(429, "Too Many Requests: retry after 3", retry_after=3)
    assert refusal.envelope()["parameters"] == {"retry_after": 3}
    assert refusal.headers() == {"Retry-After": "3"}
    assert "parameters" not in conflict("x").envelope()
    assert conflict("x").headers() == {}


def test_each_kind_has_its_code() -> None:
    """Codes and prefixes belong together."""
    assert (conflict("x").error_code, conflict("x").description) == (409, "Conflict: x")
    assert (not_found().error_code, not_found().description) == (404, "Not Found")
    assert not_found("x").description == "Not Found: x"
    assert too_large().error_code == 413
