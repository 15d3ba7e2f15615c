"""The job store in a file."""

from __future__ import annotations

import asyncio
import sqlite3
import stat
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest
from procrastinate import sql
from procrastinate.exceptions import AppNotOpen, ConnectorException
from telegram.error import NetworkError

from bot.delivery import jobs, sqlite
from bot.delivery.inbox import Inbox
from bot.delivery.sealing import Sealer
from bot.delivery.sqlite import SqliteConnector
from bot.delivery.store import opened
from bot.errors import SettingsError
from tests.delivery.conftest import PATIENCE, SECRET, message, office, settings_at, waiting

if TYPE_CHECKING:
    from pathlib import Path

    from telegram import Update

    from bot.delivery.store import Store

HOLD = """
import asyncio, sys
from pathlib import Path
from bot.delivery.sqlite import SqliteConnector
async def hold():
    connector = SqliteConnector(Path(sys.argv[1]))
    await connector.open_async()
    print("held", flush=True)
    sys.stdin.read()
asyncio.run(hold())
"""


async def test_it_is_its_owners_alone(tmp_path: Path) -> None:
    """The file, its log and its key; also where the file was there before."""
    path = tmp_path / "deep" / "bot.db"
    path.parent.mkdir()
    path.touch(0o644)
    settings = settings_at(f"sqlite:///{path}")
    async with opened(settings) as store:
        await Inbox(store, Sealer([bytes(32)]), 1).put(message(1))
        modes = {file.name: stat.S_IMODE(file.stat().st_mode) for file in path.parent.iterdir()}
    assert {modes["bot.db"], modes["bot.db-wal"], modes["bot.db-shm"]} == {0o600}


async def test_its_folder_is_made(tmp_path: Path) -> None:
    """A fresh machine has none."""
    connector = SqliteConnector(tmp_path / "a" / "b" / "bot.db")
    await connector.open_async()
    await connector.open_async()
    await connector.close_async()
    await connector.close_async()
    assert stat.S_IMODE((tmp_path / "a" / "b").stat().st_mode) == 0o700


