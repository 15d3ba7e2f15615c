"""All that a bot keeps moves from a file to PostgreSQL, and back if need be."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from base64 import b64encode
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from bot.delivery.delivery import delivering
from bot.delivery.moving import COLUMNS, move
from bot.errors import SettingsError
from bot.licence.documents import DocumentType
from bot.records import Event, Note, Reminder
from tests.delivery.conftest import SECRET, audited, message, office, settings_at, waiting

if TYPE_CHECKING:
    from pathlib import Path

    from telegram import Update

    from bot.settings import Settings

END = date.today() + timedelta(90)  # noqa: DTZ011 - any day to come
REMINDER = Reminder(7, DocumentType.DRIVING_LICENCE, END, END - timedelta(30), "…345", "zh-Hans")
PLACES = ("sqlite", "postgresql")


@pytest.fixture(params=[PLACES, PLACES[::-1]], ids="-to-".join)
def places(
    request: pytest.FixtureRequest, tmp_path: Path, database: str
) -> tuple[Settings, Settings]:
    """The settings until now and those from now on, with a key of its own each."""
    urls = {"sqlite": f"sqlite:///{tmp_path}/bot.db", "postgresql": database}
    old, new = (urls[kind] for kind in request.param)
    keys = [b64encode(bytes([number]) * 32).decode() for number in (1, 2)]
    return settings_at(old, key=keys[0]), settings_at(new, key=keys[1], previous_key=keys[0])


async def fill(settings: Settings) -> None:
    """Something of everything."""
    async with delivering(settings) as delivery:
        await delivery.inbox.put(message(1))
        await delivery.inbox.put(message(2, chat=8))
        registry, execute = delivery.registry, delivery.store.execute
        await registry.reminders.keep(REMINDER)
        await registry.reminders.keep(replace(REMINDER, chat=8))
        await registry.people.join(await registry.people.invite(1), 7)
        await registry.audit.keep(Note(Event.READ, 7, None, 1, DocumentType.DRIVING_LICENCE))
        await execute("INSERT INTO bot_readings (person, update_id, at) VALUES (7, 1, 5)")
        await execute("INSERT INTO bot_meters (person, at) VALUES (7, 5)")
        await execute("INSERT INTO bot_dead_letters VALUES (3, 5, 'X', 5)")


async def test_everything_moves(places: tuple[Settings, Settings]) -> None:
    """Row by row; what waits is answered there once, and reminders are said there."""
    old, new = places
    await fill(old)
    async with delivering(old) as delivery:
        kept = {t: await delivery.store.rows(f"SELECT * FROM {t}") for t in COLUMNS}  # noqa: S608
    moved = await move(old.model_copy(update={"delivery": new.delivery}), new)
    assert moved["updates"] == moved["reminders"] == moved["seen_updates"] == 2
    assert moved["people"] == moved["dead_letters"] == 1
    heard: list[str | None] = []

    async def hear(update: Update, _: object) -> None:
        heard.append(update.message.text if update.message else None)

    async with office(new, hear, idle=True) as there:
        for table, rows in kept.items():
            assert rows
            found = await there.store.rows(f"SELECT * FROM {table}")  # noqa: S608
            assert [without_moment(row) for row in found] == [without_moment(row) for row in rows]
        assert len(await audited(there.store)) == 3
        for chat in (7, 8):
            (reminder,) = await there.delivery.registry.reminders.of(chat)
            assert replace(reminder, id=0) == replace(REMINDER, chat=chat)
        assert len(await waiting(there.store)) == 4
        await there.delivery.inbox.put(message(1))  # Telegram delivers it once more
        assert len(await waiting(there.store)) == 4
        async with there.delivery.to(there.application):
            while len(heard) < 2:  # noqa: ASYNC110 - a database
                await asyncio.sleep(0.02)
    assert heard == [SECRET, SECRET]


def without_moment(row: dict[str, object]) -> dict[str, object]:
    """What waits is stored anew, and so seen later."""
    return {name: value for name, value in row.items() if name != "seen_at"}


async def test_nothing_is_mixed(places: tuple[Settings, Settings]) -> None:
    """A database in which something is kept already takes nothing, and neither does the same."""
    old, new = places
    await fill(old)
    await fill(new)
    with pytest.raises(SettingsError, match="BOT_DATABASE_URL: something is kept"):
        await move(old, new)
    with pytest.raises(SettingsError, match="BOT_DATABASE_URL: is the database to move from"):
        await move(new, new)


async def test_a_bot_that_runs_is_not_moved(tmp_path: Path) -> None:
    """Its file is taken; the command says so in one line."""
    file = f"sqlite:///{tmp_path}/bot.db"
    async with delivering(settings_at(file)):
        with pytest.raises(SettingsError, match="another process uses it"):
            await move(settings_at(file), settings_at(f"sqlite:///{tmp_path}/new.db"))


async def test_what_cannot_be_opened_is_found_before_anything_is_copied(tmp_path: Path) -> None:
    """One update of another key between the oldest and the newest: a start looks at those only."""
    first, second = (b64encode(bytes([number]) * 32).decode() for number in (1, 2))
    old, new = (f"sqlite:///{tmp_path}/{name}.db" for name in ("old", "new"))
    for number, (key, other) in enumerate([(second, first), (first, second), (second, first)]):
        async with delivering(settings_at(old, key=key, previous_key=other)) as delivery:
            await delivery.inbox.put(message(number))
    async with delivering(settings_at(old, key=second)):
        pass
    with pytest.raises(SettingsError, match="BOT_DELIVERY__KEY: does not open all updates"):
        await move(settings_at(old, key=second), settings_at(new, key=second))
    async with delivering(settings_at(new, key=second)) as there:
        assert await waiting(there.store) == []
    moved = await move(*(settings_at(url, key=second, previous_key=first) for url in (old, new)))
    assert moved["updates"] == 3


def test_the_command_says_how_much(tmp_path: Path) -> None:
    """And what is no database, or none that is there."""

    async def use(settings: Settings) -> None:
        async with delivering(settings):
            pass

    def moved(source: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(  # noqa: S603 - our own program
            [sys.executable, "-m", "bot", "move", "--from", source],
            env={
                "BOT_TELEGRAM__TOKEN": "110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw0",
                "BOT_DATABASE_URL": f"sqlite:///{tmp_path}/new.db",
            },
            capture_output=True,
            text=True,
            check=False,
        )

    asyncio.run(use(settings_at(f"sqlite:///{tmp_path}/old.db")))
    done = moved(f"sqlite:///{tmp_path}/old.db")
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("updates: 0, seen_updates: 0, people: 0")
    misspelt = moved(f"sqlite:///{tmp_path}/odl.db")
    assert (misspelt.returncode, misspelt.stdout) == (2, "")
    assert misspelt.stderr == f"--from: {tmp_path}/odl.db: there is no such file\n"
    assert not list(tmp_path.glob("odl*"))
    wrong = moved("bot.db")
    assert (wrong.returncode, wrong.stderr.count("\n")) == (2, 1)
    assert wrong.stderr.startswith("--from: sqlite:///file or postgresql://")
