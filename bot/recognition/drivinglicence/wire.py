"""Requests and replies of `POST /ocr/drivinglicence` as bytes and JSON; no connection is made here.

A request is a form or a JSON object with `appid`, `bucket` (only where there is one), `type` and
the picture; a reply is `{"code": 0, "message": "OK", "data": {"session_id": …, "items": […]}}`.
"""

from __future__ import annotations

import base64
import json
import re
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, NoReturn, TypedDict

from bot.errors import PhotoError, ProviderError
from bot.licence.documents import DocumentType
from bot.licence.recognition import QualityWarning
from bot.recognition.drivinglicence.codes import Code, error_for, error_for_status
from bot.recognition.drivinglicence.fields import read_items, write_items

if TYPE_CHECKING:
    from collections.abc import Container, Mapping

    from bot.errors import RecognitionError
    from bot.licence.recognition import Field, Recognition

_SUCCESS: Final = range(200, 300)
_SESSION: Final = re.compile(r"[\w.:-]{1,128}", re.ASCII)
_NOTHING: Final = object()
_AMOUNT: Final = range(1, 1_000_000)
_REASONS: Final[Mapping[str, Mapping[str, Container[object]]]] = MappingProxyType(
    {
        "too-large": {"megabytes": _AMOUNT},
        "too-many-pixels": {"megapixels": _AMOUNT},
        "too-small": {"pixels": _AMOUNT},
        "animated": {},
        "pdf": {},
        "not-a-picture": {},
        "damaged": {},
        "no-licence": {},
        "other-page": {"seen": frozenset(page.slug for page in DocumentType)},
        "not-this-page": {},
        "several-pages": {},
        "unreadable": {},
    }
)
"""The words of `PhotoError` that our own engine says, and the values that go with them."""

_WHY: Final = frozenset(str(warning) for warning in QualityWarning)
"""What may be added to `_EXPLAINED` ones of them: the fault of the photo that was measured."""

_EXPLAINED: Final = frozenset({"no-licence", "unreadable"})

_UNSAID: Final[Mapping[str, Container[object]]] = MappingProxyType({"reason": ()})


class Form(StrEnum):
    """How a picture is put into a request."""

    MULTIPART = "multipart"
    BASE64 = "base64"


class Body(TypedDict, total=False):
    """The arguments of an httpx request that make up its body."""

    data: dict[str, str]
    files: dict[str, tuple[str, bytes, str]]
    json: dict[str, str | int]


@dataclass(frozen=True, slots=True)
class Reply:
    """What a successful reply says.

    Attributes:
        fields: in the order of the page; at least one.
        request_id: the `session_id`, or empty where there is none that is fit for a log.
        quality: what is wrong with the photo; only our own engine says that.
    """

    fields: tuple[Field, ...]
    request_id: str
    quality: tuple[QualityWarning, ...] = ()


def picture_request(
    form: Form, jpeg: bytes, document_type: DocumentType, *, app_id: str, bucket: str = ""
) -> Body:
    """A request that carries a JPEG file, as a form or within JSON."""
    head = _head(app_id, bucket)
    if form is Form.BASE64:
        picture = base64.b64encode(jpeg).decode("ascii")
        return {"json": head | {"type": int(document_type), "image": picture}}
    # The name of the file is ours: a person's own would tell the provider more than it needs.
    picture_part = ("photo.jpg", jpeg, "image/jpeg")
    return {"data": head | {"type": str(int(document_type))}, "files": {"image": picture_part}}


def url_request(url: str, document_type: DocumentType, *, app_id: str, bucket: str = "") -> Body:
    """A request that names a picture which the provider fetches by itself."""
    return {"json": _head(app_id, bucket) | {"type": int(document_type), "url": url}}


