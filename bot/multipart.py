"""``multipart/form-data`` read into memory, and only into memory.

Starlette's own parser moves files above one megabyte to a temporary file; photos of somebody's
licence must not lie on a disk.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from python_multipart.exceptions import FormParserError
from python_multipart.multipart import MultipartParser, parse_options_header

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

MOST_PARTS = 200


class MalformedForm(ValueError):  # noqa: N818 - what it is, not what it does
    """The body is no complete form; the message says why and quotes nothing of it."""


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a form; `filename` is ``None`` for a plain field."""

    name: str
    filename: str | None
    content_type: str | None
    data: bytes


class _Collector:
    """Receives the parser's callbacks and puts the parts together."""

    def __init__(self) -> None:
        self.parts: list[Part] = []
        self.complete = False
        self._headers: dict[str, bytes] = {}
        self._header = bytearray()
        self._value = bytearray()
        self._data = bytearray()

    def on_part_begin(self) -> None:
        self._headers = {}
        self._data = bytearray()

    def on_header_field(self, data: bytes, start: int, end: int) -> None:
        self._header += data[start:end]

    def on_header_value(self, data: bytes, start: int, end: int) -> None:
        self._value += data[start:end]

    def on_header_end(self) -> None:
        self._headers[self._header.decode("latin-1").lower()] = bytes(self._value)
        self._header.clear()
        self._value.clear()

    def on_part_data(self, data: bytes, start: int, end: int) -> None:
        self._data += data[start:end]

    def on_part_end(self) -> None:
        if len(self.parts) == MOST_PARTS:
            raise FormParserError("too many parts")
        _, options = parse_options_header(self._headers.get("content-disposition", b""))
        if b"name" not in options:
            raise FormParserError("a part has no name")
        filename = options.get(b"filename")
        content_type = self._headers.get("content-type")
        self.parts.append(
            Part(
                name=_text(options[b"name"]),
                filename=None if filename is None else _text(filename),
                content_type=None if content_type is None else _text(content_type),
                data=bytes(self._data),
            )
        )

    def on_end(self) -> None:
        self.complete = True


def _text(value: bytes) -> str:
    return value.decode("utf-8", "replace")


async def read_multipart(content_type: str, stream: AsyncIterator[bytes]) -> list[Part]:
    """Every part in its order.

    Raises:
        MalformedForm: the body is no complete form.
    """
    _, options = parse_options_header(content_type)
    if not options.get(b"boundary"):
        raise MalformedForm("the multipart form has no boundary")
    collector = _Collector()
    try:
        parser = MultipartParser(
            options[b"boundary"],
            {
                "on_part_begin": collector.on_part_begin,
                "on_header_field": collector.on_header_field,
                "on_header_value": collector.on_header_value,
                "on_header_end": collector.on_header_end,
                "on_part_data": collector.on_part_data,
                "on_part_end": collector.on_part_end,
                "on_end": collector.on_end,
            },
        )
        async for chunk in stream:
            parser.write(chunk)
    except FormParserError as error:
        raise MalformedForm("can't parse the multipart form") from error
    if not collector.complete:
        raise MalformedForm("the multipart form is cut off")
    return collector.parts
