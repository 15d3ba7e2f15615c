"""Telling a database that a job is over, until it hears.

procrastinate's worker says so once. Where the database is away at that moment, the job counts as
being done by a worker that lives, so that nobody would ever do it or what waits behind it.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, Final

import structlog
from procrastinate.exceptions import ConnectorException

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    Say = Callable[[], Awaitable[None]]

PAUSE: Final = 0.5

log = structlog.get_logger(__name__)


class Insistence:
    """Knows which jobs are being done here, and says that one is over until it is heard.

    Args:
        away: what a database raises that is away; whatever else it raises is its answer.
    """

    def __init__(self, *away: type[Exception]) -> None:
        self._away = away
        self._expected: dict[int, int] = {}
        self._insisting: set[asyncio.Task[None]] = set()

    def __contains__(self, job_id: object) -> bool:
        """Whether that job is being done here, or it was not heard yet what became of it."""
        return job_id in self._expected

    def expect(self, row: Mapping[str, Any]) -> None:
        """A job was fetched, if there was one, and its end will be said."""
        if row["id"] is not None:
            self._expected[row["id"]] = row["attempts"]

    def attempts(self, job_id: int) -> int | None:
        """How many a job had had when it was fetched; `None` if it is not being done here."""
        return self._expected.get(job_id)

    async def say(self, job_id: int, say: Say) -> None:
        """Say what became of a job; where nobody hears, go on saying so meanwhile.

        Raises:
            ConnectorException: it was heard, and refused.
        """
        attempts = self.attempts(job_id)
        if not await self._heard(job_id, attempts, say):
            task = asyncio.create_task(self._insist(job_id, attempts, say))
            self._insisting.add(task)
            task.add_done_callback(self._insisting.discard)

    async def aclose(self) -> None:
        """Give up: after the next start those jobs are done again."""
        insisting = tuple(self._insisting)
        for task in insisting:
            task.cancel()
        await asyncio.gather(*insisting, return_exceptions=True)
        self._expected.clear()

    async def _insist(self, job_id: int, attempts: int | None, say: Say) -> None:
        try:
            await asyncio.sleep(PAUSE)
            while not await self._heard(job_id, attempts, say):  # noqa: ASYNC110 - a database
                await asyncio.sleep(PAUSE)
        except ConnectorException as error:  # somebody else has done it meanwhile
            log.warning("job was over already", job=job_id, error=type(error).__name__)

    async def _heard(self, job_id: int, attempts: int | None, say: Say) -> bool:
        try:
            await say()
        except ConnectorException as error:
            if isinstance(error.__cause__, self._away):
                kind = type(error.__cause__).__name__
                log.warning("end of a job not heard", job=job_id, error=kind)
                return False
            self._forget(job_id, attempts)
            raise
        self._forget(job_id, attempts)
        return True

    def _forget(self, job_id: int, attempts: int | None) -> None:
        """Its end was heard; but the next attempt may have begun here already."""
        if self.attempts(job_id) == attempts:
            self._expected.pop(job_id, None)
