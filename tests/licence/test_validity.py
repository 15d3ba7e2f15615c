"""Whether a licence still holds on a given day."""

from __future__ import annotations

import dataclasses
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.licence.documents import DocumentType, FieldName
from bot.licence.recognition import Field, Recognition
from bot.licence.validity import Status, Verdict, judge, lapsing

TODAY = date(2026, 11, 22)


def driving(start: str, end: str) -> Recognition:
    """A driving licence with nothing but its validity."""
    values = {FieldName.VALID_FROM: start, FieldName.VALID_UNTIL: end}
    fields = tuple(Field(name, value, value) for name, value in values.items() if value)
    return Recognition(DocumentType.DRIVING_LICENCE, fields, "test")


def vehicle(page: DocumentType, **values: str) -> Recognition:
    """A page of a vehicle licence with those values."""
    fields = tuple(Field(FieldName(name), value, value) for name, value in values.items())
    return Recognition(page, fields, "test")


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
        ("2014-12-25", "2020-12-25 2030-12-25", Status.UNKNOWN, None),
        ("2014-12-25", "2030-12-25注销", Status.UNKNOWN, None),
        ("2014-12-25", "2030-12-25 暂扣", Status.UNKNOWN, None),
        ("2020-12-25", "16年", Status.UNKNOWN, None),
        ("2020-12-25", "2072-12-25", Status.UNKNOWN, None),
        ("2027-02-20", "2037-02-20", Status.NOT_YET_VALID, date(2037, 2, 20)),
        ("", "2037-02-20", Status.VALID, date(2037, 2, 20)),
        ("", "2037-02-21", Status.UNKNOWN, None),
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


@pytest.mark.parametrize(
    ("end", "mendable"),
    [
        ("2032-01-01", None),
        ("2026-11-22", None),
        ("2026-11-21", date(2027, 11, 21)),
        ("2025-11-22", date(2026, 11, 22)),
        ("2025-11-21", date(2028, 11, 21)),
        ("2020-12-25", date(2023, 12, 25)),
        ("2024-02-29", date(2027, 2, 28)),
        ("长期", None),
    ],
)
def test_what_has_run_out_can_be_mended_for_a_while(end: str, mendable: date | None) -> None:
    """Renewed for a year, then restored by the theory test for two more."""
    assert judge(driving("", end), TODAY).mendable == mendable


def test_the_seeds_sample_turns_when_the_law_says() -> None:
    """90 days before its end, after it, and a year after that."""
    sample = driving("2014-12-25", "2020-12-25")
    turns = {
        date(2020, 9, 25): Status.VALID,
        date(2020, 9, 26): Status.DUE,
        date(2020, 12, 25): Status.DUE,
        date(2020, 12, 26): Status.EXPIRED,
        date(2021, 12, 25): Status.EXPIRED,
        date(2021, 12, 26): Status.CANCELLABLE,
    }
    assert {day: judge(sample, day).status for day in turns} == turns


ENDS = st.dates(date(1991, 1, 1), date(2080, 12, 31))


@given(ENDS, st.integers(-3000, 1500))
def test_it_agrees_with_counting_day_by_day(end: date, days: int) -> None:
    """A slow walk from the last day, or to it, comes to the same."""
    today = end + timedelta(days=days)
    birthdays, day = 0, end  # anniversaries of the end that are over
    while day < today:
        day += timedelta(days=1)
        gone = day - timedelta(days=1)
        last = (gone + timedelta(days=1)).month != gone.month
        same = gone.day == end.day or (gone.day < end.day and last)
        birthdays += gone > end and gone.month == end.month and same
    left = 0
    while day > today:
        day -= timedelta(days=1)
        left += 1
    status = judge(driving("", end.isoformat()), today).status
    if today > end:
        assert status is (Status.CANCELLABLE if birthdays else Status.EXPIRED)
    else:
        assert status is (Status.DUE if left <= 90 else Status.VALID)


@given(ENDS, st.sampled_from([6, 10]), st.lists(st.integers(-9000, 9000), min_size=2))
def test_time_only_makes_it_worse(start: date, years: int, distances: list[int]) -> None:
    """To come, valid, due, expired, cancellable, and never back."""
    began = (Status.VALID, Status.DUE, Status.EXPIRED, Status.CANCELLABLE)
    order = (Status.NOT_YET_VALID, *began)
    days = sorted(start + timedelta(days=distance) for distance in distances)
    card = driving(start.isoformat(), f"{years}年")
    ranks = [order.index(judge(card, day).status) for day in days]
    assert ranks == sorted(ranks)


