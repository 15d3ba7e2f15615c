"""Dates and terms as they are printed."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.licence.dates import (
    add_months,
    add_years,
    distance,
    end_of_month,
    parse_date,
    parse_months,
    parse_term,
)

DAYS = st.dates(min_value=date(1900, 1, 1), max_value=date(2099, 12, 31))


@pytest.mark.parametrize(
    "text",
    ["2014-12-25", "2014.12.25", "2014/12/25", "20141225", "2014年12月25日", "至2014-12-25止"],
)
def test_every_printed_form_of_a_date_is_read(text: str) -> None:
    """All the forms that licences and recognisers use mean the same day."""
    assert parse_date(text) == date(2014, 12, 25)


@pytest.mark.parametrize(
    "text", ["", "长期", "6年", "2014-13-25", "2015-02-29", "12-25", "1234567890123", "2014-12"]
)
def test_what_is_no_date_is_none(text: str) -> None:
    """A day that the calendar does not have, or a part of a date, is no date."""
    assert parse_date(text) is None


@given(DAYS, st.sampled_from(["%Y-%m-%d", "%Y.%m.%d", "%Y/%m/%d", "%Y%m%d", "%Y年%m月%d日"]))
def test_a_formatted_date_is_read_back(day: date, form: str) -> None:
    """Whatever day is printed in whatever form, it is read back."""
    assert parse_date(day.strftime(form)) == day


@given(st.text())
def test_no_text_breaks_the_parsers(text: str) -> None:
    """The parsers take any text and answer with something or nothing."""
    parse_date(text)
    parse_months(text)
    parse_term(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("检验有效期至2016年09月粤B(01)", [date(2016, 9, 30)]),
        ("检验有效期至2024年2月粤B", [date(2024, 2, 29)]),
        ("检验有效期至2018-09-07汽油", [date(2018, 9, 30)]),
        ("检验有效期至2019年11月 检验有效期至2020年11月", [date(2019, 11, 30), date(2020, 11, 30)]),
        ("检验有效期至2019年13月", []),
        ("--", []),
    ],
)
def test_months_are_read_to_their_last_day(text: str, expected: list[date]) -> None:
    """An inspection holds to the end of the printed month."""
    assert list(parse_months(text)) == expected


@pytest.mark.parametrize(
    ("text", "years"), [("6年", 6), ("10年", 10), ("长期", None), ("2014年12月", None)]
)
def test_a_term_is_years(text: str, years: int | None) -> None:
    """A term stands in years; the year of a date is none."""
    assert parse_term(text) == years


def test_a_leap_day_ends_on_the_28th() -> None:
    """There is no 29 February in most years."""
    assert add_years(date(2016, 2, 29), 6) == date(2022, 2, 28)


@given(DAYS, st.integers(-200, 200))
def test_months_agree_with_counting_by_hand(day: date, months: int) -> None:
    """The month moves by exactly that many, and the day only where the month is too short."""
    moved = add_months(day, months)
    assert (moved.year * 12 + moved.month) - (day.year * 12 + day.month) == months
    assert moved.day == min(day.day, end_of_month(moved.year, moved.month).day)


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        (date(2026, 11, 22), date(2026, 11, 22), (0, "days")),
        (date(2026, 11, 22), date(2026, 12, 5), (13, "days")),
        (date(2026, 11, 22), date(2026, 12, 6), (2, "weeks")),
        (date(2026, 11, 22), date(2026, 12, 27), (5, "weeks")),
        (date(2026, 11, 22), date(2027, 2, 22), (3, "months")),
        (date(2020, 12, 25), date(2026, 11, 22), (5, "years")),
        (date(2026, 11, 22), date(2020, 12, 25), (5, "years")),
        (date(2024, 11, 23), date(2026, 11, 22), (23, "months")),
    ],
)
def test_distances_are_told_in_the_unit_people_think_in(
    first: date, last: date, expected: tuple[int, str]
) -> None:
    """Days, then weeks, months and years, always rounded down."""
    assert distance(first, last) == expected


@given(DAYS, st.integers(0, 20_000))
def test_a_distance_never_overstates(first: date, days: int) -> None:
    """That many units after the first day is not past the last one."""
    last = first + timedelta(days=days)
    count, unit = distance(first, last)
    reached = {
        "days": lambda: first + timedelta(days=count),
        "weeks": lambda: first + timedelta(weeks=count),
        "months": lambda: add_months(first, count),
        "years": lambda: add_years(first, count),
    }[unit]()
    assert reached <= last
