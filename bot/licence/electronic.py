"""Electronic licences: a picture of one is no live proof.

They have the force of paper (Order 162, art. 61) where they are opened in 交管12123. Their state
(状态) is a matter of the verdict.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from bot.licence.dates import parse_date
from bot.licence.documents import FieldName

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.licence.case import Case
    from bot.licence.catalogue import Finding

FRESH_DAYS: Final = 3
"""Days after which a state may well have changed."""

ALL_POINTS: Final = 12
"""Penalty points that cost a licence (regulations on the Road Traffic Safety Law, art. 23)."""

_F = FieldName
_MOMENTS: Final = (_F.GENERATED_AT, _F.SHOWN_AT)
_MARKS: Final = (_F.LICENCE_FORM, *_MOMENTS)
_POINTS: Final = re.compile(r"(?<!\d)(\d{1,3})\s*分?(?!\d)")


def look(case: Case) -> Iterator[Finding]:
    """Points, and how old the picture is."""
    points = _POINTS.search(case.value(_F.PENALTY_POINTS))
    if points and int(points[1]) >= ALL_POINTS:
        yield case.finding("points_full", _F.PENALTY_POINTS)
    if any(case.value(name) for name in _MARKS):
        yield _age(case)


def _age(case: Case) -> Finding:
    """The data are as old as 生成时间; 当前时间 is only when they were looked at."""
    dated = [(name, day) for name in _MOMENTS if (day := parse_date(case.value(name)))]
    for name, day in dated[:1]:
        if (age := (case.today - day).days) > FRESH_DAYS:
            return case.finding("electronic_stale", name, count=age)
    return case.finding("electronic_picture")
