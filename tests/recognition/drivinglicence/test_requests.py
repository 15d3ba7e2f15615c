"""Bodies in every form, and the codes of what is wrong with them."""

from __future__ import annotations

import base64
import json
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.licence.documents import DocumentType
from bot.recognition.drivinglicence.codes import Code
from bot.recognition.drivinglicence.refusals import Refusal
from bot.recognition.drivinglicence.requests import RecognitionRequest, read_request

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

FORM = "multipart/form-data; boundary=b"
B64 = base64.b64encode(b"picture").decode()


async def pieces(body: bytes, size: int = 7) -> AsyncIterator[bytes]:
    """A body as it comes over the network."""
    for at in range(0, len(body), size):
        yield body[at : at + size]


async def read_json(values: object, content_type: str = "application/json") -> RecognitionRequest:
    """Read a JSON body."""
    return await read_request(content_type, pieces(json.dumps(values).encode(), 99))


async def read_form(**parts: bytes) -> RecognitionRequest:
    """Read a form."""
    written = (
        b'--b\r\nContent-Disposition: form-data; name="%b"\r\n\r\n%b\r\n' % (name.encode(), data)
        for name, data in parts.items()
    )
    return await read_request(FORM, pieces(b"".join(written) + b"--b--\r\n"))


async def refused(body: bytes, content_type: str, limit: int = 10_000) -> Code:
    """The code with which that body is refused."""
    with pytest.raises(Refusal) as caught:
        await read_request(content_type, pieces(body), limit)
    return caught.value.code


EXPECTED = RecognitionRequest(DocumentType.VEHICLE_LICENCE_BACK, "1", "box", b"picture")


@pytest.mark.parametrize(
    "content_type",
    [
        "application/json",
        "Application/JSON; charset=UTF-8",
        "application/json;charset=gbk",
        " application/json ;x",
    ],
)
@pytest.mark.parametrize("document_type", [2, "2", " 2 ", "02"])
async def test_json_is_read(content_type: str, document_type: object) -> None:
    """With or without a charset, the type as a number or its digits."""
    values = {"appid": "1", "bucket": "box", "type": document_type, "image": B64, "more": [1]}

    assert await read_json(values, content_type) == EXPECTED


async def test_a_form_is_read() -> None:
    """Whatever else stands in it."""
    parts = {"image": b"picture", "more": b"1", "type": b"2\r\n", "bucket": b"box", "appid": b"1"}

    assert await read_form(**parts) == EXPECTED


async def test_numbers_and_broken_lines_are_fine() -> None:
    """Some write the AppID as a number, and some encoders break their lines."""
    values = {"appid": 1, "bucket": "box", "type": 2, "image": B64[:4] + "\r\n" + B64[4:] + "\n"}

    assert await read_json(values) == EXPECTED


async def test_the_url_wins() -> None:
    """An image beside it is not even decoded; an empty URL is none."""
    both = {"appid": "1", "type": 1, "url": "http://a/b", "image": "?"}

    asked = await read_json(both)
    empty = await read_json({**both, "url": "", "image": B64})

    assert (asked.url, asked.image) == ("http://a/b", b"")
    assert (empty.url, empty.image) == ("", b"picture")
    assert (await read_form(type=b"1", url=b"http://a/b")).url == "http://a/b"


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"type": None}, Code.PARAMETER_EMPTY),
        ({"type": ""}, Code.PARAMETER_EMPTY),
        ({"type": 3}, Code.WRONG_TYPE),
        ({"type": -1}, Code.WRONG_TYPE),
        ({"type": "-1"}, Code.WRONG_TYPE),
        ({"type": "²"}, Code.WRONG_TYPE),
        ({"type": "one"}, Code.WRONG_TYPE),
        ({"type": "1" * 9999}, Code.WRONG_TYPE),
        ({"type": True}, Code.WRONG_TYPE),
        ({"type": 1.0}, Code.WRONG_TYPE),
        ({"type": [1]}, Code.WRONG_TYPE),
        ({"type": {}}, Code.WRONG_TYPE),
        ({"image": None}, Code.PARAMETER_EMPTY),
        ({"image": ""}, Code.PICTURE_EMPTY),
        ({"image": 7}, Code.BAD_PARAMETER),
        ({"image": {}}, Code.BAD_PARAMETER),
        ({"image": "no base64!"}, Code.DECODING_FAILED),
        ({"image": "图片"}, Code.DECODING_FAILED),
        ({"image": "YQ"}, Code.DECODING_FAILED),
        ({"appid": "1" * 65}, Code.PARAMETER_TOO_LONG),
        ({"bucket": "b" * 129}, Code.PARAMETER_TOO_LONG),
        ({"url": "http://a/" + "b" * 4096}, Code.PARAMETER_TOO_LONG),
        ({"url": {}}, Code.BAD_PARAMETER),
        ({"appid": True}, Code.BAD_PARAMETER),
        ({"appid": 1.5}, Code.BAD_PARAMETER),
    ],
)
async def test_each_fault_has_its_code(changed: dict[str, Any], code: Code) -> None:
    """As the page lists them."""
    with pytest.raises(Refusal) as caught:
        await read_json({"appid": "1", "type": 0, "image": B64} | changed)
    assert caught.value.code is code


