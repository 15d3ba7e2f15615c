"""Masses, seats and outer dimensions, as the back page prints them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from bot.licence.documents import FieldName

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.licence.case import Case
    from bot.licence.catalogue import Finding

LENGTHS: Final = range(100, 20001)
"""Millimetres that a vehicle may measure."""

ROUNDING: Final = 0.02
"""Share of the gross mass by which kerb mass and load may be above it: they are rounded."""

_F = FieldName
_MASSES: Final = (_F.GROSS_MASS, _F.KERB_MASS, _F.RATED_LOAD, _F.TOWED_MASS)
_MASS: Final = re.compile(r"([0-9]{1,7})(?:kg)?", re.IGNORECASE)
_SEATS: Final = re.compile(r"([0-9]{1,3})人?")
_SIDE: Final = r"([0-9]{1,6})"
_DIMENSIONS: Final = re.compile(rf"{_SIDE}[xX×✕*]{_SIDE}[xX×✕*]{_SIDE}(?:mm)?", re.IGNORECASE)


def mass(text: str) -> int | None:
    """Kilograms, or `None` where the text is no mass."""
    found = _MASS.fullmatch("".join(text.split()))
    return int(found[1]) if found else None


def seats(text: str) -> int | None:
    """Persons, or `None`; a truck's 驾驶室(共):3人 is none, for it says more than a number."""
    found = _SEATS.fullmatch("".join(text.split()))
    return int(found[1]) if found else None


def dimensions(text: str) -> tuple[int, int, int] | None:
    """Length, width and height in millimetres, or `None` where the text is none."""
    found = _DIMENSIONS.fullmatch("".join(text.split()))
    return (int(found[1]), int(found[2]), int(found[3])) if found else None


def look(case: Case) -> Iterator[Finding]:
    """The figures, each alone and beside the others."""
    yield from _unreadable(case)
    yield from _masses(case)
    yield from _length(case)


def _unreadable(case: Case) -> Iterator[Finding]:
    """Figures that are none; dashes stand for nothing and are legitimate."""
    names = [name for name in _MASSES if (text := case.value(name)) and mass(text) is None]
    if (text := case.value(_F.SEATING_CAPACITY)) and not re.search("[0-9]", text):
        names.append(_F.SEATING_CAPACITY)
    if (text := case.value(_F.DIMENSIONS)) and dimensions(text) is None:
        names.append(_F.DIMENSIONS)
    if names:
        yield case.finding("unreadable_measure", *names)


def _masses(case: Case) -> Iterator[Finding]:
    """The gross mass holds both the vehicle and its load."""
    gross, kerb, load = (mass(case.value(name)) for name in _MASSES[:3])
    if gross is None or kerb is None:
        return
    if kerb > gross:
        yield case.finding("kerb_over_gross", _F.GROSS_MASS, _F.KERB_MASS)
    elif load is not None and kerb + load > gross * (1 + ROUNDING):
        yield case.finding("load_over_gross", _F.GROSS_MASS, _F.KERB_MASS, _F.RATED_LOAD)


def _length(case: Case) -> Iterator[Finding]:
    """A digit too many or too few."""
    size = dimensions(case.value(_F.DIMENSIONS))
    if size and any(side not in LENGTHS for side in size):
        yield case.finding("length_range", _F.DIMENSIONS)
