"""What stands on a page: the value, and how it is printed where that differs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import random

DASHES: Final = "--"


@dataclass(frozen=True, slots=True)
class Value:
    """One printed value.

    Attributes:
        text: what a reader should return.
        printed: what stands there; mostly the same.
    """

    text: str
    printed: str


def value(text: str, printed: str | None = None) -> Value:
    """A value, printed as it is or in some other way."""
    return Value(text, text if printed is None else printed)


def dashes(rng: random.Random) -> Value:
    """What stands where there is nothing to say."""
    return value(DASHES, rng.choice((DASHES, DASHES, DASHES, DASHES, DASHES, "——", "—", "-")))


def variant(rng: random.Random, text: str, old: str, *new: str) -> Value:
    """A value that one printer in eight prints with other signs."""
    return value(text, text.replace(old, rng.choice(new)) if rng.random() < 0.12 else text)