async def test_an_empty_picture_in_a_form_is_empty() -> None:
    """A part without data is a picture without data."""
    with pytest.raises(Refusal) as caught:
        await read_form(type=b"0", image=b"")
    assert caught.value.code is Code.PICTURE_EMPTY


@pytest.mark.parametrize(
    ("content_type", "body"),
    [
        ("", b"{}"),
        ("text/plain", b"{}"),
        ("application/x-www-form-urlencoded", b"type=1"),
        ("application/json", b""),
        ("application/json", b"{"),
        ("application/json", b"[]"),
        ("application/json", b"\xff\xfe\xfd"),
        ("application/json", b"[" * 5000),
        ("application/json", b'{"type": ' + b"9" * 5000 + b"}"),
        ("multipart/form-data", b"--b--"),
        (FORM, b"--b\r\n"),
        (FORM, b"nonsense"),
    ],
)
async def test_what_cannot_be_read_is_a_bad_request(content_type: str, body: bytes) -> None:
    """A body has to be what its type says."""
    assert await refused(body, content_type) is Code.BAD_REQUEST


@pytest.mark.parametrize("content_type", ["application/json", FORM])
async def test_reading_ends_at_the_limit(content_type: str) -> None:
    """What comes after is not taken from the network any more."""
    taken = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal taken
        yield b'--b\r\nContent-Disposition: form-data; name="image"\r\n\r\n'
        while True:
            taken += 1000
            yield b" " * 1000

    with pytest.raises(Refusal) as caught:
        await read_request(content_type, endless(), 5000)
    assert caught.value.code is Code.BODY_TOO_LARGE
    assert taken == 5000


async def test_the_limit_itself_is_allowed() -> None:
    """A body of exactly so many bytes is read."""
    body = json.dumps({"type": 1, "image": B64}).encode()

    assert (await read_request("application/json", pieces(body), len(body))).image == b"picture"
    assert await refused(body, "application/json", len(body) - 1) is Code.BODY_TOO_LARGE


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=5,
)


@settings(deadline=None)  # other work on this machine is no failure
@given(st.fixed_dictionaries({"type": values, "appid": values, "image": values, "url": values}))
async def test_any_json_is_a_request_or_a_refusal(value: dict[str, Any]) -> None:
    """Nothing else happens."""
    with suppress(Refusal):
        assert (await read_json(value)).document_type in DocumentType


@settings(deadline=None)  # other work on this machine is no failure
@given(st.sampled_from(["application/json", FORM, "multipart/form-data"]), st.binary(max_size=300))
async def test_any_bytes_are_refused(content_type: str, body: bytes) -> None:
    """No accident makes a request; an empty object, say, is well formed but says nothing."""
    assert await refused(body, content_type) in {Code.BAD_REQUEST, Code.PARAMETER_EMPTY}
