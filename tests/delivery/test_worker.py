"""Looking after the store."""

from __future__ import annotations

import asyncio
import time
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from procrastinate.exceptions import ConnectorException
from structlog.testing import capture_logs

from bot.delivery import worker
from bot.delivery.inbox import Inbox
from bot.delivery.sealing import Sealer
from bot.delivery.store import opened
from bot.delivery.worker import catch_up, forget, forget_letters, rescue, was_frozen, working
from bot.settings import Delivery
from tests.delivery.conftest import PATIENCE, message, settings_at, waiting

if TYPE_CHECKING:
    import pytest

    from bot.delivery.store import Store

SEALER = Sealer([bytes(32)])


async def test_jobs_of_the_dead_are_done_again(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Those of the living are left to them."""
    manager = store.app.job_manager
    alive, dead = await manager.register_worker(), await manager.register_worker()
    inbox = Inbox(store, SEALER, 1)
    for number in (1, 2):
        await inbox.put(message(number, chat=number))
    await manager.fetch_job(None, alive)
    await manager.fetch_job(None, dead)
    await manager.unregister_worker(dead)
    assert await rescue(store) == 1
    assert [job["status"] for job in await waiting(store)] == ["doing", "todo"]
    assert await rescue(store) == 0
    monkeypatch.setattr(worker, "PATIENCE", -60.0)
    assert await rescue(store) == 1
    assert [job["attempts"] for job in await waiting(store)] == [1, 1]


async def test_who_is_quicker_rescues_it(local: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another replica may have done so between the look and the deed."""
    await Inbox(local, SEALER, 1).put(message(1))
    job = await local.app.job_manager.fetch_job(None, 1)
    assert job is not None

    async def stale(**_: object) -> list[Any]:
        return [job]

    monkeypatch.setattr(local.app.job_manager, "get_stalled_jobs", stale)
    assert [await rescue(local), await rescue(local)] == [1, 0]


def test_a_process_that_stood_still_takes_itself_for_dead() -> None:
    """It must not do its own work a second time: its worker gives a sign first."""
    assert was_frozen(100.0, 109.0)
    assert not was_frozen(100.0, 100.5)


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
    assert waits == [then.timestamp() - 3600, then.timestamp()]


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


async def test_a_worker_that_fails_for_another_reason_is_noted(
    local: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody swallows it."""
    failed = asyncio.Event()

    async def fail(**_: object) -> None:
        failed.set()
        raise ZeroDivisionError

    monkeypatch.setattr(local.app, "run_worker_async", fail)
    with capture_logs() as logs:
        async with working(local, Delivery()), asyncio.timeout(PATIENCE):
            await failed.wait()
            await asyncio.sleep(0)
    assert [entry["error"] for entry in logs if entry["event"] == "surprise"] == [
        "ZeroDivisionError"
    ]


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
