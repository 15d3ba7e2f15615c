"""Whether the dates of a page can stand beside each other, and before today."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.licence.dates import add_years, parse_term
from bot.licence.documents import FieldName
from bot.licence.identity import birth_of
from bot.licence.terms import TERMS
from bot.licence.validity import RENEWAL_WINDOW

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.licence.case import Case
    from bot.licence.catalogue import Finding

ADULT: Final = 18
"""Years, the least age at which anybody may apply for a licence (Order 162, art. 14)."""

_F = FieldName
_PAST: Final = (_F.DATE_OF_BIRTH, _F.FIRST_ISSUE_DATE, _F.REGISTER_DATE, _F.ISSUE_DATE)
_DATES: Final = (*_PAST, _F.VALID_FROM)
_TERM: Final = (_F.VALID_FROM, _F.VALID_UNTIL)
_APART: Final = ((_F.DATE_OF_BIRTH, _F.FIRST_ISSUE_DATE), _TERM)
_SUCCESSIVE: Final = ((_F.FIRST_ISSUE_DATE, _F.VALID_FROM), (_F.REGISTER_DATE, _F.ISSUE_DATE))


def look(case: Case) -> Iterator[Finding]:
    """Every date of the page."""
    yield from _unreadable(case)
    yield from _order(case)
    yield from _ahead(case)
    yield from _young(case)
    yield from _term(case)


def _unreadable(case: Case) -> Iterator[Finding]:
    """No date of the calendar; of the end of a term the verdict speaks."""
    names = [name for name in _DATES if case.value(name) and case.day(name) is None]
    if names:
        yield case.finding("unreadable_date", *names)


def _order(case: Case) -> Iterator[Finding]:
    """Birth before first issue, a term's start before its end; the others may fall on one day.

    A first card starts on the day of first issue, a second one later; a vehicle licence is issued
    when the vehicle is registered, or anew later (Orders 162 and 164).
    """
    for names in (*_APART, *_SUCCESSIVE):
        earlier, later = (case.day(name) for name in names)
        if earlier and later and (earlier > later or (names in _APART and earlier == later)):
            yield case.finding("date_order", *names)


def _ahead(case: Case) -> Iterator[Finding]:
    """What has happened lies in the past; a licence renewed early starts up to 90 days ahead."""
    names = [name for name in _PAST if (day := case.day(name)) and day > case.today]
    start = case.day(_F.VALID_FROM)
    if start and (start - case.today).days > RENEWAL_WINDOW:
        names.append(_F.VALID_FROM)
    if names:
        yield case.finding("date_ahead", *names)


def _young(case: Case) -> Iterator[Finding]:
    """Nobody gets a licence before the 18th birthday (Order 162, art. 14)."""
    birth, basis = birth_of(case)
    first = case.day(_F.FIRST_ISSUE_DATE)
    if birth and first and birth < first < add_years(birth, ADULT):
        yield case.finding("young_holder", basis, _F.FIRST_ISSUE_DATE)


def _term(case: Case) -> Iterator[Finding]:
    """6 or 10 years or for life (Order 162, art. 13), to the day; permits up to 1 (art. 21)."""
    start, end = (case.day(name) for name in _TERM)
    years = parse_term(case.value(_F.VALID_UNTIL))
    if years and end is None and years not in TERMS:
        yield case.finding("unusual_term", _F.VALID_UNTIL)
    if start is None or end is None or end <= start:
        return
    if end <= add_years(start, 1):
        yield case.finding("short_term", *_TERM)
    elif min(abs((add_years(start, years) - end).days) for years in TERMS) > 1:
        yield case.finding("unusual_term", *_TERM)
