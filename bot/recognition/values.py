"""The provider's texts -> values in the normal forms of the embedded recogniser.

What was read is only brought into form. Unlike there nothing is taken for a slip of the reader,
and the stars with which electronic licences mask parts of a value stay.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Final

from bot.licence.dates import PERMANENT, parse_date, parse_months, parse_term
from bot.recognition.embedded.normalisation import DASHES, half_width

if TYPE_CHECKING:
    from collections.abc import Callable

_ONLY_DASHES: Final = re.compile(r"[-‐‑‒–—―−_]+")
_CLOCK: Final = re.compile(r"(?<!\d)(\d{1,2}):(\d{2})(?::(\d{2}))?(?!\d)")
_MASS: Final = re.compile(r"(\d+)kg?", re.IGNORECASE)
_SEATS: Final = re.compile(r"(\d+)人?")
_DIMENSIONS: Final = re.compile(r"(\d{3,5})\D{1,2}(\d{3,5})\D{1,2}(\d{3,5})")
_MASK: Final = "*"
_UNSEEN: Final = frozenset({"Cc", "Cf", "Cs"})  # controls, marks of direction, half characters


def visible(text: str) -> str:
    """The text without what nobody sees; no message could carry half a surrogate pair."""
    seen = (c for c in text if c.isspace() or unicodedata.category(c) not in _UNSEEN)
    return "".join(seen).strip()


def normalise(rule: Callable[[str], str], raw: str) -> str:
    """The value of a text under one of the rules below.

    >>> normalise(date, "2024年1月7日")
    '2024-01-07'
    >>> normalise(mass, "——")
    '--'
    """
    text = half_width(raw)
    return DASHES if _ONLY_DASHES.fullmatch(solid(text)) else rule(text)


def solid(text: str) -> str:
    """No blanks: ideographs need none."""
    return "".join(text.split())


def spaced(text: str) -> str:
    """Words one blank apart."""
    return " ".join(text.split())


def person(text: str) -> str:
    """A name; some have several parts with a dot between them."""
    return spaced(text.replace("•", "·"))


def code(text: str) -> str:
    """Letters, digits and ideographs, and the stars of a mask."""
    return "".join(c for c in text.upper() if c.isalnum() or c == _MASK)


def number(text: str) -> str:
    """A number that may hold signs, as that of a file does."""
    return solid(text).upper()


def engine(text: str) -> str:
    """Type and number of an engine, which stand apart."""
    return spaced(text).upper()


def model(text: str) -> str:
    """A make with its model."""
    return solid(text).replace("—", "-")


def date(text: str) -> str:
    """`YYYY-MM-DD`, or the text where it is no date."""
    day = parse_date(text)
    return day.isoformat() if day else solid(text)


def until(text: str) -> str:
    """The end of a term: a day, `6年` on cards of 2008, or `长期`."""
    end = text.rpartition("至")[2]
    if "长" in end:
        return PERMANENT
    years = parse_term(end)
    return f"{years}年" if years and not parse_date(end) else date(end)


def month(text: str) -> str:
    """`YYYY-MM`, as an inspection holds to the end of a month."""
    months = parse_months(text)
    return f"{max(months):%Y-%m}" if months else solid(text)


def moment(text: str) -> str:
    """`YYYY-MM-DD hh:mm:ss`, or as much of it as is shown."""
    day = parse_date(text)
    clock = _CLOCK.search(text)
    return f"{day.isoformat()} {clock[0]}" if day and clock else date(text)


def mass(text: str) -> str:
    """Kilograms with their unit."""
    found = _MASS.search(solid(text))
    return f"{found[1]}kg" if found else solid(text)


def seats(text: str) -> str:
    """Persons with their counter."""
    found = _SEATS.fullmatch(solid(text))
    return f"{found[1]}人" if found else solid(text)


def dimensions(text: str) -> str:
    """Length, width and height in millimetres."""
    found = _DIMENSIONS.search(solid(text))
    return "×".join(found.groups()) + "mm" if found else solid(text)
