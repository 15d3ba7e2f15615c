"""A database is one bot's."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from bot.delivery import schema
from bot.delivery.delivery import delivering
from bot.delivery.extract import extract
from bot.delivery.identity import claim, owner_of
from bot.delivery.moving import move
from bot.delivery.store import Store, connector, opened
from bot.errors import SettingsError
from bot.records import Event, Note, Reminder
from tests.delivery.conftest import TOKEN, message, office, settings_at, waiting
from tests.delivery.test_moving import REMINDER

if TYPE_CHECKING:
    from telegram import Update

    from bot.settings import Settings

OURS, THEIRS = 110201543, 999999999


def of(settings: Settings, token: str) -> Settings:
    """The settings of a bot with another token."""
    telegram = settings.telegram.model_validate({"token": token})
    return settings.model_copy(update={"telegram": telegram})


def another(settings: Settings) -> Settings:
    """The settings of another bot."""
    return of(settings, f"{THEIRS}:{'B' * 35}")


async def start(settings: Settings) -> int | None:
    """Let a bot that Telegram knows begin to work, and end; whose database it is."""

    async def handle(_: Update, __: object) -> None:
        raise AssertionError("nothing waits")

    async with office(settings, handle) as place:
        return await owner_of(place.store)


async def test_the_first_bot_has_it(settings: Settings) -> None:
    """Another one reads in one line what to do, and takes nothing."""
    assert await start(settings) == OURS
    with pytest.raises(SettingsError) as refused:
        await start(another(settings))
    said = str(refused.value)
    assert said.startswith(f"BOT_DATABASE_URL: is the database of bot {OURS}, and ")
    assert f"BOT_TELEGRAM__TOKEN is of bot {THEIRS}; each bot needs a database of its own" in said
    assert "licence-bot move" in said
    assert "\n" not in said
    assert "BBBB" not in said
    assert await start(settings) == OURS


async def test_a_token_that_telegram_does_not_know_claims_nothing(settings: Settings) -> None:
    """It was mistyped, perhaps, and is never at work."""
    async with delivering(another(settings)) as delivery:
        assert await owner_of(delivery.store) is None
    assert await start(settings) == OURS


async def test_a_token_that_was_issued_anew_goes_on(settings: Settings) -> None:
    """It is the same bot: what waits is its own."""
    async with delivering(settings) as delivery:
        await delivery.inbox.put(message(1))
    anew = of(settings, f"{OURS}:{'C' * 35}")
    assert TOKEN not in str(anew.telegram.token)
    async with delivering(anew) as delivery:
        assert len(await waiting(delivery.store)) == 1


async def test_replicas_that_start_at_once_agree(database: str) -> None:
    """Of two bots one has the database, and so have all of its replicas."""
    stores = [Store(connector(settings_at(database))) for _ in range(6)]
    async with asyncio.TaskGroup() as group:
        for store in stores:
            group.create_task(store.app.connector.open_async())
    ids = [OURS, THEIRS] * 3
    claims = [claim(store, bot) for store, bot in zip(stores, ids, strict=True)]
    results = await asyncio.gather(*claims, return_exceptions=True)
    owner = await owner_of(stores[0])
    for store in stores:
        await store.app.connector.close_async()
    for bot, result in zip(ids, results, strict=True):
        assert (result is None) == (bot == owner)
        assert result is None or isinstance(result, SettingsError)


async def test_a_database_of_an_earlier_version_is_its_bots(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The ledger of updates knows which one has used it lately."""
    number = next(n for n, step in enumerate(schema.STEPS) if "bot_identity" in step[0])
    with monkeypatch.context() as patch:
        patch.setattr(schema, "STEPS", schema.STEPS[:number])
        async with opened(settings) as store:
            see = "INSERT INTO bot_seen_updates VALUES (%(bot)s, 1, %(at)s)"
            await store.execute(see, bot=THEIRS, at=6)
            await store.execute(see, bot=5, at=5)
    with pytest.raises(SettingsError, match=f"bot {THEIRS}, and"):
        await start(settings)
    assert await start(another(settings)) == THEIRS


async def test_who_only_reads_is_not_asked(settings: Settings) -> None:
    """The audit is read with any token, or none."""
    async with delivering(settings) as delivery:
        await delivery.registry.audit.keep(Note(Event.JOINED, 7))
    assert [note.person for note in extract(another(settings), 0)] == [7]


@pytest.mark.parametrize("changes", [False, True])
async def test_everything_moves_to_another_bot_but_what_waits(
    settings: Settings, tmp_path_factory: pytest.TempPathFactory, *, changes: bool
) -> None:
    """The command has the new token for both databases; what waits is the earlier bot's."""
    async with delivering(settings) as delivery:
        await claim(delivery.store, OURS)
        await delivery.inbox.put(message(1))
        await delivery.registry.reminders.keep(REMINDER)
        await delivery.registry.audit.keep(Note(Event.JOINED, 7))
    place = settings_at(f"sqlite:///{tmp_path_factory.mktemp('new')}/new.db")
    target = another(place) if changes else place
    moved = await move(settings.model_copy(update={"telegram": target.telegram}), target)
    assert (moved["updates"], moved["reminders"], moved["audit"]) == (not changes, 1, 1)
    async with delivering(target) as there:
        assert len(await waiting(there.store)) == 1 + (not changes)
        (kept,) = await there.registry.reminders.of(7)
        assert isinstance(kept, Reminder)
        assert replace(kept, id=0) == REMINDER
    async with delivering(settings) as before:
        assert len(await waiting(before.store)) == 2
