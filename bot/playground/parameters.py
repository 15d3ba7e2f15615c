"""A request's parameters, however a client chose to send them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import parse_qsl

from bot.multipart import MalformedForm, Part, read_multipart
from bot.playground.refusals import bad_request, too_large

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Mapping, Sequence

    from starlette.requests import Request

Json = TypeVar("Json")
BODY_LIMIT = 64 << 20
"""Bytes of one request: a document of 50 MB and room for what stands around it."""

ATTACHED = "attach://"
NO = {"", "0", "false", "no", "none", "null"}


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that came with the request."""

    data: bytes
    name: str | None = None
    mime_type: str | None = None


@dataclass(frozen=True, slots=True)
class Parameters:
    """Named values and files. Values are text from forms and anything JSON knows from JSON."""

    values: Mapping[str, Any]
    files: Sequence[tuple[str, Upload]] = ()

    def __contains__(self, name: str) -> bool:
        return self.values.get(name) is not None

    def text(self, name: str, default: str = "") -> str:
        """A string; whatever else was sent becomes one, as Telegram's server does it."""
        value = self.values.get(name)
        if value is None:
            return default
        return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)

    def integer(self, name: str, default: int = 0) -> int:
        """A whole number; what is none counts as `default`."""
        value = self.values.get(name)
        try:
            return default if value is None else int(value)
        except (TypeError, ValueError, OverflowError):
            return default

    def flag(self, name: str) -> bool:
        """True or false."""
        return self.text(name).strip().lower() not in NO

    def structure(self, name: str, what: str | None = None) -> Any:  # noqa: ANN401 - it is JSON
        """An object or a list, sent as such or as JSON in a string; ``None`` when absent.

        Raises:
            Refusal: 400 if the string is no JSON; `what` is the word for it in the refusal.
        """
        value = self.values.get(name)
        if not isinstance(value, str):
            return value
        if not value.strip():
            return None
        try:
            return _utf8(json.loads(value))
        except (ValueError, RecursionError) as error:
            raise bad_request(f"can't parse {what or name} JSON object") from error

    def file(self, name: str) -> Upload | None:
        """The file sent as part `name`, or the one that the value names by ``attach://``."""
        value = self.values.get(name)
        if isinstance(value, str) and value.startswith(ATTACHED):
            name = value.removeprefix(ATTACHED)
        return next((upload for part, upload in self.files if part == name), None)


async def read_parameters(request: Request, limit: int = BODY_LIMIT) -> Parameters:
    """Read the query and a body of at most `limit` bytes.

    Raises:
        Refusal: 413 if the body is longer, 400 if it is not what its content type says.
    """
    values: dict[str, Any] = dict(request.query_params)
    content_type = request.headers.get("content-type", "")
    kind = content_type.partition(";")[0].strip().lower()
    if int(request.headers.get("content-length") or 0) > limit:
        raise too_large()
    stream = _bounded(request.stream(), limit)
    if kind == "multipart/form-data":
        try:
            return _from_parts(values, await read_multipart(content_type, stream))
        except MalformedForm as error:
            raise bad_request(str(error)) from error
    body = b"".join([chunk async for chunk in stream])
    if kind == "application/json":
        values |= _json_object(body)
    elif kind == "application/x-www-form-urlencoded":
        values |= dict(parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True))
    return Parameters(_utf8(values))


async def _bounded(stream: AsyncIterator[bytes], limit: int) -> AsyncIterator[bytes]:
    length = 0
    async for chunk in stream:
        length += len(chunk)
        if length > limit:
            raise too_large()
        yield chunk


def _from_parts(values: dict[str, Any], parts: list[Part]) -> Parameters:
    files: list[tuple[str, Upload]] = []
    for part in parts:
        if part.filename is None:
            values[part.name] = part.data.decode("utf-8", "replace")
        else:
            files.append((part.name, Upload(part.data, part.filename, part.content_type)))
    return Parameters(_utf8(values), files)


def _json_object(body: bytes) -> dict[str, Any]:
    try:
        value = json.loads(body or b"{}")
    except (ValueError, RecursionError) as error:
        raise bad_request("can't parse JSON object") from error
    if not isinstance(value, dict):
        raise bad_request("expected a JSON object")
    return value


def _utf8(values: Json) -> Json:
    """JSON may escape halves of surrogate pairs; they are no text."""
    try:
        json.dumps(values, ensure_ascii=False).encode()
    except UnicodeEncodeError as error:
        raise bad_request("strings must be encoded in UTF-8") from error
    return values
