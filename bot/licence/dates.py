"""Dates and terms as they are printed, and the arithmetic that the law does with them."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from typing import Final, Literal

PERMANENT: Final = "长期"
"""Printed instead of an end where a licence holds for life (Order 162 of the MPS, art. 13)."""

Unit = Literal["days", "weeks", "months", "years"]

_DATE: Final = re.compile(
    r"(?<!\d)((?:19|20)\d{2})\s*(?:[-./年—–]\s*(\d{1,2})\s*[-./月—–]\s*(\d{1,2})|(\d{2})(\d{2}))(?!\d)"
)
_MONTH: Final = re.compile(r"(?<!\d)(20\d{2})\s*[-./年]\s*(\d{1,2})(?:\s*月|\s*[-./]|(?!\d))")
_TERM: Final = re.compile(r"(?<!\d)(\d{1,2})\s*年(?!\d)")


def parse_date(text: str) -> date | None:
    """The first date in a text, in any of the forms that licences and recognisers use.

    `2014-12-25`, `2014.12.25`, `2014/12/25`, `2014年12月25日`, `20141225`. A date that the
    calendar does not have is no date.
    """
    for match in _DATE.finditer(text):
        year, *rest = (int(group) for group in match.groups() if group)
        month, day = rest
        if 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]:  # noqa: PLR2004 - months
            return date(year, month, day)
    return None


def parse_months(text: str) -> tuple[date, ...]:
    """The last day of every month named in a text, e.g. `检验有效期至2026年07月沪C(15)`."""
    months = ((int(year), int(month)) for year, month in _MONTH.findall(text))
    return tuple(end_of_month(year, month) for year, month in months if 1 <= month <= 12)  # noqa: PLR2004 - months


def parse_term(text: str) -> int | None:
    """The years of a term printed as `6年` or `10年` (the driving licence's form of 2008)."""
    match = _TERM.search(text)
    return int(match[1]) if match else None


def add_years(day: date, years: int) -> date:
    """The same day some years later; 29 February becomes the 28th (Civil Code, art. 202)."""
    year = day.year + years
    return day.replace(year=year, day=min(day.day, monthrange(year, day.month)[1]))


def add_months(day: date, months: int) -> date:
    """The same day some months later or earlier, or the last one of a shorter month."""
    year, month0 = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month0 + 1, min(day.day, monthrange(year, month0 + 1)[1]))


def end_of_month(year: int, month: int) -> date:
    """The last day of a month."""
    return date(year, month, monthrange(year, month)[1])


def distance(first: date, last: date) -> tuple[int, Unit]:
    """How far two days lie apart, in the unit in which people think of it, rounded down.

    Days up to two weeks, weeks up to three months, months up to two years, then years.
    """
    first, last = sorted((first, last))
    days = (last - first).days
    months = (last.year - first.year) * 12 + last.month - first.month
    if add_months(first, months) > last:
        months -= 1
    if days < 14:  # noqa: PLR2004 - two weeks
        return days, "days"
    if months < 3:  # noqa: PLR2004 - a quarter
        return days // 7, "weeks"
    return (months, "months") if months < 24 else (months // 12, "years")  # noqa: PLR2004 - 2 years
