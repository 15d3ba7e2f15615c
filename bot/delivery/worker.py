"""Works off what waits in the store, and looks after it."""

from __future__ import annotations

import asyncio
import math
import time
from contextlib import asynccontextmanager, contextmanager
from typing import TYPE_CHECKING, Final

import structlog
from procrastinate.exceptions import ConnectorException
from procrastinate.worker import Worker

from bot.delivery.inbox import QUEUE
from bot.logs import note

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Iterator

    from procrastinate.jobs import Job

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
_NEVER: Final = 1e9
_CATCH_UP: Final = """
UPDATE procrastinate_jobs SET scheduled_at = scheduled_at + %(step)s
WHERE queue_name = %(queue)s AND status = 'todo'
"""
_GIVE_BACK: Final = """
UPDATE procrastinate_jobs SET status = 'todo', attempts = attempts + 1, abort_requested = false
WHERE id = %(job)s AND status = 'doing' AND attempts = %(attempts)s RETURNING id
"""
_DIED: Final = "UPDATE bot_payloads SET deaths = deaths + 1 WHERE job_id = %(job)s"
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
    stopping = asyncio.Event()
    work = asyncio.create_task(_work(store, settings, stopping))
    beside = [
        asyncio.create_task(_rescue(store, stopping)),
        asyncio.create_task(_forget(store, stopping, *chores)),
    ]
    try:
        yield
    finally:
        stopping.set()  # for a cancellation may come back as another error, or not at all
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


@contextmanager
def _noted(event: str) -> Iterator[None]:
    """Whatever goes wrong in the block is told at once, and costs the rest of that block only."""
    try:
        yield
    except ConnectorException as error:
        log.warning(event, error=type(error.__cause__ or error).__name__)
    except Exception as error:  # noqa: BLE001 - of ours: what waits is worked on nevertheless
        note(error)


async def _work(store: Store, settings: Delivery, stopping: asyncio.Event) -> None:
    """A worker, and another one where it failed, unless it is to stop."""
    while not stopping.is_set():
        worker = Worker(
            store.app,
            name="bot",
            concurrency=settings.concurrency,
            fetch_job_polling_interval=LOOK_EVERY,
            update_heartbeat_interval=_NEVER,
            stalled_worker_timeout=_FORGET_EVERY,  # others may live although nobody heard them
            shutdown_graceful_timeout=settings.stop_seconds,
            delete_jobs="successful",
            install_signal_handlers=False,
        )
        with _noted("worker lost the database"):
            async with _beating(store, worker), _heeding(stopping, worker):
                await worker.run()  # type: ignore[no-untyped-call]
            if not stopping.is_set():
                log.warning("worker stopped by itself")
        if not stopping.is_set():
            await asyncio.sleep(_PAUSE)


@asynccontextmanager
async def _beating(store: Store, worker: Worker) -> AsyncIterator[None]:
    """Give a worker's signs of life while the block runs.

    procrastinate's own end with the first that fails, and at a stop, while jobs may still run.
    """
    beat = asyncio.create_task(_beat(store, worker))
    try:
        yield
    finally:
        await _end([beat], _PAUSE)


@asynccontextmanager
async def _heeding(stopping: asyncio.Event, worker: Worker) -> AsyncIterator[None]:
    """Ask a worker to stop, too: while it begins, psycopg's pool may lose a cancellation."""

    async def heed() -> None:
        await stopping.wait()
        worker.stop()  # type: ignore[no-untyped-call]

    heeds = asyncio.create_task(heed())
    try:
        yield
    finally:
        await _end([heeds], _PAUSE)


async def _beat(store: Store, worker: Worker) -> None:
    while True:
        await asyncio.sleep(BEAT_EVERY)
        if worker.worker_id is not None:
            with _noted("heartbeat not heard"):
                await store.app.job_manager.update_heartbeat(worker.worker_id)


async def _rescue(store: Store, stopping: asyncio.Event) -> None:
    """Give back what a worker was doing that is no longer there, and what a clock has put off."""
    ahead, lookout = time.time() - time.monotonic(), Lookout(store)
    while not stopping.is_set():
        await asyncio.sleep(BEAT_EVERY)
        with _noted("stalled jobs not looked for"):
            ahead = await catch_up(store, ahead, time.time() - time.monotonic())
            await lookout.look()


async def catch_up(store: Store, before: float, now: float) -> float:
    """Updates that wait for their next try are due earlier by as much as the clock was set back.

    So are those that were put off since then, for two seconds at most; reminders keep their day.

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


class Lookout:
    """Looks for workers that give no sign of life, and lets others do their jobs.

    A store that was silent has heard nobody, and a process that stood still may have stood with all
    the others. Whoever looks first would take them for dead: they have time to be heard before.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._answered = time.time()
        self._trusts_at = 0.0

    async def look(self) -> int:
        """How many jobs were given back.

        Raises:
            ConnectorException: the database is away.
        """
        manager, before, self._answered = self._store.app.job_manager, self._answered, -math.inf
        stalled = await manager.get_stalled_jobs(seconds_since_heartbeat=PATIENCE)
        self._answered = time.time()  # which goes on while a machine sleeps
        if self._answered - before > 2 * BEAT_EVERY:
            self._trusts_at = time.monotonic() + PATIENCE
        if time.monotonic() < self._trusts_at:
            return 0
        return sum([await self._give_back(job) for job in stalled])

    async def _give_back(self, job: Job) -> bool:
        if job.id in self._store.connector.ends:
            return False  # it is being done here, or is over and the database will hear of it
        async with self._store.transaction() as transaction:
            if not await transaction.rows(_GIVE_BACK, job=job.id, attempts=job.attempts):
                return False  # another replica was quicker, and may be doing it again already
            await transaction.execute(_DIED, job=job.id)
        log.warning("stalled job is done again", job=job.id, tries=job.attempts + 1)
        return True


async def _forget(store: Store, stopping: asyncio.Event, *chores: Chore) -> None:
    """Keep the ledger of updates short, and whatever else grows."""
    everything: tuple[Chore, ...] = (
        lambda: forget(store, time.time() - REMEMBER),
        lambda: forget_letters(store, time.time() - LETTERS),
        *chores,
    )
    while not stopping.is_set():
        for chore in everything:
            with _noted("ledger not pruned"):
                await chore()
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