def parse_reply(body: bytes, status: int, document_type: DocumentType, scale: float = 1.0) -> Reply:
    """What a reply says. JSON decides, whatever the status and the content type.

    Args:
        body: the whole body.
        status: the HTTP status, which decides only where the body is not the API's.
        document_type: the page that was asked for.
        scale: pixels of the photo as it was sent to us for each pixel of the picture we sent on.

    Raises:
        PhotoError: the provider refuses the picture, or read nothing on it (`unreadable`).
        AccountError: it refuses the account.
        RequestError: it refuses the request.
        ProviderError: it failed, or the reply is none of the API's (`unintelligible`).
    """
    reply = _json(body)
    code = reply.get("code") if isinstance(reply, dict) else None
    if not isinstance(reply, dict) or not isinstance(code, int) or isinstance(code, bool):
        _refuse(status, "no code")
    if code != Code.OK:
        raise _refusal(code, reply)
    data = reply.get("data")
    items = data.get("items") if isinstance(data, dict) else None
    if not isinstance(data, dict) or not isinstance(items, list) or not _holds_items(items):
        _refuse(status, "no items")
    fields = read_items(items, document_type, scale)
    if not fields:
        raise PhotoError("unreadable", detail="no known item")
    return Reply(fields, _session(data.get("session_id")), _warnings(data.get("warnings")))


def compose_reply(recognition: Recognition, session_id: str) -> dict[str, Any]:
    """The reply that says what was recognised, ready to become JSON.

    What is wrong with the photo stands in `data.warnings`, e.g. `["blur"]`, where anything is; the
    protocol knows nothing of it, and clients pass it over.
    """
    items = write_items(recognition.fields, recognition.document_type)
    data: dict[str, Any] = {"session_id": session_id, "items": items}
    if recognition.quality:
        data["warnings"] = [str(warning) for warning in recognition.quality]
    return {"code": int(Code.OK), "message": "OK", "data": data}


def _holds_items(entries: list[object]) -> bool:
    """Whether a list may be one of items: it is no photo's fault where nothing in it is one."""
    return not entries or any(isinstance(entry, dict) for entry in entries)


def _head(app_id: str, bucket: str) -> dict[str, Any]:
    return {"appid": app_id, "bucket": bucket} if bucket else {"appid": app_id}


def _json(body: bytes) -> object:
    """The JSON in a body, or nothing. What the parser says holds the body, so it ends here."""
    try:
        return json.loads(body)
    except (ValueError, RecursionError):  # not JSON, not Unicode, or nested without end
        return _NOTHING


def _refusal(code: int, reply: dict[str, object]) -> RecognitionError:
    """The error of a code; our own engine adds in `data` what no code of the protocol can say."""
    message, data = reply.get("message"), reply.get("data")
    error = error_for(code, message if isinstance(message, str) else "")
    if not isinstance(data, dict):
        return error
    reason = data.get("reason")
    if code == Code.TIMED_OUT and reason == "too-slow":  # our own engine gave the photo up for good
        return ProviderError("too-slow", detail=str(code))
    if not isinstance(error, PhotoError):
        return error
    needed = _REASONS.get(reason, _UNSAID) if isinstance(reason, str) else _UNSAID
    if not all(_is_one_of(data.get(key), known) for key, known in needed.items()):
        return error
    explained = reason in _EXPLAINED and _is_one_of(data.get("why"), _WHY)
    why = {"why": data["why"]} if explained else {}
    return PhotoError(str(reason), detail=str(code), **{key: data[key] for key in needed}, **why)


def _is_one_of(value: object, known: Container[object]) -> bool:
    """Whether a value is among the known ones; `True` is no 1, and a list is nothing at all."""
    return isinstance(value, str | int) and not isinstance(value, bool) and value in known


def _warnings(said: object) -> tuple[QualityWarning, ...]:
    """The known ones among some warnings, each once."""
    known = [word for word in said if _is_one_of(word, _WHY)] if isinstance(said, list) else []
    return tuple(warning for warning in QualityWarning if warning in known)


def _refuse(status: int, detail: str) -> NoReturn:
    """A body that is not the API's: the status may say why."""
    if status in _SUCCESS:
        raise ProviderError("unintelligible", detail=detail)
    raise error_for_status(status)


def _session(value: object) -> str:
    """A session id that is safe to log; the provider writes it in two shapes, both strings."""
    return value if isinstance(value, str) and _SESSION.fullmatch(value) else ""
