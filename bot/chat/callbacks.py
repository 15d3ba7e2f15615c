"""What a pressed button carries: a few bytes, readable and without state."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final, Self

from bot.licence.documents import DocumentType

MAX_BYTES: Final = 64
"""What Telegram lets a button carry."""

_READ: Final = re.compile(r"read:([012])(:anyway)?")
_MASK: Final = re.compile(r"(un)?mask:([012])")
_ASK: Final = re.compile(r"(show|correct|json):([012])")
_REMIND: Final = re.compile(
    r"remind:([012]):((?:19|20)[0-9]{2})([0-9]{2})([0-9]{2}):(ask|90|30|7|day):(.*)"
)
_CANCEL: Final = re.compile(r"cancel:([0-9]{1,15})")
_REMOVE: Final = re.compile(r"people:([0-9]{1,16})")

REMIND: Final = "remind:"
CANCEL: Final = "cancel:"
REMOVE: Final = "people:"
FORGET: Final = "forget"

LONGEST_ALIAS: Final = 40
"""Bytes: what the data of a button leaves for it."""


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


class When(StrEnum):
    """When somebody wants to be reminded."""

    ASK = "ask"
    QUARTER = "90"
    MONTH = "30"
    WEEK = "7"
    DAY = "day"

    @property
    def days(self) -> int | None:
        """Before the end; `None` where that is still to be said."""
        return int(self) if self.isdigit() else None


@dataclass(frozen=True, slots=True)
class Remind:
    """Remind somebody of the end of a page; all that this needs stands in the button.

    Attributes:
        document_type: the page.
        until: its last day.
        when: how long before.
        alias: by which the person knows it among others; at most `LONGEST_ALIAS` bytes.
    """

    document_type: DocumentType
    until: date
    when: When = When.ASK
    alias: str = ""

    def encode(self) -> str:
        """The button's data, at most `MAX_BYTES` long."""
        return f"{REMIND}{self.document_type:d}:{self.until:%Y%m%d}:{self.when}:{self.alias}"

    @classmethod
    def parse(cls, data: str) -> Self | None:
        """The press behind a button's data; `None` where no button of ours carries it."""
        match = _REMIND.fullmatch(data)
        if match is None or len(match[6].encode()) > LONGEST_ALIAS:
            return None
        with suppress(ValueError):  # no day of the calendar
            until = date(int(match[2]), int(match[3]), int(match[4]))
            return cls(DocumentType(int(match[1])), until, When(match[5]), match[6])
        return None


@dataclass(frozen=True, slots=True)
class Cancel:
    """Call a reminder off."""

    reminder: int

    def encode(self) -> str:
        """The button's data, at most `MAX_BYTES` long."""
        return f"{CANCEL}{self.reminder}"

    @classmethod
    def parse(cls, data: str) -> Self | None:
        """The press behind a button's data; `None` where no button of ours carries it."""
        match = _CANCEL.fullmatch(data)
        return cls(int(match[1])) if match else None


@dataclass(frozen=True, slots=True)
class Remove:
    """Let a person in no longer; the gate lets an owner alone press it."""

    person: int

    def encode(self) -> str:
        """The button's data, at most `MAX_BYTES` long."""
        return f"{REMOVE}{self.person}"

    @classmethod
    def parse(cls, data: str) -> Self | None:
        """The press behind a button's data; `None` where no button of ours carries it."""
        match = _REMOVE.fullmatch(data)
        return cls(int(match[1])) if match else None


def is_ours(data: str | None) -> bool:
    """Whether any button of ours carries that data; else somebody forged it, or it is very old."""
    if data is None:  # the button of a game
        return False
    presses = (ReadAs, Mask, Ask, Remind, Cancel, Remove)
    return data == FORGET or any(press.parse(data) for press in presses)
