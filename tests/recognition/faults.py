"""Servers of bare bytes, for what no decent one would do."""

from __future__ import annotations

import asyncio
import re
import socket
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import ssl
    from collections.abc import AsyncIterator, Awaitable, Callable

    Talk = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]

HEAD: Final = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n"
"""The head of an answer that is longer than anything a test sends after it."""

OK: Final = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}"
"""A whole answer."""


@asynccontextmanager
async def talking(
    talk: Talk, buffer: int | None = None, context: ssl.SSLContext | None = None
) -> AsyncIterator[str]:
    """Serve; yields the URL.

    Args:
        talk: what is done with each connection.
        buffer: bytes that are taken before somebody must read.
        context: encrypts, where there is one.
    """
    ends: set[asyncio.Task[None] | None] = set()

    async def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        ends.add(asyncio.current_task())
        try:
            await talk(reader, writer)
        except (EOFError, ConnectionError, asyncio.CancelledError):
            pass
        finally:
            writer.transport.abort()

    listener = socket.socket()
    if buffer:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, buffer)
    listener.bind(("127.0.0.1", 0))
    server = await asyncio.start_server(
        connected, sock=listener, limit=buffer or 2**16, ssl=context
    )
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        server.close()
        tasks = [task for task in ends if task]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def heard(reader: asyncio.StreamReader) -> None:
    """Wait for the whole of a request."""
    head = await reader.readuntil(b"\r\n\r\n")
    length = re.search(rb"content-length: (\d+)", head.lower())
    assert length
    await reader.readexactly(int(length[1]))
