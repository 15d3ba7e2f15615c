"""``getUpdates``: the long poll."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from bot.playground.pulse import first
from bot.playground.refusals import conflict

if TYPE_CHECKING:
    from bot.playground.clock import Clock
    from bot.playground.updates import Update, Updates

MOST_UPDATES = 100
LONGEST_WAIT = 50

HASTE = 3.0
"""Seconds: who asks the same again within them waits that long (``Client.cpp``)."""

BARRAGE = 0.5
"""Seconds: who asks the same again within them gets one update at a time."""

OTHER_POLL = (
    "terminated by other getUpdates request; make sure that only one bot instance is running"
)
NEW_WEBHOOK = "terminated by setWebhook request"


class Polling:
    """At most one long poll at a time; a new one ends the old one.

    Attributes:
        started: when the last one began; 0 before the first.
    """

    def __init__(self, updates: Updates, clock: Clock) -> None:
        self._updates = updates
        self._clock = clock
        self._current: asyncio.Future[str] | None = None
        self._closed = False
        self._offset: int | None = None
        self.started = 0.0

    async def poll(self, offset: int, limit: int, timeout: float) -> list[Update]:  # noqa: ASYNC109 - Telegram's name
        """Updates from `offset` on, waiting up to `timeout` seconds for the first.

        Raises:
            Refusal: 409 if another request takes over meanwhile.
        """
        timeout = max(0.0, min(timeout, LONGEST_WAIT))
        if not self.interrupt(OTHER_POLL):
            timeout, limit = self._slow_down(offset, limit, timeout)
        self._offset, self.started = offset, self._clock.now()
        self._updates.confirm(offset)
        if timeout and not self._updates.pending() and not self._closed:
            await self._wait(timeout)
        return self._updates.pending()[: limit if 1 <= limit <= MOST_UPDATES else MOST_UPDATES]

    def interrupt(self, reason: str) -> bool:
        """End a waiting poll with 409 and `reason`; false if none is waiting."""
        if self._current is None or self._current.done():
            return False
        self._current.set_result(reason)
        return True

    def close(self) -> None:
        """End a waiting poll with an empty answer, and let nobody wait any more."""
        self._closed = True
        self.interrupt("")

    def open(self) -> None:
        """Let polls wait again."""
        self._closed = False

    async def _wait(self, timeout: float) -> None:  # noqa: ASYNC109 - Telegram's name
        current = self._current = asyncio.get_running_loop().create_future()
        await first(_ended(current), self._updates.wait(), self._clock.sleep(timeout))
        if current.done() and current.result():
            raise conflict(current.result())
        current.cancel()

    def _slow_down(self, offset: int, limit: int, timeout: float) -> tuple[float, int]:
        """Make who asks again and again wait.

        Only after an answer: a bot that stops hangs up and asks once more, which is no haste.
        """
        now = self._clock.now()
        if offset == self._offset and now < self.started + HASTE:
            timeout = max(timeout, HASTE)
        if offset == self._offset and now < self.started + BARRAGE:
            limit = 1
        return timeout, limit


async def _ended(current: asyncio.Future[str]) -> str:
    return await asyncio.shield(current)
