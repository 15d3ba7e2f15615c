"""How often a vehicle must be inspected."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.licence.cycles import CYCLES, next_inspection
from bot.licence.scope import Vehicle

REGISTERED = date(2010, 5, 14)


def ages(type_: str, use: str, count: int) -> list[int]:
    """The first ages in months at which such a vehicle must be inspected."""
    found, today = [], REGISTERED
    for _ in range(count):
        due = next_inspection(Vehicle(type_, use, REGISTERED), today)
        assert due is not None
        found.append((due.until.year - 2010) * 12 + due.until.month - 5)
        assert (due.until + timedelta(days=1)).day == 1
        today = due.until + timedelta(days=1)
    return found


@pytest.mark.parametrize(
    ("type_", "use", "expected"),
    [
        ("小型轿车", "出租客运", [12, 24, 36, 48, 60, 66, 72]),
        ("大型普通客车", "公路客运", [12, 24, 36, 48, 60, 66, 72]),
        ("小型轿车", "教练", [12, 24, 36, 48, 60, 66, 72]),
        ("小型面包车", "租赁", [12, 24, 36, 48, 60, 66, 72]),
        ("小型轿车", "预约出租客运", [12, 24, 36, 48, 60, 66, 72]),
        ("重型自卸货车", "货运", [*range(12, 121, 12), 126, 132]),
        ("微型普通货车", "非营运", [*range(12, 121, 12), 126, 132]),
        ("重型半挂牵引车", "货运", [*range(12, 121, 12), 126, 132]),
        ("重型罐式货车", "危化品运输", [*range(12, 121, 12), 126, 132]),
        ("中型普通客车", "非营运", [*range(12, 121, 12), 126, 132]),
        ("大型轿车", "非营运", [*range(12, 121, 12), 126, 132]),
        ("小型轿车", "非营运", [24, 48, 72, 96, 120, 132, 144, 156, 168, 180, 192, 204]),
        ("普通二轮摩托车", "非营运", [24, 48, 72, 96, 120, 132, 144]),
        ("重型普通半挂车", "货运", [12, 24, 36, 48, 60, 72]),
        ("重型专项作业车", "非营运", [12, 24, 36]),
        ("轮式装载机械", "非营运", [12, 24, 36]),
        ("三轮汽车", "货运", [12, 24, 36]),
        ("大型专用校车", "中小学生校车", [6, 12, 18, 24]),
    ],
)
def test_the_table_says_what_the_law_says(type_: str, use: str, expected: list[int]) -> None:
    """Every interval, counted in months from registration, each to the end of its month."""
    assert ages(type_, use, len(expected)) == expected


def test_a_private_car_is_tested_in_its_sixth_and_tenth_year_and_then_each_year() -> None:
    """In between the mark is only applied for."""
    car, tested = Vehicle("小型轿车", "非营运", REGISTERED), {}
    for age in range(1, 14):
        due = next_inspection(car, date(2010 + age, 5, 1))
        assert due is not None
        tested[(due.until.year - 2010)] = due.tested
    marks = {2: False, 4: False, 6: True, 8: False, 10: True, 11: True, 12: True, 13: True}
    assert tested == marks


@pytest.mark.parametrize(
    ("type_", "use"),
    [
        ("小型轿车", "营转非"),
        ("小型轿车", "出租转非"),
        ("小型轿车", "预约出租转非"),
        ("小型面包车", "非营运"),
        ("微型面包车", "非营运"),
        ("小型轿车", "警用"),
        ("小型专用客车", "救护"),
        ("普通低速货车", "货运"),
        ("大型普通客车", "小学生校车"),
        ("大型轮式拖拉机", "非营运"),
        ("小型汽车", "非营运"),
        ("", ""),
    ],
)
def test_what_a_licence_does_not_tell_is_left_out(type_: str, use: str) -> None:
    """A former use, a rule that is not settled, or words that are not known."""
    assert next_inspection(Vehicle(type_, use, REGISTERED), date(2026, 11, 22)) is None


def test_what_is_not_registered_yet_has_no_inspection() -> None:
    """A day of registration that is still to come was misread."""
    car = Vehicle("小型轿车", "非营运", date(2026, 11, 23))
    assert next_inspection(car, date(2026, 11, 22)) is None


def test_every_row_names_its_law() -> None:
    """Whoever doubts an interval can look it up."""
    assert all("art." in cycle.source for cycle in CYCLES)


@given(
    st.dates(date(1990, 1, 1), date(2040, 1, 1)),
    st.integers(0, 12_000),
    st.sampled_from(
        [
            ("小型轿车", "非营运"),
            ("小型轿车", "租赁"),
            ("重型自卸货车", "货运"),
            ("大型专用校车", "小学生校车"),
        ]
    ),
)
def test_the_next_one_is_never_past_and_never_two_years_off(
    registered: date, days: int, kind: tuple[str, str]
) -> None:
    """Two years is the longest interval, and the month counts to its end."""
    today = registered + timedelta(days=days)
    due = next_inspection(Vehicle(*kind, registered), today)
    assert due is not None
    assert today <= due.until <= today + timedelta(days=2 * 366 + 31)


@given(st.dates(date(1990, 1, 1), date(2040, 1, 1)), st.integers(0, 9_000))
def test_it_agrees_with_counting_month_by_month(registered: date, days: int) -> None:
    """A slow walk through the life of a private car comes to the same month."""
    today = registered + timedelta(days=days)
    year, month, age = registered.year, registered.month, 0
    while (year, month) < (today.year, today.month) or not (
        age and (age % 24 == 0 if age <= 120 else age % 12 == 0)
    ):
        year, month, age = (year + 1, 1, age + 1) if month == 12 else (year, month + 1, age + 1)
    due = next_inspection(Vehicle("小型轿车", "非营运", registered), today)
    assert due is not None
    assert (due.until.year, due.until.month) == (year, month)
    assert due.tested is (age not in {24, 48, 96})
