"""A fuse before a provider: once it is dead, it costs one timeout and not one per photo."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

FIRST_REST: Final = 15.0
"""Seconds for which a provider is left alone after it failed."""

LONGEST_REST: Final = 240.0
"""The rest doubles with every probe that fails, up to so many seconds."""


class Breaker:
    """Closed while a provider works; open, after it failed, until its rest is over.

    When the rest is over one call may probe; the others stay away until it is back.

    Args:
        clock: seconds that only go forward.
    """

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._rest = 0.0
        self._until = 0.0

    def lets_through(self) -> bool:
        """Whether a call may be made now; the first one after a rest is the probe."""
        if not self._rest:
            return True
        if self._clock() < self._until:
            return False
        self._until = self._clock() + self._rest  # keeps the others away while one probes
        return True

    def failed(self) -> None:
        """The provider is dead, or still is."""
        self._rest = min(self._rest * 2, LONGEST_REST) or FIRST_REST
        self._until = self._clock() + self._rest

    def worked(self) -> None:
        """The provider answered, whatever it said of the photo."""
        self._rest = 0.0
