"""What a holder must hand in while the licence runs."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.licence.reviews import deadline, look
from tests.licence.cases import DRIVING, VEHICLE, case_of, codes

AGED = {
    "date_of_birth": "1950-01-01",
    "first_issue_date": "2004-03-10",
    "valid_from": "2020-03-10",
    "valid_until": "长期",
    "vehicle_classes": "C1",
}
YOUNG = AGED | {"date_of_birth": "1990-01-01"}


def due(**values: str) -> dict[str, str]:
    """What is due of a driving licence, and until when."""
    return {found.code: str(found.params["until"]) for found in look(case_of(DRIVING, **values))}


def test_a_holder_of_seventy_proves_fitness_each_year() -> None:
    """Within 30 days after the cycle that ends on 9 March: until 8 April."""
    assert due(**AGED) == {"yearly_medical": "2027-04-08"}


@pytest.mark.parametrize(
    ("birth", "expected"),
    [
        ("1956-11-22", {"yearly_medical": "2027-04-08"}),
        ("1956-11-23", {}),
        ("1990-01-01", {}),
        ("", {}),
    ],
)
def test_the_seventieth_birthday_counts(birth: str, expected: dict[str, str]) -> None:
    """以上 includes the number itself (Order 162, art. 110)."""
    assert due(**(AGED | {"date_of_birth": birth})) == expected


@pytest.mark.parametrize(
    ("birth", "expected"),
    [("1956-11-04", "2026-12-04"), ("1956-11-05", "2027-12-04"), ("1956-11-10", "2027-12-04")],
)
def test_the_first_cycle_is_the_one_that_ends_at_seventy(birth: str, expected: str) -> None:
    """Who turned 70 after the last cycle had ended starts with the next one."""
    values = AGED | {"date_of_birth": birth, "first_issue_date": "2004-11-05"}
    assert due(**values) == {"yearly_medical": expected}


def test_without_the_first_issue_the_day_is_left_open() -> None:
    """The duty is there all the same."""
    assert due(**(AGED | {"first_issue_date": ""})) == {"yearly_medical": "none"}
    assert due(**(AGED | {"first_issue_date": "2027-03-10"})) == {"yearly_medical": "none"}


def test_age_is_also_in_the_number() -> None:
    """Where the birthday was not read."""
    number = {"date_of_birth": "", "licence_number": "11010519491231002X"}
    assert due(**(AGED | number)) == {"yearly_medical": "2027-04-08"}


def test_an_automatic_car_for_invalids_every_three_years() -> None:
    """Whatever the age, but from 70 on it is every year anyway."""
    assert due(**(YOUNG | {"vehicle_classes": "C5"})) == {"c5_medical": "2028-04-08"}
    assert due(**(AGED | {"vehicle_classes": "C5"})) == {"yearly_medical": "2027-04-08"}


@pytest.mark.parametrize(
    ("printed", "named"), [("A1A2D", "A1, A2"), ("B2", "B2"), ("A3", "A3"), ("C1D", None)]
)
def test_big_classes_are_reviewed_each_year(printed: str, named: str | None) -> None:
    """Buses, heavy trucks and trailers."""
    found = [
        finding.params["classes"]
        for finding in look(case_of(DRIVING, **(YOUNG | {"vehicle_classes": printed})))
        if finding.code == "yearly_review"
    ]
    assert found == ([named] if named else [])


@pytest.mark.parametrize(
    "end", [{"valid_until": "2026-11-21"}, {"valid_until": "2020-03-11"}, {"state": "注销"}]
)
def test_a_licence_that_is_over_asks_for_nothing(end: dict[str, str]) -> None:
    """What restores it is the verdict's matter."""
    assert due(**(AGED | {"vehicle_classes": "A1"} | end)) == {}


def test_nothing_is_counted_from_doubt() -> None:
    """A note is no place for a guess."""
    assert codes(look, case_of(DRIVING, 0.5, **(AGED | {"vehicle_classes": "A1"}))) == []
    assert due(**(YOUNG | {"vehicle_classes": "Q7"})) == {}


def test_a_vehicle_hands_in_nothing() -> None:
    """Its front has no holder."""
    assert codes(look, case_of(VEHICLE, register_date="2004-03-10")) == []


@given(
    st.dates(date(1990, 1, 1), date(2026, 11, 22)),
    st.integers(0, 4000),
    st.sampled_from([1, 3]),
)
def test_a_deadline_agrees_with_counting_day_by_day(first: date, days: int, years: int) -> None:
    """A slow walk through the cycles comes to the same window."""
    today = first + timedelta(days=days)
    day, cycles, closes = first, 0, date.min
    while closes < today or not cycles or cycles % years:
        day += timedelta(days=1)
        leap = (first.month, first.day) == (2, 29)
        last = (2, 28) if leap and (day.year % 4 or day.year == 2100) else (first.month, first.day)
        if (day.month, day.day) == last:  # the first day of a new cycle is the window's first
            cycles += 1
            closes = day + timedelta(days=29)
    assert deadline(first, today, years) == closes


@given(st.sampled_from(sorted(AGED)), st.text())
def test_no_text_makes_it_raise(name: str, text: str) -> None:
    """Whatever was read, there are notes or none."""
    assert isinstance(codes(look, case_of(DRIVING, **(AGED | {name: text}))), list)