@pytest.mark.parametrize(
    ("end", "state", "status", "told"),
    [
        ("2030-12-25", "正常", Status.VALID, ""),
        ("2030-12-25", "暂扣", Status.BARRED, "暂扣"),
        ("2026-12-25", "注销", Status.BARRED, "注销"),
        ("长期", "吊销", Status.BARRED, "吊销"),
        ("", "超分", Status.BARRED, "超分"),
        ("2026-11-21", "逾期未换证", Status.EXPIRED, "逾期未换证"),
        ("2020-12-25", "注销可恢复", Status.CANCELLABLE, "注销可恢复"),
        ("2030-12-25", "违法未处理", Status.VALID, "违法未处理"),
        ("2020-12-25", "锁定", Status.CANCELLABLE, "锁定"),
    ],
)
def test_a_state_goes_before_the_dates(end: str, state: str, status: Status, told: str) -> None:
    """No licence is valid in a state that forbids driving; what has run out stays so."""
    values = {FieldName.VALID_UNTIL: end, FieldName.STATE: state}
    fields = tuple(Field(name, value, value) for name, value in values.items())
    verdict = judge(Recognition(DocumentType.DRIVING_LICENCE, fields, "test"), TODAY)
    assert (verdict.status, verdict.state.text if verdict.state else "") == (status, told)
    assert (FieldName.STATE in verdict.sources) is bool(told)


def test_a_vehicle_is_judged_by_its_state_and_inspection() -> None:
    """The front of an electronic licence has both, the back page of a paper one the second."""
    front, back = DocumentType.VEHICLE_LICENCE, DocumentType.VEHICLE_LICENCE_BACK
    month = {"inspection_valid_until": "2028-05"}
    assert judge(vehicle(front, **month), TODAY).status is Status.VALID
    assert judge(vehicle(front, **month, state="逾期未检验"), TODAY).status is Status.BARRED
    assert judge(vehicle(front, state="查封"), TODAY).status is Status.NOT_APPLICABLE
    record = "检验有效期至2028年05月沪C"
    assert judge(vehicle(back, inspection_record=record), TODAY).until == date(2028, 5, 31)


@given(st.text(), st.text(), st.text(), st.sampled_from(DocumentType), st.dates())
def test_no_text_makes_it_raise(
    start: str, end: str, other: str, page: DocumentType, today: date
) -> None:
    """Whatever was read, and on whatever day, there is a verdict."""
    names = (FieldName.STATE, FieldName.INSPECTION_RECORD, FieldName.INSPECTION_VALID_UNTIL)
    values = {FieldName.VALID_FROM: start, FieldName.VALID_UNTIL: end}
    values |= dict.fromkeys(names, other)
    fields = tuple(Field(name, value, value) for name, value in values.items())
    assert judge(Recognition(page, fields, "test"), today).status in Status


@given(st.dates(TODAY - timedelta(2000), TODAY + timedelta(2000)), st.integers(0, 200))
def test_an_end_alone_says_what_the_licence_said(end: date, expiring_days: int) -> None:
    """Whoever is reminded reads the verdict that the page would get on that day."""
    judged = judge(driving("", end.isoformat()), TODAY, expiring_days)
    alone = lapsing(DocumentType.DRIVING_LICENCE, end, TODAY, expiring_days)
    assert alone == dataclasses.replace(judged, sources=())


@given(st.integers(2020, 2030), st.integers(1, 12))
def test_the_end_of_an_inspection_alone_does_so_too(year: int, month: int) -> None:
    """On the back page, and on the front of an electronic licence."""
    printed = f"检验有效期至{year}年{month:02}月"
    judged = judge(vehicle(DocumentType.VEHICLE_LICENCE_BACK, inspection_record=printed), TODAY)
    assert judged.until is not None
    for page in (DocumentType.VEHICLE_LICENCE_BACK, DocumentType.VEHICLE_LICENCE):
        alone = lapsing(page, judged.until, TODAY)
        assert alone == dataclasses.replace(judged, sources=())
