"""The audit for people and programs."""

from __future__ import annotations

import csv
import json
from zoneinfo import ZoneInfo

import pytest
from rich.console import Console

from bot.audit import HEADER, as_csv, as_dict, as_json, as_table, csv_header
from bot.licence.documents import DocumentType
from bot.records import Event, Note

SHANGHAI = ZoneInfo("Asia/Shanghai")
READ = Note(
    Event.READ, 7204918365, None, 55, DocumentType.VEHICLE_LICENCE_BACK, "due", "tencentcloud", 2,
    "ok", 1_800_000_000,
)  # fmt: skip
REMOVED = Note(Event.REMOVED, 8, actor=7, at=1_800_000_000)


@pytest.mark.parametrize("note", [READ, REMOVED])
def test_every_form_has_the_same_columns(note: Note) -> None:
    """In the same order, and with the same values."""
    values = as_dict(note, SHANGHAI)
    assert tuple(values) == HEADER
    assert json.loads(as_json(note, SHANGHAI)) == values
    (row,) = csv.DictReader([csv_header(), as_csv(note, SHANGHAI)])
    assert row == {name: "" if value is None else f"{value}" for name, value in values.items()}


def test_a_moment_is_that_of_the_place() -> None:
    """With its offset, so that nobody has to guess."""
    assert as_dict(READ, SHANGHAI)["at"] == "2027-01-15T16:00:00+08:00"


def test_a_table_is_for_eyes() -> None:
    """What is not there is empty."""
    console = Console(width=200, record=True)
    console.print(as_table([READ, REMOVED], SHANGHAI))
    text = console.export_text()
    assert "2027-01-15 16:00" in text
    assert "vehicle_licence_back" in text
    assert "None" not in text
