"""How long a vehicle may be used before it must be scrapped.

Source: 机动车强制报废标准规定 (Ministry of Commerce and others, order 12 of 2012), art. 5. What a
vehicle was used for before (art. 6) and stricter rules of a province (for taxis and motorcycles)
stand on no licence, so all of this is an estimate.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from bot.licence import scope
from bot.licence.scope import Scope

if TYPE_CHECKING:
    from bot.licence.scope import Vehicle


@dataclass(frozen=True, slots=True)
class Limit:
    """A rule of age.

    Attributes:
        scope: the vehicles it is for.
        years: from registration; `None` where they have no such limit.
        source: the paragraph of art. 5.
    """

    scope: Scope
    years: int | None
    source: str


_PASSENGER: Final = f"{scope.SMALL}|{scope.MEDIUM}|{scope.LARGE}"
_BIG: Final = f"{scope.MEDIUM}|{scope.LARGE}"
_ANY_TRUCK: Final = f"{scope.TRUCK}|{scope.MICRO_TRUCK}"

LIMITS: Final = (
    Limit(Scope(scope.SMALL, scope.TAXI), 8, "art. 5 (一)"),
    Limit(Scope(scope.MEDIUM, scope.TAXI), 10, "art. 5 (一)"),
    Limit(Scope(scope.LARGE, scope.TAXI), 12, "art. 5 (一)"),
    Limit(Scope(_PASSENGER, scope.RENTED), 15, "art. 5 (二)"),
    Limit(Scope(scope.SMALL, scope.TEACHING), 10, "art. 5 (三)"),
    Limit(Scope(scope.MEDIUM, scope.TEACHING), 12, "art. 5 (三)"),
    Limit(Scope(scope.LARGE, scope.TEACHING), 15, "art. 5 (三)"),
    Limit(Scope(_PASSENGER, scope.CITY_BUS), 13, "art. 5 (四)"),
    Limit(Scope(scope.SMALL, scope.COACH), 10, "art. 5 (五)"),
    Limit(Scope(_BIG, scope.COACH), 15, "art. 5 (五)"),
    Limit(Scope(scope.SCHOOL_BUS, scope.SCHOOL), 15, "art. 5 (六)"),
    Limit(Scope(scope.LARGE_CAR, scope.PRIVATE), None, "art. 5 (七), annex 1"),
    Limit(Scope(_BIG, scope.PRIVATE), 20, "art. 5 (七)"),
    Limit(Scope(scope.THREE_WHEELER, scope.FREIGHT), 9, "art. 5 (八)"),
    Limit(Scope(scope.MICRO_TRUCK, scope.FREIGHT), 12, "art. 5 (八)"),
    Limit(Scope(_ANY_TRUCK, scope.DANGEROUS), 10, "art. 5 (八)"),
    Limit(Scope(f"{scope.TRUCK}|{scope.TRACTOR}", scope.FREIGHT), 15, "art. 5 (八)"),
    Limit(Scope(scope.FULL_TRAILER, scope.FREIGHT | scope.DANGEROUS), 10, "art. 5 (十)"),
    Limit(Scope(scope.SEMI_TRAILER, scope.DANGEROUS), 10, "art. 5 (十)"),
    Limit(Scope(scope.CONTAINER_TRAILER, scope.FREIGHT), 20, "art. 5 (十)"),
    Limit(Scope(scope.SEMI_TRAILER, scope.FREIGHT), 15, "art. 5 (十)"),
    Limit(Scope(scope.TRICYCLE, scope.PRIVATE), 12, "art. 5 (十一)"),
    Limit(Scope(scope.MOTORCYCLE, scope.PRIVATE), 13, "art. 5 (十一)"),
    Limit(Scope(scope.SMALL, scope.PRIVATE), None, "art. 5, last but one paragraph"),
    Limit(Scope(scope.MACHINE, scope.PRIVATE), None, "art. 5, last but one paragraph"),
)
"""The first row that covers a vehicle counts. No row: what was in use for something else before
(营转非 …), 预约出租客运, which goes by mileage too, slow trucks, of which the cylinders decide, and
special vehicles, of which the load does."""


def limit_of(vehicle: Vehicle) -> Limit | None:
    """The rule of age for a vehicle; `None` where its licence does not tell."""
    return next((limit for limit in LIMITS if limit.scope.covers(vehicle)), None)
