"""What a job store promises, whichever of the two it is."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from procrastinate.exceptions import AlreadyEnqueued, ConnectorException
from procrastinate.jobs import Job, Status
from procrastinate.sql import queries

from bot.delivery.handling import Patience, TryAgainError
from bot.delivery.inbox import Inbox
from bot.delivery.sealing import Sealer
from bot.delivery.store import opened
from tests.delivery.conftest import message

if TYPE_CHECKING:
    from bot.delivery.store import Store
    from bot.settings import Settings


async def defer(store: Store, **options: Any) -> int:  # noqa: ANN401 - procrastinate's
    """Store a job; its id."""
    arguments = options.pop("arguments", {})
    return await store.app.configure_task("work", **options).defer_async(**arguments)


async def fetch(store: Store, worker: int | None = None) -> Job | None:
    """Begin with the next job."""
    manager = store.app.job_manager
    return await manager.fetch_job(None, worker or await manager.register_worker())


async def fetched(store: Store) -> int | None:
    """Begin with the next job; its id."""
    job = await fetch(store)
    return job.id if job else None


async def finish(store: Store, job_id: int, *, delete: bool = True) -> None:
    """A job is done."""
    manager = store.app.job_manager
    await manager.finish_job_by_id_async(job_id, Status.SUCCEEDED, delete_job=delete)


async def retry(store: Store, job: Job, seconds: float = 0) -> None:
    """A job is to be done later."""
    then = datetime.now(UTC) + timedelta(seconds=seconds)
    await store.app.job_manager.retry_job(job, retry_at=then)


async def jobs(store: Store, **filters: Any) -> list[Job]:  # noqa: ANN401
    """The jobs that there are."""
    return list(await store.app.job_manager.list_jobs_async(**filters))


async def test_a_job_keeps_what_it_was_given(store: Store) -> None:
    """Arguments, locks, queue, priority and hour come back as they were."""
    then = datetime(2020, 1, 2, 3, 4, 5, tzinfo=UTC)
    arguments = {"a": [1, {"b": None}], "字": "値 %s %(x)s"}
    number = await defer(
        store, arguments=arguments, lock="l", queueing_lock="q", queue="u", priority=-3,
        schedule_at=then,
    )  # fmt: skip
    job = await fetch(store)
    assert job is not None
    assert (job.id, job.task_kwargs, job.lock, job.queueing_lock) == (number, arguments, "l", "q")
    assert (job.queue, job.priority, job.scheduled_at, job.attempts) == ("u", -3, then, 0)
    assert job.status == "doing"


async def test_jobs_are_begun_by_priority_and_then_by_age(store: Store) -> None:
    """However they were stored."""
    numbers = [await defer(store, priority=priority) for priority in (-5, -3, -3, -9)]
    assert [await fetched(store) for _ in range(5)] == [
        numbers[1],
        numbers[2],
        numbers[0],
        numbers[3],
        None,
    ]


async def test_a_lock_lets_one_through_at_a_time(store: Store) -> None:
    """Others go on meanwhile; the next one follows when the first is done."""
    first, second = [await defer(store, lock="chat:1") for _ in range(2)]
    other, free = await defer(store, lock="chat:2"), await defer(store)
    assert [await fetched(store) for _ in range(4)] == [first, other, free, None]
    await finish(store, first)
    assert await fetched(store) == second


async def test_what_waits_for_its_next_try_holds_its_chat_up(store: Store) -> None:
    """A chat's second update never comes before its first, however late that is."""
    await defer(store, lock="chat:1", priority=-1)
    await defer(store, lock="chat:1", priority=-2)
    job = await fetch(store)
    assert job is not None
    await retry(store, job, seconds=60)
    assert await fetch(store) is None
    (again,) = await jobs(store, id=job.id)
    assert (again.status, again.attempts) == ("todo", 1)


