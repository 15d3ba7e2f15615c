"""The job store in PostgreSQL, where it differs from the one in a file."""

from __future__ import annotations

import asyncio
import sys
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import psycopg
import pytest
from procrastinate import PsycopgConnector
from procrastinate.exceptions import ConnectorException
from procrastinate.jobs import Status
from structlog.testing import capture_logs
from telegram.error import NetworkError

from bot.delivery import steady
from bot.delivery.health import TOLD, stored
from bot.delivery.inbox import Inbox
from bot.delivery.postgres import PostgresConnector
from bot.delivery.schema import STEPS
from bot.delivery.sealing import Sealer
from bot.delivery.store import opened
from bot.errors import SettingsError
from tests.delivery.conftest import PATIENCE, message, settings_at, waiting

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from bot.delivery.store import Store

SEALER = Sealer([bytes(32)])
OPEN = """
import asyncio, sys
from bot.delivery.postgres import PostgresConnector
async def open_and_close():
    connector = PostgresConnector(sys.argv[1])
    await connector.open_async()
    await connector.close_async()
asyncio.run(open_and_close())
"""


async def test_replicas_may_start_at_once(database: str) -> None:
    """Each finds the tables there, and nobody makes them twice."""
    starting = [
        await asyncio.create_subprocess_exec(sys.executable, "-c", OPEN, database) for _ in range(3)
    ]
    async with asyncio.timeout(PATIENCE):
        assert [await program.wait() for program in starting] == [0, 0, 0]
    async with opened(settings_at(database)) as store:
        versions = await store.rows("SELECT version FROM bot_schema ORDER BY version")
    assert [row["version"] for row in versions] == list(range(1, len(STEPS) + 1))


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://somebody:open-sesame@127.0.0.1:9/bot",
        "postgresql://somebody:open-sesame@[::1/bot",
        "postgresql://somebody:open-sesame@127.0.0.1/bot?open-sesame=open-sesame",
    ],
)
async def test_a_database_that_cannot_be_reached_is_one_line(url: str) -> None:
    """It names the setting, and never the password."""
    with pytest.raises(SettingsError) as refused:
        await PostgresConnector(url).open_async()
    line = str(refused.value)
    assert line.startswith("BOT_DATABASE_URL: ")
    assert "open-sesame" not in line
    assert "\n" not in line


async def test_a_database_that_does_not_exist_is_one_line(postgres: str) -> None:
    """It says which one."""
    with pytest.raises(SettingsError, match=r'^BOT_DATABASE_URL: .*"nowhere" does not exist$'):
        await PostgresConnector(postgres.replace("/postgres?", "/nowhere?")).open_async()


async def test_a_database_of_a_later_version_is_left_alone(database: str) -> None:
    """An older program does not guess what a newer one has stored."""
    async with opened(settings_at(database)) as store:
        await store.execute("INSERT INTO bot_schema (version) VALUES (99)")
    with pytest.raises(SettingsError, match="later version, 99"):
        await PostgresConnector(database).open_async()


