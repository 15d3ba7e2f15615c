"""What a person corrects by hand."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from bot.licence.corrections import correct
from bot.licence.documents import DocumentType, FieldName, fields_of
from bot.licence.recognition import Box, Field, Recognition
from bot.licence.report import Policy, assess
from bot.licence.verdict import Status

DRIVING = DocumentType.DRIVING_LICENCE
NAME = Field(FieldName.NAME, "张三", "张 三", 0.5, Box(1, 2, 3, 4), derived=True)
END = Field(FieldName.VALID_UNTIL, "2020-12-25", "2020-12-25", 0.99)
READ = Recognition(DRIVING, (NAME, END), "test")
NAMES = st.sampled_from(fields_of(DRIVING))


def test_a_value_is_replaced_and_says_so() -> None:
    """What was seen, and where, is kept; how sure the reader was, was about something else."""
    found = correct(READ, {FieldName.NAME: "李四"}).field(FieldName.NAME)
    assert found == Field(FieldName.NAME, "李四", "张 三", None, Box(1, 2, 3, 4), corrected=True)


def test_a_field_that_was_not_read_is_added() -> None:
    """Nothing was seen, and nowhere."""
    found = correct(READ, {FieldName.SEX: "男"})
    assert found.fields == (NAME, END, Field(FieldName.SEX, "男", "", corrected=True))


def test_a_corrected_page_is_judged_anew() -> None:
    """The verdict follows the corrected day."""
    corrected = correct(READ, {FieldName.VALID_UNTIL: "2030-12-25"})
    report = assess(corrected, date(2026, 11, 22), Policy())
    assert report.verdict.status is Status.VALID


@given(st.dictionaries(NAMES, st.text()))
def test_only_what_is_corrected_changes(values: dict[FieldName, str]) -> None:
    """Every value given is there, and every other field is as it was."""
    found = correct(READ, values)
    assert {field.name: field.value for field in found.fields if field.corrected} == values
    untouched = tuple(field for field in READ.fields if field.name not in values)
    assert tuple(field for field in found.fields if not field.corrected) == untouched
