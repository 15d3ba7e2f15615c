"""What a driving licence says."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from tests.generator import person
from tests.generator.value import Value, value

if TYPE_CHECKING:
    import random

    from tests.generator.tables import Part

_COMMON: Final = ("C1", "C1", "C1", "C1", "C2", "C2", "B2", "A2", "C1D", "C1E", "A2D", "B1", "A1")
_RARE: Final = (
    *(
        "A1A2",
        "A1A2D",
        "A1D",
        "A2E",
        "A3",
        "A3D",
        "B1D",
        "B1B2",
        "B1E",
        "B2D",
        "B2E",
        "C1C6",
        "C1C6D",
    ),
    *("C1F", "C1M", "C2C6", "C2D", "C2E", "C3", "C3D", "C4", "C4D", "C5", "C6", "D", "E", "F", "M"),
    *("N", "P", "DM", "A1A2M", "A1A3D", "B2DM", "A1N"),
)
LAST: Final = date(2026, 6, 30)
"""Nothing was issued after this day."""


def values(rng: random.Random, part: Part, *, old: bool) -> dict[str, Value]:
    """A licence's values; `old` is the form of 2008, which prints terms in years."""
    holder = person.invent(rng, part)
    first = _first(rng, holder.birth)
    start, until = _term(rng, first, old=old)
    return {
        "证号": value(holder.number),
        "姓名": value(holder.name),
        "性别": value(holder.sex),
        "国籍": value(holder.nationality),
        "住址": value(holder.address),
        "出生日期": value(holder.birth.isoformat()),
        "领证日期": value(first.isoformat()),
        "准驾车型": value(rng.choice(_COMMON if rng.random() < 0.6 else _RARE)),
        "起始日期": value(start.isoformat()),
        "有效日期": value(until),
        "红章": value(person.authority(rng, holder.place)),
    }


def _first(rng: random.Random, birth: date) -> date:
    """Between the 18th birthday and the 60th, not before 1980."""
    earliest = max(later(birth, 18), date(1980, 1, 1))
    latest = min(later(birth, 60), LAST)
    return earliest + timedelta(days=rng.randrange(max((latest - earliest).days, 1)))


def _term(rng: random.Random, first: date, *, old: bool) -> tuple[date, str]:
    """Six years, then ten, then no end; a card reissued on the way keeps its term."""
    terms = [
        (later(first, years), length)
        for years, length in ((0, 6), (6, 10), (16, 0), (6, 6), (12, 10))
        if later(first, years) <= LAST
    ]
    start, length = rng.choice(terms)
    if not length:
        return start, "长期"
    return start, f"{length}年" if old else later(start, length).isoformat()


def later(day: date, years: int) -> date:
    """So many years on; the 28th for a 29 February that year has not."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)
