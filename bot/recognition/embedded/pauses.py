"""How long a process that keeps dying is left alone before it is begun again."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

FIRST: Final = 0.5
"""Seconds after the second death in a row; one alone may be the photo's doing."""

LONGEST: Final = 30.0
"""The pause doubles with every further death, up to so many seconds."""


class Pauses:
    """Counts deaths in a row.

    Args:
        clock: seconds that only go forward.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._next = 0.0
        self._until = -float("inf")

    @property
    def left(self) -> float:
        """Seconds until a process may be begun; 0 where it may be now."""
        return max(self._until - self._clock(), 0.0)

    def died(self) -> None:
        """A process ended that should not have."""
        self._until = self._clock() + self._next
        self._next = min(self._next * 2 or FIRST, LONGEST)

    def worked(self) -> None:
        """A process answered: whatever ailed it is over."""
        self._next = 0.0
