"""Serving an application over HTTP inside this event loop; signals stay with the caller."""

from __future__ import annotations

import asyncio
import socket
from contextlib import asynccontextmanager
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

import uvicorn

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from starlette.types import ASGIApp

TICK: Final = 0.02
"""Seconds until a stopping server notices that it shall stop."""

EVERYWHERE: Final = MappingProxyType({"0.0.0.0": "127.0.0.1", "::": "::1"})  # noqa: S104
"""Hosts that mean every address of this machine, and the one by which it reaches itself."""

PATIENCE: Final = 3
"""Seconds a stopping server gives to requests that are still running."""


@asynccontextmanager
async def serving(
    app: ASGIApp, host: str, port: int, close: Callable[[], object] = lambda: None
) -> AsyncIterator[str]:
    """Serve while the block runs; yields the base URL.

    Args:
        app: the ASGI application.
        host: the address to listen on.
        port: the port; 0 picks a free one.
        close: ends what would otherwise go on waiting, before the server stops.

    Raises:
        OSError: the port is taken.
    """
    listener = _listen(host, port)
    config = uvicorn.Config(
        app,
        log_config=None,
        access_log=False,  # it would write tokens
        lifespan="on",
        date_header=False,
        server_header=False,
    )
    server = _Server(config)
    task = asyncio.create_task(server._serve([listener]))  # noqa: SLF001 - serve() takes over the signals
    try:
        while not server.started and not task.done():  # noqa: ASYNC110 - uvicorn sets a flag
            await asyncio.sleep(TICK)
        if task.done():
            task.result()  # it could not start; this says why
        yield address(*listener.getsockname()[:2])
    finally:
        close()
        server.should_exit = True
        await task


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


def address(host: str, port: int) -> str:
    """The URL of a server that listens there, as this machine reaches it."""
    host = EVERYWHERE.get(host, host)
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def outward(host: str, port: int) -> str:
    """The same as other machines reach it: by this machine's name, where it listens everywhere."""
    return address(socket.gethostname() if host in EVERYWHERE else host, port)
