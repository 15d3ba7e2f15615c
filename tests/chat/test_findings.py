"""Every finding has a sentence that fits what its rule knows."""

from __future__ import annotations

from datetime import date
from itertools import chain

import pytest

from bot.chat import rendering
from bot.chat.languages import TAGS, language
from bot.licence.documents import DocumentType, FieldName
from bot.licence.findings import CODES
from bot.licence.recognition import Field, QualityWarning, Recognition
from bot.licence.report import Policy, Report, assess
from bot.playground.markup import parse_html

TODAY = date(2026, 11, 22)
DRIVING, VEHICLE, BACK = (
    DocumentType.DRIVING_LICENCE,
    DocumentType.VEHICLE_LICENCE,
    DocumentType.VEHICLE_LICENCE_BACK,
)

ODD: tuple[tuple[DocumentType, dict[str, str]], ...] = (
    (DRIVING, {"licence_number": "1101051949123100"}),
    (DRIVING, {"licence_number": "110105491231002", "file_number": "1"}),
    (DRIVING, {"licence_number": "170105194913310021", "vehicle_classes": "C9"}),
    (DRIVING, {"licence_number": "342221199005033256", "date_of_birth": "1990-05-04", "sex": "女"}),
    (DRIVING, {"licence_number": "342221199005033246", "sex": "男"}),
    (DRIVING, {"date_of_birth": "1950-01-01", "vehicle_classes": "A1C1C6D"}),
    (DRIVING, {"valid_from": "2020-01-01", "valid_until": "2021-01-01", "vehicle_classes": "C6"}),
    (DRIVING, {"valid_from": "2020-01-01", "valid_until": "2028-01-01"}),
    (DRIVING, {"first_issue_date": "2010-01-01", "vehicle_classes": "A1"}),
    (DRIVING, {"first_issue_date": "2010-01-01", "vehicle_classes": "C5"}),
    (DRIVING, {"date_of_birth": "2010-01-01", "first_issue_date": "2026-01-01"}),
    (DRIVING, {"date_of_birth": "2010-13-01", "first_issue_date": "2027-01-01"}),
    (DRIVING, {"valid_from": "2020-01-01", "first_issue_date": "2024-01-01"}),
    (DRIVING, {"generated_at": "2026-10-01 08:00:00", "penalty_points": "12"}),
    (DRIVING, {"generated_at": "2026-11-22 08:00:00"}),
    (VEHICLE, {"plate_number": "粤B1234", "vin": "LBEHDAEB58YO38860", "use_character": "?"}),
    (VEHICLE, {"vin": "LBEHDAEB58YOO8860", "plate_number": "粤B1234警", "use_character": "货运"}),
    (VEHICLE, {"vin": "LBEHDAEB5UY038860"}),
    (VEHICLE, {"vin": "LBEHDAEB58U03886A"}),
    (VEHICLE, {"vin": "WDBEA30D4HA391172"}),
    (VEHICLE, {"vin": "JYA12345", "plate_number": "粤B12345", "vehicle_type": "重型半挂车"}),
    (VEHICLE, {"vin": "LBEHDAEB58Y038860", "register_date": "2020-01-01"}),
    (VEHICLE, {"vehicle_type": "小型轿车", "use_character": "货运", "seating_capacity": "12人"}),
    (BACK, {"plate_number": "粤BD12345", "fuel_type": "汽油", "gross_mass": "一吨"}),
    (BACK, {"gross_mass": "1000kg", "kerb_mass": "2000kg", "dimensions": "1×1×1mm"}),
    (BACK, {"gross_mass": "1000kg", "kerb_mass": "900kg", "rated_load": "900kg"}),
    (DRIVING, {"licence_number": "1", "name": "甲", "file_number": "2"}),
    (DRIVING, {"licence_number": "1*2", "name": "乙"}),
)
BESIDE = tuple(
    Recognition(page, tuple(Field(FieldName(k), v, v) for k, v in values.items()), "test")
    for page, values in (
        (
            DRIVING,
            {
                "licence_number": "3",
                "name": "乙",
                "file_number": "4",
                "sex": "女",
                "address": "某路1号",
            },
        ),
        (VEHICLE, {"plate_number": "粤B54321", "owner": "丙"}),
    )
)


def reports(confidence: float) -> list[Report]:
    """Pages on which every rule finds something."""
    return [
        assess(
            Recognition(
                page,
                tuple(Field(FieldName(k), v, v, confidence) for k, v in values.items()),
                "test",
                tuple(QualityWarning),
            ),
            TODAY,
            Policy(),
            BESIDE,
        )
        for page, values in ODD
    ]


def test_every_finding_can_come_up() -> None:
    """No code is left that no page leads to."""
    found = chain.from_iterable(report.findings for report in reports(0.9) + reports(0.5))
    assert {finding.code for finding in found} == CODES


@pytest.mark.parametrize("tag", TAGS)
@pytest.mark.parametrize("confidence", [0.5, 0.9])
def test_every_finding_can_be_told(tag: str, confidence: float) -> None:
    """With all that its sentence needs, in every language."""
    for report in reports(confidence):
        text = rendering.answer(language(tag), report).text
        assert parse_html(text).content
        assert "{" not in text


@pytest.mark.parametrize(
    ("values", "confidence", "sentence"),
    [
        ({"licence_number": "342221199005033256"}, 0.5, "so I probably misread it"),
        ({"licence_number": "342221199005033256"}, 0.9, "with the holder's ID card"),
        ({"vin": "LBEHDAEB58YO38860"}, 0.9, "It may be <code>LBEHDAEB58Y038860</code>"),
        ({"vin": "LBEHDAEB58YOO8860"}, 0.9, "among them no I, O or Q"),
        ({"licence_number": "342221199005033246", "sex": "男"}, 0.9, "the holder is a woman"),
        ({"date_of_birth": "1960-01-01", "vehicle_classes": "A1"}, 0.9, "A1 may be driven only if"),
        ({"date_of_birth": "1950-01-01", "vehicle_classes": "D"}, 0.9, "no longer drive D."),
        ({"vin": "LBEHDAEB5UY038860"}, 0.9, "The 10th character"),
    ],
)
def test_a_sentence_says_what_the_rule_knows(
    values: dict[str, str], confidence: float, sentence: str
) -> None:
    """The misreading is suspected first where the value was hard to read."""
    page = VEHICLE if "vin" in values else DRIVING
    fields = tuple(Field(FieldName(k), v, v, confidence) for k, v in values.items())
    report = assess(Recognition(page, fields, "test"), TODAY, Policy())
    assert sentence in rendering.answer(language("en"), report).text
