"""Whose turn it is to poll Telegram: only one may, and another one takes over when that is gone."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, Final, Protocol

import psycopg
import structlog

if TYPE_CHECKING:
    from bot.delivery.store import Store

EVERY: Final = 2.0
"""Seconds between two looks, at whether it is our turn and at whether it still is."""

PATIENCE: Final = 3.0
"""Seconds in which the database has to answer whoever polls."""

_LOCK: Final = 0x6C6963_02  # an arbitrary number, the same in every replica
_TAKE: Final = "SELECT pg_try_advisory_lock(%s)"
# The server notices within 4 seconds when the machine at the other end has gone.
_KEEPALIVE: Final = (
    "SET tcp_keepalives_idle = 1",
    "SET tcp_keepalives_interval = 1",
    "SET tcp_keepalives_count = 3",
)

log = structlog.get_logger(__name__)


class Turn(Protocol):
    """The right to poll."""

    async def take(self) -> bool:
        """Take it if nobody has it; whether it is ours."""

    async def lost(self) -> None:
        """Wait until it is no longer ours."""

    async def give(self) -> None:
        """Let somebody else have it."""


class Always:
    """There is nobody else."""

    async def take(self) -> bool:
        """It is ours."""
        return True

    async def lost(self) -> None:
        """Never."""
        await asyncio.Event().wait()

    async def give(self) -> None:
        """Nobody wants it."""


class Elected:
    """It belongs to whoever holds a lock in the database, on a connection of its own."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._connection: psycopg.AsyncConnection[Any] | None = None

    async def take(self) -> bool:
        """Take it if nobody has it; not while the database is away."""
        try:
            async with asyncio.timeout(PATIENCE):
                connection = self._connection or await self._connect()
                row = await (await connection.execute(_TAKE, (_LOCK,))).fetchone()
        except (psycopg.Error, TimeoutError) as error:
            log.warning("no turn to poll", error=type(error).__name__)
            await self.give()
            return False
        return bool(row and row[0])

    async def lost(self) -> None:
        """Wait until the connection that holds the lock is no longer there."""
        while self._connection is not None:
            await asyncio.sleep(EVERY)
            try:
                async with asyncio.timeout(PATIENCE):
                    await self._connection.execute("SELECT 1")
            except (psycopg.Error, TimeoutError) as error:
                log.warning("turn to poll lost", error=type(error).__name__)
                await self.give()

    async def give(self) -> None:
        """Close the connection, and the lock goes with it."""
        connection, self._connection = self._connection, None
        if connection is not None:
            await connection.close()

    async def _connect(self) -> psycopg.AsyncConnection[Any]:
        connection = await psycopg.AsyncConnection.connect(self._url, autocommit=True)
        self._connection = connection
        for setting in _KEEPALIVE:
            await connection.execute(setting)
        return connection


def turn_at(store: Store) -> Turn:
    """The right to poll for the bot whose store that is."""
    url = store.shared_url
    return Always() if url is None else Elected(url)
