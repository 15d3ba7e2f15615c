"""Who pays, and where requests go."""

from __future__ import annotations

import pytest

from bot.recognition.tencentcloud.account import Account


@pytest.mark.parametrize(
    ("endpoint", "host", "url"),
    [
        ("ocr.tencentcloudapi.com", "ocr.tencentcloudapi.com", "https://ocr.tencentcloudapi.com/"),
        ("https://ocr.ap-beijing.tencentcloudapi.com/", "ocr.ap-beijing.tencentcloudapi.com", ""),
        ("ocr.example:8443", "ocr.example:8443", "https://ocr.example:8443/"),
        ("http://127.0.0.1:8000", "127.0.0.1:8000", "http://127.0.0.1:8000/"),
        ("http://localhost:8000/", "localhost:8000", "http://localhost:8000/"),
        ("http://[::1]:8000", "[::1]:8000", "http://[::1]:8000/"),
    ],
)
def test_an_endpoint_is_a_host_or_this_machine(endpoint: str, host: str, url: str) -> None:
    """The host that is signed is the one that the URL names."""
    account = Account("id", "key", endpoint=endpoint)
    assert account.host == host
    assert account.url == (url or f"https://{host}/")


@pytest.mark.parametrize(
    "endpoint",
    ["", "ftp://ocr.example", "ocr.example/path", "a b", "http://ocr.example", "http://10.0.0.1"],
)
def test_no_photo_leaves_this_machine_in_plain_text(endpoint: str) -> None:
    """An endpoint without encryption is refused unless it is loopback, as is one that is none."""
    with pytest.raises(ValueError, match=r"^endpoint: "):
        Account("id", "key", endpoint=endpoint)


@pytest.mark.parametrize(
    ("wrong", "named"),
    [
        ({"secret_id": ""}, "secret_id"),
        ({"secret_id": "AKID\n"}, "secret_id"),
        ({"secret_key": "gehéim"}, "secret_key"),
        ({"region": "ap guangzhou"}, "region"),
    ],
)
def test_what_no_header_could_carry_is_refused(wrong: dict[str, str], named: str) -> None:
    """A blank copied along with a key is found before the first photo, and never printed."""
    with pytest.raises(ValueError, match=f"^{named}: ") as caught:
        Account(**({"secret_id": "id", "secret_key": "key"} | wrong))
    assert all(value not in str(caught.value) for value in wrong.values() if value)


def test_an_account_does_not_show_its_key() -> None:
    """What is printed by accident holds neither half of the key."""
    assert repr(Account("AKID", "hidden")) == (
        "Account(region='ap-guangzhou', endpoint='ocr.tencentcloudapi.com')"
    )
