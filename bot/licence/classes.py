"""The classes of vehicles that a licence is for (准驾车型; Order 162, art. 11 and annex 1)."""

from __future__ import annotations

import re
from datetime import date, timedelta
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from bot.licence.dates import add_years
from bot.licence.documents import FieldName
from bot.licence.identity import birth_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from bot.licence.case import Case
    from bot.licence.catalogue import Finding

COVERS: Final[Mapping[str, frozenset[str]]] = MappingProxyType(
    {
        code: frozenset(covered.split())
        for code, covered in {
            "A1": "A3 B1 B2 C1 C2 C3 C4 M",  # 大型客车
            "A2": "B1 B2 C1 C2 C3 C4 C6 M",  # 重型牵引挂车
            "A3": "C1 C2 C3 C4",  # 城市公交车
            "B1": "C1 C2 C3 C4 M",  # 中型客车
            "B2": "C1 C2 C3 C4 M",  # 大型货车
            "C1": "C2 C3 C4",  # 小型汽车
            "C2": "",  # 小型自动挡汽车
            "C3": "C4",  # 低速载货汽车
            "C4": "",  # 三轮汽车
            "C5": "",  # 残疾人专用小型自动挡载客汽车
            "C6": "",  # 轻型牵引挂车
            "D": "E F",  # 普通三轮摩托车
            "E": "F",  # 普通二轮摩托车
            "F": "",  # 轻便摩托车
            "M": "",  # 轮式专用机械车
            "N": "",  # 无轨电车
            "P": "",  # 有轨电车
        }.items()
    }
)
"""Every class, with those that its holder may drive too."""

C6_SINCE: Final = date(2022, 4, 1)
"""The day on which C6 came into being: Order 162 in force."""

TOWING: Final = frozenset({"A1", "A2", "A3", "B1", "B2", "C1", "C2"})
"""What a trailer of C6 is drawn with: a car or more."""

AGE_LIMITS: Final[Mapping[int, frozenset[str]]] = MappingProxyType(
    {
        63: frozenset({"A1", "A2", "A3", "B1", "B2", "M", "N", "P"}),
        70: frozenset({"C3", "C4", "C6", "D", "E"}),
    }
)
"""Years from which classes lapse (Order 162, art. 65, as amended by Order 172 from 2025-01-01)."""

_CODE: Final = re.compile("A[123]|B[12]|C[1-6]|[DEFMNP]")
_CODES: Final = re.compile(rf"(?:{_CODE.pattern})+")
_GAPS: Final = re.compile(r"[\s,，、.;/+]")


def parse(text: str) -> tuple[str, ...] | None:
    """The codes in the order of print, or `None` where a part of the text is none.

    >>> parse("A2, D")
    ('A2', 'D')
    """
    plain = _GAPS.sub("", text).upper()
    return tuple(_CODE.findall(plain)) if _CODES.fullmatch(plain) else None


def covered(codes: Sequence[str]) -> dict[str, str]:
    """The codes that need not be printed beside others, each with one that covers it."""
    found = {code: other for other in codes for code in codes if code in COVERS[other]}
    return found | {code: code for code in codes if codes.count(code) > 1}


def look(case: Case) -> Iterator[Finding]:
    """The classes, and what follows from them on that day."""
    text = case.value(FieldName.VEHICLE_CLASSES)
    codes = parse(text)
    if codes:
        yield from _covered(case, codes)
        yield from _c6(case, codes)
        yield from _lapsed(case, codes)
    elif text:
        yield case.finding("class_unknown", FieldName.VEHICLE_CLASSES)
    yield from _probation(case)


def _covered(case: Case, codes: Sequence[str]) -> Iterator[Finding]:
    """Only what no other class covers is printed (Order 162, annex 1)."""
    if found := covered(codes):
        less, more = ", ".join(found), ", ".join(dict.fromkeys(found.values()))
        yield case.finding("class_covered", FieldName.VEHICLE_CLASSES, less=less, more=more)


def _c6(case: Case, codes: Sequence[str]) -> Iterator[Finding]:
    """C6 adds a trailer to a car, since 2022-04-01; a card may keep an older start (a note)."""
    if "C6" not in codes:
        return
    if not TOWING.intersection(codes):
        yield case.finding("class_c6_alone", FieldName.VEHICLE_CLASSES)
    start = case.day(FieldName.VALID_FROM)
    if start and start < C6_SINCE:
        yield case.finding("class_c6_early", FieldName.VEHICLE_CLASSES, FieldName.VALID_FROM)


def _lapsed(case: Case, codes: Sequence[str]) -> Iterator[Finding]:
    """The classes for which the holder has become too old; the younger limit may be put off."""
    birth, basis = birth_of(case)
    if birth is None or case.is_doubtful(basis, FieldName.VEHICLE_CLASSES):
        return
    for age, limited in AGE_LIMITS.items():
        lapsed = [code for code in codes if code in limited]
        if lapsed and case.today >= add_years(birth, age):
            names = basis, FieldName.VEHICLE_CLASSES
            yield case.finding("class_age", *names, age=age, classes=", ".join(lapsed))


def _probation(case: Case) -> Iterator[Finding]:
    """The first 12 months: no bus, no taxi, no trailer (Order 162, art. 76 and 77)."""
    first = case.day(FieldName.FIRST_ISSUE_DATE)
    if first is None or case.is_doubtful(FieldName.FIRST_ISSUE_DATE):
        return
    if first <= case.today < add_years(first, 1):
        until = add_years(first, 1) - timedelta(days=1)
        yield case.finding("probation", FieldName.FIRST_ISSUE_DATE, until=until.isoformat())
