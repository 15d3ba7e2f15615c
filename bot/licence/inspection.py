"""Until when a vehicle is inspected, as its papers say it.

The back page gets a stamp `检验有效期至2026年07月沪C(15)` for each inspection, a line each; an
electronic vehicle licence carries the value of the register itself.
"""

from __future__ import annotations

import dataclasses
import re
from typing import TYPE_CHECKING, Final

from bot.licence.dates import add_months, add_years, parse_months
from bot.licence.documents import FieldName
from bot.licence.verdict import Status, Verdict

if TYPE_CHECKING:
    from datetime import date

    from bot.licence.recognition import Recognition

WINDOW: Final = 3
"""Months before its end in which an inspection may be applied for (Order 164, art. 54)."""

LONGEST: Final = 10
"""Years: an end further ahead was misread, for no inspection holds that long."""

_CAPTION: Final = re.compile(r"有效期[至到全]?")  # 全 is how 至 is often misread
_NOTHING: Final = re.compile(r"[\s-]*")


def inspected(recognition: Recognition, today: date) -> Verdict:
    """The verdict on a back page: its latest month counts, an earlier line is only history.

    `EXPIRED` proves nothing: since the marks are electronic (Order 164, art. 56) a vehicle may
    well be inspected without a new line.
    """
    record = recognition.value(FieldName.INSPECTION_RECORD)
    return _verdict(_inspected_until(record), today, FieldName.INSPECTION_RECORD)


def marked(recognition: Recognition, today: date) -> Verdict:
    """The verdict on the front: only an electronic one says until when the vehicle is inspected.

    The dates of a paper one are those of registration and issue; it has no end.
    """
    printed = recognition.value(FieldName.INSPECTION_VALID_UNTIL)
    if _NOTHING.fullmatch(printed):
        return Verdict(Status.NOT_APPLICABLE)
    months = frozenset(parse_months(printed))
    only = tuple(months) if len(months) == 1 else ()
    return _verdict(only, today, FieldName.INSPECTION_VALID_UNTIL)


def holding(end: date, today: date) -> Verdict:
    """The verdict on an inspection that holds until the end of a month."""
    if today > end:
        return Verdict(Status.EXPIRED, end)
    opens = add_months(end.replace(day=1), 1 - WINDOW)
    return Verdict(Status.DUE if today >= opens else Status.VALID, end, opens=opens)


def _verdict(months: tuple[date, ...], today: date, source: FieldName) -> Verdict:
    """An inspection holds to the last day of its month."""
    end = max(months, default=None)
    if end is None or add_years(end, -LONGEST) > today:
        return Verdict(Status.UNKNOWN, sources=(source,))
    return dataclasses.replace(holding(end, today), sources=(source,))


def _inspected_until(record: str) -> tuple[date, ...]:
    """The months behind 有效期至; every month where those words were not read."""
    _, *lines = _CAPTION.split(record)
    if not lines:
        return parse_months(record)
    return tuple(month for line in lines for month in parse_months(line)[:1])
