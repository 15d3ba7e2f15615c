"""The order in which jobs are begun, for whatever jobs there are."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from procrastinate.types import JobToDefer

from bot.delivery import steady
from bot.delivery.jobs import Jobs
from bot.delivery.statements import TABLES

JOBS = st.lists(st.tuples(st.sampled_from(["a", "b", None]), st.integers(-3, 3)), max_size=12)


def open_jobs() -> tuple[Jobs, sqlite3.Connection]:
    """An empty table of jobs, in memory."""
    db = sqlite3.connect(":memory:")
    db.row_factory = sqlite3.Row
    db.executescript(TABLES)
    return Jobs(), db


@given(JOBS, st.data())
def test_each_lock_goes_in_its_order_one_at_a_time(
    wanted: list[tuple[str | None, int]], data: st.DataObject
) -> None:
    """Whenever some are finished or put back, what is begun is the next of its lock, and alone."""
    jobs, db = open_jobs()
    with closing(db):
        made = [JobToDefer("q", "t", priority, lock, None, {}, None) for lock, priority in wanted]
        jobs.run("defer_jobs", db, {"jobs": made})
        left = {i: (-p, i, lock) for i, (lock, p) in enumerate(wanted, 1)}
        doing: set[int] = set()
        while left:
            (row,) = jobs.run("fetch_job", db, {"queues": None, "worker_id": 1})
            free = expected(left, doing)
            assert row["id"] == (min(free, key=lambda i: left[i][:2]) if free else None)
            if row["id"] is not None:
                doing.add(row["id"])
            else:
                number = data.draw(st.sampled_from(sorted(doing)))
                doing.discard(number)
                end(jobs, db, number, left, again=data.draw(st.booleans()))


def expected(left: dict[int, tuple[int, int, str | None]], doing: set[int]) -> list[int]:
    """What may be begun: the first of each lock that nobody holds."""
    held = {left[i][2] for i in doing} - {None}
    first: dict[object, int] = {}
    for number in sorted(left.keys() - doing, key=lambda i: left[i][:2]):
        lock = left[number][2]
        if lock not in held:
            first.setdefault(lock or number, number)
    return list(first.values())


def end(
    jobs: Jobs, db: sqlite3.Connection, number: int, left: dict[int, Any], *, again: bool
) -> None:
    """Finish a job, or put it back behind the others of its lock."""
    if again:
        lowest = -9 - number
        values = {"job_id": number, "retry_at": steady.now(), "new_priority": lowest}
        jobs.run("retry_job", db, {**values, "new_queue_name": None, "new_lock": None})
        left[number] = (-lowest, number, left[number][2])
    else:
        jobs.run("finish_job", db, {"job_id": number, "status": "succeeded", "delete_job": True})
        del left[number]
