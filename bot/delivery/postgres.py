"""The job store in PostgreSQL: procrastinate's own connector, for any number of replicas."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager, contextmanager
from functools import partial
from typing import TYPE_CHECKING, Any, Final

import psycopg
import structlog
from procrastinate import PsycopgConnector
from procrastinate.exceptions import ConnectorException
from procrastinate.schema import SchemaManager
from procrastinate.sql import queries
from psycopg import conninfo
from psycopg.rows import dict_row

from bot.delivery import schema, steady
from bot.delivery.insistence import Insistence
from bot.errors import SettingsError
from bot.settings import variable

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterable, Iterator
    from datetime import datetime

    from procrastinate.connector import Notify

CONNECTIONS: Final = 8
"""In the pool; another one listens, and whoever polls Telegram holds one more."""

PATIENCE: Final = 10
"""Seconds until a server that does not answer counts as out of reach."""

_ALIVE: Final = {
    "keepalives_idle": 5,
    "keepalives_interval": 2,
    "keepalives_count": 3,
    "tcp_user_timeout": 1000 * PATIENCE,
}
"""A machine that has vanished says nothing: it is missed in ten seconds instead of a quarter of an
hour, for which TCP itself goes on. A socket on this machine needs none of it."""

_AWAY: Final = (psycopg.OperationalError, psycopg.InterfaceError, psycopg.InternalError)
"""The last is what a server says that became read-only, as after a failover."""

_SCHEMA_LOCK: Final = 0x6C6963_01  # "lic": an arbitrary number, the same in every replica
_PAUSE: Final = 0.5
_ENDS: Final = frozenset({queries["finish_job"], queries["retry_job"]})
_NOW: Final = """
SELECT clock_timestamp() AS now,
    (SELECT attempts FROM procrastinate_jobs WHERE id = %(job_id)s) AS attempts
