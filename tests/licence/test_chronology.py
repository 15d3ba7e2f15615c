"""Whether the dates of a page can stand beside each other, and before today."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.licence.chronology import look
from bot.licence.dates import add_years
from bot.licence.documents import FieldName
from tests.licence.cases import DRIVING, TODAY, VEHICLE, case_of, codes


def driving(**dates: str) -> list[str]:
    """What is found on a driving licence, on top of dates that are right."""
    right = {
        "date_of_birth": "1990-05-03",
        "first_issue_date": "2014-12-25",
        "valid_from": "2014-12-25",
        "valid_until": "2020-12-25",
    }
    return codes(look, case_of(DRIVING, **right | dates))


@pytest.mark.parametrize(
    ("dates", "found"),
    [
        ({}, []),
        ({"valid_from": "2020-12-25", "valid_until": "2030-12-25"}, []),
        ({"valid_until": "2014-12-25"}, ["date_order"]),
        ({"valid_until": "2013-12-25"}, ["date_order"]),
        ({"first_issue_date": "2015-12-25"}, ["date_order"]),
        ({"date_of_birth": "2014-12-25"}, ["date_order"]),
        ({"date_of_birth": "1996-12-25"}, []),
        ({"date_of_birth": "1996-12-26"}, ["young_holder"]),
        ({"date_of_birth": "2027-01-01"}, ["date_order", "date_ahead"]),
        ({"valid_from": "2027-02-20", "valid_until": "2033-02-20"}, []),
        ({"valid_from": "2027-02-21", "valid_until": "2033-02-21"}, ["date_ahead"]),
        ({"date_of_birth": "1990-02-30"}, ["unreadable_date"]),
        ({"date_of_birth": "19**-05-03"}, []),
        ({"valid_until": "看不清"}, []),
        ({"valid_until": "长期"}, []),
        ({"valid_until": "2014-12-25至2020-12-25"}, []),
    ],
)
def test_the_dates_of_a_driver_follow_each_other(dates: dict[str, str], found: list[str]) -> None:
    """Birth, 18 years, first issue, start, end; a second card starts later than the first issue."""
    assert driving(**dates) == found


@pytest.mark.parametrize(
    ("end", "found"),
    [
        ("2020-12-24", []),
        ("2024-12-26", []),
        ("2020-12-23", ["unusual_term"]),
        ("2021-12-25", ["unusual_term"]),
        ("2015-12-26", ["unusual_term"]),
        ("2015-12-25", ["short_term"]),
        ("2015-01-25", ["short_term"]),
        ("6年", []),
        ("10年", []),
        ("8年", ["unusual_term"]),
    ],
)
def test_a_term_is_one_of_the_laws(end: str, found: list[str]) -> None:
    """Six or ten years to the day, give or take one; only permits run for less than a year."""
    assert driving(valid_until=end) == found


@pytest.mark.parametrize(
    ("registered", "issued", "found"),
    [
        ("2010-01-02", "2014-01-02", []),
        ("2010-01-02", "2010-01-02", []),
        ("2014-01-02", "2010-01-02", ["date_order"]),
        ("2026-11-22", "2026-11-22", []),
        ("2026-11-22", "2026-11-23", ["date_ahead"]),
        ("2010-01-02", "", []),
        ("2010", "2014-01-02", ["unreadable_date"]),
    ],
)
def test_the_dates_of_a_vehicle_follow_each_other(
    registered: str, issued: str, found: list[str]
) -> None:
    """A licence is issued when the vehicle is registered, or anew later."""
    assert codes(look, case_of(VEHICLE, register_date=registered, issue_date=issued)) == found


def test_an_odd_pair_is_named() -> None:
    """Both dates, for either may be the misread one."""
    case = case_of(VEHICLE, register_date="2014-01-02", issue_date="2010-01-02")
    (finding,) = look(case)
    assert finding.fields == (FieldName.REGISTER_DATE, FieldName.ISSUE_DATE)


@given(st.integers(18, 60), st.integers(0, 20), st.sampled_from((6, 10)))
def test_nothing_is_said_of_dates_that_are_right(age: int, since: int, term: int) -> None:
    """Whoever was of age, whenever that was."""
    first = add_years(TODAY, -since)
    dates = {
        "date_of_birth": add_years(first, -age),
        "first_issue_date": first,
        "valid_from": first,
        "valid_until": add_years(first, term),
    }
    assert driving(**{name: day.isoformat() for name, day in dates.items()}) == []