async def test_a_pause_is_that_long_where_a_clock_is_set_meanwhile(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An hour back, after the pause was decided and before it is stored."""
    await defer(store)
    job = await fetch(store)
    assert job is not None
    decision = Patience().get_retry_decision(exception=TryAgainError(60), job=job)
    assert decision is not None
    real = time.time
    with monkeypatch.context() as patch:
        patch.setattr(time, "time", lambda: real() - 3600)
        await store.app.job_manager.retry_job(job, retry_at=decision.retry_at)
    (waits,) = await jobs(store)
    assert waits.scheduled_at is not None
    behind = 0 if store.shared_url else 3600  # the server's clock is another one
    left = waits.scheduled_at.timestamp() - (real() - behind)
    assert 30 < left <= 60


async def test_a_job_of_a_later_hour_waits_and_holds_nothing_up(store: Store) -> None:
    """A reminder has no lock, so that nobody waits for it."""
    then = datetime.now(UTC) + timedelta(days=30)
    await defer(store, schedule_at=then, queueing_lock="reminder:1")
    number = await defer(store, lock="chat:1", priority=-1)
    assert await fetched(store) == number
    assert await fetch(store) is None


async def test_a_queueing_lock_is_taken_while_its_job_waits(store: Store) -> None:
    """A second one is refused, and one that has begun makes room."""
    number = await defer(store, queueing_lock="reminder:1")
    with pytest.raises(AlreadyEnqueued):
        await defer(store, queueing_lock="reminder:1")
    assert await fetched(store) == number
    assert await defer(store, queueing_lock="reminder:1") > number


async def test_a_reminder_is_called_off(store: Store) -> None:
    """By its lock, and nothing of it remains."""
    await defer(store, queueing_lock="reminder:1")
    (job,) = await jobs(store, queueing_lock="reminder:1")
    assert job.id is not None
    assert await store.app.job_manager.cancel_job_by_id_async(job.id, delete_job=True)
    assert await jobs(store) == []
    assert not await store.app.job_manager.cancel_job_by_id_async(job.id)


async def test_what_is_being_done_may_be_asked_to_stop(store: Store) -> None:
    """One that waits is cancelled; one that is being done is told."""
    manager = store.app.job_manager
    first, second = await defer(store), await defer(store)
    assert await fetched(store) == first
    assert await manager.cancel_job_by_id_async(first, abort=True)
    assert await manager.cancel_job_by_id_async(second)
    assert list(await manager.list_jobs_to_abort_async()) == [first]
    assert await manager.get_job_status_async(second) is Status.CANCELLED
    (job,) = await jobs(store, id=first)
    await retry(store, job)
    assert await manager.get_job_status_async(first) is Status.FAILED


async def test_a_job_is_done_once(store: Store) -> None:
    """Whoever is too late hears of it."""
    number = await defer(store)
    job = await fetch(store)
    assert job is not None
    await finish(store, number)
    assert await jobs(store) == []
    with pytest.raises(ConnectorException):
        await finish(store, number)
    with pytest.raises(ConnectorException):
        await retry(store, job)


async def test_what_a_dead_worker_was_doing_is_found(store: Store) -> None:
    """And what a living one does is not."""
    manager = store.app.job_manager
    alive, dead = await manager.register_worker(), await manager.register_worker()
    first, second = await defer(store), await defer(store)
    assert (await fetch(store, alive), await fetch(store, dead)) != (None, None)
    await manager.unregister_worker(dead)
    stalled = list(await manager.get_stalled_jobs(seconds_since_heartbeat=60))
    assert [job.id for job in stalled] == [second]
    await manager.update_heartbeat(alive)
    stalled = list(await manager.get_stalled_jobs(seconds_since_heartbeat=-60))
    assert [job.id for job in stalled] == [first, second]
    assert alive in await manager.prune_stalled_workers(-60)


async def test_what_has_taken_too_long_is_found(store: Store) -> None:
    """The library calls that old-fashioned; it still asks."""
    number = await defer(store)
    await fetch(store)
    with pytest.warns(DeprecationWarning, match="nb_seconds"):
        stalled = list(await store.app.job_manager.get_stalled_jobs(nb_seconds=-60))
    assert [job.id for job in stalled] == [number]


async def test_what_is_over_is_cleared_away(store: Store) -> None:
    """After its time, and by its status."""
    manager = store.app.job_manager
    done, waits = await defer(store), await defer(store)
    assert await fetched(store) == done
    await finish(store, done, delete=False)
    await manager.delete_old_jobs(nb_hours=1)
    assert [job.id for job in await jobs(store)] == [done, waits]
    await manager.delete_old_jobs(nb_hours=-1, include_failed=True)
    assert [job.id for job in await jobs(store)] == [waits]


async def test_jobs_are_counted(store: Store) -> None:
    """By queue, by task, by lock and by status."""
    manager = store.app.job_manager
    await defer(store, queue="a", lock="l")
    await defer(store, queue="a")
    await defer(store, queue="b")
    await fetch(store)
    queues = {row["name"]: row for row in await manager.list_queues_async()}
    assert (queues["a"]["jobs_count"], queues["b"]["jobs_count"]) == (2, 1)
    assert (queues["a"]["doing"], queues["a"]["todo"]) == (1, 1)
    assert [row["jobs_count"] for row in await manager.list_tasks_async()] == [3]
    assert [(row["name"], row["doing"]) for row in await manager.list_locks_async()] == [("l", 1)]
    counted = await store.rows(
        "SELECT status, count(*) AS n FROM procrastinate_jobs GROUP BY status ORDER BY 1"
    )
    assert {row["status"]: row["n"] for row in counted} == {"doing": 1, "todo": 2}
    states = await store.connector.execute_query_all_async(queries["count_jobs_status"])
    assert {row["status"]: row["count"] for row in states} == {"doing": 1, "todo": 2}
    assert await manager.check_connection_async()


async def test_a_periodic_job_is_stored_once_for_its_moment(store: Store) -> None:
    """However many replicas think of it."""
    task = store.app.task(name="tick")(lambda timestamp: timestamp)
    manager, job = store.app.job_manager, task.configure().job

    async def tick(moment: int) -> int | None:
        at = job.evolve(task_kwargs={"timestamp": moment})
        return await manager.defer_periodic_job(at, periodic_id="x", defer_timestamp=moment)

    assert await tick(60) is not None
    assert await tick(60) is None
    assert await tick(120) is not None
    assert len(await jobs(store)) == 2


async def test_a_transaction_happens_as_a_whole(store: Store) -> None:
    """A row and a job together, or neither."""
    insert = "INSERT INTO bot_dead_letters VALUES (%(id)s, 0, 'x', 1)"

    async def fail() -> None:
        async with store.transaction() as transaction:
            await transaction.execute(insert, id=1)
            await defer(store, connection=transaction.connection)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await fail()
    assert await store.rows("SELECT * FROM bot_dead_letters") == []
    assert await jobs(store) == []
    async with store.transaction() as transaction:
        await transaction.execute(insert, id=2)
        number = await defer(store, connection=transaction.connection)
        (row,) = await transaction.rows("SELECT update_id FROM bot_dead_letters")
    assert row == {"update_id": 2}
    assert [job.id for job in await jobs(store)] == [number]


async def test_others_keep_tables_in_it(store: Store) -> None:
    """The same statements on both databases, with named values and rows as dicts."""
    await store.execute(
        "INSERT INTO bot_dead_letters (update_id, died_at, code, tries)"
        " VALUES (%(id)s, %(now)s, %(code)s, 1)",
        id=1,
        now=2**40,
        code="50 %",
    )
    found = await store.rows("SELECT died_at FROM bot_dead_letters WHERE code LIKE '%% %%'")
    assert found == [{"died_at": 2**40}]
    with pytest.raises(ConnectorException):
        await store.rows("SELECT nothing FROM nowhere")
    async with store.transaction() as transaction:
        with pytest.raises(ConnectorException):
            await transaction.rows("SELECT nothing FROM nowhere")


async def test_what_belongs_to_a_job_goes_with_it(store: Store) -> None:
    """A payload is gone when its job is."""
    number = await defer(store)
    await store.execute(
        "INSERT INTO bot_payloads (job_id, update_id, sealed) VALUES (%(job)s, 1, %(sealed)s)",
        job=number,
        sealed=b"\x00\xff'%s",
    )
    (row,) = await store.rows("SELECT sealed FROM bot_payloads")
    assert bytes(row["sealed"]) == b"\x00\xff'%s"
    await fetch(store)
    await finish(store, number)
    assert await store.rows("SELECT * FROM bot_payloads") == []


async def test_a_database_of_an_earlier_version_goes_on(settings: Settings) -> None:
    """What waits in it has neither been tried nor killed anybody yet."""
    async with opened(settings) as store:
        await Inbox(store, Sealer([bytes(32)]), 1).put(message(1))
        for column in ("tries", "deaths"):
            await store.execute(f"ALTER TABLE bot_payloads DROP COLUMN {column}")
        await store.execute("DROP TABLE bot_identity")
        await store.execute("DELETE FROM bot_schema WHERE version > 2")
    async with opened(settings) as store:
        rows = await store.rows("SELECT update_id, tries, deaths FROM bot_payloads")
    assert rows == [{"update_id": 1, "tries": 0, "deaths": 0}]
