"""How often a vehicle must be inspected, counted from its registration.

"Art. 16" is that of the regulation on the Road Traffic Safety Law (道路交通安全法实施条例), "the
reform" the one of the ministries in force since 1 October 2022 (关于深化机动车检验制度改革优化
车检服务工作的意见). Whether an inspection was done, and whether an accident or a forbidden
conversion brought a car under the stricter rule, stands on no front page: all of this is an
estimate.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from bot.licence import scope
from bot.licence.dates import add_months, end_of_month
from bot.licence.scope import Scope

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from bot.licence.scope import Vehicle


@dataclass(frozen=True, slots=True)
class Cycle:
    """A rule of intervals.

    Attributes:
        scope: the vehicles it is for.
        first: months between two inspections at first.
        until: months of age up to which that holds; 0 where it never changes.
        then: months between two inspections afterwards.
        source: the law.
        untested: months of age at which the mark is given without a test.
    """

    scope: Scope
    first: int
    until: int
    then: int
    source: str
    untested: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Inspection:
    """The next inspection of a vehicle that missed none.

    Attributes:
        until: the last day for it, always that of a month.
        tested: whether the vehicle is tested; else the mark is only applied for.
    """

    until: date
    tested: bool


_ANY: Final = f"{scope.SMALL}|{scope.MEDIUM}|{scope.LARGE}"
_BIG: Final = f"{scope.MEDIUM}|{scope.LARGE}"
_TRUCK: Final = f"{scope.TRUCK}|{scope.MICRO_TRUCK}|{scope.TRACTOR}"
_RIDDEN: Final = f"{scope.TRICYCLE}|{scope.MOTORCYCLE}"
_OTHER: Final = f"{scope.TRAILER}|{scope.SPECIAL}|{scope.MACHINE}|{scope.THREE_WHEELER}"
_LOADED: Final = scope.FREIGHT | scope.DANGEROUS
_MARKS: Final = frozenset({24, 48, 96})  # years 6 and 10 are tested

CYCLES: Final = (
    Cycle(Scope(_ANY, scope.CARRYING), 12, 60, 6, "art. 16 (一)"),
    Cycle(Scope(_TRUCK, _LOADED), 12, 120, 6, "art. 16 (二)"),
    Cycle(Scope(_BIG, scope.PRIVATE), 12, 120, 6, "art. 16 (二)"),
    Cycle(Scope(scope.CAR, scope.PRIVATE), 24, 120, 12, "art. 16 (三), the reform", _MARKS),
    Cycle(Scope(_RIDDEN, scope.PRIVATE), 24, 120, 12, "art. 16 (四), the reform", _MARKS),
    Cycle(Scope(_OTHER, _LOADED), 12, 0, 12, "art. 16 (五)"),
    Cycle(Scope(scope.SCHOOL_BUS, scope.SCHOOL), 6, 0, 6, "Order 164, art. 62"),
)
"""The first row that covers a vehicle counts. No row: what was in use for something else before
(营转非 …), for which the cycle is not settled, 面包车 off business, which the reform left to older
rules, vehicles of the police, the fire brigade and ambulances, and slow trucks."""


def next_inspection(vehicle: Vehicle, today: date) -> Inspection | None:
    """The next inspection by the intervals alone; `None` where the licence does not tell."""
    cycle = next((cycle for cycle in CYCLES if cycle.scope.covers(vehicle)), None)
    if cycle is None or vehicle.registered > today:
        return None
    return next(due for due in _inspections(cycle, vehicle.registered) if due.until >= today)


def _inspections(cycle: Cycle, registered: date) -> Iterator[Inspection]:
    """Every inspection of a vehicle's life."""
    age = 0
    while True:
        age += cycle.first if age < cycle.until else cycle.then
        month = add_months(registered.replace(day=1), age)
        yield Inspection(end_of_month(month.year, month.month), age not in cycle.untested)