"""
_CHANNEL: Final = "procrastinate_any_queue_v1"
_NEWS: Final = '{"type": "job_inserted", "job_id": 0}'

log = structlog.get_logger(__name__)


class PostgresConnector(PsycopgConnector):
    """procrastinate's connector, and what its worker lacks.

    - A job that is done wakes the worker of this process, for the next of its chat may go on;
      procrastinate would look for it after an interval only.
    - That a job is over is said until it was heard, see `Insistence`.
    - Listening begins again where it failed; procrastinate's worker forgets about it for good.
    - A pause before the next try is as long as it should be, however wrong our clock is.
    """

    def __init__(self, url: str) -> None:
        self.url = url
        self.ends = Insistence(*_AWAY)
        super().__init__(
            conninfo=url,
            min_size=1,
            max_size=CONNECTIONS,
            timeout=PATIENCE,
            reconnect_timeout=PATIENCE,  # then anew: its pauses double, up to minutes
            configure=_commit_each,
            kwargs={"connect_timeout": PATIENCE, "application_name": "licence-bot", **_ALIVE},
        )
        self._listener: Notify | None = None

    async def open_async(self, pool: Any = None) -> None:  # noqa: ANN401 - procrastinate's
        """Connect, and bring the tables up to this version, whoever else does so.

        Raises:
            SettingsError: the server cannot be reached, or refuses.
        """
        try:
            await self._prepare()
            await super().open_async(pool)
        except (psycopg.Error, ConnectorException, ValueError) as error:
            raise self._unusable(error) from None

    async def close_async(self) -> None:
        """Disconnect."""
        await self.ends.aclose()
        await super().close_async()

    async def _prepare(self) -> None:
        connection = await psycopg.AsyncConnection.connect(
            self.url, connect_timeout=PATIENCE, row_factory=dict_row
        )
        async with connection:  # one transaction; the lock goes with it
            await connection.execute("SELECT pg_advisory_xact_lock(%s)", (_SCHEMA_LOCK,))
            found = await connection.execute(queries["check_connection"])
            row = await found.fetchone()
            if row is None or row["check"] is None:
                await connection.execute(SchemaManager.get_schema())
            await connection.execute(schema.VERSION_TABLE)
            row = await (await connection.execute(schema.VERSION)).fetchone()
            for number, step in schema.missing(row["version"] if row else 0):
                for statement in step:
                    await connection.execute(statement.encode())
                await connection.execute(schema.NOTE_VERSION, {"version": number})

    def _unusable(self, error: Exception) -> SettingsError:
        return out_of_reach(str(error.__cause__ or error), self.url)

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[psycopg.AsyncConnection[Any]]:
        """All that is asked with this connection happens together, or not at all."""
        with _translated():
            async with self.pool.connection() as connection, connection.transaction():
                yield connection

    async def execute_with_connection(
        self,
        connection: psycopg.AsyncConnection[Any],
        statement: str,
        **values: Any,  # noqa: ANN401
    ) -> None:
        """A statement without rows, within a transaction."""
        await connection.execute(statement.encode(), values)

    async def execute_query_async(self, query: Any, **arguments: Any) -> None:  # noqa: ANN401
        """No rows."""
        if query in _ENDS:
            job_id = arguments["job_id"]
            end = partial(self._end, self.ends.attempts(job_id), query, **arguments)
            await self.ends.say(job_id, end)
            return
        await super().execute_query_async(query, **arguments)

    async def execute_query_one_async(self, query: Any, **arguments: Any) -> dict[str, Any]:  # noqa: ANN401
        """One row."""
        row: dict[str, Any] = await super().execute_query_one_async(query, **arguments)
        if query == queries["fetch_job"]:
            self.ends.expect(row)
        return row

    async def _end(self, attempts: int | None, query: Any, **arguments: Any) -> None:  # noqa: ANN401
        if query == queries["retry_job"]:
            now = await self._now(arguments["job_id"], attempts)
            arguments["retry_at"] = now + steady.until(arguments["retry_at"])
        await super().execute_query_async(query, **arguments)
        if self._listener is not None:
            await self._listener(channel=_CHANNEL, payload=_NEWS)

    async def _now(self, job_id: int, attempts: int | None) -> datetime:
        """The moment by the server's clock, by which jobs are fetched.

        Raises:
            ConnectorException: this attempt at the job is over. The server may have heard that
                although its answer was lost, or another replica took us for dead.
        """
        row = await self.execute_query_one_async(_NOW, job_id=job_id)
        if attempts is not None and row["attempts"] != attempts:
            raise ConnectorException(f"job {job_id} is somebody else's by now")
        now: datetime = row["now"]
        return now

    async def listen_notify(self, on_notification: Notify, channels: Iterable[str]) -> None:
        """Be told of jobs that other replicas store, too."""
        self._listener = on_notification
        while True:
            try:
                await super().listen_notify(on_notification, channels)
            except ConnectorException as error:  # meanwhile the worker looks by itself
                log.warning("not listening to others", error=type(error.__cause__).__name__)
                await asyncio.sleep(_PAUSE)


async def _commit_each(connection: psycopg.AsyncConnection[Any]) -> None:
    """One statement needs no BEGIN and COMMIT around it."""
    await connection.set_autocommit(True)


@contextmanager
def _translated() -> Iterator[None]:
    try:
        yield
    except psycopg.Error as error:
        raise ConnectorException(type(error).__name__) from error


def out_of_reach(reason: str, url: str) -> SettingsError:
    """The setting that names the server, and why it will not do; never its password."""
    line = reason.strip().partition("\n")[0]
    return SettingsError(f"{variable('database_url')}: {_without_password(line, url)}")


def _without_password(text: str, url: str) -> str:
    try:
        password = conninfo.conninfo_to_dict(url).get("password")
    except psycopg.Error:
        return "no address of a PostgreSQL database"
    return text.replace(str(password), "…") if password else text
