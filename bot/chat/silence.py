"""Whom something was said to lately, so that nobody is told the same thing again and again."""

from __future__ import annotations

import time
from collections import OrderedDict
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

SECONDS: Final = 600.0
REMEMBERED: Final = 4096
"""Things; those that were said longest ago are forgotten."""


class Silence:
    """Says each thing once in a while.

    It is kept in memory only: after a restart, or by another replica, a thing may be said again.

    Args:
        seconds: for which a thing that was said is not said again.
        clock: seconds that only grow.
    """

    def __init__(
        self, seconds: float = SECONDS, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._seconds = seconds
        self._clock = clock
        self._said: OrderedDict[Hashable, float] = OrderedDict()

    def breaks(self, thing: Hashable) -> bool:
        """Whether a thing may be said now; then it is not for a while."""
        now = self._clock()
        if thing in self._said and now < self._said[thing] + self._seconds:
            return False
        self._said[thing] = now
        self._said.move_to_end(thing)
        if len(self._said) > REMEMBERED:
            self._said.popitem(last=False)
        return True

    def forget(self, thing: Hashable) -> None:
        """It was not said after all."""
        self._said.pop(thing, None)
