"""The job store: where updates and reminders wait until they are done.

`opened(settings)` yields a `Store`. Other modules use it for tables of their own, which they
declare in `bot/delivery/schema.py`:

    await store.execute("INSERT INTO bot_people (chat) VALUES (%(chat)s)", chat=7)
    rows = await store.rows("SELECT chat FROM bot_people WHERE chat > %(least)s", least=0)

    async with store.transaction() as transaction:  # together, or not at all
        await transaction.execute("DELETE FROM bot_people WHERE chat = %(chat)s", chat=7)
        job = store.app.configure_task(
            "remind", queueing_lock="person:7", schedule_at=then, connection=transaction.connection
        )
        await job.defer_async(chat=7)

Placeholders are `%(name)s` (and `%%` is a per cent sign) on both databases; rows are dicts. Tasks
are registered with `@store.app.task(name=…)` before the worker starts. Give no job that is
scheduled for later the lock of a chat: it would hold the chat up until then.

Whatever goes wrong in the database is a `procrastinate.exceptions.ConnectorException`.
"""

from __future__ import annotations

from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from procrastinate import App

from bot.delivery.postgres import PostgresConnector
from bot.delivery.sqlite import SqliteConnector
from bot.errors import SettingsError
from bot.settings import data_folder, variable

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from bot.settings import Settings

Connector = PostgresConnector | SqliteConnector
Rows = list[dict[str, Any]]

FOLDER: Final = "licence-bot"
FILE: Final = "bot.db"


class Transaction:
    """Statements that happen together, or not at all.

    Attributes:
        connection: for `configure_task(…, connection=…)`, so that a job belongs to it, too.
    """

    def __init__(self, connector: Connector, connection: Any) -> None:  # noqa: ANN401 - of either kind
        self._connector = connector
        self.connection = connection

    async def rows(self, query: str, **values: Any) -> Rows:  # noqa: ANN401 - whatever fits a column
        """What a query finds, or a statement returns."""
        return await self._connector.execute_query_all_async_with_connection(
            self.connection, query, **values
        )

    async def execute(self, statement: str, **values: Any) -> None:  # noqa: ANN401
        """A statement that returns nothing."""
        await self._connector.execute_with_connection(self.connection, statement, **values)


class Store:
    """A job store that is open.

    Attributes:
        app: procrastinate's; its tasks and jobs.
        connector: to the database.
    """

    def __init__(self, connector: Connector) -> None:
        self.connector = connector
        self.app = App(connector=connector)

    @property
    def shared_url(self) -> str | None:
        """Where other replicas may use it at the same time; `None` where they may not."""
        return self.connector.url if isinstance(self.connector, PostgresConnector) else None

    async def rows(self, query: str, **values: Any) -> Rows:  # noqa: ANN401
        """What a query finds, or a statement returns; in a transaction of its own."""
        return await self.connector.execute_query_all_async(query, **values)

    async def execute(self, statement: str, **values: Any) -> None:  # noqa: ANN401
        """A statement that returns nothing; in a transaction of its own."""
        await self.connector.execute_query_async(statement, **values)

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[Transaction]:
        """A transaction: over at the end of the block, undone where that raises."""
        async with self.connector.transaction() as connection:
            yield Transaction(self.connector, connection)


@asynccontextmanager
async def opened(settings: Settings) -> AsyncIterator[Store]:
    """The store that the settings name, while the block runs.

    Raises:
        SettingsError: it cannot be used; the line names the setting, and no password.
    """
    store = Store(connector(settings))
    async with store.app.open_async():
        yield store


def connector(settings: Settings) -> Connector:
    """To the database in `BOT_DATABASE_URL`, or to a file in the person's data folder.

    `sqlite:///bot.db` is a file in the working directory, `sqlite:////srv/bot.db` one at the root.

    Raises:
        SettingsError: there is no data folder.
    """
    url = settings.database_url.get_secret_value() if settings.database_url else ""
    if url.startswith("postgres"):
        return PostgresConnector(url)
    try:
        if url:
            return SqliteConnector(Path(url.removeprefix("sqlite:///")).expanduser())
        return SqliteConnector(data_folder() / FOLDER / FILE)
    except RuntimeError:
        name = variable("database_url")
        raise SettingsError(f"{name}: whoever runs this has no home folder; name a file") from None
