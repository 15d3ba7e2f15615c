"""The playground's clock, which a test may move forward."""

from __future__ import annotations

import asyncio
import time
from contextlib import suppress

from bot.playground.pulse import Pulse


class Clock:
    """Unix time in seconds plus what `advance` has added; it never goes back."""

    def __init__(self) -> None:
        self._ahead = 0.0
        self._moved = Pulse()

    def now(self) -> float:
        """Seconds since 1970-01-01T00:00Z."""
        return time.time() + self._ahead

    def date(self) -> int:
        """`now` in whole seconds, as messages are dated."""
        return int(self.now())

    def advance(self, seconds: float) -> None:
        """Let `seconds` pass at once; who sleeps wakes when the time has come."""
        self._ahead += seconds
        self._moved.beat()

    async def sleep(self, seconds: float) -> None:
        """Wait until `seconds` have passed on this clock."""
        end = self.now() + seconds
        while (left := end - self.now()) > 0:
            with suppress(TimeoutError):
                await asyncio.wait_for(self._moved.wait(), left)
