"""Whose turn it is to poll."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from bot.delivery import turns
from bot.delivery.store import opened
from bot.delivery.turns import Always, Elected, turn_at
from tests.delivery.conftest import PATIENCE, settings_at
from tests.delivery.test_postgres import hang_up

if TYPE_CHECKING:
    from bot.delivery.turns import Turn


async def test_who_is_alone_polls(tmp_path: object) -> None:
    """A file belongs to one process: nothing to agree upon."""
    async with opened(settings_at(f"sqlite:///{tmp_path}/bot.db")) as store:
        turn = turn_at(store)
    assert isinstance(turn, Always)
    assert await turn.take()
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(turn.lost(), 0.01)
    await turn.give()


async def test_one_of_them_polls(database: str) -> None:
    """The next one may when the first has gone."""
    async with opened(settings_at(database)) as store:
        first, second = turn_at(store), turn_at(store)
    assert await first.take()
    assert not await second.take()
    assert not await second.take()
    await first.give()
    await takes(second)
    await second.give()
    await second.give()


async def takes(turn: Turn) -> None:
    """The server needs a moment to notice that a connection is gone."""
    async with asyncio.timeout(PATIENCE):
        while not await turn.take():  # noqa: ASYNC110 - a database
            await asyncio.sleep(0.01)


async def test_who_has_lost_it_hears_of_it(database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A connection that is gone has let go of the lock."""
    monkeypatch.setattr(turns, "EVERY", 0.01)
    first, second = Elected(database), Elected(database)
    async with asyncio.timeout(PATIENCE):
        assert await first.take()
        losing = asyncio.create_task(first.lost())
        await asyncio.sleep(0.05)
        assert not losing.done()
        hang_up(database)
        await losing
        await takes(second)
        assert not await first.take()
    await first.give()
    await second.give()


async def test_nobody_polls_while_the_database_is_away() -> None:
    """What is fetched could not be stored."""
    assert not await Elected("postgresql://somebody@127.0.0.1:9/bot").take()
