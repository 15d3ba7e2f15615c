"""What a holder must hand in while the licence runs: medical statements and reviews.

All of it is due within 30 days after a scoring cycle (记分周期), which is 12 months long and starts
anew on each anniversary of the first issue (Order 162, art. 71). Whether it was handed in stands on
no licence, so all of it is a note.
"""

from __future__ import annotations

from datetime import timedelta
from itertools import count
from typing import TYPE_CHECKING, Final

from bot.licence import classes
from bot.licence.dates import add_years
from bot.licence.documents import FieldName
from bot.licence.identity import birth_of
from bot.licence.verdict import Status

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from bot.licence.case import Case
    from bot.licence.catalogue import Finding

MEDICAL_AGE: Final = 70
"""Years from which a medical statement is due each year (Order 162, art. 74), 长期 or not."""

WINDOW: Final = timedelta(days=30)
"""After the end of a scoring cycle (Order 162, art. 72 and 74)."""

REVIEWED: Final = frozenset({"A1", "A2", "A3", "B1", "B2"})
"""Classes that are reviewed after every cycle, unless it brought no points (Order 162, art. 72)."""

_INVALID_CAR: Final = "C5"
_INVALID_YEARS: Final = 3  # likewise art. 74, whatever the holder's age

_OVER: Final = frozenset({Status.EXPIRED, Status.CANCELLABLE, Status.BARRED})
_F = FieldName


def look(case: Case) -> Iterator[Finding]:
    """What is due next; nothing where the licence has run out, for renewal asks for it anyway."""
    if case.verdict.status in _OVER:
        return
    aged = tuple(_aged(case))
    yield from aged or _invalid(case)
    yield from _reviewed(case)


def deadline(first: date, today: date, years: int = 1, after: date | None = None) -> date:
    """The last day of the first window that is not over.

    Args:
        first: the day of first issue; every cycle ends on the day before its anniversary.
        today: the day in Asia/Shanghai.
        years: cycles between two windows.
        after: a day that the cycle must not have ended before.
    """
    ends = (add_years(first, cycles) - timedelta(days=1) for cycles in count(years, years))
    return next(
        end + WINDOW for end in ends if end + WINDOW >= today and (after is None or end >= after)
    )


def _aged(case: Case) -> Iterator[Finding]:
    """From 70 on; the day is left open where that of the first issue is not clear."""
    birth, basis = birth_of(case)
    if birth is None or case.is_doubtful(basis) or case.today < add_years(birth, MEDICAL_AGE):
        return
    first = _first(case)
    if first is None:
        yield case.finding("yearly_medical", basis, until="none")
        return
    until = deadline(first, case.today, after=add_years(birth, MEDICAL_AGE))
    yield case.finding("yearly_medical", basis, _F.FIRST_ISSUE_DATE, until=until.isoformat())


def _invalid(case: Case) -> Iterator[Finding]:
    first = _first(case)
    if first and _INVALID_CAR in _classes(case):
        until = deadline(first, case.today, _INVALID_YEARS).isoformat()
        yield case.finding("c5_medical", _F.FIRST_ISSUE_DATE, _F.VEHICLE_CLASSES, until=until)


def _reviewed(case: Case) -> Iterator[Finding]:
    first = _first(case)
    found = [code for code in _classes(case) if code in REVIEWED]
    if first and found:
        until, names = deadline(first, case.today).isoformat(), ", ".join(found)
        fields = (_F.FIRST_ISSUE_DATE, _F.VEHICLE_CLASSES)
        yield case.finding("yearly_review", *fields, until=until, classes=names)


def _first(case: Case) -> date | None:
    """The day that cycles are counted from; nothing is counted from one that is in doubt."""
    first = case.day(_F.FIRST_ISSUE_DATE)
    doubtful = first is None or first > case.today or case.is_doubtful(_F.FIRST_ISSUE_DATE)
    return None if doubtful else first


def _classes(case: Case) -> tuple[str, ...]:
    read = classes.parse(case.value(_F.VEHICLE_CLASSES))
    return read if read and not case.is_doubtful(_F.VEHICLE_CLASSES) else ()
