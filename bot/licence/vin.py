"""The vehicle identification number (GB 16735-2019, ISO 3779).

The check character of annex A is mandatory in China, so that a number that begins with L and fails
was misread. Other countries ask for none: there a failure means little.
"""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from bot.licence.documents import FieldName

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from bot.licence.case import Case
    from bot.licence.catalogue import Finding

LENGTH: Final = 17
CHARACTERS: Final = "0123456789ABCDEFGHJKLMNPRSTUVWXYZ"
"""What a number consists of: letters but I, O and Q, and digits."""

_FORM: Final = re.compile(rf"[{CHARACTERS}]{{{LENGTH}}}")
_SHORT: Final = re.compile(r"[A-Z0-9]{4,16}")
_VALUES: Final[Mapping[str, int]] = MappingProxyType(
    dict(
        zip(
            CHARACTERS,
            (*range(10), *range(1, 9), *range(1, 6), 7, 9, *range(2, 10)),
            strict=True,
        )
    )
)
_WEIGHTS: Final = (8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2)
_CHECK_AT: Final = 8
_YEAR_AT: Final = 9
_SERIAL: Final = slice(13, LENGTH)
_SWAPS: Final[Mapping[str, str]] = MappingProxyType({"O": "0", "Q": "0", "I": "1"})

_YEARS: Final = "ABCDEFGHJKLMNPRSTVWXY123456789"
_FIRST_YEARS: Final = (1980, 2010)
_YEARS_APART: Final = range(-1, 4)
"""Registration less model year where nothing is odd (general knowledge)."""


def check_character(vin: str) -> str:
    """What the other 16 characters ask for at the ninth place (GB 16735-2019, annex A)."""
    total = sum(weight * _VALUES[c] for weight, c in zip(_WEIGHTS, vin, strict=True)) % 11
    return "X" if total == 10 else str(total)  # noqa: PLR2004 - X stands for ten


def is_well_formed(text: str) -> bool:
    """Whether it is 17 legal characters; the same one 17 times fits every rule and is none."""
    return bool(_FORM.fullmatch(text)) and len(set(text)) > 1


def is_valid(text: str) -> bool:
    """Whether form and check character fit."""
    return is_well_formed(text) and check_character(text) == text[_CHECK_AT]


def is_chinese(text: str) -> bool:
    """Whether the maker is registered in China, where the check character is mandatory."""
    return text.startswith("L")


def suggestion(text: str) -> str | None:
    """The number that is valid once its only I, O or Q is read as the digit it looks like."""
    wrong = [c for c in text if c in _SWAPS]
    if len(wrong) != 1:
        return None
    swapped = text.replace(wrong[0], _SWAPS[wrong[0]])
    return swapped if is_valid(swapped) else None


def model_years(vin: str) -> tuple[int, ...]:
    """The years for which the tenth character can stand; it comes again after 30 years."""
    place = _YEARS.find(vin[_YEAR_AT])
    return tuple(first + place for first in _FIRST_YEARS) if place >= 0 else ()


def look(case: Case) -> Iterator[Finding]:
    """The number, and its year beside the one of registration."""
    text = "".join(case.value(FieldName.VIN).split()).upper()
    if is_well_formed(text):
        yield from _check(case, text)
        if is_chinese(text):
            yield from _places(case, text)
            yield from _year(case, text)
    elif text:
        yield from _form(case, text)


def _form(case: Case, text: str) -> Iterator[Finding]:
    """Shorter numbers stand on old vehicles, motorcycles and trailers (general knowledge)."""
    if _SHORT.fullmatch(text):
        yield case.finding("vin_short", FieldName.VIN, count=len(text))
        return
    yield case.finding("vin_form", FieldName.VIN, suggestion=suggestion(text) or "none")


def _check(case: Case, text: str) -> Iterator[Finding]:
    if not is_valid(text):
        code = "vin_check" if is_chinese(text) else "vin_check_abroad"
        yield case.finding(code, FieldName.VIN)


def _places(case: Case, text: str) -> Iterator[Finding]:
    """The tenth character is a year's, the last four are digits (GB 16735-2019)."""
    if not model_years(text):
        yield case.finding("vin_position", FieldName.VIN, place="year")
    if not text[_SERIAL].isdigit():
        yield case.finding("vin_position", FieldName.VIN, place="serial")


def _year(case: Case, text: str) -> Iterator[Finding]:
    """A vehicle is registered about when it was made (general knowledge)."""
    names = FieldName.VIN, FieldName.REGISTER_DATE
    registered, years = case.day(FieldName.REGISTER_DATE), model_years(text)
    if registered is None or not years or case.is_doubtful(*names):
        return
    if all(registered.year - year not in _YEARS_APART for year in years):
        year = max((y for y in years if y <= registered.year + 1), default=years[0])
        yield case.finding("vin_year", *names, year=str(year))
