"""Until when a vehicle is inspected, as its papers say it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.licence.dates import end_of_month
from bot.licence.documents import DocumentType, FieldName
from bot.licence.inspection import inspected, marked
from bot.licence.recognition import Field, Recognition
from bot.licence.verdict import Status, Verdict

TODAY = date(2026, 11, 22)
ORDER = (Status.UNKNOWN, Status.VALID, Status.DUE, Status.EXPIRED)


def back(record: str, today: date = TODAY) -> Verdict:
    """The verdict on a back page with that record."""
    field = Field(FieldName.INSPECTION_RECORD, record, record)
    return inspected(Recognition(DocumentType.VEHICLE_LICENCE_BACK, (field,), "test"), today)


def front(month: str, today: date = TODAY) -> Verdict:
    """The verdict on an electronic front with that month."""
    field = Field(FieldName.INSPECTION_VALID_UNTIL, month, month)
    return marked(Recognition(DocumentType.VEHICLE_LICENCE, (field,), "test"), today)


@pytest.mark.parametrize(
    ("record", "status", "until"),
    [
        ("检验有效期至2027年07月沪C(15)", Status.VALID, date(2027, 7, 31)),
        ("检验有效期至2027年01月沪C(15)", Status.DUE, date(2027, 1, 31)),
        ("检验有效期至2027年02月沪C(15)", Status.VALID, date(2027, 2, 28)),
        ("检验有效期至2026年11月沪C(15)", Status.DUE, date(2026, 11, 30)),
        ("检验有效期至2026年10月沪C(15)", Status.EXPIRED, date(2026, 10, 31)),
        ("检验有效期至2016年09月粤B(01)", Status.EXPIRED, date(2016, 9, 30)),
        ("检验有效期至2015年11月皖A(4S)", Status.EXPIRED, date(2015, 11, 30)),
        ("检验有效期至2014年09月云A(01)", Status.EXPIRED, date(2014, 9, 30)),
        ("检验有效期至2020年10月沪C 检验有效期至2027年10月沪C", Status.VALID, date(2027, 10, 31)),
        ("检验有效期至2027年10月沪C 检验有效期至2020年10月沪C", Status.VALID, date(2027, 10, 31)),
        ("检验有效期至2020年10月沪C 检验有效期2027年10月沪C", Status.VALID, date(2027, 10, 31)),
        ("检验有效期全2020年10月沪C 检验有效期全2027年10月沪C", Status.VALID, date(2027, 10, 31)),
        ("检验有效期至2025年07月沪C 强制报废期止:2035-07-01", Status.EXPIRED, date(2025, 7, 31)),
        ("2020年10月沪C 2027年10月沪C", Status.VALID, date(2027, 10, 31)),
        ("检验有效期至2072年07月沪C", Status.UNKNOWN, None),
        ("检验有效期至2027年13月沪C", Status.UNKNOWN, None),
        ("检验有效期至", Status.UNKNOWN, None),
        ("--", Status.UNKNOWN, None),
        ("", Status.UNKNOWN, None),
    ],
)
def test_a_back_page_is_judged_by_its_latest_month(
    record: str, status: Status, until: date | None
) -> None:
    """Which holds to its last day; nothing and dashes leave the question open."""
    verdict = back(record)
    assert (verdict.status, verdict.until) == (status, until)


def test_the_window_opens_on_the_first_day_of_the_third_month() -> None:
    """For November it is 1 September to 30 November."""
    record = "检验有效期至2020年11月粤B(01)"
    days = (date(2020, 8, 31), date(2020, 9, 1), date(2020, 11, 30), date(2020, 12, 1))
    statuses = [back(record, day).status for day in days]
    assert statuses == [Status.VALID, Status.DUE, Status.DUE, Status.EXPIRED]
    assert back(record, days[0]).opens == date(2020, 9, 1)


@pytest.mark.parametrize(
    ("month", "status", "until"),
    [
        ("2027-09", Status.VALID, date(2027, 9, 30)),
        ("2026年12月", Status.DUE, date(2026, 12, 31)),
        ("2026-11-15", Status.DUE, date(2026, 11, 30)),
        ("2026-10", Status.EXPIRED, date(2026, 10, 31)),
        ("2025年09月 2027年09月", Status.UNKNOWN, None),
        ("****", Status.UNKNOWN, None),
        ("", Status.NOT_APPLICABLE, None),
        ("--", Status.NOT_APPLICABLE, None),
    ],
)
def test_an_electronic_front_says_it_itself(month: str, status: Status, until: date | None) -> None:
    """One month is a verdict, two are a question, and paper says nothing."""
    verdict = front(month)
    assert (verdict.status, verdict.until) == (status, until)


@given(st.dates(date(2000, 1, 1), date(2060, 1, 1)), st.integers(0, 1200))
def test_it_agrees_with_counting_day_by_day(end: date, ahead: int) -> None:
    """A day is due exactly when its month is the last one or one of the two before it."""
    today = end - timedelta(days=ahead)
    verdict = back(f"检验有效期至{end:%Y年%m月}沪C", today)
    months: set[tuple[int, int]] = set()
    day = today
    while day <= end_of_month(end.year, end.month) and len(months) < 4:
        months.add((day.year, day.month))
        day += timedelta(days=1)
    assert verdict.status is (Status.DUE if len(months) <= 3 else Status.VALID)


@given(st.dates(date(2005, 1, 1), date(2060, 1, 1)), st.lists(st.integers(-9000, 2000), min_size=2))
def test_time_only_makes_it_worse(end: date, distances: list[int]) -> None:
    """Valid, due, expired, and never back."""
    days = sorted(end + timedelta(days=days) for days in distances)
    ranks = [ORDER.index(back(f"检验有效期至{end:%Y年%m月}", day).status) for day in days]
    assert ranks == sorted(ranks)


@given(st.text())
def test_no_text_makes_it_raise(text: str) -> None:
    """Whatever was read, there is a verdict."""
    assert back(text).status in ORDER
    assert front(text).status in {*ORDER, Status.NOT_APPLICABLE}
