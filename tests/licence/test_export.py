"""A report for programs."""

from __future__ import annotations

import json
from datetime import date

from bot.licence.corrections import correct
from bot.licence.documents import DocumentType, FieldName
from bot.licence.export import as_dict
from bot.licence.recognition import Box, Field, QualityWarning, Recognition
from bot.licence.report import Policy, assess

READ = Recognition(
    DocumentType.DRIVING_LICENCE,
    (Field(FieldName.NAME, "张三", "张 三", 0.5, Box(1, 2, 3, 4)),),
    "embedded",
    (QualityWarning.GLARE,),
    elapsed=1.25,
)


def test_every_part_of_a_field_is_told() -> None:
    """Programs see what a person corrected, beside what was read."""
    report = assess(correct(READ, {FieldName.SEX: "男"}), date(2026, 11, 22), Policy())
    found = json.loads(json.dumps(as_dict(report)))
    assert found["fields"]["name"]["box"] == [1, 2, 3, 4]
    assert found["fields"]["sex"] == {
        "value": "男",
        "raw": "",
        "confidence": None,
        "box": None,
        "derived": False,
        "corrected": True,
    }


def test_estimates_stand_apart_from_the_verdict() -> None:
    """Each with its kind; a limit that there is not has no day."""
    values = {"vehicle_type": "小型轿车", "use_character": "非营运", "register_date": "2023-05-14"}
    fields = tuple(Field(FieldName(name), value, value) for name, value in values.items())
    front = Recognition(DocumentType.VEHICLE_LICENCE, fields, "embedded")
    found = json.loads(json.dumps(as_dict(assess(front, date(2026, 11, 22), Policy()))))
    assert found["verdict"] == {"status": "not_applicable", "until": None}
    assert found["estimates"] == [
        {"kind": "mark", "until": "2027-05-31"},
        {"kind": "no_scrapping", "until": None},
    ]


def test_a_page_without_an_end_has_none() -> None:
    """The verdict says so, and the day is null."""
    found = as_dict(assess(READ, date(2026, 11, 22), Policy()))
    assert found["verdict"] == {"status": "unknown", "until": None}
    assert (found["quality"], found["elapsed_ms"]) == ((QualityWarning.GLARE,), 1250)
