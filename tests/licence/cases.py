"""Pages for the rules to look at."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from bot.licence.case import Case
from bot.licence.documents import DocumentType, FieldName
from bot.licence.recognition import Field, Recognition
from bot.licence.validity import judge

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from bot.licence.catalogue import Finding

TODAY: Final = date(2026, 11, 22)
DRIVING: Final = DocumentType.DRIVING_LICENCE
VEHICLE: Final = DocumentType.VEHICLE_LICENCE
BACK: Final = DocumentType.VEHICLE_LICENCE_BACK


def case_of(
    page: DocumentType, confidence: float | None = 0.99, today: date = TODAY, /, **values: str
) -> Case:
    """A page with those values, all read with the same confidence."""
    fields = tuple(Field(FieldName(k), v, v, confidence) for k, v in values.items())
    recognition = Recognition(page, fields, "test")
    return Case(recognition, judge(recognition, today), today, 0.7)


def codes(look: Callable[[Case], Iterator[Finding]], case: Case) -> list[str]:
    """The codes of what a rule book finds."""
    return [finding.code for finding in look(case)]
