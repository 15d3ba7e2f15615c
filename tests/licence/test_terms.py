"""For how long a driving licence says that it holds."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.licence.documents import DocumentType, FieldName
from bot.licence.recognition import Field, Recognition
from bot.licence.terms import Term, is_dayless, read_term

FROM, UNTIL = FieldName.VALID_FROM, FieldName.VALID_UNTIL
DAYS = st.dates(date(1990, 1, 1), date(2080, 12, 31))


def term(start: str, end: str) -> Term | None:
    """The term of a licence with those two prints."""
    fields = (Field(FROM, start, start), Field(UNTIL, end, end))
    return read_term(Recognition(DocumentType.DRIVING_LICENCE, fields, "test"))


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        # the form of 2013
        ("2014-12-25", "2020-12-25", (date(2014, 12, 25), date(2020, 12, 25))),
        ("2014.12.25", "至2020.12.25", (date(2014, 12, 25), date(2020, 12, 25))),
        ("2014/12/25", "2020/12/25止", (date(2014, 12, 25), date(2020, 12, 25))),
        ("2014年12月25日", "2020年12月25日", (date(2014, 12, 25), date(2020, 12, 25))),
        ("20141225", "20201225", (date(2014, 12, 25), date(2020, 12, 25))),
        ("２０１４－１２－２５", "２０２０－１２－２５", (date(2014, 12, 25), date(2020, 12, 25))),
        ("", "2014-12-25至2020-12-25", (date(2014, 12, 25), date(2020, 12, 25))),
        ("", "2014-12-25 到 2020-12-25", (date(2014, 12, 25), date(2020, 12, 25))),
        ("", "2014-12-25全2020-12-25", (date(2014, 12, 25), date(2020, 12, 25))),
        ("", "2014-12-25—2020-12-25", (date(2014, 12, 25), date(2020, 12, 25))),
        ("", "2014-12-25 2020-12-25", (date(2014, 12, 25), date(2020, 12, 25))),
        ("", "2014122520201225", (date(2014, 12, 25), date(2020, 12, 25))),
        ("2014-12-25", "2014-12-25至2020-12-25", (date(2014, 12, 25), date(2020, 12, 25))),
        ("2016-07-01", "长期", (date(2016, 7, 1), None)),
        ("", "2016-07-01至长期", (date(2016, 7, 1), None)),
        ("2016-07-01", "长期有效", (date(2016, 7, 1), None)),
        ("2016-07-01", "长斯", (date(2016, 7, 1), None)),
        # the form of 2008
        ("2012-12-25", "6年", (date(2012, 12, 25), date(2018, 12, 25))),
        ("2012-12-25", "10 年", (date(2012, 12, 25), date(2022, 12, 25))),
        ("", "2012-12-25起10年", (date(2012, 12, 25), date(2022, 12, 25))),
        ("2016-02-29", "6年", (date(2016, 2, 29), date(2022, 2, 28))),
        ("2018-02-28", "6年", (date(2018, 2, 28), date(2024, 2, 28))),
        ("2012-02-29", "有效期限:10年", (date(2012, 2, 29), date(2022, 2, 28))),
        # a first day that is lost does not spoil the last
        ("2014-13-25", "2020-12-25", (None, date(2020, 12, 25))),
        ("2014-12-25 2015-12-25", "2020-12-25", (None, date(2020, 12, 25))),
        ("2014-02-30", "2014-02-30至2020-12-25", (None, date(2020, 12, 25))),
    ],
)
def test_both_layouts_are_read(
    start: str, end: str, expected: tuple[date | None, date | None]
) -> None:
    """Two days, a day and a number of years, or a day and 长期, in one text or in two."""
    read = term(start, end)
    assert read is not None
    assert (read.start, read.end) == expected


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("2014-12-25", ""),
        ("2014-12-25", "--"),
        ("2014-12-25", "不清楚"),
        ("2014-12-25", "2020-12"),
        ("2014-12-25", "2020-02-30"),
        ("2014-12-25", "2020-12-25 2026-12-25 2036-12-25"),
        ("2014-12-25", "2020-12-25注销"),
        ("2014-12-25", "2020-12-25(暂扣)"),
        ("2014-12-25", "长期 注销"),
        ("2014-12-25", "2020-12-25长期"),
        ("2014-12-25", "2015-12-25至2020-12-25"),
        ("2020-12-25", "2014-12-25"),
        ("2020-12-25", "2020-12-25"),
        ("", "6年"),
        ("2014-12-25", "16年"),
        ("2014-12-25", "0年"),
        ("2014-12-25", "6年10年"),
    ],
)
def test_what_is_not_clear_is_no_term(start: str, end: str) -> None:
    """No part of a print is picked because it happens to be a date."""
    assert term(start, end) is None


def test_a_counted_end_rests_on_both_fields() -> None:
    """A term in years is worth no more than the day it is counted from."""
    counted, printed = term("2020-12-25", "10年"), term("2020-12-25", "2030-12-25")
    assert counted is not None
    assert printed is not None
    assert (counted.sources, printed.sources) == ((FROM, UNTIL), (UNTIL,))


@given(DAYS, st.sampled_from([6, 10]))
def test_years_end_on_the_day_of_the_same_name(start: date, years: int) -> None:
    """Or on the last day of its month, where that has none (Civil Code, art. 202)."""
    read = term(start.isoformat(), f"{years}年")
    assert read is not None
    assert read.end is not None
    assert (read.end.year, read.end.month) == (start.year + years, start.month)
    assert read.end.day == start.day or (start.month, start.day, read.end.day) == (2, 29, 28)


@pytest.mark.parametrize(
    ("printed", "dayless"),
    [
        ("6年", True),
        ("10 年", True),
        ("长期", True),
        ("2020-12-25", False),
        ("", False),
        ("年", False),
    ],
)
def test_a_term_is_told_from_a_day(printed: str, dayless: bool) -> None:
    """So that no answer says until when over something that says how long."""
    assert is_dayless(printed) is dayless


@given(st.text(), st.text())
def test_no_text_makes_it_raise(start: str, end: str) -> None:
    """Whatever was read, there is a term or none."""
    read = term(start, end)
    assert read is None or isinstance(read, Term)
    assert is_dayless(end) in {True, False}


@given(st.text("0123456789-年月日至长期 ", max_size=24), st.text("0123456789-年 ", max_size=12))
def test_no_print_that_looks_like_a_term_makes_it_raise(end: str, start: str) -> None:
    """Nor does any that is made of its characters."""
    read = term(start, end)
    assert read is None or read.end is None or read.start is None or read.start < read.end
