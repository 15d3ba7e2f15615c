"""Whether the bot is alive, and whether it can take an update, for whoever restarts it or asks it.

`/livez` says that the process answers at all; `/healthz` that an update would be answered now. Its
parts say `ok` or a code each; they are asked every few seconds, however often anybody looks.
"""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING, Final

from procrastinate.exceptions import ConnectorException
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route
from telegram import Bot
from telegram.error import InvalidToken, TelegramError

from bot.logs import note
from bot.metrics import CONTENT_TYPE

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    from starlette.requests import Request

    from bot.delivery.connection import Heartbeat, Sending
    from bot.delivery.gauges import Gauges
    from bot.delivery.inbox import Inbox
    from bot.delivery.store import Store
    from bot.delivery.webhook import Address
    from bot.metrics import Metrics
    from bot.settings import Telegram

    Part = Callable[[], Awaitable[str]]

OK: Final = "ok"

_WRITE_NOTHING: Final = "UPDATE bot_schema SET version = version WHERE version < 0"

PATIENCE: Final = 90.0
"""Seconds of silence after which the bot counts as dead: a poll takes 10, a pause at most 30."""

POLLED: Final = 45.0
"""Seconds of doubt in a store where updates are fetched; that pauses for 30 at most."""

TOLD: Final = 10.0
"""The same where Telegram delivers: nothing comes to one that is not ready, which would never learn
that its store is well again."""

FRESH: Final = 3.0
"""Seconds for which what was found out is told again."""

ANSWER: Final = 3.0
"""Seconds in which a part has to say how it is."""


class Health:
    """How the parts of the bot are.

    Args:
        parts: by name; each says `ok` or a code.
        stopping: set once no more updates are taken.
    """

    def __init__(self, parts: Mapping[str, Part], stopping: asyncio.Event | None = None) -> None:
        self._parts = parts
        self._stopping = stopping or asyncio.Event()
        self._turn = asyncio.Lock()
        self._found: dict[str, str] = {}
        self._until = -float("inf")

    async def look(self) -> dict[str, str]:
        """Each part's code, no older than a few seconds."""
        async with self._turn:
            if time.monotonic() >= self._until:
                codes = await asyncio.gather(*(_asked(part) for part in self._parts.values()))
                self._found = dict(zip(self._parts, codes, strict=True))
                self._until = time.monotonic() + FRESH
        process = "stopping" if self._stopping.is_set() else OK
        return {"process": process, **self._found}


async def _asked(part: Part) -> str:
    try:
        async with asyncio.timeout(ANSWER):
            return await part()
    except TimeoutError:
        return "too-slow"
    except Exception as error:  # noqa: BLE001 - of ours; a probe must be answered
        note(error)
        return "failed"


def routes(health: Health, metrics: Metrics, gauges: Gauges) -> list[Route]:
    """`GET /livez`, `GET /healthz` and `GET /metrics`."""

    async def livez(_: Request) -> Response:
        return PlainTextResponse(OK)

    async def healthz(_: Request) -> Response:
        parts = await health.look()
        ready = set(parts.values()) == {OK}
        return JSONResponse({"ready": ready, "parts": parts}, 200 if ready else 503)

    async def counts(_: Request) -> Response:
        await gauges.refresh()
        return Response(metrics.render(), media_type=CONTENT_TYPE)

    return [Route("/livez", livez), Route("/healthz", healthz), Route("/metrics", counts)]


def stored(store: Store, inbox: Inbox, doubt: float) -> Part:
    """Whether the store answers, and takes updates: it may be read-only, or its disk full.

    Args:
        store: where updates wait.
        inbox: puts them there.
        doubt: seconds for which one that could not be stored tells of the store.
    """

    async def ask() -> str:
        try:
            await store.execute(_WRITE_NOTHING)
        except ConnectorException:
            return "away"
        return OK if inbox.failed > doubt else "takes-nothing"

    return ask


def polled(heartbeat: Heartbeat) -> Part:
    """Whether Telegram answers the polls; who stands by is well."""

    async def ask() -> str:
        return OK if heartbeat.silence < PATIENCE else "silent"

    return ask


def hooked(settings: Telegram, sending: Sending, place: Address) -> Part:
    """Whether Telegram answers, and would deliver to us.

    Asked with a connection that nothing limits: while Telegram wants us to wait, we are still well.
    """
    token = settings.token.get_secret_value() if settings.token else ""
    server = str(settings.api_url).rstrip("/")
    plain = Bot(token, f"{server}/bot", request=sending, get_updates_request=sending)

    async def ask() -> str:
        try:
            told = await plain.get_webhook_info()
        except InvalidToken:
            return "unknown-token"
        except TelegramError:
            return OK if sending.silence < ANSWER else "silent"
        return OK if told.url == place.url else "elsewhere"

    return ask
