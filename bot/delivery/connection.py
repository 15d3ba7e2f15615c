"""The connections to Telegram, when it last answered, and for how long it has been away."""

from __future__ import annotations

import asyncio
import ssl
import time
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final

from telegram.error import NetworkError
from telegram.request import HTTPXRequest

from bot.delivery.understanding import understood
from bot.hosts import is_here
from bot.metrics import Metrics

if TYPE_CHECKING:
    from bot.settings import Telegram

LULL: Final = 180.0
"""Seconds after which a failure says nothing of a later one; an outage is met each minute."""

_UNKNOWN_TOKEN: Final = frozenset({HTTPStatus.UNAUTHORIZED, HTTPStatus.NOT_FOUND})


class _Watched(HTTPXRequest):
    """Connections that note when they were answered, and how.

    Attributes:
        refused: set once Telegram no longer knows the token.
    """

    def __init__(self, settings: Telegram, pool: int, metrics: Metrics | None = None) -> None:
        super().__init__(connection_pool_size=pool, httpx_kwargs=_options(settings))
        self._metrics = metrics or Metrics()
        self._answered: float | None = None
        self._strangers = _UNKNOWN_TOKEN
        self.refused = asyncio.Event()

    async def do_request(self, *args: Any, **kwargs: Any) -> tuple[int, bytes]:  # noqa: ANN401 - handed through
        """Ask, and note that there was an answer."""
        answer = await super().do_request(*args, **kwargs)
        self.note()
        if answer[0] in self._strangers:
            self.refused.set()
        if answer[0] == HTTPStatus.TOO_MANY_REQUESTS:
            self._metrics.waits.inc()
        return answer

    def note(self) -> None:
        """There was a sign of life."""
        self._answered = time.monotonic()

    @property
    def silence(self) -> float:
        """Seconds since Telegram answered; endless before it ever did."""
        return float("inf") if self._answered is None else time.monotonic() - self._answered


class Sending(_Watched):
    """The connections for everything but fetching updates."""

    def __init__(self, settings: Telegram, metrics: Metrics | None = None) -> None:
        super().__init__(settings, 256, metrics)
        # A file that is gone is 404, too.
        self._strangers = frozenset({HTTPStatus.UNAUTHORIZED})
        self._failing_since = self._failed_at = -float("inf")

    async def do_request(self, *args: Any, **kwargs: Any) -> tuple[int, bytes]:  # noqa: ANN401 - handed through
        """Ask, and note whether it was Telegram that answered."""
        try:
            answer = await super().do_request(*args, **kwargs)
        except NetworkError:
            self._fail()
            raise
        if answer[0] >= HTTPStatus.INTERNAL_SERVER_ERROR:
            self._fail()
        else:  # a refusal, too
            self._failed_at = -float("inf")
        return answer

    def _fail(self) -> None:
        now = time.monotonic()
        if now - self._failed_at > LULL:
            self._failing_since = now
        self._failed_at = now

    @property
    def away(self) -> float:
        """Seconds for which nothing came but errors of Telegram's own, or nothing at all.

        None while it answers, and none where nobody has asked for some time: after an idle night
        the first failure is the first of an outage, if it is one.
        """
        now = time.monotonic()
        return 0.0 if now - self._failed_at > LULL else now - self._failing_since


class Heartbeat(_Watched):
    """The connection that fetches updates: while the bot lives, Telegram answers it.

    Whoever would fetch updates and only has to wait for its turn notes so: it is well.
    """

    def __init__(self, settings: Telegram, metrics: Metrics | None = None) -> None:
        super().__init__(settings, 1, metrics)

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """What Telegram answers, without updates that the library would stumble over for ever.

        Raises:
            TelegramError: it is no answer; polling pauses.
        """
        answer = HTTPXRequest.parse_json_payload(payload)
        fetched = answer.get("result")
        return {**answer, "result": understood(fetched)} if isinstance(fetched, list) else answer


def connect(settings: Telegram, metrics: Metrics | None = None) -> Sending:
    """The connections for everything but fetching updates."""
    return Sending(settings, metrics)


def _options(settings: Telegram) -> dict[str, Any]:
    """A proxy of the environment leads to Telegram, but not to a server on this machine.

    Certificates take long to load, and over plain HTTP there are none to check.
    """
    is_plain = settings.api_url.scheme == "http"
    return {
        "trust_env": not is_here(settings.api_url.host or ""),
        "verify": ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT) if is_plain else True,
    }
