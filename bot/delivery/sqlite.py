"""The job store in an SQLite file: procrastinate's connector, for one process on one machine.

SQLite lives in one thread of its own; the event loop hands it one piece of work after the other.
The file is the owner's alone (mode 0600), belongs to one process at a time, and is synchronised
with the disk when something was stored or done, so that a stored update survives a power cut.
"""

from __future__ import annotations

import asyncio
import re
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, closing
from functools import lru_cache, partial
from typing import IO, TYPE_CHECKING, Any, Final

import structlog
from procrastinate.connector import BaseAsyncConnector
from procrastinate.exceptions import AppNotOpen, ConnectorException, NoResult

from bot.delivery import schema
from bot.delivery.files import take, unusable
from bot.delivery.insistence import Insistence
from bot.delivery.jobs import Jobs, by_text
from bot.delivery.statements import TABLES

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterable
    from pathlib import Path
    from typing import TypeVar

    from procrastinate.connector import Notify

    from bot.delivery.listings import Rows

    T = TypeVar("T")

_PRAGMAS: Final = (
    "PRAGMA busy_timeout = 5000",
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",  # for all but what is forgettable
    "PRAGMA foreign_keys = ON",
    "PRAGMA secure_delete = ON",  # what was deleted is overwritten
    "PRAGMA journal_size_limit = 0",  # nor does it linger in the log once that is written back
)
_DIED: Final = """
UPDATE bot_payloads SET deaths = deaths + 1
WHERE job_id IN (SELECT id FROM procrastinate_jobs WHERE status = 'doing')
"""
_WRITE_BACK: Final = "PRAGMA wal_checkpoint(TRUNCATE)"
_WAKES: Final = frozenset({"defer_jobs", "defer_periodic_job", "finish_job", "retry_job"})
_ENDS: Final = frozenset({"finish_job", "retry_job"})
_FORGETTABLE: Final = frozenset({"fetch_job"})
"""Need not survive a power cut: whatever was being done then is to be done again anyway."""

_CHANNEL: Final = "procrastinate_any_queue_v1"
_NEWS: Final = '{"type": "job_inserted", "job_id": 0}'

log = structlog.get_logger(__name__)


class SqliteConnection:
    """An open transaction, for `task.configure(connection=…)`."""

    def __init__(self) -> None:
        self.wakes = False


