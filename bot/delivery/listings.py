"""What procrastinate asks about its jobs on SQLite, without changing them."""

from __future__ import annotations

import json
import time
from collections import Counter
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

from procrastinate.exceptions import ConnectorException

if TYPE_CHECKING:
    import sqlite3

Rows = list[dict[str, Any]]

COLUMNS: Final = (
    "id, queue_name, task_name, priority, lock, queueing_lock, args, status, scheduled_at, "
    "attempts, abort_requested, worker_id"
)
_FILTERS: Final = ("id", "queue_name", "task_name", "status", "lock", "queueing_lock", "worker_id")


class Listings:
    """The queries that only look. Each method has the name of its query."""

    def get_job_status(self, db: sqlite3.Connection, job_id: int) -> Rows:
        """todo, doing, succeeded, failed, cancelled or aborted."""
        return rows_of(db.execute("SELECT status FROM procrastinate_jobs WHERE id = ?", (job_id,)))

    def select_stalled_jobs_by_started(
        self, db: sqlite3.Connection, nb_seconds: float, queue: str | None, task_name: str | None
    ) -> Rows:
        """What has been worked on for too long."""
        filters = {"status": "doing", "queue_name": queue, "task_name": task_name}
        return self.select(db, filters, "changed_at < :before", before=time.time() - nb_seconds)

    def check_connection(self, db: sqlite3.Connection) -> Rows:
        """The name of the table of jobs."""
        query = "SELECT name AS 'check' FROM sqlite_master WHERE name = 'procrastinate_jobs'"
        return rows_of(db.execute(query)) or [{"check": None}]

    def count_jobs_status(self, db: sqlite3.Connection) -> Rows:
        """How many jobs there are of each status."""
        query = "SELECT count(*) AS count, status FROM procrastinate_jobs GROUP BY status"
        return rows_of(db.execute(query))

    def list_jobs(self, db: sqlite3.Connection, **filters: object) -> Rows:
        """Those that match, the oldest first."""
        return self.select(db, filters)

    def list_queues(self, db: sqlite3.Connection, **filters: object) -> Rows:
        """How many jobs each queue has."""
        return _statistics(self.select(db, filters), "queue_name")

    def list_tasks(self, db: sqlite3.Connection, **filters: object) -> Rows:
        """How many jobs each task has."""
        return _statistics(self.select(db, filters), "task_name")

    def list_locks(self, db: sqlite3.Connection, **filters: object) -> Rows:
        """How many jobs each lock has."""
        return _statistics(self.select(db, filters, "lock IS NOT NULL"), "lock")

    def list_jobs_to_abort(self, db: sqlite3.Connection, queue_name: str | None) -> Rows:
        """What is being done and shall stop."""
        filters = {"status": "doing", "queue_name": queue_name}
        return self.select(db, filters, "abort_requested")

    def select(
        self, db: sqlite3.Connection, filters: dict[str, Any], *conditions: str, **values: object
    ) -> Rows:
        """The jobs that match all filters that are given, and all conditions; the oldest first.

        Raises:
            ConnectorException: a filter is no column.
        """
        wanted = {name: value for name, value in filters.items() if value is not None}
        if strangers := wanted.keys() - set(_FILTERS):
            raise ConnectorException(f"no such filters: {', '.join(sorted(strangers))}")
        terms = [*(f"{name} = :{name}" for name in wanted), *conditions]
        where = f"WHERE {' AND '.join(terms)}" if terms else ""
        query = f"SELECT {COLUMNS} FROM procrastinate_jobs {where} ORDER BY id"  # noqa: S608
        return rows_of(db.execute(query, {**wanted, **values}))


def rows_of(cursor: sqlite3.Cursor) -> Rows:
    """What a statement has found or returned, as PostgreSQL would give it."""
    return [_plain(dict(row)) for row in cursor.fetchall()]


def _plain(row: dict[str, Any]) -> dict[str, Any]:
    """JSON, booleans and moments are kept as text and numbers."""
    if "args" in row:
        row["args"] = json.loads(row["args"])
        row["abort_requested"] = bool(row["abort_requested"])
        at = row["scheduled_at"]
        row["scheduled_at"] = None if at is None else datetime.fromtimestamp(at, UTC)
    return row


def _statistics(rows: Rows, column: str) -> Rows:
    """How many there are by a column, and by status within it."""
    names = sorted({row[column] for row in rows})
    counted = {
        name: Counter(row["status"] for row in rows if row[column] == name) for name in names
    }
    return [
        {"name": name, "jobs_count": counts.total(), "stats": dict(counts)}
        for name, counts in counted.items()
    ]
