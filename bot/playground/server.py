"""The playground as an application, and how it is served."""

from __future__ import annotations

import asyncio
import socket
from contextlib import asynccontextmanager, suppress
from typing import TYPE_CHECKING

import uvicorn
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import Route

from bot.playground import pages
from bot.playground.bot_api import BotApi, refuse
from bot.playground.guard import Guard
from bot.playground.person_api import PersonApi, refusing
from bot.playground.refusals import not_found
from bot.playground.world import World, made_up_token

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from starlette.requests import Request
    from starlette.responses import Response

TICK = 0.02
"""Seconds until a stopping server notices that it shall stop."""

PATIENCE = 3
"""Seconds a stopping server gives to requests that are still running."""


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


class _Server(uvicorn.Server):
    """A server in somebody else's event loop: no signals, and a quick end."""

    async def main_loop(self) -> None:
        await self.on_tick(0)
        while not self.should_exit:  # noqa: ASYNC110 - uvicorn sets a flag
            await asyncio.sleep(TICK)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        for server in self.servers:
            server.close()
        for connection in tuple(self.server_state.connections):
            connection.shutdown()
        await asyncio.sleep(0)  # idle connections go at once
        try:
            await asyncio.wait_for(self._wait_tasks_to_complete(), PATIENCE)
        except TimeoutError:
            for task in self.server_state.tasks:
                task.cancel()
        await self.lifespan.shutdown()
        for listener in sockets or ():
            listener.close()


@asynccontextmanager
async def serve(
    playground: Playground, *, host: str = "127.0.0.1", port: int = 0
) -> AsyncIterator[str]:
    """Serve on `host` and `port` (0: a free one) while the block runs; yields the base URL.

    Raises:
        OSError: if the port is taken.
    """
    listener = _listen(host, port)
    config = uvicorn.Config(
        playground.app,
        log_config=None,
        access_log=False,  # it would write the token
        lifespan="on",
        date_header=False,
        server_header=False,
    )
    server = _Server(config)
    task = asyncio.create_task(server._serve([listener]))  # noqa: SLF001 - serve() takes over the signals
    try:
        while not server.started and not task.done():  # noqa: ASYNC110 - uvicorn sets a flag
            await asyncio.sleep(TICK)
        yield _address(listener)
    finally:
        playground.close()
        server.should_exit = True
        await task


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # asyncio turns Nagle's algorithm off only where the protocol is named: 40 ms a request.
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
    except OSError:
        listener.close()
        raise
    return listener


def _address(listener: socket.socket) -> str:
    host, port = listener.getsockname()[:2]
    if host in {"0.0.0.0", "::"}:  # noqa: S104 - compared, not bound
        host = "127.0.0.1"
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
