"""Whether the bot is alive, for whoever restarts it when it is not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route

if TYPE_CHECKING:
    from starlette.requests import Request

    from bot.delivery.connection import Heartbeat

PATIENCE: Final = 90.0
"""Seconds of silence after which the bot counts as dead: a poll takes 10, a pause at most 30."""


def health(heartbeat: Heartbeat) -> Starlette:
    """`GET /healthz`: 200 while Telegram answers the polls, else 503."""

    async def healthz(_: Request) -> PlainTextResponse:
        alive = heartbeat.silence < PATIENCE
        return PlainTextResponse("ok" if alive else "silent", 200 if alive else 503)

    return Starlette(routes=[Route("/healthz", healthz)])
