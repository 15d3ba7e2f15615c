"""Many photos: how their outcomes are printed."""

from __future__ import annotations

import csv
import json
from datetime import date
from pathlib import Path

import pytest

from bot import batch
from bot.batch import Outcome
from bot.chat.languages import language
from bot.errors import PhotoError
from bot.licence.documents import DocumentType, FieldName
from bot.licence.recognition import Box, Field, QualityWarning, Recognition
from bot.licence.report import Policy, assess

ENGLISH = language("en")
READ = Recognition(
    DocumentType.DRIVING_LICENCE,
    (
        Field(FieldName.NAME, "张三", "张 三", 0.5, Box(1, 2, 3, 4)),
        Field(FieldName.VALID_UNTIL, "2020-12-25", "2020-12-25", None, None, derived=True),
    ),
    "embedded",
    (QualityWarning.GLARE,),
    elapsed=1.25,
)
GOOD = Outcome(Path("a.jpg"), assess(READ, date(2026, 11, 22), Policy()))
BAD = Outcome(Path("b.jpg"), PhotoError("damaged"))


def test_json_holds_everything() -> None:
    """One object on one line, in the shape that the README promises."""
    line = batch.as_json(GOOD, ENGLISH)
    assert "\n" not in line
    assert "张三" in line
    found = json.loads(line)
    findings = found.pop("findings")
    assert found == {
        "photo": "a.jpg",
        "document_type": "driving_licence",
        "provider": "embedded",
        "fields": {
            "name": {
                "value": "张三",
                "raw": "张 三",
                "confidence": 0.5,
                "box": [1, 2, 3, 4],
                "derived": False,
                "corrected": False,
            },
            "valid_until": {
                "value": "2020-12-25",
                "raw": "2020-12-25",
                "confidence": None,
                "box": None,
                "derived": True,
                "corrected": False,
            },
        },
        "verdict": {"status": "cancellable", "until": "2020-12-25"},
        "estimates": [],
        "quality": ["glare"],
        "elapsed_ms": 1250,
    }
    assert findings[0] == {"code": "low_confidence", "severity": "warning", "fields": ["name"]}


def test_a_photo_s_fault_is_told() -> None:
    """On the command line as in the chat, beside the values and in their place."""
    assert "Glare covers part of the print" in batch.as_text(GOOD, ENGLISH)
    dark = Outcome(Path("c.jpg"), PhotoError("unreadable", why="dark"))
    assert "The photo is too dark" in batch.as_text(dark, ENGLISH)
    assert "The photo is too dark" in json.loads(batch.as_json(dark, ENGLISH))["error"]["message"]


def test_json_tells_an_error() -> None:
    """The code for programs, the sentence for people."""
    assert json.loads(batch.as_json(BAD, ENGLISH)) == {
        "photo": "b.jpg",
        "error": {"code": "damaged", "message": batch.explain(PhotoError("damaged"), ENGLISH)},
    }


def test_a_table_has_a_column_for_everything() -> None:
    """Values stand under the same names as in JSON."""
    rows = list(csv.DictReader([batch.csv_header(), batch.as_csv(GOOD), batch.as_csv(BAD)]))
    assert rows[0]["name"] == "张三"
    assert rows[0]["status"] == "cancellable"
    assert rows[0]["findings"].split() == ["low_confidence", "missing_field", "quality_glare"]
    assert rows[0]["error"] == ""
    assert rows[1]["error"] == "damaged"
    assert {name.value for name in FieldName} <= set(rows[0])


@pytest.mark.parametrize(
    ("use", "inspection", "scrapping"),
    [
        ("非营运", "2027-05-31", "none"),
        ("出租客运", "2027-05-31", "2031-05-14"),
        ("营转非", "", ""),
    ],
)
def test_estimates_have_columns_that_call_them_so(
    use: str, inspection: str, scrapping: str
) -> None:
    """Nobody takes them for something printed; what nobody knows stays empty."""
    values = {"vehicle_type": "小型轿车", "use_character": use, "register_date": "2023-05-14"}
    fields = tuple(Field(FieldName(name), value, value) for name, value in values.items())
    front = Recognition(DocumentType.VEHICLE_LICENCE, fields, "embedded")
    outcome = Outcome(Path("a.jpg"), assess(front, date(2026, 11, 22), Policy()))
    (row,) = csv.DictReader([batch.csv_header(), batch.as_csv(outcome)])
    assert row["status"] == "not_applicable"
    assert (row["estimated_inspection"], row["estimated_scrapping"]) == (inspection, scrapping)


def test_a_value_cannot_run_in_a_spreadsheet() -> None:
    """A text that a spreadsheet would take for a formula is quoted as text."""
    fields = (
        Field(FieldName.NAME, '=HYPERLINK("x")', ""),
        Field(FieldName.ADDRESS, "-2+3+cmd", ""),
        Field(FieldName.RECORD, "--", ""),
    )
    recognition = Recognition(DocumentType.DRIVING_LICENCE, fields, "embedded")
    outcome = Outcome(Path("=a.jpg"), assess(recognition, date(2026, 11, 22), Policy()))
    (row,) = csv.DictReader([batch.csv_header(), batch.as_csv(outcome)])
    assert row["name"] == '\'=HYPERLINK("x")'
    assert row["address"] == "'-2+3+cmd"
    assert row["record"] == "--"
    assert row["photo"] == "'=a.jpg"


def test_text_is_the_answer_of_the_chat() -> None:
    """A terminal shows the same words."""
    text = batch.as_text(GOOD, ENGLISH)
    assert text.startswith("a.jpg\n⛔ Expired 2020-12-25, 5 years ago\n")
    assert "<" not in text
    assert "damaged" in batch.as_text(BAD, ENGLISH)


@pytest.mark.parametrize("outcome", [GOOD, BAD])
def test_an_outcome_knows_whether_it_failed(outcome: Outcome) -> None:
    """The exit code counts on it."""
    assert outcome.failed is (outcome is BAD)
