"""Whether a licence still holds on a given day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.licence.documents import DocumentType, FieldName
from bot.licence.recognition import Field, Recognition
from bot.licence.validity import Status, Verdict, judge

TODAY = date(2026, 11, 22)


def driving(start: str, end: str) -> Recognition:
    """A driving licence with nothing but its validity."""
    values = {FieldName.VALID_FROM: start, FieldName.VALID_UNTIL: end}
    fields = tuple(Field(name, value, value) for name, value in values.items() if value)
    return Recognition(DocumentType.DRIVING_LICENCE, fields, "test")


def back(record: str) -> Recognition:
    """A back page with nothing but its inspection record."""
    field = Field(FieldName.INSPECTION_RECORD, record, record)
    return Recognition(DocumentType.VEHICLE_LICENCE_BACK, (field,), "test")


@pytest.mark.parametrize(
    ("start", "end", "status", "until"),
    [
        ("2020-12-25", "2030-12-25", Status.VALID, date(2030, 12, 25)),
        ("2016-11-22", "2026-11-22", Status.DUE, date(2026, 11, 22)),
        ("2017-02-20", "2027-02-20", Status.DUE, date(2027, 2, 20)),
        ("2017-02-21", "2027-02-21", Status.VALID, date(2027, 2, 21)),
        ("2016-11-21", "2026-11-21", Status.EXPIRED, date(2026, 11, 21)),
        ("2015-11-22", "2025-11-22", Status.EXPIRED, date(2025, 11, 22)),
        ("2015-11-21", "2025-11-21", Status.CANCELLABLE, date(2025, 11, 21)),
        ("2014-12-25", "2020-12-25", Status.CANCELLABLE, date(2020, 12, 25)),
        ("2018-12-17", "10年", Status.VALID, date(2028, 12, 17)),
        ("2016-02-29", "6年", Status.CANCELLABLE, date(2022, 2, 28)),
        ("2016-07-01", "长期", Status.PERMANENT, None),
        ("", "2030-12-25", Status.VALID, date(2030, 12, 25)),
        ("", "6年", Status.UNKNOWN, None),
        ("2020-12-25", "", Status.UNKNOWN, None),
        ("2020-12-25", "不清楚", Status.UNKNOWN, None),
        ("2030-12-25", "2020-12-25", Status.UNKNOWN, None),
    ],
)
def test_a_driving_licence_is_judged_by_its_last_day(
    start: str, end: str, status: Status, until: date | None
) -> None:
    """The last day counts in full, 90 days before it a licence is due, a year after it lapses."""
    verdict = judge(driving(start, end), TODAY)
    assert (verdict.status, verdict.until) == (status, until)


@pytest.mark.parametrize("end", ["2037-01-01", "长期", "10年"])
def test_a_licence_that_has_not_begun_is_not_valid(end: str) -> None:
    """Before its first day a licence does not hold, whatever its end."""
    verdict = judge(driving("2027-01-01", end), TODAY)
    assert verdict.status is Status.NOT_YET_VALID
    assert verdict.since == date(2027, 1, 1)


@pytest.mark.parametrize(
    ("record", "status", "until"),
    [
        ("检验有效期至2027年07月沪C(15)", Status.VALID, date(2027, 7, 31)),
        ("检验有效期至2027年01月沪C(15)", Status.DUE, date(2027, 1, 31)),
        ("检验有效期至2027年02月沪C(15)", Status.VALID, date(2027, 2, 28)),
        ("检验有效期至2026年11月沪C(15)", Status.DUE, date(2026, 11, 30)),
        ("检验有效期至2026年10月沪C(15)", Status.EXPIRED, date(2026, 10, 31)),
        ("检验有效期至2020年10月沪C 检验有效期至2027年10月沪C", Status.VALID, date(2027, 10, 31)),
        ("检验有效期至2025年07月沪C 强制报废期止:2035-07-01", Status.EXPIRED, date(2025, 7, 31)),
        ("检验有效期2027年07月沪C", Status.VALID, date(2027, 7, 31)),
        ("检验有效期至2072年07月沪C", Status.UNKNOWN, None),
        ("检验有效期至", Status.UNKNOWN, None),
        ("--", Status.UNKNOWN, None),
    ],
)
def test_a_back_page_is_judged_by_its_latest_month(
    record: str, status: Status, until: date | None
) -> None:
    """The month holds to its last day and is due from the first day of two months before."""
    verdict = judge(back(record), TODAY)
    assert (verdict.status, verdict.until) == (status, until)


def test_the_front_of_a_vehicle_licence_has_no_end() -> None:
    """Its dates are those of registration and issue."""
    field = Field(FieldName.ISSUE_DATE, "2010-01-01", "2010-01-01")
    front = Recognition(DocumentType.VEHICLE_LICENCE, (field,), "test")
    assert judge(front, TODAY) == Verdict(Status.NOT_APPLICABLE)


@given(st.dates(date(2000, 1, 1), date(2060, 1, 1)), st.integers(0, 400))
def test_the_window_is_the_owners(end: date, days: int) -> None:
    """A valid licence is due exactly when no more than the owner's days are left."""
    start = end - timedelta(days=3650)
    for today in (end - timedelta(days=days), end - timedelta(days=days + 1), end):
        verdict = judge(driving(start.isoformat(), end.isoformat()), today, expiring_days=days)
        due = (end - today).days <= days
        assert verdict.status is (Status.DUE if due else Status.VALID)


def test_the_window_of_renewal_is_the_laws() -> None:
    """However early an owner wants to know, renewal opens 90 days before the end."""
    verdict = judge(driving("2017-06-01", "2027-06-01"), TODAY, expiring_days=365)
    assert verdict.status is Status.DUE
    assert verdict.opens == date(2027, 3, 3)
