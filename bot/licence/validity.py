"""Whether a licence still holds on a given day, and the law behind it.

"Order 162" is the ministry's regulation on driving licences (机动车驾驶证申领和使用规定),
"Order 164" the one on vehicle registration (机动车登记规定).
"""

from __future__ import annotations

import dataclasses
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from bot.licence.dates import add_years
from bot.licence.documents import DocumentType, FieldName
from bot.licence.inspection import holding, inspected, marked
from bot.licence.states import read_state
from bot.licence.terms import TERMS, read_term
from bot.licence.verdict import Status, Verdict

if TYPE_CHECKING:
    from datetime import date

    from bot.licence.recognition import Recognition

__all__ = ["RENEWAL_WINDOW", "Status", "Verdict", "judge", "lapsing"]

RENEWAL_WINDOW: Final = 90
"""Days before its end in which a driving licence may be renewed (Order 162, art. 63)."""

_RENEWABLE: Final = 1
"""Years after its end in which it can be renewed; then it shall be cancelled (art. 79 no. 8)."""

_RESTORABLE: Final = 2
"""Years after it was cancelled in which the theory test alone restores it (art. 79 para. 3)."""

_LAPSED: Final = frozenset({Status.EXPIRED, Status.CANCELLABLE})


def judge(recognition: Recognition, today: date, expiring_days: int = RENEWAL_WINDOW) -> Verdict:
    """The verdict on a page for a given day in Asia/Shanghai.

    What an electronic licence says of its own state goes before its dates.

    Args:
        recognition: the page.
        today: the day.
        expiring_days: how long before its end a driving licence is due.
    """
    return _in_its_state(recognition, _dated(recognition, today, expiring_days))


def lapsing(
    document_type: DocumentType, end: date, today: date, expiring_days: int = RENEWAL_WINDOW
) -> Verdict:
    """The verdict on a page of which only the last day is known.

    Args:
        document_type: the page.
        end: its last day.
        today: the day in Asia/Shanghai.
        expiring_days: how long before its end a driving licence is due.
    """
    if document_type is DocumentType.DRIVING_LICENCE:
        return _ending(end, today, expiring_days)
    return holding(end, today)


def _dated(recognition: Recognition, today: date, expiring_days: int) -> Verdict:
    """The verdict by the dates alone."""
    match recognition.document_type:
        case DocumentType.DRIVING_LICENCE:
            return _driving_licence(recognition, today, expiring_days)
        case DocumentType.VEHICLE_LICENCE_BACK:
            return inspected(recognition, today)
    return marked(recognition, today)


def _in_its_state(recognition: Recognition, verdict: Verdict) -> Verdict:
    """A state that forbids driving leaves no licence valid; one that has run out stays so."""
    state = read_state(recognition)
    if state is None:
        return verdict
    barred = state.bars and verdict.status not in _LAPSED
    return dataclasses.replace(
        verdict,
        status=Status.BARRED if barred else verdict.status,
        sources=(FieldName.STATE, *verdict.sources),
        state=state,
    )


def _driving_licence(recognition: Recognition, today: date, expiring_days: int) -> Verdict:
    term = read_term(recognition)
    if term and term.start and term.start > today:
        sources = (FieldName.VALID_FROM,)
        return Verdict(Status.NOT_YET_VALID, term.end, term.start, sources=sources)
    if term is None or (term.end and _is_too_far(term.end, today)):
        printed = recognition.value(FieldName.VALID_UNTIL)
        read = (FieldName.VALID_FROM, FieldName.VALID_UNTIL) if printed else ()
        return Verdict(Status.UNKNOWN, sources=read)
    if term.end is None:
        return Verdict(Status.PERMANENT, sources=term.sources)
    verdict = _ending(term.end, today, expiring_days)
    return dataclasses.replace(verdict, sources=term.sources)


def _ending(end: date, today: date, expiring_days: int) -> Verdict:
    status = _driving_status(end, today, expiring_days)
    opens = end - timedelta(days=RENEWAL_WINDOW)
    return Verdict(status, end, opens=opens, mendable=_mendable(status, end))


def _is_too_far(end: date, today: date) -> bool:
    """No licence ends later than one that was renewed for the longest term as early as can be."""
    return add_years(end, -max(TERMS)) - timedelta(days=RENEWAL_WINDOW) > today


def _driving_status(end: date, today: date, expiring_days: int) -> Status:
    if today > add_years(end, _RENEWABLE):
        return Status.CANCELLABLE
    if today > end:
        return Status.EXPIRED
    return Status.DUE if today >= end - timedelta(days=expiring_days) else Status.VALID


def _mendable(status: Status, end: date) -> date | None:
    """When it was cancelled nobody can read from it: the second day is the earliest possible."""
    if status not in _LAPSED:
        return None
    years = _RENEWABLE if status is Status.EXPIRED else _RENEWABLE + _RESTORABLE
    return add_years(end, years)
