"""Looking after the store."""

from __future__ import annotations

import asyncio
import time
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from procrastinate.exceptions import ConnectorException
from procrastinate.worker import Worker
from structlog.testing import capture_logs

from bot.delivery import worker
from bot.delivery.inbox import Inbox
from bot.delivery.sealing import Sealer
from bot.delivery.store import opened
from bot.delivery.worker import Lookout, catch_up, forget, forget_letters, working
from bot.settings import Delivery
from tests.delivery.conftest import PATIENCE, message, office, settings_at, waiting

if TYPE_CHECKING:
    from procrastinate.jobs import Job
    from telegram import Update

    from bot.delivery.store import Store

SEALER = Sealer([bytes(32)])


async def taken(store: Store, update_id: int, worker_id: int) -> Job:
    """An update that a worker of another process is working on."""
    await Inbox(store, SEALER, 1).put(message(update_id, chat=update_id))
    job = await store.app.job_manager.fetch_job(None, worker_id)
    assert job is not None
    store.connector.ends._expected.clear()
    return job


async def test_jobs_of_the_dead_are_done_again(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Those of the living are left to them."""
    manager, lookout = store.app.job_manager, Lookout(store)
    alive, dead = await manager.register_worker(), await manager.register_worker()
    await taken(store, 1, alive)
    await taken(store, 2, dead)
    await manager.unregister_worker(dead)
    assert await lookout.look() == 1
    assert [job["status"] for job in await waiting(store)] == ["doing", "todo"]
    assert await lookout.look() == 0
    monkeypatch.setattr(worker, "PATIENCE", -60.0)
    assert await lookout.look() == 1
    assert [job["attempts"] for job in await waiting(store)] == [1, 1]
    assert await store.rows("SELECT tries, deaths FROM bot_payloads") == [
        {"tries": 0, "deaths": 1},
        {"tries": 0, "deaths": 1},
    ]


async def test_who_is_quicker_rescues_it(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another replica may have done so between the look and the deed, and be doing it again."""
    manager, lookout = store.app.job_manager, Lookout(store)
    alive = await manager.register_worker()
    job = await taken(store, 1, alive)

    async def stale(**_: object) -> list[Any]:
        return [job]

    monkeypatch.setattr(manager, "get_stalled_jobs", stale)
    assert [await lookout.look(), await lookout.look()] == [1, 0]
    assert await manager.fetch_job(None, alive) is not None
    store.connector.ends._expected.clear()
    assert await lookout.look() == 0
    assert [job["status"] for job in await waiting(store)] == ["doing"]


async def test_nobody_does_his_own_job_again(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """However long ago the database heard him: a look may be quicker than a sign of life."""
    await Inbox(store, SEALER, 1).put(message(1))
    manager = store.app.job_manager
    assert await manager.fetch_job(None, await manager.register_worker()) is not None
    monkeypatch.setattr(worker, "PATIENCE", -60.0)
    assert await Lookout(store).look() == 0
    assert [job["status"] for job in await waiting(store)] == ["doing"]


@pytest.mark.parametrize("fails", [True, False])
async def test_after_a_silence_others_are_heard_first(
    local: Store, monkeypatch: pytest.MonkeyPatch, *, fails: bool
) -> None:
    """A store that was away, or slow, has heard nobody meanwhile."""
    monkeypatch.setattr(worker, "BEAT_EVERY", 0.1)
    monkeypatch.setattr(worker, "PATIENCE", 0.5)
    manager, lookout = local.app.job_manager, Lookout(local)
    await taken(local, 1, 1)
    whole = manager.get_stalled_jobs

    async def stall(**values: Any) -> Any:  # noqa: ANN401
        if fails:
            raise ConnectorException
        await asyncio.sleep(0.25)
        return await whole(**values)

    monkeypatch.setattr(manager, "get_stalled_jobs", stall)
    if fails:
        with pytest.raises(ConnectorException):
            await lookout.look()
    else:
        assert await lookout.look() == 0
    monkeypatch.setattr(manager, "get_stalled_jobs", whole)
    assert await lookout.look() == 0
    async with asyncio.timeout(PATIENCE):
        while await lookout.look() == 0:  # noqa: ASYNC110 - a database
            await asyncio.sleep(0.05)


async def test_who_stops_finishes_what_others_leave_alone(
    database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A worker that is to stop gives signs of life for as long as it still works."""
    monkeypatch.setattr(worker, "BEAT_EVERY", 0.1)
    monkeypatch.setattr(worker, "PATIENCE", 0.5)
    begun, handled = asyncio.Event(), []

    async def handle(update: Update, _: Any) -> None:  # noqa: ANN401
        begun.set()
        await asyncio.sleep(2)
        handled.append(update.update_id)

    settings = settings_at(database)
    async with (
        office(settings, handle, idle=True) as one,
        office(settings, handle, idle=True) as two,
    ):
        await one.delivery.inbox.put(message(1))
        async with asyncio.timeout(PATIENCE), one.delivery.to(one.application):
            await begun.wait()
            other = two.delivery.to(two.application)
            await other.__aenter__()
        await two.settled()
        await other.__aexit__(None, None, None)
    assert handled == [1]


async def test_a_heartbeat_is_given_until_it_is_heard(
    local: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One that fails does not end them all, or others would take the worker's jobs."""
    monkeypatch.setattr(worker, "BEAT_EVERY", 0.01)
    heard = asyncio.Event()
    failures = iter([ConnectorException("secret text"), ZeroDivisionError("secret text")])

    async def hear(_: int) -> None:
        if error := next(failures, None):
            raise error
        heard.set()

    monkeypatch.setattr(local.app.job_manager, "update_heartbeat", hear)
    with capture_logs() as logs:
        async with working(local, Delivery()), asyncio.timeout(PATIENCE):
            await heard.wait()
    assert [entry["event"] for entry in logs] == ["heartbeat not heard", "surprise"]
    assert "secret text" not in str(logs)


async def test_a_stop_begins_nothing_while_the_database_is_away(
    local: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Then a worker ends with that error instead of its cancellation."""
    monkeypatch.setattr(worker, "_PAUSE", 0.01)
    begun, workers = asyncio.Event(), []
    register = local.app.job_manager.register_worker

    async def count() -> int:
        workers.append(await register())
        begun.set()
        return workers[-1]

    async def fail(_: int) -> None:
        raise ConnectorException

    monkeypatch.setattr(local.app.job_manager, "register_worker", count)
    monkeypatch.setattr(local.app.job_manager, "unregister_worker", fail)
    monkeypatch.setattr(worker, "PATIENCE", 0.5)
    async with asyncio.timeout(PATIENCE), working(local, Delivery(stop_seconds=1)):
        await begun.wait()
    assert len(workers) == 1


async def test_a_worker_that_only_begins_stops_at_once(
    local: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Although its cancellation is lost: nothing that runs is to be waited for."""
    begun, register = asyncio.Event(), local.app.job_manager.register_worker

    async def deaf() -> int:
        begun.set()
        with suppress(asyncio.CancelledError):
            await asyncio.Event().wait()
        return await register()

    monkeypatch.setattr(local.app.job_manager, "register_worker", deaf)
    async with asyncio.timeout(PATIENCE), working(local, Delivery(stop_seconds=10 * PATIENCE)):
        await begun.wait()


async def test_a_clock_that_is_set_back_puts_nothing_off(local: Store) -> None:
    """What waits for its next try is tried when it would have been; reminders keep their day."""
    await Inbox(local, SEALER, 1).put(message(1))
    manager = local.app.job_manager
    job = await manager.fetch_job(None, 1)
    assert job is not None
    then = datetime.now(UTC) + timedelta(hours=1, seconds=2)
    await manager.retry_job(job, retry_at=then)
    await local.app.configure_task("remind", schedule_at=then).defer_async()
    assert await catch_up(local, 100.0, 101.0) == 101.0
    assert await catch_up(local, 3700.0, 100.0) == 100.0
    waits = [job["scheduled_at"] for job in await waiting(local)]
    assert waits == [pytest.approx(then.timestamp() - 3600, abs=1), then.timestamp()]


async def test_the_clock_of_a_server_is_not_ours(database: str) -> None:
    """On PostgreSQL its own clock decides, and whoever stores a pause keeps to that."""
    async with opened(settings_at(database)) as store:
        await Inbox(store, SEALER, 1).put(message(1))
        manager = store.app.job_manager
        job = await manager.fetch_job(None, await manager.register_worker())
        assert job is not None
        then = datetime.now(UTC) + timedelta(hours=1)
        await manager.retry_job(job, retry_at=then)
        await catch_up(store, 3700.0, 100.0)
        (waits,) = await waiting(store)
    assert abs((waits["scheduled_at"] - then).total_seconds()) < PATIENCE


async def test_old_numbers_are_forgotten(store: Store) -> None:
    """Telegram does not deliver an update again after a day; what waits is not forgotten."""
    inbox = Inbox(store, SEALER, 1)
    await inbox.put(message(1))
    await forget(store, time.time() + 60)
    await store.execute("DELETE FROM procrastinate_jobs")  # it is done
    await forget(store, time.time() - 60)
    assert len(await store.rows("SELECT * FROM bot_seen_updates")) == 1
    await forget(store, time.time() + 60)
    assert await store.rows("SELECT * FROM bot_seen_updates") == []


async def test_old_dead_letters_are_forgotten(store: Store) -> None:
    """Those of the last days stay for whoever looks into them."""
    keep = "INSERT INTO bot_dead_letters VALUES (%(number)s, %(at)s, 'KeyError', 1)"
    for number, at in ((1, 100), (2, 200)):
        await store.execute(keep, number=number, at=at)
    await forget_letters(store, 200)
    (left,) = await store.rows("SELECT update_id FROM bot_dead_letters")
    assert left["update_id"] == 2


async def test_a_database_that_fails_is_tried_again(
    local: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The worker, the rescue and the ledger begin anew, and the log says what was wrong."""
    for name in ("_PAUSE", "_FORGET_EVERY", "BEAT_EVERY"):
        monkeypatch.setattr(worker, name, 0.01)
    whole = local.connector.execute_query_all_async
    failures = iter(range(12))

    async def fail(query: str, **arguments: Any) -> Any:  # noqa: ANN401
        if next(failures, None) is not None:
            raise ConnectorException("secret text")
        return await whole(query, **arguments)

    done = asyncio.Event()
    local.app.task(name="handle_update", queue="updates")(_setting(done))
    await Inbox(local, SEALER, 1).put(message(1))
    monkeypatch.setattr(local.connector, "execute_query_all_async", fail)
    with capture_logs() as logs:
        async with working(local, Delivery()), asyncio.timeout(PATIENCE):
            await done.wait()
    told = {entry["event"] for entry in logs}
    assert told >= {"worker lost the database", "stalled jobs not looked for", "ledger not pruned"}
    assert "secret text" not in str(logs)


def _setting(done: asyncio.Event) -> Any:  # noqa: ANN401 - a task
    async def work(update_id: int) -> None:  # noqa: ARG001
        done.set()

    return work


async def test_what_fails_for_another_reason_is_told_at_once(
    local: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And goes on: whoever is stored must not wait for a restart, nor one chore for another."""
    for name in ("_PAUSE", "_FORGET_EVERY", "BEAT_EVERY"):
        monkeypatch.setattr(worker, name, 0.01)
    done, rescued, pruned = asyncio.Event(), asyncio.Event(), asyncio.Event()
    run, look, failures = Worker.run, Lookout.look, iter((ZeroDivisionError, IndexError))

    async def fail_once(self: Worker) -> None:
        if error := next(failures, None):
            raise error
        await run(self)  # type: ignore[no-untyped-call]

    async def fail_to_look(_: Lookout) -> int:
        monkeypatch.setattr(Lookout, "look", look)
        rescued.set()
        raise KeyError

    async def fail_to_prune() -> None:
        raise OSError

    async def prune() -> None:
        pruned.set()

    monkeypatch.setattr(Worker, "run", fail_once)
    monkeypatch.setattr(Lookout, "look", fail_to_look)
    local.app.task(name="handle_update", queue="updates")(_setting(done))
    await Inbox(local, SEALER, 1).put(message(1))
    with capture_logs() as logs:
        async with asyncio.timeout(PATIENCE), working(local, Delivery(), fail_to_prune, prune):
            await asyncio.gather(done.wait(), rescued.wait(), pruned.wait())
            told = {entry["error"] for entry in logs if entry["event"] == "surprise"}
    assert told == {"ZeroDivisionError", "IndexError", "KeyError", "OSError"}


async def test_a_cancellation_that_was_lost_does_not_hold_up_the_stop(
    local: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As `asyncio.wait_for` of Python 3.11 loses it when what it waits for ends at that moment."""
    monkeypatch.setattr(worker, "_PAUSE", 0.05)
    begun, lost = asyncio.Event(), []

    async def lose() -> None:
        begun.set()
        try:
            await asyncio.Event().wait()
        except asyncio.CancelledError as cancelled:
            lost.append(cancelled)

    async with asyncio.timeout(PATIENCE), working(local, Delivery(), lose):
        await begun.wait()
    assert len(lost) == 1