class SqliteConnector(BaseAsyncConnector):
    """Holds the file while it is open.

    Attributes:
        path: the file; `.lock` beside it tells that it is in use.
        ends: of jobs, which the file may have no room for at first.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.ends = Insistence(sqlite3.Error)
        self._names = by_text()
        self._jobs = Jobs()
        self._db: sqlite3.Connection | None = None
        self._lock_file: IO[bytes] | None = None
        self._thread = _thread()
        self._turn = asyncio.Lock()
        self._listener: Notify | None = None

    async def open_async(self, pool: object = None) -> None:  # noqa: ARG002 - procrastinate's
        """Take the file, and put back what an earlier process was doing when it died.

        Raises:
            SettingsError: the file cannot be used, or another process uses it.
        """
        if self._db is not None:
            return
        self._lock_file = take(self.path)
        try:
            await self._in_thread(self._open)
        except ConnectorException as error:
            self._let_go()
            raise unusable(self.path, type(error.__cause__).__name__) from None
        except ValueError as error:
            self._let_go()
            raise unusable(self.path, str(error)) from None

    def _open(self) -> None:
        connection = sqlite3.connect(self.path, isolation_level=None)
        try:
            self._prepare(connection)
        except BaseException:
            connection.close()
            raise
        self._db = connection

    def _prepare(self, connection: sqlite3.Connection) -> None:
        connection.row_factory = sqlite3.Row
        for pragma in _PRAGMAS:
            connection.execute(pragma)
        connection.executescript(TABLES)
        connection.execute(schema.VERSION_TABLE)
        (version,) = connection.execute(schema.VERSION).fetchone()
        for number, step in schema.missing(version):
            connection.execute("BEGIN IMMEDIATE")
            for statement in step:
                connection.execute(statement)
            connection.execute(_named(schema.NOTE_VERSION), {"version": number})
            connection.execute("COMMIT")
        connection.execute("BEGIN IMMEDIATE")
        connection.execute(_DIED)
        self._jobs.release(connection)
        connection.execute("COMMIT")
        connection.execute(_WRITE_BACK)

    async def close_async(self) -> None:
        """Let the file go; nothing remains in its log, unless the disk has no room for that."""
        if self._db is None:
            return
        await self.ends.aclose()
        async with self._turn:
            try:
                await self._in_thread(self._close)
            finally:
                self._let_go()

    def _close(self) -> None:
        with closing(self._connection) as connection:
            try:
                connection.execute(_WRITE_BACK)
            except sqlite3.Error as error:  # what was stored stands in the log until the next start
                log.warning("log not written back", error=type(error).__name__)

    def _let_go(self) -> None:
        self._db = None
        self._thread.shutdown()
        self._thread = _thread()
        if self._lock_file is not None:
            self._lock_file.close()

    @property
    def _connection(self) -> sqlite3.Connection:
        if self._db is None:
            raise AppNotOpen
        return self._db

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[SqliteConnection]:
        """All that is asked with this connection happens together, or not at all."""
        connection = SqliteConnection()
        async with self._turn:
            try:
                await self._in_thread(self._begin)
                yield connection
                await self._in_thread(lambda: self._connection.execute("COMMIT"))
            except BaseException:
                self._thread.submit(self._roll_back)  # whoever was cancelled cannot wait for it
                raise
        if connection.wakes:
            await self._wake()

    def _begin(self) -> None:
        self._connection.execute("PRAGMA synchronous = FULL")
        self._connection.execute("BEGIN IMMEDIATE")

    def _roll_back(self) -> None:
        if self._connection.in_transaction:
            self._connection.execute("ROLLBACK")

    async def execute_query_all_async_with_connection(
        self,
        connection: SqliteConnection,
        query: str,
        **arguments: Any,  # noqa: ANN401
    ) -> Rows:
        """Rows, within a transaction."""
        connection.wakes |= self._names.get(query) in _WAKES
        return await self._in_thread(partial(self._answer, query, arguments))

    async def execute_query_one_async_with_connection(
        self,
        connection: SqliteConnection,
        query: str,
        **arguments: Any,  # noqa: ANN401
    ) -> dict[str, Any]:
        """One row, within a transaction."""
        return _first(
            await self.execute_query_all_async_with_connection(connection, query, **arguments)
        )

    async def execute_with_connection(
        self,
        connection: SqliteConnection,
        statement: str,
        **values: Any,  # noqa: ANN401
    ) -> None:
        """A statement without rows, within a transaction."""
        await self.execute_query_all_async_with_connection(connection, statement, **values)

    async def execute_query_async(self, query: str, **arguments: Any) -> None:  # noqa: ANN401
        """No rows."""
        ask = partial(self._execute, query, **arguments)
        if self._names.get(query) in _ENDS:
            await self.ends.say(arguments["job_id"], ask)
        else:
            await ask()

    async def _execute(self, query: str, **arguments: Any) -> None:  # noqa: ANN401
        await self.execute_query_all_async(query, **arguments)

    async def execute_query_one_async(self, query: str, **arguments: Any) -> dict[str, Any]:  # noqa: ANN401
        """One row."""
        row = _first(await self.execute_query_all_async(query, **arguments))
        if self._names.get(query) == "fetch_job":
            self.ends.expect(row)
        return row

    async def execute_query_all_async(self, query: str, **arguments: Any) -> Rows:  # noqa: ANN401
        """Rows, in a transaction of its own."""
        async with self._turn:
            rows = await self._in_thread(partial(self._answer_alone, query, arguments))
        if self._names.get(query) in _WAKES:
            await self._wake()
        return rows

    async def listen_notify(self, on_notification: Notify, channels: Iterable[str]) -> None:  # noqa: ARG002
        """Remember whom to wake: one worker, for all the queues."""
        self._listener = on_notification

    async def _wake(self) -> None:
        """There may be something to do: a new job, or one whose lock has become free."""
        if self._listener is not None:
            await self._listener(channel=_CHANNEL, payload=_NEWS)

    async def _in_thread(self, work: Callable[[], T]) -> T:
        loop = asyncio.get_running_loop()
        try:
            return await loop.run_in_executor(self._thread, work)
        except sqlite3.Error as error:
            code = getattr(error, "sqlite_errorcode", None)  # some are Python's own
            if code == sqlite3.SQLITE_FULL and self._db is not None:
                self._thread.submit(self._make_room)
            raise ConnectorException(type(error).__name__) from error

    def _make_room(self) -> None:
        """It may be the log that fills the disk: write it back, and cut it off."""
        self._roll_back()
        try:
            self._connection.execute(_WRITE_BACK)
        except sqlite3.Error as error:  # there is no room for that either, and others need it
            log.warning("disk full", error=type(error).__name__)

    def _answer_alone(self, query: str, arguments: dict[str, Any]) -> Rows:
        level = "NORMAL" if self._names.get(query) in _FORGETTABLE else "FULL"
        self._connection.execute(f"PRAGMA synchronous = {level}")
        self._connection.execute("BEGIN IMMEDIATE")
        try:
            rows = self._answer(query, arguments)
        except BaseException:
            self._roll_back()
            raise
        self._connection.execute("COMMIT")
        return rows

    def _answer(self, query: str, arguments: dict[str, Any]) -> Rows:
        name = self._names.get(query)
        if name is not None:
            return self._jobs.run(name, self._connection, arguments)
        cursor = self._connection.execute(_named(query), arguments)
        return [dict(row) for row in cursor.fetchall()]


def _thread() -> ThreadPoolExecutor:
    """It begins with the first piece of work."""
    return ThreadPoolExecutor(1, thread_name_prefix="sqlite")


@lru_cache(maxsize=256)
def _named(query: str) -> str:
    """The same query with SQLite's placeholders."""
    return re.sub(r"%\((\w+)\)s", r":\1", query).replace("%%", "%")


def _first(rows: Rows) -> dict[str, Any]:
    if not rows:
        raise NoResult
    return rows[0]
