"""Works off what waits in the store, and looks after it."""

from __future__ import annotations

import asyncio
import time
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Final

import structlog
from procrastinate.exceptions import ConnectorException

from bot.delivery.inbox import QUEUE
from bot.logs import note

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Iterable

    from bot.delivery.store import Store
    from bot.settings import Delivery

    Chore = Callable[[], Awaitable[None]]

LOOK_EVERY: Final = 0.25
"""Seconds; most jobs are announced, but not those whose hour has come."""

BEAT_EVERY: Final = 2.0
"""Seconds between a worker's signs of life."""

PATIENCE: Final = 6.0
"""Seconds without one, after which others take a worker's jobs."""

REMEMBER: Final = 48 * 3600
"""Seconds for which the ids of updates are kept: Telegram delivers again for 24 hours."""

LETTERS: Final = 30 * 86_400
"""Seconds for which dead letters are kept: somebody looks at them within a month, or never."""

_PAUSE: Final = 1.0
_FORGET_EVERY: Final = 3600.0
_CATCH_UP: Final = """
UPDATE procrastinate_jobs SET scheduled_at = scheduled_at + %(step)s
WHERE queue_name = %(queue)s AND status = 'todo'
"""
_FORGET: Final = """
DELETE FROM bot_seen_updates WHERE seen_at < %(before)s
AND update_id NOT IN (SELECT update_id FROM bot_payloads)
"""
_FORGET_LETTERS: Final = "DELETE FROM bot_dead_letters WHERE died_at < %(before)s"

log = structlog.get_logger(__name__)


@asynccontextmanager
async def working(store: Store, settings: Delivery, *chores: Chore) -> AsyncIterator[None]:
    """Work on jobs while the block runs; then finish those that run, within the owner's grace.

    Args:
        store: where they wait.
        settings: the owner's.
        chores: what else is to be done from time to time, as pruning is.
    """
    work = asyncio.create_task(_work(store, settings))
    beside = [asyncio.create_task(_rescue(store)), asyncio.create_task(_forget(store, *chores))]
    try:
        yield
    finally:
        await asyncio.gather(_end([work], settings.stop_seconds + PATIENCE), _end(beside, _PAUSE))


async def _end(tasks: Iterable[asyncio.Task[None]], patience: float) -> None:
    """Cancel tasks, and again where that was lost: `asyncio.wait_for` may lose it until 3.12."""
    pending = set(tasks)
    while pending:
        for task in pending:
            task.cancel()
        done, pending = await asyncio.wait(pending, timeout=patience)
        for task in done:
            if not task.cancelled() and isinstance(error := task.exception(), Exception):
                note(error)


async def _work(store: Store, settings: Delivery) -> None:
    """A worker, and another one where the database failed it."""
    while True:
        try:
            await store.app.run_worker_async(
                name="bot",
                concurrency=settings.concurrency,
                fetch_job_polling_interval=LOOK_EVERY,
                update_heartbeat_interval=BEAT_EVERY,
                shutdown_graceful_timeout=settings.stop_seconds,
                delete_jobs="successful",
                install_signal_handlers=False,
            )
        except ConnectorException as error:
            log.warning("worker lost the database", error=type(error.__cause__ or error).__name__)
        else:
            log.warning("worker stopped by itself")
        await asyncio.sleep(_PAUSE)


async def _rescue(store: Store) -> None:
    """Give back what a worker was doing that is no longer there, and what a clock has put off."""
    ahead = time.time() - time.monotonic()
    while True:
        due = time.time() + BEAT_EVERY
        await asyncio.sleep(BEAT_EVERY)
        now = time.time()
        try:
            ahead = await catch_up(store, ahead, now - time.monotonic())
            if not was_frozen(due, now):  # else our own worker seems dead, too, until its next sign
                await rescue(store)
        except ConnectorException as error:
            log.warning(
                "stalled jobs not looked for", error=type(error.__cause__ or error).__name__
            )


def was_frozen(due: float, now: float) -> bool:
    """Whether this process has stood still, by when it was to wake and when it did."""
    return now - due > BEAT_EVERY


async def catch_up(store: Store, before: float, now: float) -> float:
    """What waits for its next try does not wait longer because the clock was set back.

    PostgreSQL goes by the clock of its server, and its connector keeps to that.

    Args:
        store: where it waits.
        before: seconds by which the clock was ahead of one that nobody sets.
        now: the same now; this is what is returned.

    Raises:
        ConnectorException: the database is away.
    """
    step = now - before
    if step < -BEAT_EVERY and store.shared_url is None:
        log.warning("clock was set back", seconds=round(-step))
        await store.execute(_CATCH_UP, step=step, queue=QUEUE)
    return now


async def rescue(store: Store) -> int:
    """Let others do the jobs of workers that have given no sign of life; how many there were.

    Raises:
        ConnectorException: the database is away.
    """
    manager, rescued = store.app.job_manager, 0
    for job in await manager.get_stalled_jobs(seconds_since_heartbeat=PATIENCE):
        if job.id in store.connector.ends:
            continue  # it is over, and the database will hear of it
        try:
            await manager.retry_job(job)
        except ConnectorException:  # another replica was quicker, or the worker lives after all
            continue
        log.warning("stalled job is done again", job=job.id, tries=job.attempts + 1)
        rescued += 1
    return rescued


async def _forget(store: Store, *chores: Chore) -> None:
    """Keep the ledger of updates short, and whatever else grows."""
    while True:
        try:
            await forget(store, time.time() - REMEMBER)
            await forget_letters(store, time.time() - LETTERS)
            for chore in chores:
                await chore()
        except ConnectorException as error:
            log.warning("ledger not pruned", error=type(error.__cause__ or error).__name__)
        await asyncio.sleep(_FORGET_EVERY)


async def forget(store: Store, before: float) -> None:
    """Forget the ids of updates that were stored before a moment, in seconds since 1970.

    Raises:
        ConnectorException: the database is away.
    """
    await store.execute(_FORGET, before=int(before))


async def forget_letters(store: Store, before: float) -> None:
    """Forget the dead letters of before a moment, in seconds since 1970.

    Raises:
        ConnectorException: the database is away.
    """
    await store.execute(_FORGET_LETTERS, before=int(before))
