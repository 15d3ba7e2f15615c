"""How many requests are let in, and how many of them are read at a time."""

from __future__ import annotations

import asyncio
import math
import time
from contextlib import asynccontextmanager, contextmanager
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterator

LONGEST_PAUSE: Final = 60
"""Seconds that a caller is asked to stay away at most."""

_FIRST_GUESS: Final = 2.0  # seconds of a photo, until the first was timed
_WEIGHT: Final = 0.2  # of the newest photo in the running average


class FullError(Exception):
    """Nobody is let in now.

    Attributes:
        pause: whole seconds after which there may be room.
    """

    def __init__(self, pause: int) -> None:
        super().__init__("full")
        self.pause = pause


class Admission:
    """A house with a few places in which photos are read, and a hall in which others wait.

    Who is inside has been let in, and either has a place or waits: for its body, for its picture
    to be fetched, for a place. Whoever is cancelled leaves at once.

    Args:
        places: photos read at a time.
        waiting: requests that may wait besides.
        clock: seconds that only grow.
    """

    def __init__(
        self, places: int, waiting: int, clock: Callable[[], float] = time.monotonic
    ) -> None:
        if places < 1 or waiting < 0:
            raise ValueError("an engine has one place or more, and no fewer than none wait")
        self._places = places
        self._room = places + waiting
        self._clock = clock
        self._inside = 0
        self._turn = asyncio.Semaphore(places)
        self._begun: dict[object, float] = {}
        self._usual = _FIRST_GUESS

    @property
    def reading(self) -> int:
        """Requests that have a place."""
        return len(self._begun)

    @property
    def waiting(self) -> int:
        """Requests that are inside and have none."""
        return self._inside - self.reading

    @property
    def longest(self) -> float:
        """Seconds for which the oldest place has been taken; 0 while all are free."""
        return self._clock() - min(self._begun.values()) if self._begun else 0.0

    @property
    def pause(self) -> int:
        """Whole seconds, at least 1, until those inside have probably been read."""
        guess = math.ceil(self._inside * self._usual / self._places)
        return min(max(guess, 1), LONGEST_PAUSE)

    @contextmanager
    def visit(self) -> Iterator[None]:
        """Be inside while the block runs.

        Raises:
            FullError: there is no room.
        """
        if self._inside >= self._room:
            raise FullError(self.pause)
        self._inside += 1
        try:
            yield
        finally:
            self._inside -= 1

    @asynccontextmanager
    async def place(self) -> AsyncIterator[None]:
        """Wait for a place, first come, first served, and keep it while the block runs."""
        async with self._turn:
            key, begun = object(), self._clock()
            self._begun[key] = begun
            try:
                yield
                self._usual += _WEIGHT * (self._clock() - begun - self._usual)
            finally:
                del self._begun[key]
