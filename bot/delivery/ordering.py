"""One chat's updates one after the other, many chats at a time."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Final
from weakref import WeakValueDictionary

from telegram import Update
from telegram.ext import BaseUpdateProcessor

if TYPE_CHECKING:
    from collections.abc import Awaitable

_WAITING: Final = 100_000  # beyond it PTB would make every chat wait; the places bound the work


class ChatOrder(BaseUpdateProcessor):
    """Keeps each chat's updates in order and bounds how many are worked on.

    A chat waits for its own turn before it takes one of the places, so that somebody with a
    hundred photos holds one place and not all of them.
    """

    def __init__(self, places: int = 32) -> None:
        super().__init__(max_concurrent_updates=_WAITING)
        self._places = asyncio.BoundedSemaphore(places)
        self._turns: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()

    async def do_process_update(self, update: object, coroutine: Awaitable[object]) -> None:
        """Run the handlers of one update when its turn has come."""
        async with self._turn(update), self._places:
            await coroutine

    def _turn(self, update: object) -> asyncio.Lock:
        chat = update.effective_chat if isinstance(update, Update) else None
        return self._turns.setdefault(chat.id, asyncio.Lock()) if chat else asyncio.Lock()

    async def initialize(self) -> None:
        """Nothing to prepare."""

    async def shutdown(self) -> None:
        """Nothing to let go of."""
