"""A memory of the last few things, bounded."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Final, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

REMEMBERED: Final = 4096

REPEAT: Final = 2.0
"""Seconds after the end of a work in which the same press is taken for the same impatient thumb."""

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


class Once(Generic[T]):
    """What an impatient thumb asks for twice is done once."""

    def __init__(self) -> None:
        self._begun: Recent[T] = Recent()

    @asynccontextmanager
    async def new(self, press: T) -> AsyncIterator[bool]:
        """Whether a press is to be granted in the block; one that fails may be pressed again."""
        if not self._begun.add(press):
            yield False
            return
        try:
            yield True
        except BaseException:
            self._begun.discard(press)
            raise
        asyncio.get_running_loop().call_later(REPEAT, self._begun.discard, press)
