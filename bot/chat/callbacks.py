"""What a pressed button carries: a few bytes, readable and without state."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Self

from bot.licence.documents import DocumentType

MAX_BYTES: Final = 64
"""What Telegram lets a button carry."""

_READ: Final = re.compile(r"read:([012])(:anyway)?")
_MASK: Final = re.compile(r"(un)?mask:([012])")
_ASK: Final = re.compile(r"(show|correct|json):([012])")


@dataclass(frozen=True, slots=True)
class ReadAs:
    """Read the photo that this message replies to as that page.

    Attributes:
        document_type: the page.
        anyway: whether a poor photo is to be read as well as can be.
    """

    document_type: DocumentType
    anyway: bool = False

    def encode(self) -> str:
        """The button's data, at most `MAX_BYTES` long."""
        return f"read:{self.document_type:d}{':anyway' if self.anyway else ''}"

    @classmethod
    def parse(cls, data: str) -> Self | None:
        """The press behind a button's data; `None` where no button of ours carries it."""
        match = _READ.fullmatch(data)
        return cls(DocumentType(int(match[1])), anyway=bool(match[2])) if match else None


@dataclass(frozen=True, slots=True)
class Mask:
    """Hide the personal data of the answer that the button stands under, or show it again.

    Attributes:
        document_type: the page as which the photo was read.
        hidden: whether it is to be hidden.
    """

    document_type: DocumentType
    hidden: bool

    def encode(self) -> str:
        """The button's data, at most `MAX_BYTES` long."""
        return f"{'mask' if self.hidden else 'unmask'}:{self.document_type:d}"

    @classmethod
    def parse(cls, data: str) -> Self | None:
        """The press behind a button's data; `None` where no button of ours carries it."""
        match = _MASK.fullmatch(data)
        return cls(DocumentType(int(match[2])), hidden=not match[1]) if match else None


class Wish(StrEnum):
    """What can be asked about an answer."""

    SHOW = "show"
    CORRECT = "correct"
    JSON = "json"


@dataclass(frozen=True, slots=True)
class Ask:
    """Do something with the answer that the button stands under.

    Attributes:
        wish: what.
        document_type: the page as which the photo was read.
    """

    wish: Wish
    document_type: DocumentType

    def encode(self) -> str:
        """The button's data, at most `MAX_BYTES` long."""
        return f"{self.wish}:{self.document_type:d}"

    @classmethod
    def parse(cls, data: str) -> Self | None:
        """The press behind a button's data; `None` where no button of ours carries it."""
        match = _ASK.fullmatch(data)
        return cls(Wish(match[1]), DocumentType(int(match[2]))) if match else None


def parse(data: str) -> ReadAs | Mask | Ask | None:
    """The press behind any button's data; `None` where no button of ours carries it."""
    return ReadAs.parse(data) or Mask.parse(data) or Ask.parse(data)
