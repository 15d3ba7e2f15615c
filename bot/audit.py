"""The audit for people and programs: rows of ids, moments and codes."""

from __future__ import annotations

import csv
import io
import json
from datetime import datetime
from typing import TYPE_CHECKING, Final

from rich.table import Table

if TYPE_CHECKING:
    from collections.abc import Iterable
    from zoneinfo import ZoneInfo

    from bot.records import Note

HEADER: Final = (
    "at",
    "event",
    "person",
    "actor",
    "document_type",
    "verdict",
    "provider",
    "cost",
    "code",
    "update_id",
)


def as_dict(note: Note, timezone: ZoneInfo) -> dict[str, str | int | None]:
    """A note by the names in `HEADER`; its moment in that time zone."""
    page = note.document_type
    return {
        "at": datetime.fromtimestamp(note.at, timezone).isoformat(),
        "event": str(note.event),
        "person": note.person,
        "actor": note.actor,
        "document_type": None if page is None else page.slug,
        "verdict": note.verdict or None,
        "provider": note.provider or None,
        "cost": note.cost,
        "code": note.code,
        "update_id": note.update_id,
    }


def as_json(note: Note, timezone: ZoneInfo) -> str:
    """An object on one line."""
    return json.dumps(as_dict(note, timezone))


def as_csv(note: Note, timezone: ZoneInfo) -> str:
    """A row; nothing stands where there is nothing."""
    return _row(as_dict(note, timezone).values())


def csv_header() -> str:
    """The names of the columns."""
    return _row(HEADER)


def as_table(notes: Iterable[Note], timezone: ZoneInfo) -> Table:
    """For a terminal; without the ids of updates, which only a program compares."""
    table = Table(box=None, pad_edge=False, header_style="bold")
    for name in HEADER[:-1]:
        table.add_column(name, overflow="fold", no_wrap=name in {"at", "person"})
    for note in notes:
        values = as_dict(note, timezone)
        at = datetime.fromtimestamp(note.at, timezone).strftime("%Y-%m-%d %H:%M")
        cells = ["" if values[name] is None else str(values[name]) for name in HEADER[1:-1]]
        table.add_row(at, *cells)
    return table


def _row(values: Iterable[object]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="").writerow(values)
    return text.getvalue()
