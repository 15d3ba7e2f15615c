"""What crosses between the bot and a worker: requests one way, answers the other.

A message on the pipe is the length of its pickle, four bytes, and the pickle. Both ends are this
program and nobody else holds the pipe, so what arrives may be unpickled.
"""

from __future__ import annotations

import pickle
import struct
from dataclasses import dataclass, field
from pathlib import Path
from traceback import extract_tb
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from io import FileIO

    from bot.licence.documents import DocumentType
    from bot.licence.recognition import Field, QualityWarning
    from bot.recognition.photo import Photo

HEAD: Final = struct.Struct("!I")
"""The length of a message in bytes, before it."""


@dataclass(frozen=True, slots=True)
class Request:
    """A photo and what is asked about it.

    Attributes:
        pixels: RGB, row by row: of the decoded picture, not of its file.
        size: pixels in a row, and rows.
        sent: the same of the upright photo as it was sent.
        document_type: the page to be read, or `None` where the question is which page it is.
    """

    pixels: bytes = field(repr=False)
    size: tuple[int, int]
    sent: tuple[int, int]
    document_type: DocumentType | None

    @classmethod
    def about(cls, photo: Photo, document_type: DocumentType | None) -> Request:
        """The request about a photo; copies its pixels."""
        return cls(
            photo.image.tobytes(), photo.image.size, (photo.width, photo.height), document_type
        )


@dataclass(frozen=True, slots=True)
class Note:
    """A part of the work that went wrong and was left out, without what the error says.

    Attributes:
        stage: which part.
        error: the name of the error's class.
        at: file and line.
    """

    stage: str
    error: str
    at: str


@dataclass(frozen=True, slots=True)
class Done:
    """It went well.

    Attributes:
        fields: of the page that was to be read.
        page: the one that the photo shows, where that was asked.
        quality: what is wrong with a photo that was read.
        notes: for the log, which the worker itself has not.
    """

    fields: tuple[Field, ...] = ()
    page: DocumentType | None = None
    quality: tuple[QualityWarning, ...] = ()
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True)
class Refused:
    """The photo is at fault: code and parameters of the `PhotoError`."""

    code: str
    params: dict[str, str | int]


@dataclass(frozen=True, slots=True)
class Failed:
    """A surprise inside, without what it says, for that may be a value of a page.

    Attributes:
        error: the name of its class.
        at: file and line.
    """

    error: str
    at: str


Answer = Done | Refused | Failed


def place_of(error: Exception) -> str:
    """File and line where an error arose: all that may be told of it besides its name."""
    frame = extract_tb(error.__traceback__)[-1]
    return f"{Path(frame.filename).name}:{frame.lineno}"


def packed(message: Request | Answer) -> bytes:
    """A message as it goes into the pipe."""
    body = pickle.dumps(message, pickle.HIGHEST_PROTOCOL)
    return HEAD.pack(len(body)) + body


def unpacked(body: bytes | bytearray) -> Any:  # noqa: ANN401 - whatever the other end sent
    """The message of which that is the pickle."""
    return pickle.loads(body)  # noqa: S301 - see above: our own


def receive(pipe: FileIO) -> Request:
    """The next request, waited for.

    Raises:
        EOFError: the other end is closed.
    """
    (length,) = HEAD.unpack(_exactly(pipe, HEAD.size))
    request: Request = unpacked(_exactly(pipe, length))
    return request


def _exactly(pipe: FileIO, length: int) -> bytearray:
    body = bytearray(length)
    rest = memoryview(body)
    while rest:
        count = pipe.readinto(rest)
        if not count:
            raise EOFError
        rest = rest[count:]
    return body
