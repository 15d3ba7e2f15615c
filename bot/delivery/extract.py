"""The audit, read from outside while the bot runs, or while it does not.

A file of SQLite belongs to one process, by a lock on a file beside it. That lock is for whoever
writes: the log is written ahead, so that a connection which can only read disturbs nobody and sees
what was committed when it began.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Final

import psycopg
from psycopg.rows import dict_row

from bot.delivery.audit import COLUMNS, note_of
from bot.delivery.files import unusable
from bot.delivery.postgres import PATIENCE, out_of_reach
from bot.delivery.sqlite import SqliteConnector
from bot.delivery.store import connector

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from bot.records import Note
    from bot.settings import Settings

_SINCE: Final = f"SELECT {COLUMNS} FROM bot_audit WHERE at >= "  # noqa: S608 - no value stands in it
_ORDER: Final = " ORDER BY at, person"
_NEVER: Final = "no bot of this version has used it yet"


def extract(settings: Settings, since: int) -> Iterator[Note]:
    """The notes from a moment on, the oldest first.

    Args:
        settings: they name the database.
        since: seconds since 1970.

    Raises:
        SettingsError: it cannot be read.
    """
    place = connector(settings)
    if isinstance(place, SqliteConnector):
        yield from _of_file(place.path, since)
    else:
        yield from _of_server(place.url, since)


def _of_file(path: Path, since: int) -> Iterator[Note]:
    if not path.is_file():
        raise unusable(path, "there is no such file; no bot has run with it")
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as database:
            database.row_factory = sqlite3.Row
            database.execute("PRAGMA busy_timeout = 5000")
            yield from map(_note, database.execute(f"{_SINCE} ? {_ORDER}", (since,)))
    except sqlite3.Error as error:
        reason = _NEVER if "no such table" in str(error) else type(error).__name__
        raise unusable(path, reason) from None


def _of_server(url: str, since: int) -> Iterator[Note]:
    try:
        connection = psycopg.connect(
            url,
            connect_timeout=PATIENCE,
            options="-c default_transaction_read_only=on",
            row_factory=dict_row,
        )
        # The cursor is the server's: a year need not fit into memory.
        with connection, connection.cursor("audit") as rows:
            rows.execute(f"{_SINCE} %s {_ORDER}".encode(), (since,))
            yield from map(note_of, rows)
    except psycopg.errors.UndefinedTable:
        raise out_of_reach(_NEVER, url) from None
    except psycopg.Error as error:
        raise out_of_reach(str(error), url) from None


def _note(row: sqlite3.Row) -> Note:
    return note_of(dict(row))
