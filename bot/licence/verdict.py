"""The state of validity on one day: what an agent is told first."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from bot.licence.documents import FieldName
    from bot.licence.states import State


class Status(StrEnum):
    """What an agent is told first."""

    VALID = "valid"
    DUE = "due"
    EXPIRED = "expired"
    CANCELLABLE = "cancellable"
    NOT_YET_VALID = "not_yet_valid"
    PERMANENT = "permanent"
    BARRED = "barred"  # an electronic licence itself says so, whatever its dates
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
        mendable: the last day on which an expired licence can still be renewed, or about the last
            one on which the theory test alone restores a cancelled one.
        state: what an electronic licence says of itself, where that is not 正常.
    """

    status: Status
    until: date | None = None
    since: date | None = None
    opens: date | None = None
    sources: tuple[FieldName, ...] = ()
    mendable: date | None = None
    state: State | None = None
