"""procrastinate's queries on SQLite: one function for each name in `procrastinate.sql.queries`.

They do what the functions of its PostgreSQL schema do, except that nothing is logged in a table
of events: `changed_at` tells when a job last changed its state. The names are no public contract
of procrastinate; `by_text()` tells when they have changed.
"""

from __future__ import annotations

import json
import sqlite3
import time
from typing import TYPE_CHECKING, Any, Final

from procrastinate.exceptions import ConnectorException, UniqueViolation
from procrastinate.manager import QUEUEING_LOCK_CONSTRAINT
from procrastinate.sql import queries
from procrastinate.types import JobToDefer

from bot.delivery import steady
from bot.delivery.listings import Listings, rows_of
from bot.delivery.statements import DEFER, FETCH, FINISH, RETRY

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from bot.delivery.listings import Rows


class Jobs(Listings):
    """The queries. Workers are known in memory only, for they do not outlive the process.

    Attributes:
        workers: the last sign of life of each, by a clock that stands still while the machine does.
    """

    def __init__(self) -> None:
        self.workers: dict[int, float] = {}
        self._next_worker = 1

    def run(self, name: str, connection: sqlite3.Connection, values: dict[str, Any]) -> Rows:
        """Answer a query by its name.

        Raises:
            ConnectorException: it has none of what it is about, or breaks a rule.
        """
        rows: Rows | None = getattr(self, name)(connection, **values)
        return rows or []

    def release(self, connection: sqlite3.Connection) -> None:
        """What an earlier process was doing when it died is to be done."""
        connection.execute(
            "UPDATE procrastinate_jobs SET status = 'todo', worker_id = NULL, changed_at = ?,"
            " attempts = attempts + 1, abort_requested = 0 WHERE status = 'doing'",
            (time.time(),),
        )

    def defer_jobs(self, db: sqlite3.Connection, jobs: Sequence[JobToDefer]) -> Rows:
        """All of them, or none where one's queueing lock is taken."""
        return [self._defer(db, job) for job in jobs]

    def _defer(self, db: sqlite3.Connection, job: JobToDefer) -> dict[str, Any]:
        values = {
            **job._asdict(),
            "args": json.dumps(job.args),
            "scheduled_at": _seconds(job.scheduled_at),
            "now": time.time(),
        }
        try:
            return rows_of(db.execute(DEFER, values))[0]
        except sqlite3.IntegrityError as error:
            raise UniqueViolation(
                constraint_name=QUEUEING_LOCK_CONSTRAINT, queueing_lock=job.queueing_lock
            ) from error

    def defer_periodic_job(  # noqa: PLR0913 - they are procrastinate's
        self,
        db: sqlite3.Connection,
        *,
        queue: str,
        task_name: str,
        priority: int,
        args: dict[str, Any],
        defer_timestamp: int,
        lock: str | None,
        queueing_lock: str | None,
        periodic_id: str,
    ) -> Rows:
        """Once for each moment; later ones replace the note of earlier ones."""
        noted = db.execute(
            "INSERT INTO procrastinate_periodic_defers VALUES (?, ?, ?)"
            " ON CONFLICT (task_name, periodic_id) DO UPDATE"
            " SET defer_timestamp = excluded.defer_timestamp"
            " WHERE defer_timestamp < excluded.defer_timestamp",
            (task_name, periodic_id, defer_timestamp),
        ).rowcount
        if not noted:
            return [{"id": None}]
        return [
            self._defer(db, JobToDefer(queue, task_name, priority, lock, queueing_lock, args, None))
        ]

    def fetch_job(
        self, db: sqlite3.Connection, queues: Iterable[str] | None, worker_id: int
    ) -> Rows:
        """The next job whose turn has come, now being done; a row of nothing if there is none."""
        names = None if queues is None else json.dumps(list(queues))
        values = {"queues": names, "worker_id": worker_id, "now": time.time()}
        return rows_of(db.execute(FETCH, values)) or [{"id": None}]

    def finish_job(
        self, db: sqlite3.Connection, job_id: int, status: str, *, delete_job: bool
    ) -> None:
        """Done, in one way or another."""
        if delete_job:
            _one(db.execute("DELETE FROM procrastinate_jobs WHERE id = ?"
                            " AND status IN ('todo', 'doing')", (job_id,)), job_id)  # fmt: skip
        else:
            _one(
                db.execute(FINISH, {"job_id": job_id, "status": status, "now": time.time()}),
                job_id,
            )

    def retry_job(  # noqa: PLR0913 - they are procrastinate's
        self,
        db: sqlite3.Connection,
        *,
        job_id: int,
        retry_at: datetime,
        new_priority: int | None,
        new_queue_name: str | None,
        new_lock: str | None,
    ) -> None:
        """To be done once more, at a moment of the clock that nobody sets."""
        values = {
            "job_id": job_id,
            "retry_at": time.time() + steady.until(retry_at).total_seconds(),
            "new_priority": new_priority,
            "new_queue_name": new_queue_name,
            "new_lock": new_lock,
            "now": time.time(),
        }
        _one(db.execute(RETRY, values), job_id)

    def cancel_job(
        self, db: sqlite3.Connection, job_id: int, *, abort: bool, delete_job: bool
    ) -> Rows:
        """One that waits is cancelled or deleted, one that is being done may be asked to stop."""
        values = {"id": job_id, "now": time.time()}
        waiting = "WHERE id = :id AND status = 'todo'"
        if delete_job:
            done = db.execute(f"DELETE FROM procrastinate_jobs {waiting}", values)  # noqa: S608
        else:
            done = db.execute(
                f"UPDATE procrastinate_jobs SET status = 'cancelled', changed_at = :now {waiting}",  # noqa: S608
                values,
            )
        if not done.rowcount and abort:
            done = db.execute(
                "UPDATE procrastinate_jobs SET abort_requested = 1"
                " WHERE id = :id AND status = 'doing'",
                values,
            )
        return [{"id": job_id if done.rowcount else None}]

    def select_stalled_jobs_by_heartbeat(
        self,
        db: sqlite3.Connection,
        queue: str | None,
        task_name: str | None,
        seconds_since_heartbeat: float,
    ) -> Rows:
        """What a worker was doing that is no longer there."""
        oldest = time.monotonic() - seconds_since_heartbeat
        alive = {worker for worker, seen in self.workers.items() if seen >= oldest}
        filters = {"status": "doing", "queue_name": queue, "task_name": task_name}
        return [row for row in self.select(db, filters) if row["worker_id"] not in alive]

    def delete_old_jobs(
        self, db: sqlite3.Connection, nb_hours: float, queue: str | None, statuses: Sequence[str]
    ) -> None:
        """What has been over for so long."""
        db.execute(
            "DELETE FROM procrastinate_jobs"
            " WHERE status IN (SELECT value FROM json_each(:statuses))"
            " AND (:queue IS NULL OR queue_name = :queue) AND changed_at < :before",
            {
                "statuses": json.dumps(list(statuses)),
                "queue": queue,
                "before": time.time() - nb_hours * 3600,
            },
        )

    def listen_queue(self, db: sqlite3.Connection) -> None:
        """Nothing to ask the database for: whoever changes it is in this process."""

    def register_worker(self, db: sqlite3.Connection) -> Rows:  # noqa: ARG002
        """A worker of this process."""
        worker, self._next_worker = self._next_worker, self._next_worker + 1
        self.workers[worker] = time.monotonic()
        return [{"worker_id": worker}]

    def unregister_worker(self, db: sqlite3.Connection, worker_id: int) -> None:  # noqa: ARG002
        """One that has stopped."""
        self.workers.pop(worker_id, None)

    def update_heartbeat(self, db: sqlite3.Connection, worker_id: int) -> None:  # noqa: ARG002
        """A sign of life."""
        self.workers[worker_id] = time.monotonic()

    def prune_stalled_workers(
        self,
        db: sqlite3.Connection,  # noqa: ARG002
        seconds_since_heartbeat: float,
    ) -> Rows:
        """Forget the workers that have given none for so long."""
        oldest = time.monotonic() - seconds_since_heartbeat
        pruned = [worker for worker, seen in self.workers.items() if seen < oldest]
        return [{"worker_id": worker} for worker in pruned if self.workers.pop(worker)]


def _one(cursor: sqlite3.Cursor, job_id: int) -> None:
    if not cursor.rowcount:
        raise ConnectorException(f"job {job_id} was not found, or is over")


def _seconds(moment: datetime | None) -> float | None:
    return moment.timestamp() if moment else None


NAMES: Final = frozenset(name for name in dir(Jobs) if name[0] != "_") - {
    "run",
    "release",
    "select",
}


def by_text() -> dict[str, str]:
    """The name of each of procrastinate's queries by its text.

    Raises:
        RuntimeError: procrastinate has other queries than this module.
    """
    if different := NAMES ^ queries.keys():
        raise RuntimeError(f"procrastinate has changed its queries: {', '.join(sorted(different))}")
    return {text: name for name, text in queries.items()}
