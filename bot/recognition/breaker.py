"""A fuse before a provider: once it is dead, it costs one timeout and not one per photo."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

FIRST_REST: Final = 15.0
"""Seconds for which a provider is left alone after it failed."""

LONGEST_REST: Final = 240.0
"""The rest doubles with every probe that fails, up to so many seconds."""

STRIKES: Final = 3
"""Photos in a row on which a provider that answers may fail: one alone may be the photo's doing."""


class Breaker:
    """Closed while a provider works; open, after it failed, until its rest is over.

    When the rest is over one call may probe; the others stay away until its outcome is known.
    A call is made in a turn. When the breaker opens, that turn is over: whoever waits in it stays
    away, and whatever else comes back from it no longer counts.

    Args:
        clock: seconds that only go forward.
    """

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._turn = 0
        self._strikes = 0
        self._rest = 0.0
        self._until = 0.0
        self._probing = False

    def admit(self) -> int | None:
        """The turn in which a call may be made; `None` where none may."""
        if self._rest:
            if self._probing or self._clock() < self._until:
                return None
            self._probing = True
        return self._turn

    @property
    def is_open(self) -> bool:
        """Whether nobody may call; once the rest is over, a probe may."""
        return bool(self._rest) and self._clock() < self._until

    def is_over(self, turn: int) -> bool:
        """Whether the breaker has opened since that turn was given."""
        return turn != self._turn

    def failed(self, turn: int, *, dead: bool) -> None:
        """The provider failed on a photo.

        Args:
            turn: of the call.
            dead: whether it did not answer at all.
        """
        if self.is_over(turn):
            return
        self._strikes += 1
        if dead or self._probing or self._strikes >= STRIKES:
            self._turn += 1
            self._probing = False
            self._rest = min(self._rest * 2, LONGEST_REST) or FIRST_REST
            self._until = self._clock() + self._rest

    def worked(self, turn: int) -> None:
        """The provider answered, whatever it said of the photo."""
        if not self.is_over(turn):
            self._strikes = 0
            self._rest = 0.0
            self._probing = False

    def abandoned(self, turn: int) -> None:
        """The call came to nothing that would tell how the provider is."""
        if not self.is_over(turn):
            self._probing = False
