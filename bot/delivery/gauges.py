"""What waits in the store, counted when somebody looks."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING, Final

import structlog
from procrastinate.exceptions import ConnectorException

from bot.delivery.inbox import QUEUE

if TYPE_CHECKING:
    from bot.delivery.store import Store
    from bot.metrics import Metrics

FRESH: Final = 2.0
"""Seconds for which a count is told again: all replicas may ask one database."""

ANSWER: Final = 3.0
"""Seconds in which the store has to say."""

STATES: Final = ("todo", "doing")

_WAITING: Final = """
SELECT CAST(status AS TEXT) AS status, count(*) AS number FROM procrastinate_jobs
WHERE queue_name = %(queue)s AND status IN ('todo', 'doing') GROUP BY status
"""
_OLDEST: Final = """
SELECT min(seen.seen_at) AS oldest FROM bot_seen_updates seen
JOIN bot_payloads waiting ON waiting.update_id = seen.update_id
WHERE seen.bot_id = %(bot_id)s
"""
_DEAD: Final = "SELECT count(*) AS number FROM bot_dead_letters"

log = structlog.get_logger(__name__)


class Gauges:
    """Counts what waits.

    Args:
        store: where it waits.
        metrics: where the counts are put.
        bot_id: whose updates they are.
    """

    def __init__(self, store: Store, metrics: Metrics, bot_id: int) -> None:
        self._store = store
        self._metrics = metrics
        self._bot_id = bot_id
        self._turn = asyncio.Lock()
        self._until = -float("inf")

    async def refresh(self) -> None:
        """Count anew, unless that was just done; not a number (NaN) while the store is away."""
        async with self._turn:
            if time.monotonic() < self._until:
                return
            try:
                async with asyncio.timeout(ANSWER):
                    await self._count()
            except (ConnectorException, TimeoutError) as error:
                log.warning("queue not counted", error=type(error.__cause__ or error).__name__)
                self._forget()
            self._until = time.monotonic() + FRESH

    async def _count(self) -> None:
        waiting = await self._store.rows(_WAITING, queue=QUEUE)
        (oldest,) = await self._store.rows(_OLDEST, bot_id=self._bot_id)
        (dead,) = await self._store.rows(_DEAD)
        numbers = {row["status"]: row["number"] for row in waiting}
        for state in STATES:
            self._metrics.queue.labels(state).set(numbers.get(state, 0))
        since = oldest["oldest"]
        self._metrics.oldest.set(0 if since is None else max(time.time() - since, 0))
        self._metrics.letters.set(dead["number"])

    def _forget(self) -> None:
        nothing = float("nan")
        for state in STATES:
            self._metrics.queue.labels(state).set(nothing)
        self._metrics.oldest.set(nothing)
        self._metrics.letters.set(nothing)
