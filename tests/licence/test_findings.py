"""What an agent should look at twice."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.licence.catalogue import SEVERITIES
from bot.licence.documents import DocumentType, FieldName, fields_of
from bot.licence.findings import CODES, Case, Finding, Severity, find
from bot.licence.recognition import Field, QualityWarning, Recognition
from bot.licence.report import Policy, assess
from bot.licence.validity import judge
from tests.licence.cases import BACK, DRIVING, TODAY, VEHICLE, case_of

if TYPE_CHECKING:
    from datetime import date

VALUES = {
    "licence_number": "110105199005030027",
    "name": "某人",
    "sex": "女",
    "nationality": "中国",
    "address": "某路1号",
    "date_of_birth": "1990-05-03",
    "first_issue_date": "2014-12-25",
    "vehicle_classes": "C1",
    "valid_from": "2020-12-25",
    "valid_until": "2030-12-25",
}


def page(quality: tuple[QualityWarning, ...] = (), **confidences: float | None) -> Recognition:
    """A driving licence with every field, each read with the confidence given or surely."""
    fields = tuple(
        Field(FieldName(name), value, value, confidences.get(name, 0.99))
        for name, value in VALUES.items()
    )
    return Recognition(DRIVING, fields, "test", quality)


def found(recognition: Recognition) -> tuple[Finding, ...]:
    """Everything found on a page."""
    return find(Case(recognition, judge(recognition, TODAY), TODAY, 0.7))


def codes(recognition: Recognition) -> list[str]:
    """The codes of everything found."""
    return [f.code for f in found(recognition)]


def test_a_clear_page_gives_no_reason_to_look_twice() -> None:
    """Nothing is made up."""
    assert codes(page()) == []


def test_values_below_the_threshold_are_named() -> None:
    """The threshold itself still counts as sure."""
    doubtful = page(name=0.69, address=0.7, sex=0.1)
    assert [(f.code, f.fields) for f in found(doubtful)] == [
        ("low_confidence", (FieldName.NAME, FieldName.SEX))
    ]


def test_a_verdict_on_a_doubtful_date_says_so_first() -> None:
    """What the first line rests on is the gravest doubt."""
    recognition = page(valid_until=0.5)
    first = found(recognition)[0]
    assert (first.code, first.severity) == ("doubtful_verdict", Severity.ERROR)


def test_a_doubtful_date_is_told_once() -> None:
    """What the verdict rests on is not named among the others again."""
    doubtful = page(valid_until=0.5, name=0.5)
    assert [(f.code, f.fields) for f in found(doubtful)] == [
        ("doubtful_verdict", (FieldName.VALID_UNTIL,)),
        ("low_confidence", (FieldName.NAME,)),
    ]
    assert codes(page(valid_until=0.5)) == ["doubtful_verdict"]


def test_an_unknown_verdict_rests_on_nothing() -> None:
    """The value is still called hard to read."""
    end = Field(FieldName.VALID_UNTIL, "2030-12-25注销", "", 0.1)
    (first, *_) = found(Recognition(DRIVING, (end,), "test"))
    assert (first.code, first.fields) == ("low_confidence", (FieldName.VALID_UNTIL,))


def test_no_confidence_is_no_doubt() -> None:
    """A provider that gives none leaves the question open."""
    assert codes(page(name=None)) == []


def test_missing_and_empty_fields_are_named() -> None:
    """A printed field without a value is worth a look; an illegible seal is not."""
    fields = (Field(FieldName.NAME, "", ""), Field(FieldName.VALID_UNTIL, "长期", "长期"))
    recognition = Recognition(DocumentType.DRIVING_LICENCE, fields, "test")
    (missing,) = found(recognition)
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
    first = found(recognition)[0]
    assert (first.code, first.fields) == ("doubtful_verdict", (FieldName.VALID_FROM,))


def test_an_empty_value_is_missing_and_not_doubtful() -> None:
    """One finding for one thing."""
    fields = (Field(FieldName.NAME, "", "", 0.1),)
    recognition = Recognition(DocumentType.DRIVING_LICENCE, fields, "test")
    assert codes(recognition) == ["missing_field"]


def test_a_silenced_finding_is_not_told() -> None:
    """The others are."""
    recognition = page((QualityWarning.COPY, QualityWarning.BLUR))
    policy = Policy(silenced=frozenset({"quality_copy"}))
    assert [f.code for f in assess(recognition, TODAY, policy).findings] == ["quality_blur"]


def test_only_what_exists_can_be_silenced() -> None:
    """A misspelt code would silence nothing."""
    with pytest.raises(ValueError, match=r"^quality_cpoy$"):
        Policy(silenced=frozenset({"quality_cpoy"}))


def test_the_seeds_sample_is_told_of_with_a_warning() -> None:
    """Its number fails its own check character, and nothing else is wrong with it."""
    case = case_of(
        DRIVING,
        licence_number="342221199005033256",
        name="某人",
        sex="男",
        nationality="中国",
        address="某路1号",
        date_of_birth="1990-05-03",
        first_issue_date="2014-12-25",
        vehicle_classes="C1",
        valid_from="2014-12-25",
        valid_until="2020-12-25",
    )
    (finding,) = find(case)
    assert (finding.code, finding.severity) == ("licence_number_check", Severity.WARNING)
    assert finding.params["doubt"] == "no"


def test_the_official_samples_of_vehicles() -> None:
    """The number of the front is made up, the one of the back follows every rule."""
    front = case_of(
        VEHICLE,
        plate_number="沪AA1234",
        vehicle_type="小型轿车",
        owner="某人",
        address="某路1号",
        use_character="非营运",
        model="别克牌SGM7151LAAA",
        vin="ABCDEFGH123456789",
        engine_number="8B54321",
        register_date="2011-10-10",
        issue_date="2011-10-10",
    )
    assert [f.code for f in find(front)] == ["vin_check_abroad"]
    back = case_of(
        BACK,
        plate_number="粤B2177C",
        file_number="440681681182",
        seating_capacity="5人",
        gross_mass="2085kg",
        kerb_mass="1610kg",
        rated_load="--",
        dimensions="4667×1839×1694mm",
        towed_mass="--",
        remarks="--",
        inspection_record="检验有效期至2019年11月粤E(01)汽油",
        fuel_type="汽油",
    )
    assert find(back) == ()


@given(
    page=st.sampled_from(DocumentType),
    data=st.data(),
    confidence=st.none() | st.floats(0, 1),
    today=st.dates(),
)
def test_no_text_makes_a_rule_raise(
    page: DocumentType, data: st.DataObject, confidence: float | None, today: date
) -> None:
    """Whatever a recogniser returns, and whatever day it is; severities are those listed."""
    texts = st.text(max_size=20) | st.from_regex(r"[0-9]{17}[0-9X]|[0-9-]{8,10}|[A-Z0-9]{17}")
    fields = tuple(
        Field(name, text := data.draw(texts), text, confidence) for name in fields_of(page)
    )
    recognition = Recognition(page, fields, "test", tuple(QualityWarning))
    for finding in assess(recognition, today, Policy()).findings:
        assert SEVERITIES[finding.code] is finding.severity
        assert set(finding.fields) <= set(fields_of(page))


def test_every_finding_is_documented() -> None:
    """An owner who wants to silence one finds its code and its severity."""
    text = (Path(__file__).parents[2] / "docs" / "findings.md").read_text("utf-8")
    rows = re.findall(r"^\| `(\w+)` \| (\w+) \|", text, re.MULTILINE)
    assert dict(rows) == {code: str(severity) for code, severity in SEVERITIES.items()}
    assert set(dict(rows)) == CODES
