"""Whether a licence still holds on a given day, and the law behind it.

"Order 162" is the ministry's regulation on driving licences (机动车驾驶证申领和使用规定),
"Order 164" the one on vehicle registration (机动车登记规定).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from bot.licence.dates import (
    PERMANENT,
    add_months,
    add_years,
    parse_date,
    parse_months,
    parse_term,
)
from bot.licence.documents import DocumentType, FieldName

if TYPE_CHECKING:
    from bot.licence.recognition import Recognition

RENEWAL_WINDOW: Final = 90
"""Days before its end in which a driving licence may be renewed (Order 162, art. 63)."""

_INSPECTION_MONTHS: Final = 3
"""Months before its end in which an inspection may be applied for (Order 164, art. 54)."""

_LONGEST_INSPECTION: Final = 10
"""Years: an end further ahead was misread, for no inspection holds that long."""


class Status(StrEnum):
    """What an agent is told first."""

    VALID = "valid"
    DUE = "due"
    EXPIRED = "expired"
    CANCELLABLE = "cancellable"
    NOT_YET_VALID = "not_yet_valid"
    PERMANENT = "permanent"
    UNKNOWN = "unknown"
    NOT_APPLICABLE = "not_applicable"


@dataclass(frozen=True, slots=True)
class Verdict:
    """The state of validity on one day.

    Attributes:
        status: the state.
        until: the last day on which it holds, inclusive (Civil Code, art. 203).
        since: the first day, where it is not reached yet.
        opens: the first day on which it may be renewed or inspected anew.
        sources: the fields that the verdict rests on.
    """

    status: Status
    until: date | None = None
    since: date | None = None
    opens: date | None = None
    sources: tuple[FieldName, ...] = ()


def judge(recognition: Recognition, today: date, expiring_days: int = RENEWAL_WINDOW) -> Verdict:
    """The verdict on a page for a given day in Asia/Shanghai.

    Args:
        recognition: the page.
        today: the day.
        expiring_days: how long before its end a driving licence is due.
    """
    match recognition.document_type:
        case DocumentType.DRIVING_LICENCE:
            return _driving_licence(recognition, today, expiring_days)
        case DocumentType.VEHICLE_LICENCE_BACK:
            return _inspection(recognition, today)
        case DocumentType.VEHICLE_LICENCE:  # the front prints no end (its dates are of issue)
            return Verdict(Status.NOT_APPLICABLE)


def _driving_licence(recognition: Recognition, today: date, expiring_days: int) -> Verdict:
    start = parse_date(recognition.value(FieldName.VALID_FROM))
    printed = recognition.value(FieldName.VALID_UNTIL)
    end, sources = _end(start, printed)
    permanent = PERMANENT in printed
    if end and start and end <= start:  # one of the two was misread
        return Verdict(Status.UNKNOWN, sources=(FieldName.VALID_FROM, FieldName.VALID_UNTIL))
    if start and start > today and (end or permanent):
        return Verdict(Status.NOT_YET_VALID, end, start, sources=(FieldName.VALID_FROM,))
    if permanent:
        return Verdict(Status.PERMANENT, sources=sources)
    if end is None:
        return Verdict(Status.UNKNOWN, sources=sources)
    opens = end - timedelta(days=RENEWAL_WINDOW)
    return Verdict(_driving_status(end, today, expiring_days), end, opens=opens, sources=sources)


def _end(start: date | None, printed: str) -> tuple[date | None, tuple[FieldName, ...]]:
    """The last day, printed as a date or as a term that runs from the first; and its fields."""
    end = parse_date(printed)
    years = parse_term(printed)
    if end is None and start and years:
        return add_years(start, years), (FieldName.VALID_FROM, FieldName.VALID_UNTIL)
    return end, (FieldName.VALID_UNTIL,)


def _driving_status(end: date, today: date, expiring_days: int) -> Status:
    if today > add_years(end, 1):  # over a year: shall be cancelled (Order 162, art. 79 no. 8)
        return Status.CANCELLABLE
    if today > end:
        return Status.EXPIRED
    return Status.DUE if today >= end - timedelta(days=expiring_days) else Status.VALID


def _inspection(recognition: Recognition, today: date) -> Verdict:
    """The latest month on the back page counts; an earlier line is only history."""
    sources = (FieldName.INSPECTION_RECORD,)
    end = max(_inspected_until(recognition.value(FieldName.INSPECTION_RECORD)), default=None)
    if end is None or end > add_years(today, _LONGEST_INSPECTION):
        return Verdict(Status.UNKNOWN, sources=sources)
    opens = add_months(end.replace(day=1), 1 - _INSPECTION_MONTHS)
    if today > end:
        return Verdict(Status.EXPIRED, end, sources=sources)
    status = Status.DUE if today >= opens else Status.VALID
    return Verdict(status, end, opens=opens, sources=sources)


def _inspected_until(record: str) -> tuple[date, ...]:
    """The months behind 有效期至; every month where those words were not read."""
    _, *lines = record.split("有效期至")
    if not lines:
        return parse_months(record)
    return tuple(month for line in lines for month in parse_months(line)[:1])