async def test_a_pause_is_as_long_as_it_should_be(
    database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where this machine's clock was an hour ahead of the server's when the bot began."""
    monkeypatch.setattr(steady, "_BEGUN", datetime.now(UTC) + timedelta(hours=1))
    async with opened(settings_at(database)) as store:
        manager = store.app.job_manager
        await store.app.configure_task("work").defer_async()
        job = await manager.fetch_job(None, await manager.register_worker())
        assert job is not None
        await manager.retry_job(job, retry_at=steady.in_seconds(60))
        (job,) = await manager.list_jobs_async()
    assert job.scheduled_at is not None
    assert 30 < (job.scheduled_at - datetime.now(UTC)).total_seconds() <= 60


async def test_a_try_that_was_put_off_is_not_put_off_again(
    database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The server heard, but its answer was lost; another replica is at the next try already."""
    async with opened(settings_at(database)) as here, opened(settings_at(database)) as there:
        await here.app.configure_task("work").defer_async()
        me, other = [await one.app.job_manager.register_worker() for one in (here, there)]
        job = await here.app.job_manager.fetch_job(None, me)
        assert job is not None
        said = PsycopgConnector.execute_query_async

        async def lose(*given: Any, **arguments: Any) -> None:  # noqa: ANN401 - procrastinate's
            monkeypatch.undo()
            await said(*given, **arguments)
            raise ConnectorException from psycopg.OperationalError()

        monkeypatch.setattr(PsycopgConnector, "execute_query_async", lose)
        with capture_logs() as logs:
            await here.app.job_manager.retry_job(job, retry_at=steady.now())
            assert await there.app.job_manager.fetch_job(None, other) is not None
            async with asyncio.timeout(PATIENCE):
                while job.id in here.connector.ends:  # noqa: ASYNC110 - no event
                    await asyncio.sleep(0.01)
        (row,) = await there.rows("SELECT * FROM procrastinate_jobs")
    assert (row["status"], row["attempts"], row["worker_id"]) == ("doing", 1, other)
    assert [entry["event"] for entry in logs] == ["end of a job not heard", "job was over already"]


async def test_a_server_that_is_read_only_is_away(database: str) -> None:
    """As after a failover: a job that was done there is said to be over until that is written."""
    async with opened(settings_at(database)) as store:
        manager, inbox = store.app.job_manager, Inbox(store, SEALER, 1)
        part = stored(store, inbox, TOLD)
        await inbox.put(message(1))
        job = await manager.fetch_job(None, await manager.register_worker())
        assert job is not None
        async with read_only(store):
            await manager.finish_job(job, Status.SUCCEEDED, delete_job=True)
            assert job.id in store.connector.ends
            assert await part() == "away"
        async with asyncio.timeout(PATIENCE):
            while await waiting(store):  # noqa: ASYNC110 - a database
                await asyncio.sleep(0.05)
        assert await part() == "ok"


@asynccontextmanager
async def read_only(store: Store) -> AsyncIterator[None]:
    """Let a server take nothing while the block runs."""
    assert store.shared_url is not None
    async with await psycopg.AsyncConnection.connect(store.shared_url, autocommit=True) as owner:

        async def be(setting: str) -> None:
            await owner.execute("SET default_transaction_read_only = off")
            await owner.execute(
                f"ALTER SYSTEM SET default_transaction_read_only = {setting}".encode()
            )
            await owner.execute("SELECT pg_reload_conf()")
            async with asyncio.timeout(PATIENCE):
                while await shown() != setting:  # noqa: ASYNC110 - a database
                    await asyncio.sleep(0.02)

        async def shown() -> str:
            (row,) = await store.rows("SHOW default_transaction_read_only")
            return str(row["default_transaction_read_only"])

        await be("on")
        try:
            yield
        finally:
            await be("off")


async def test_another_replica_hears_of_an_update(database: str) -> None:
    """Whoever stores it, any of them may handle it."""
    heard: list[str] = []

    async def note(*, channel: str, payload: str) -> None:  # noqa: ARG001 - procrastinate's
        heard.append(payload)

    settings = settings_at(database)
    async with opened(settings) as one, opened(settings) as other, asyncio.timeout(PATIENCE):
        listening = asyncio.create_task(
            other.connector.listen_notify(note, ["procrastinate_any_queue_v1"])
        )
        number = 0
        while not heard:
            number += 1
            await Inbox(one, SEALER, 1).put(message(number))
            await asyncio.sleep(0.05)
        listening.cancel()
        await asyncio.gather(listening, return_exceptions=True)
    assert "job_inserted" in heard[0]


async def test_what_cannot_be_stored_comes_again(database: str) -> None:
    """A server that hangs up is a reason for Telegram to deliver again."""
    async with opened(settings_at(database)) as store:
        inbox = Inbox(store, SEALER, 1)
        await store.execute("ALTER TABLE bot_payloads RENAME TO elsewhere")
        with pytest.raises(NetworkError):
            await inbox.put(message(1))
        await store.execute("ALTER TABLE elsewhere RENAME TO bot_payloads")
        hang_up(database)
        await inbox.put(message(1))
        assert len(await store.rows("SELECT * FROM bot_payloads")) == 1


def hang_up(url: str) -> int:
    """End every other connection to a database; how many there were."""
    with psycopg.connect(url, autocommit=True) as connection:
        return connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        ).rowcount
