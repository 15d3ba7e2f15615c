"""The connections to Telegram, and when it last answered."""

from __future__ import annotations

import asyncio
import time
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final

from telegram.request import HTTPXRequest

from bot.hosts import is_here

if TYPE_CHECKING:
    from bot.settings import Telegram

_UNKNOWN_TOKEN: Final = frozenset({HTTPStatus.UNAUTHORIZED, HTTPStatus.NOT_FOUND})


def connect(settings: Telegram) -> HTTPXRequest:
    """The connections for everything but fetching updates."""
    return HTTPXRequest(connection_pool_size=256, httpx_kwargs=_options(settings))


class Heartbeat(HTTPXRequest):
    """The connection that fetches updates: while the bot lives, Telegram answers it.

    Attributes:
        refused: set once Telegram no longer knows the token.
    """

    def __init__(self, settings: Telegram) -> None:
        super().__init__(connection_pool_size=1, httpx_kwargs=_options(settings))
        self._answered: float | None = None
        self.refused = asyncio.Event()

    async def do_request(self, *args: Any, **kwargs: Any) -> tuple[int, bytes]:  # noqa: ANN401 - handed through
        """Ask, and note that there was an answer."""
        answer = await super().do_request(*args, **kwargs)
        self.note()
        if answer[0] in _UNKNOWN_TOKEN:
            self.refused.set()
        return answer

    def note(self) -> None:
        """Whoever would fetch updates is well; it only is not its turn."""
        self._answered = time.monotonic()

    @property
    def silence(self) -> float:
        """Seconds since Telegram answered; endless before it ever did."""
        return float("inf") if self._answered is None else time.monotonic() - self._answered


def _options(settings: Telegram) -> dict[str, Any]:
    """A proxy of the environment leads to Telegram, but not to a server on this machine."""
    return {"trust_env": not is_here(settings.api_url.host or "")}
