"""Telling a database that a job is over, until it hears.

procrastinate's worker says so once. Where the database is away at that moment, the job counts as
being done by a worker that lives, so that nobody would ever do it or what waits behind it.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Final

import structlog
from procrastinate.exceptions import ConnectorException

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    Say = Callable[[], Awaitable[None]]

PAUSE: Final = 0.5

log = structlog.get_logger(__name__)


class Insistence:
    """Says things again and again.

    Args:
        away: what a database raises that is away; whatever else it raises is its answer.
    """

    def __init__(self, *away: type[Exception]) -> None:
        self._away = away
        self._unheard: dict[int, asyncio.Task[None]] = {}

    def __contains__(self, job_id: object) -> bool:
        """Whether it was not heard yet what became of that job."""
        return job_id in self._unheard

    async def say(self, job_id: int, say: Say) -> None:
        """Say what became of a job; where nobody hears, go on saying so meanwhile.

        Raises:
            ConnectorException: it was heard, and refused.
        """
        if not await self._heard(job_id, say):
            task = self._unheard[job_id] = asyncio.create_task(self._insist(job_id, say))
            task.add_done_callback(lambda _: self._unheard.pop(job_id, None))

    async def aclose(self) -> None:
        """Give up: after the next start those jobs are done again."""
        unheard = tuple(self._unheard.values())
        for task in unheard:
            task.cancel()
        await asyncio.gather(*unheard, return_exceptions=True)

    async def _insist(self, job_id: int, say: Say) -> None:
        try:
            await asyncio.sleep(PAUSE)
            while not await self._heard(job_id, say):  # noqa: ASYNC110 - a database
                await asyncio.sleep(PAUSE)
        except ConnectorException as error:  # somebody else has done it meanwhile
            log.warning("job was over already", job=job_id, error=type(error).__name__)

    async def _heard(self, job_id: int, say: Say) -> bool:
        try:
            await say()
        except ConnectorException as error:
            if not isinstance(error.__cause__, self._away):
                raise
            log.warning("end of a job not heard", job=job_id, error=type(error.__cause__).__name__)
            return False
        return True
