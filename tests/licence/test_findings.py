"""What an agent should look at twice."""

from __future__ import annotations

from datetime import date

import pytest

from bot.licence.documents import PRINTED_FIELDS, DocumentType, FieldName
from bot.licence.findings import Severity, find
from bot.licence.recognition import Field, QualityWarning, Recognition
from bot.licence.report import Policy, assess
from bot.licence.validity import judge

TODAY = date(2026, 11, 22)


def page(quality: tuple[QualityWarning, ...] = (), **confidences: float | None) -> Recognition:
    """A driving licence with every field, each read with the confidence given or surely."""
    values = {FieldName.VALID_FROM: "2020-12-25", FieldName.VALID_UNTIL: "2030-12-25"}
    fields = tuple(
        Field(name, values.get(name, "x"), "x", confidences.get(name, 0.99))
        for name in PRINTED_FIELDS[DocumentType.DRIVING_LICENCE]
    )
    return Recognition(DocumentType.DRIVING_LICENCE, fields, "test", quality)


def codes(recognition: Recognition) -> list[str]:
    """The codes of everything found."""
    return [f.code for f in find(recognition, judge(recognition, TODAY), 0.7)]


def test_a_clear_page_gives_no_reason_to_look_twice() -> None:
    """Nothing is made up."""
    assert codes(page()) == []


def test_values_below_the_threshold_are_named() -> None:
    """The threshold itself still counts as sure."""
    found = find(page(name=0.69, address=0.7, sex=0.1), judge(page(), TODAY), 0.7)
    assert [(f.code, f.fields) for f in found] == [
        ("low_confidence", (FieldName.NAME, FieldName.SEX))
    ]


def test_a_verdict_on_a_doubtful_date_says_so_first() -> None:
    """What the first line rests on is the gravest doubt."""
    recognition = page(valid_until=0.5)
    first = find(recognition, judge(recognition, TODAY), 0.7)[0]
    assert (first.code, first.severity) == ("doubtful_verdict", Severity.ERROR)


def test_no_confidence_is_no_doubt() -> None:
    """A provider that gives none leaves the question open."""
    assert codes(page(name=None)) == []


def test_missing_and_empty_fields_are_named() -> None:
    """A printed field without a value is worth a look; an illegible seal is not."""
    fields = (Field(FieldName.NAME, "", ""), Field(FieldName.VALID_UNTIL, "长期", "长期"))
    recognition = Recognition(DocumentType.DRIVING_LICENCE, fields, "test")
    (missing,) = find(recognition, judge(recognition, TODAY), 0.7)
    assert missing.code == "missing_field"
    assert FieldName.NAME in missing.fields
    assert FieldName.ISSUING_AUTHORITY not in missing.fields
    assert FieldName.VALID_UNTIL not in missing.fields


def test_every_quality_warning_is_a_finding() -> None:
    """Whatever a provider says of the picture reaches the agent."""
    assert codes(page(tuple(QualityWarning))) == [f"quality_{word}" for word in QualityWarning]


def test_the_report_carries_the_owners_threshold() -> None:
    """The same confidence is doubtful or not as the owner decides."""
    recognition = page(name=0.6)
    field = recognition.field(FieldName.NAME)
    assert field is not None
    assert assess(recognition, TODAY, Policy(low_confidence=0.7)).is_doubtful(field)
    assert not assess(recognition, TODAY, Policy(low_confidence=0.5)).is_doubtful(field)


def test_a_verdict_on_a_doubtful_start_says_so_too() -> None:
    """A term printed as 10年 runs from the first day, which may be misread."""
    fields = (
        Field(FieldName.VALID_FROM, "2020-12-25", "", 0.1),
        Field(FieldName.VALID_UNTIL, "10年", "", 0.99),
    )
    recognition = Recognition(DocumentType.DRIVING_LICENCE, fields, "test")
    first = find(recognition, judge(recognition, TODAY), 0.7)[0]
    assert (first.code, first.fields) == ("doubtful_verdict", (FieldName.VALID_FROM,))


def test_an_empty_value_is_missing_and_not_doubtful() -> None:
    """One finding for one thing."""
    fields = (Field(FieldName.NAME, "", "", 0.1),)
    recognition = Recognition(DocumentType.DRIVING_LICENCE, fields, "test")
    assert codes(recognition) == ["missing_field"]


@pytest.mark.parametrize(
    ("start", "end", "unusual"),
    [
        ("2014-12-25", "2020-12-25", False),
        ("2014-12-25", "2024-12-24", False),
        ("2016-02-29", "2022-02-28", False),
        ("2014-12-25", "2029-12-25", True),
        ("2014-12-25", "2021-12-25", True),
        ("2014-12-25", "长期", False),
        ("", "2020-12-25", False),
    ],
)
def test_a_term_that_no_licence_has_is_named(start: str, end: str, unusual: bool) -> None:
    """Most likely a year was misread."""
    fields = (Field(FieldName.VALID_FROM, start, ""), Field(FieldName.VALID_UNTIL, end, ""))
    recognition = Recognition(DocumentType.DRIVING_LICENCE, fields, "test")
    assert ("unusual_term" in codes(recognition)) is unusual
