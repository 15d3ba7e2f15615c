"""A memory of the last few things, bounded."""

from __future__ import annotations

from collections import OrderedDict
from typing import Final, Generic, TypeVar

REMEMBERED: Final = 4096

T = TypeVar("T")


class Recent(Generic[T]):
    """The things seen most recently; the oldest are forgotten."""

    def __init__(self) -> None:
        self._seen: OrderedDict[T, None] = OrderedDict()

    def __contains__(self, thing: T) -> bool:
        return thing in self._seen

    def add(self, thing: T) -> bool:
        """Remember a thing; whether it is new."""
        new = thing not in self._seen
        self._seen[thing] = None
        self._seen.move_to_end(thing)
        if len(self._seen) > REMEMBERED:
            self._seen.popitem(last=False)
        return new

    def discard(self, thing: T) -> None:
        """Forget a thing."""
        self._seen.pop(thing, None)
