"""What follows from the front of a vehicle licence for its inspection and its scrapping.

Never a verdict: it is worked out from the day of registration, the type and the use, and gives way
to whatever is printed or shown on a licence.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from bot.licence.cycles import next_inspection
from bot.licence.dates import add_years
from bot.licence.documents import DocumentType, FieldName
from bot.licence.findings import is_doubtful
from bot.licence.scope import read_vehicle
from bot.licence.scrapping import limit_of
from bot.licence.verdict import Status

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from bot.licence.recognition import Recognition
    from bot.licence.scope import Vehicle
    from bot.licence.verdict import Verdict

SOURCES: Final = (FieldName.REGISTER_DATE, FieldName.VEHICLE_TYPE, FieldName.USE_CHARACTER)
"""The fields that every estimate rests on."""


class EstimateKind(StrEnum):
    """What is estimated."""

    TEST = "test"  # the next inspection, with a test of the vehicle
    MARK = "mark"  # the next inspection, for which the mark is only applied for
    SCRAPPING = "scrapping"
    NO_SCRAPPING = "no_scrapping"


@dataclass(frozen=True, slots=True)
class Estimate:
    """One thing that was worked out.

    Attributes:
        kind: what.
        until: the last day for it; `None` where there is no limit.
    """

    kind: EstimateKind
    until: date | None = None


def estimate(
    recognition: Recognition, verdict: Verdict, today: date, *, low_confidence: float
) -> tuple[Estimate, ...]:
    """Everything that can be worked out and that the licence does not say itself.

    Args:
        recognition: the page; only the front of a vehicle licence gives estimates.
        verdict: the one on that page and day.
        today: the day in Asia/Shanghai.
        low_confidence: 0…1; nothing is built on a value that was read with less.
    """
    front = recognition.document_type is DocumentType.VEHICLE_LICENCE
    bases = [basis for name in SOURCES if (basis := recognition.field(name))]
    doubtful = any(is_doubtful(basis, low_confidence) for basis in bases)
    if not front or doubtful or verdict.status is Status.BARRED:
        return ()
    vehicle = read_vehicle(recognition)
    if vehicle is None or vehicle.registered > today:
        return ()
    silent = FieldName.INSPECTION_VALID_UNTIL not in verdict.sources
    inspection = _inspection(vehicle, today) if silent else ()
    found = (*inspection, *_scrapping(vehicle))
    return found if any(one.until for one in found) else ()  # "no limit" alone helps nobody


def _inspection(vehicle: Vehicle, today: date) -> Iterator[Estimate]:
    if inspection := next_inspection(vehicle, today):
        kind = EstimateKind.TEST if inspection.tested else EstimateKind.MARK
        yield Estimate(kind, inspection.until)


def _scrapping(vehicle: Vehicle) -> Iterator[Estimate]:
    limit = limit_of(vehicle)
    if limit and limit.years:
        yield Estimate(EstimateKind.SCRAPPING, add_years(vehicle.registered, limit.years))
    elif limit:
        yield Estimate(EstimateKind.NO_SCRAPPING)
