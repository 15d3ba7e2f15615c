"""A request's body, in any of the forms in which clients send it.

The official SDKs differ: JSON with and without a charset, `type` as a number or as text, form
parts in any order and with or without a file name. All of them are understood. The body is read
into memory and nowhere else, and never beyond its limit.
"""

from __future__ import annotations

import base64
import binascii
import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from bot.licence.documents import DocumentType
from bot.multipart import MalformedForm, read_multipart
from bot.recognition.drivinglicence.codes import Code
from bot.recognition.drivinglicence.refusals import Refusal

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Mapping

MAX_BODY: Final = 6 * 2**20
"""Bytes of a whole request; the page's "6MB", read generously."""

LONGEST: Final[Mapping[str, int]] = {"appid": 64, "bucket": 128, "url": 4096}
"""Characters of a parameter at most."""

_TYPES: Final = frozenset(map(int, DocumentType))
_NUMBER: Final = re.compile(r"[0-9]{1,3}")
_TEXT: Final = ("appid", "bucket", "type", "url")
_BLANK: Final = str.maketrans("", "", " \t\r\n")  # some encoders break their lines


@dataclass(frozen=True, slots=True)
class RecognitionRequest:
    """What somebody wants read.

    Attributes:
        document_type: the page.
        app_id: the AppID of the body; empty where there is none.
        bucket: the bucket of the body; likewise.
        image: the picture's bytes; empty where `url` is given.
        url: where the picture is; it wins over `image`, as the page says.
    """

    document_type: DocumentType
    app_id: str = ""
    bucket: str = ""
    image: bytes = b""
    url: str = ""


async def read_request(
    content_type: str, stream: AsyncIterator[bytes], limit: int = MAX_BODY
) -> RecognitionRequest:
    """Read a body of at most `limit` bytes.

    Args:
        content_type: the header's value.
        stream: the body as it comes.
        limit: bytes.

    Raises:
        Refusal: `BODY_TOO_LARGE` as soon as it is; `BAD_REQUEST` where the body is not what its
            type says; or the code of the parameter that is wrong.
    """
    kind = content_type.partition(";")[0].strip().lower()
    bounded = _bounded(stream, limit)
    if kind == "multipart/form-data":
        return _request(await _form(content_type, bounded))
    if kind == "application/json":
        return _request(_json(b"".join([chunk async for chunk in bounded])))
    raise Refusal(Code.BAD_REQUEST)


async def _bounded(stream: AsyncIterator[bytes], limit: int) -> AsyncIterator[bytes]:
    length = 0
    async for chunk in stream:
        length += len(chunk)
        if length > limit:
            raise Refusal(Code.BODY_TOO_LARGE)
        yield chunk


async def _form(content_type: str, stream: AsyncIterator[bytes]) -> dict[str, Any]:
    try:
        parts = await read_multipart(content_type, stream)
    except MalformedForm:
        raise Refusal(Code.BAD_REQUEST) from None
    values: dict[str, Any] = {part.name: part.data for part in parts}
    return values | {
        name: values[name].decode("utf-8", "replace") for name in _TEXT if name in values
    }


def _json(body: bytes) -> dict[str, Any]:
    # No charset but UTF-8 is JSON's (RFC 8259), whatever the header says.
    try:
        values = json.loads(body)
    except (ValueError, RecursionError):
        raise Refusal(Code.BAD_REQUEST) from None
    if not isinstance(values, dict):
        raise Refusal(Code.BAD_REQUEST)
    return values


def _request(values: Mapping[str, Any]) -> RecognitionRequest:
    url = _text(values, "url")
    return RecognitionRequest(
        app_id=_text(values, "appid"),
        bucket=_text(values, "bucket"),
        document_type=_document_type(values.get("type")),
        image=b"" if url else _image(values.get("image")),
        url=url,
    )


def _text(values: Mapping[str, Any], name: str) -> str:
    value = values.get(name)
    if value is None:
        return ""
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise Refusal(Code.BAD_PARAMETER)
    text = str(value).strip()
    if len(text) > LONGEST[name]:
        raise Refusal(Code.PARAMETER_TOO_LONG)
    return text


def _document_type(value: object) -> DocumentType:
    if value is None or value == "":
        raise Refusal(Code.PARAMETER_EMPTY)
    if isinstance(value, str) and _NUMBER.fullmatch(value.strip()):
        value = int(value)
    if type(value) is not int or value not in _TYPES:  # neither True nor 1.0
        raise Refusal(Code.WRONG_TYPE)
    return DocumentType(value)


def _image(value: object) -> bytes:
    """Bytes from a form, base64 from JSON."""
    if value is None:
        raise Refusal(Code.PARAMETER_EMPTY)
    if not isinstance(value, bytes | str):
        raise Refusal(Code.BAD_PARAMETER)
    if not value:
        raise Refusal(Code.PICTURE_EMPTY)
    if isinstance(value, bytes):
        return value
    try:
        return base64.b64decode(value.translate(_BLANK), validate=True)
    except (binascii.Error, ValueError):
        raise Refusal(Code.DECODING_FAILED) from None