async def test_a_log_that_cannot_be_written_back_ends_politely(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the disk is full at a stop, the file is let go, and what was stored is there later."""
    settings = settings_at(f"sqlite:///{tmp_path}/bot.db")
    with monkeypatch.context() as full:
        async with opened(settings) as store:
            await Inbox(store, Sealer([bytes(32)]), 1).put(message(1))
            full.setattr(sqlite, "_WRITE_BACK", "SELECT * FROM nowhere")
    async with opened(settings) as store:
        assert len(await waiting(store)) == 1


async def test_one_process_has_it(tmp_path: Path) -> None:
    """Another one hears so in a line; when the first is gone, it may."""
    path = tmp_path / "bot.db"
    holder = await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", HOLD, str(path)), stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert holder.stdout is not None
    async with asyncio.timeout(PATIENCE):
        assert await holder.stdout.readline() == b"held\n"
        connector = SqliteConnector(path)
        with pytest.raises(SettingsError, match=r"^BOT_DATABASE_URL: .*another process") as refused:
            await connector.open_async()
        assert "\n" not in str(refused.value)
        holder.kill()
        await holder.communicate()
        await connector.open_async()
    await connector.close_async()


@pytest.mark.parametrize(
    "content", [b"no database at all, but long enough to be taken for one " * 9]
)
async def test_what_is_no_database_is_a_setting(tmp_path: Path, content: bytes) -> None:
    """And nothing of it is changed."""
    path = tmp_path / "bot.db"
    path.write_bytes(content)
    with pytest.raises(SettingsError, match=r"BOT_DATABASE_URL: .*DatabaseError"):
        await SqliteConnector(path).open_async()
    assert path.read_bytes() == content


async def test_a_place_that_cannot_be_is_a_setting(tmp_path: Path) -> None:
    """A file is no folder."""
    (tmp_path / "file").touch()
    with pytest.raises(SettingsError, match="BOT_DATABASE_URL"):
        await SqliteConnector(tmp_path / "file" / "bot.db").open_async()


async def test_a_file_of_a_later_version_is_left_alone(tmp_path: Path) -> None:
    """An older program does not guess what a newer one has stored."""
    settings = settings_at(f"sqlite:///{tmp_path}/bot.db")
    async with opened(settings) as store:
        await store.execute("INSERT INTO bot_schema (version) VALUES (99)")
    with pytest.raises(SettingsError, match="later version, 99"):
        await SqliteConnector(tmp_path / "bot.db").open_async()


async def test_what_a_crash_has_cut_short_is_done_again(tmp_path: Path) -> None:
    """Also where the process had no time to say so."""
    settings = settings_at(f"sqlite:///{tmp_path}/bot.db")
    async with opened(settings) as store:
        await Inbox(store, Sealer([bytes(32)]), 1).put(message(1))
        await store.app.job_manager.fetch_job(None, 1)
        ((before,), _) = await waiting(store), None
    async with opened(settings) as store:
        (after,) = await waiting(store)
        counted = await store.rows("SELECT tries, deaths FROM bot_payloads")
    assert counted == [{"tries": 0, "deaths": 1}]
    assert (before["status"], after["status"], after["attempts"]) == ("doing", "todo", 1)


async def test_nothing_of_an_update_stands_in_the_file(tmp_path: Path) -> None:
    """Not while it waits, not in the log, and not after it is answered."""
    settings = settings_at(f"sqlite:///{tmp_path}/bot.db")

    async def handle(_: Update, __: Any) -> None:  # noqa: ANN401 - PTB's context
        """Answer nothing."""

    def leaks() -> list[str]:
        needles = [SECRET.encode(), SECRET[-18:].encode(), b"Somebody", b'"message"']
        files = {file.name: file.read_bytes() for file in tmp_path.iterdir()}
        assert b"handle_update" in b"".join(files.values()) or not waits
        return [name for name, data in files.items() for needle in needles if needle in data]

    async with office(settings, handle, idle=True) as at_rest:
        for number in range(20):
            await at_rest.delivery.inbox.put(message(number))
        waits = True
        assert leaks() == []
        async with at_rest.delivery.to(at_rest.application):
            await at_rest.settled()
        waits = False
        assert leaks() == []
    assert leaks() == []
    assert names(tmp_path) == ["bot.db", "bot.db.lock"]


def names(folder: Path) -> list[str]:
    """What is in a folder."""
    return sorted(file.name for file in folder.iterdir())


async def test_whoever_is_cancelled_leaves_no_transaction_open(tmp_path: Path) -> None:
    """The next one can begin, and finds nothing of it."""
    async with opened(settings_at(f"sqlite:///{tmp_path}/bot.db")) as store:
        began = asyncio.Event()

        async def dawdle() -> None:
            async with store.transaction() as transaction:
                await transaction.execute("INSERT INTO bot_dead_letters VALUES (1, 0, 'x', 1)")
                began.set()
                await asyncio.Event().wait()

        task = asyncio.create_task(dawdle())
        await began.wait()
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        assert await store.rows("SELECT * FROM bot_dead_letters") == []


async def test_a_closed_one_says_so(tmp_path: Path) -> None:
    """Nothing is written where nobody would find it."""
    connector = SqliteConnector(tmp_path / "bot.db")
    with pytest.raises(AppNotOpen):
        await connector.execute_query_async("SELECT 1")


async def test_a_row_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    """As procrastinate expects it of a connector."""
    async with opened(settings_at(f"sqlite:///{tmp_path}/bot.db")) as store:
        with pytest.raises(ConnectorException):
            await store.connector.execute_query_one_async("SELECT 1 FROM bot_payloads")
        async with store.transaction() as transaction:
            one = store.connector.execute_query_one_async_with_connection
            assert await one(transaction.connection, "SELECT 1 AS x") == {"x": 1}


def test_a_library_with_other_queries_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its names are no public contract: better at the start than in the middle."""
    monkeypatch.setitem(sql.queries, "fetch_two_jobs", "SELECT 2")
    with pytest.raises(RuntimeError, match="fetch_two_jobs"):
        jobs.by_text()


def test_a_filter_that_does_not_exist_is_refused() -> None:
    """No text of a caller's becomes a part of a query."""
    with pytest.raises(ConnectorException):
        jobs.Jobs().list_jobs(sqlite3.connect(":memory:"), **{"1 = 1 --": 1})


async def test_a_full_disk_gets_back_what_the_log_takes(local: Store, tmp_path: Path) -> None:
    """The log grows until it is written back, and nothing can be done where it fills the disk."""
    inbox, size = Inbox(local, Sealer([bytes(32)]), 1), tmp_path / "bot.db-wal"
    await inbox.put(message(1))
    assert size.stat().st_size > 0
    await local.rows("PRAGMA max_page_count = 1")  # no more than there are

    async def put_many() -> None:
        for number in range(2, 1_000):
            await inbox.put(message(number))

    with pytest.raises(NetworkError):
        await put_many()
    assert await local.rows("SELECT update_id FROM bot_seen_updates WHERE update_id = 1")
    assert size.stat().st_size == 0
    await local.rows("PRAGMA max_page_count = 100000")
    await inbox.put(message(1_000))
    assert await local.rows("SELECT update_id FROM bot_seen_updates WHERE update_id = 1000")
