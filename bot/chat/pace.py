"""How fast the bot speaks: as fast as Telegram likes, and not at all while it wants us to wait.

Telegram's advice (core.telegram.org/bots/faq) is 30 messages a second in all, one a second in a
chat where short bursts pass, 20 a minute in a group. python-telegram-bot's `AIORateLimiter` has
nothing for a private chat, lets 60 through in the first second, and ends a wait that Telegram asked
for as soon as any other call comes back.
"""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING, Any, Final

import structlog
from aiolimiter import AsyncLimiter
from telegram.error import RetryAfter
from telegram.ext import BaseRateLimiter

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine

    Answer = bool | dict[str, Any] | list[dict[str, Any]]

# At once, and seconds until as many may follow: in no second are there more than 5 + 25, in no
# minute of a group more than 5 + 15.
OVERALL: Final = (5, 0.2)
CHAT: Final = (5, 5.0)
GROUP: Final = (5, 20.0)

MOST: Final = 30
"""Calls in a second that Telegram takes of all replicas together."""

RETRIES: Final = 3
"""So often a call is made again that Telegram put off; then its update waits in the store."""

_MARGIN: Final = 0.1
_KEPT: Final = 1_000  # limiters of chats; those that are at rest are forgotten beyond it

log = structlog.get_logger(__name__)


class Pace(BaseRateLimiter[int]):
    """Lets calls through one after the other, each in its time.

    Args:
        replicas: bots that share what Telegram takes of all chats together. What it takes of one
            chat is not shared, for mostly one replica works on a chat's updates at a time.
    """

    def __init__(self, replicas: int = 1) -> None:
        at_once, seconds = OVERALL
        share = max(at_once // replicas, 1)
        # Each of many may have one at once, and so they may all begin at the same moment: only a
        # whole number of calls in each one's second keeps the sum within the limit.
        period = max(share * replicas * seconds / at_once, 1 / (MOST // replicas))
        self._all = AsyncLimiter(share, period)
        self._chats: dict[str, AsyncLimiter] = {}
        self._until = -float("inf")

    async def initialize(self) -> None:
        """Nothing to get ready."""

    async def shutdown(self) -> None:
        """Nothing to let go of."""

    async def process_request(  # noqa: PLR0913, PLR0917 - they are python-telegram-bot's
        self,
        callback: Callable[..., Coroutine[Any, Any, Answer]],
        args: Any,  # noqa: ANN401
        kwargs: dict[str, Any],
        endpoint: str,
        data: dict[str, Any],
        rate_limit_args: int | None,
    ) -> Answer:
        """Make a call when its time has come, and again where Telegram put it off.

        Raises:
            RetryAfter: it was put off too often.
        """
        chat = str(data.get("chat_id", ""))
        if endpoint == "sendChatAction" and not self._has_room:
            return True  # a sign of life is the first thing that a crowd does without
        left = RETRIES if rate_limit_args is None else rate_limit_args
        while True:
            try:
                await self._turn(chat, endpoint)
                return await callback(*args, **kwargs)
            except RetryAfter as error:
                self._put_off(error)
                left -= 1
                if left < 0:
                    raise

    @property
    def _has_room(self) -> bool:
        return self._all.has_capacity() and time.monotonic() >= self._until

    async def _turn(self, chat: str, endpoint: str) -> None:
        """Wait until a call may be made.

        A place among all is taken after a wait that Telegram asked for and not before, or all who
        had one would call at once when it is over.
        """
        if chat and endpoint != "sendChatAction":
            await self._limiter(chat).acquire()
        while True:
            await asyncio.sleep(max(self._until - time.monotonic(), 0))
            if chat:
                await self._all.acquire()
            if time.monotonic() >= self._until:  # nobody was put off meanwhile
                return

    def _put_off(self, error: RetryAfter) -> None:
        seconds = error._retry_after.total_seconds()  # noqa: SLF001 - the public one is deprecated
        log.warning("telegram wants us to wait", seconds=seconds)
        self._until = max(self._until, time.monotonic() + seconds + _MARGIN)

    def _limiter(self, chat: str) -> AsyncLimiter:
        if chat not in self._chats:
            if len(self._chats) >= _KEPT:
                self._forget()
            private = chat.isdigit()  # groups and channels are negative, or @names
            self._chats[chat] = AsyncLimiter(*(CHAT if private else GROUP))
        return self._chats[chat]

    def _forget(self) -> None:
        """Those that are at rest begin anew when they are needed."""
        busy = {
            chat: limiter
            for chat, limiter in self._chats.items()
            if not limiter.has_capacity(limiter.max_rate)
        }
        self._chats = busy
