"""The playground as an application, and how it is served."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager, suppress
from typing import TYPE_CHECKING

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import Route

from bot.playground import pages
from bot.playground.bot_api import BotApi, refuse
from bot.playground.guard import Guard
from bot.playground.person_api import PersonApi, refusing
from bot.playground.refusals import not_found
from bot.playground.world import World, made_up_token
from bot.serving import serving

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from starlette.requests import Request
    from starlette.responses import Response


class Playground:
    """Telegram on this machine, with one bot and one person.

    `token` is the bot's; without one, one is made up. `app` is an ASGI application.
    """

    def __init__(self, *, token: str | None = None) -> None:
        self.token = token or made_up_token()
        self.world = World(self.token)
        self._bot_api = BotApi(self.world)
        self.app = Starlette(
            routes=self._routes(),
            middleware=[Middleware(Guard)],
            lifespan=self._lifespan,
            exception_handlers={404: _not_found, 405: _not_found},
        )

    def close(self) -> None:
        """End what would otherwise go on waiting: long polls, event streams, slow faults."""
        self.world.polling.close()
        self.world.faults.clear()
        self.world.events.close()

    def _routes(self) -> list[Route]:
        bot, person = self._bot_api, PersonApi(self.world)
        both = ["GET", "POST"]
        return [
            Route("/bot{token}/{method}", bot.method, methods=both),
            Route("/file/bot{token}/{path:path}", bot.download),
            Route("/", refusing(pages.index)),
            Route("/page/{name}", refusing(pages.asset)),
            Route("/specimens/{name}", refusing(pages.specimen)),
            Route("/api/specimens", pages.specimens),
            Route("/api/bot", person.bot),
            Route("/api/state", person.state),
            Route("/api/events", person.events),
            Route("/api/messages", person.messages),
            Route("/api/messages", refusing(person.send), methods=["POST"]),
            Route("/api/messages/{message_id:int}", refusing(person.delete), methods=["DELETE"]),
            Route("/api/files/{file_id}", refusing(person.file)),
            Route("/api/presses", refusing(person.press), methods=["POST"]),
            Route("/api/reset", person.reset, methods=["POST"]),
            Route("/api/person", refusing(person.person), methods=["POST"]),
            Route("/api/clock", refusing(person.clock), methods=["POST"]),
            Route("/api/faults", refusing(person.faults), methods=["POST"]),
        ]

    @asynccontextmanager
    async def _lifespan(self, _: Starlette) -> AsyncIterator[None]:
        self.world.polling.open()
        courier = asyncio.create_task(self.world.webhook.run(self._bot_api.execute))
        try:
            yield
        finally:
            self.close()
            courier.cancel()
            with suppress(asyncio.CancelledError):
                await courier


async def _not_found(_request: Request, _error: Exception) -> Response:
    """Also where the path exists and the verb does not, as at Telegram."""
    return refuse(not_found())


@asynccontextmanager
async def serve(
    playground: Playground, *, host: str = "127.0.0.1", port: int = 0
) -> AsyncIterator[str]:
    """Serve on `host` and `port` (0: a free one) while the block runs; yields the base URL.

    Raises:
        OSError: if the port is taken.
    """
    async with serving(playground.app, host, port, playground.close) as url:
        yield url
