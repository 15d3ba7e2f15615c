"""TC3-HMAC-SHA256 against the published vector and the official signer."""

from __future__ import annotations

import json
from types import SimpleNamespace
from typing import Any

import pytest

from bot.recognition.tencentcloud.signature import Message, authorization
from tests.recognition.tencentcloud.conftest import (
    SECRET_ID,
    SECRET_KEY,
    official_client,
    sdk,
)

TIMESTAMPS = (
    *(0, 1, 1551113065),
    *(1709164799, 1709164800, 1709251199, 1709251200),  # around 29 February 2024
    *(1767225599, 1767225600),  # the last second of 2025, the first of 2026
    *(1795305599, 1795305600, 2147483647, 2147483648, 4102444799),
)
HOSTS = ("ocr.tencentcloudapi.com", "ocr.ap-beijing.tencentcloudapi.com", "127.0.0.1:18099")
PARAMETERS: tuple[dict[str, Any], ...] = (
    {},
    {"ImageBase64": "/9j/4AAQSkZJRgABAQAAAQABAAD/2Q==", "CardSide": "DOUBLE"},
    {"ImageBase64": "A" * 100_000, "CardSide": "FRONT"},
    {"Name": "未命名 \U00020bb7 \n\t\"'\\"},
)
KEYS = ((SECRET_ID, SECRET_KEY), ("a", "b"), ("AKID" + "0" * 60, "/+=~!" * 20))


def test_the_published_example() -> None:
    """The provider's own walk through the method, step by step, ends in this header."""
    body = r'{"Limit": 1, "Filters": [{"Values": ["\u672a\u547d\u540d"], "Name": "instance-name"}]}'
    message = Message(
        "cvm.tencentcloudapi.com", body.encode(), "application/json; charset=utf-8", "cvm"
    )
    assert authorization(SECRET_ID, SECRET_KEY, message, 1551113065) == (
        "TC3-HMAC-SHA256 "
        f"Credential={SECRET_ID}/2019-02-25/cvm/tc3_request, "
        "SignedHeaders=content-type;host, "
        "Signature=72e494ea809ad7a8c8f7a4507b9bddcbaa8e581f516e8da2f66e2c5a96525168"
    )


@pytest.mark.parametrize("timestamp", TIMESTAMPS)
def test_the_official_signer_agrees(timestamp: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever the time, the host, the key and the body, the headers are the same."""
    clock = SimpleNamespace(time=lambda: timestamp + 0.9)
    monkeypatch.setattr(sdk("common.abstract_client"), "time", clock)
    for host in HOSTS:
        for secret_id, secret_key in KEYS:
            for parameters in PARAMETERS:
                body = json.dumps(parameters).encode()
                ours = authorization(secret_id, secret_key, Message(host, body), timestamp)
                assert ours == _official(host, secret_id, secret_key, parameters)


def _official(host: str, secret_id: str, secret_key: str, parameters: dict[str, Any]) -> str:
    """The header that the official client would send now."""
    request = sdk("common.http.request").RequestInternal(host, "POST", "/")
    client = official_client(host, secret_id, secret_key)
    client._build_req_with_tc3_signature("VehicleLicenseOCR", parameters, request)
    header: str = request.header["Authorization"]
    return header


@pytest.mark.parametrize(
    "other",
    [
        Message("ocr.example", b"{}", service="cvm"),
        Message("ocr.example:80", b"{}"),
        Message("ocr.example", b"{ }"),
        Message("ocr.example", b"{}", "application/json; charset=utf-8"),
    ],
)
def test_all_of_a_message_is_signed(other: Message) -> None:
    """Nobody on the way can change any of it."""
    known = authorization("id", "key", Message("ocr.example", b"{}"), 1)
    assert authorization("id", "key", other, 1).rpartition("=")[2] != known.rpartition("=")[2]
