"""Telling a database that a job is over, until it hears."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest
from procrastinate.exceptions import ConnectorException
from procrastinate.jobs import Status
from structlog.testing import capture_logs

from bot.delivery import insistence
from bot.delivery.inbox import Inbox
from bot.delivery.insistence import Insistence
from bot.delivery.sealing import Sealer
from bot.delivery.worker import Lookout
from tests.delivery.conftest import PATIENCE, message, waiting

if TYPE_CHECKING:
    from bot.delivery.store import Store


JOB = {"id": 7, "attempts": 0}


class Deaf:
    """A database that is away for so many times, and then answers."""

    def __init__(self, times: int, refuses: Exception | None = None) -> None:
        self.times = times
        self.refuses = refuses
        self.heard = asyncio.Event()

    async def hear(self) -> None:
        """Hear it, or not."""
        self.times -= 1
        if self.times >= 0:
            raise ConnectorException from OSError()
        self.heard.set()
        if self.refuses:
            raise self.refuses


@pytest.fixture(autouse=True)
def _hasty(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody waits."""
    monkeypatch.setattr(insistence, "PAUSE", 0.01)


async def test_it_is_said_until_it_is_heard() -> None:
    """Whoever says it need not wait."""
    insisting, database = Insistence(OSError), Deaf(3)
    insisting.expect(JOB)
    with capture_logs() as logs:
        await insisting.say(7, database.hear)
        assert 7 in insisting
        async with asyncio.timeout(PATIENCE):
            await database.heard.wait()
            while 7 in insisting:  # noqa: ASYNC110 - no event
                await asyncio.sleep(0.01)
    assert [entry["job"] for entry in logs] == [7, 7, 7]


async def test_a_refusal_is_an_answer() -> None:
    """At once it is the caller's; later somebody else has done the job."""
    insisting = Insistence(OSError)
    insisting.expect(JOB)
    with pytest.raises(ConnectorException):
        await insisting.say(7, Deaf(0, ConnectorException()).hear)
    assert 7 not in insisting
    insisting.expect(JOB)
    database = Deaf(1, ConnectorException())
    with capture_logs() as logs:
        await insisting.say(7, database.hear)
        async with asyncio.timeout(PATIENCE):
            while 7 in insisting:  # noqa: ASYNC110 - no event
                await asyncio.sleep(0.01)
    assert [entry["event"] for entry in logs][-1] == "job was over already"


async def test_the_next_attempt_is_remembered() -> None:
    """It may begin here before the end of the last one was noted."""
    insisting = Insistence(OSError)
    insisting.expect(JOB)

    async def hear() -> None:
        insisting.expect(JOB | {"attempts": 1})

    await insisting.say(7, hear)
    assert insisting.attempts(7) == 1


async def test_a_stop_does_not_wait_for_it() -> None:
    """The job is done again after the next start."""
    insisting = Insistence(OSError)
    insisting.expect(JOB)
    await insisting.say(7, Deaf(10**6).hear)
    async with asyncio.timeout(PATIENCE):
        await insisting.aclose()
    assert 7 not in insisting


async def test_a_job_that_is_over_is_not_done_again(store: Store) -> None:
    """Nor does it hold its chat up for ever, although its worker lives and says it no more."""
    manager = store.app.job_manager
    await Inbox(store, Sealer([bytes(32)]), 1).put(message(1))
    worker = await manager.register_worker()
    job = await manager.fetch_job(None, worker)
    assert job is not None
    await store.execute("ALTER TABLE procrastinate_jobs RENAME TO elsewhere")
    store.connector.ends._away = (Exception,)
    await manager.finish_job(job, status=Status.SUCCEEDED, delete_job=True)
    assert job.id in store.connector.ends
    await store.execute("ALTER TABLE elsewhere RENAME TO procrastinate_jobs")
    await manager.unregister_worker(worker)
    assert await Lookout(store).look() == 0
    async with asyncio.timeout(PATIENCE):
        while await waiting(store):  # noqa: ASYNC110 - no event
            await asyncio.sleep(0.01)
