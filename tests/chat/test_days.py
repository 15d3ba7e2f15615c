"""A day as people write it, and the name that they give it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.callbacks import LONGEST_ALIAS
from bot.chat.days import alias_of, read_day, tail_of

TODAY, UNTIL = date(2026, 11, 23), date(2027, 7, 31)
FORMS = (
    "{d:%Y-%m-%d}",
    "{d:%Y/%m/%d}",
    "{d:%Y.%m.%d}",
    "{d:%Y%m%d}",
    "{d:%d.%m.%Y}",
    "{d.year}-{d.month}-{d.day}",
    "{d.year}年{d.month}月{d.day}日",
    "{d.year} 年 {d.month} 月 {d.day} 号",
    "{d.day} {d:%B} {d.year}",
    "{d:%b} {d.day}, {d.year}",
    "{d.day}th of {d:%B} {d.year}",
)
days = st.dates(date(2020, 1, 1), date(2099, 12, 31))


@given(days, st.sampled_from(FORMS), st.sampled_from(["", "truck", "张姐的车"]))
def test_every_form_is_read_back(day: date, form: str, name: str) -> None:
    """With a name behind it, before it, or none."""
    written = form.format(d=day)
    assert read_day(f"{written} {name}", TODAY, UNTIL) == (day, name)
    assert read_day(f"{name} {written}", TODAY, UNTIL) == (day, name)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("June 1", date(2027, 6, 1)),
        ("1st of june", date(2027, 6, 1)),
        ("11-22", date(2027, 11, 22)),  # yesterday's comes again in a year
        ("11-24", date(2026, 11, 24)),
        ("6月1日", date(2027, 6, 1)),
        ("12 月 1 号", date(2026, 12, 1)),
        ("2月29日", date(2028, 2, 29)),
        ("31/12/2026", date(2026, 12, 31)),
        ("12/31/2026", date(2026, 12, 31)),
        ("5/5/2027", date(2027, 5, 5)),
        ("２０２７－０６－０１", date(2027, 6, 1)),
        ("tomorrow", date(2026, 11, 24)),
        ("明天", date(2026, 11, 24)),
        ("後天", date(2026, 11, 25)),
        ("the day after tomorrow", date(2026, 11, 25)),
        ("today", TODAY),
        ("in 10 days", date(2026, 12, 3)),
        ("10天后", date(2026, 12, 3)),
        ("two weeks", date(2026, 12, 7)),
        ("两周后", date(2026, 12, 7)),
        ("3個月後", date(2027, 2, 23)),
        ("30 days before", date(2027, 7, 1)),
        ("a week before", date(2027, 7, 24)),
        ("提前30天", date(2027, 7, 1)),
        ("提前一個月", date(2027, 6, 30)),
        ("3天前", date(2027, 7, 28)),
    ],
)
def test_days_are_counted(text: str, day: date) -> None:
    """From today on, or back from the end."""
    read = read_day(text, TODAY, UNTIL)
    assert read is not None
    assert read[0] == day


@pytest.mark.parametrize(
    "text",
    [
        "",
        "soon",
        "1/6/2027",
        "2027-13-01",
        "2027-02-30",
        "13月1日",
        "粤B12345",
        "20271301",
        "٢٠٢٧-٠٦-٠١x",
    ],
)
def test_what_is_no_day_or_two_days_is_none(text: str) -> None:
    """The person is asked again rather than reminded on a wrong day."""
    assert read_day(text, TODAY, UNTIL) is None


@given(st.text(max_size=300), days, days)
def test_anything_can_be_written(text: str, today: date, until: date) -> None:
    """Nothing raises, and no name is too long for a button or holds a long number."""
    read = read_day(text, today, until)
    if read:
        assert len(read[1].encode()) <= LONGEST_ALIAS


@given(st.integers(0, 9999), st.sampled_from(["days", "weeks", "个月后", "周前", "months before"]))
def test_any_count_is_a_day_or_none(count: int, unit: str) -> None:
    """However far it leads."""
    assert read_day(f"{count} {unit}", TODAY, date.max - timedelta(1)) is not None or count


@pytest.mark.parametrize(
    ("text", "alias"),
    [
        ("truck 3", "truck 3"),
        ("  Frau Müller, ", "Frau Müller"),
        ("粤B12345", "粤…345"),
        ("440301199001011234", "…234"),
        ("4403 0119 9001 0112 34", "…234"),
        ("440301 19900101 123X", "…23X"),
        ("LSVAU2180N2183294", "…294"),
        ("张三 138-1234-5678", "张三 …678"),
        ("a\nb\u202ec", "a b c"),
        ("车" * 40, "车" * 13),
    ],
)
def test_of_a_number_only_its_end_is_kept(text: str, alias: str) -> None:
    """A name may be anything short; a number tells too much."""
    assert alias_of(text) == alias


@pytest.mark.parametrize(
    ("plate", "tail"),
    [
        ("粤B12345", "…345"),
        ("粤B D12345", "…345"),
        ("粤B123学", "…23学"),
        ("B12", ""),
        ("", ""),
        ("粤B1234*", ""),
    ],
)
def test_a_plate_is_known_by_its_end(plate: str, tail: str) -> None:
    """By three characters; nothing of what is none."""
    assert tail_of(plate) == tail
