"""Fetching updates until somebody stops it."""

from __future__ import annotations

import asyncio
import socket
from contextlib import asynccontextmanager, nullcontext
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from telegram import Update
from telegram.ext import ApplicationBuilder, Updater

from bot.delivery import hello
from bot.delivery.connection import Heartbeat, connect
from bot.delivery.delivery import delivering
from bot.delivery.polling import poll
from bot.delivery.turns import Always
from bot.errors import SettingsError
from bot.playground.server import Playground, serve
from bot.settings import Telegram
from tests.delivery.conftest import SECRET, message, of_tomorrow, settings_at, waiting

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable
    from io import StringIO
    from pathlib import Path

    from bot.delivery.hello import BotApplication

TOKEN = "110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw0"


def application(
    url: str, token: str, queue: asyncio.Queue[object] | None = None
) -> tuple[BotApplication, Heartbeat]:
    """A bot without handlers, and its connection that fetches updates."""
    telegram = Telegram.model_validate({"api_url": url})
    heartbeat = Heartbeat(telegram)
    bot = (
        ApplicationBuilder()
        .token(token)
        .base_url(f"{url}/bot")
        .request(connect(telegram))
        .get_updates_request(heartbeat)
        .update_queue(queue or asyncio.Queue())
        .job_queue(None)
        .build()
    )
    return bot, heartbeat


async def test_a_token_that_telegram_does_not_know_is_a_setting() -> None:
    """The owner reads which one, not a traceback."""
    async with serve(Playground()) as url:
        with pytest.raises(SettingsError, match="BOT_TELEGRAM__TOKEN"):
            await poll(*application(url, TOKEN), asyncio.Event(), nullcontext(), Always())


async def test_a_network_that_is_down_is_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """The bot may start before its network, and works once that is there."""
    monkeypatch.setattr(hello, "_FIRST_PAUSE", 0.01)
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    playground, stop = Playground(), asyncio.Event()
    bot, heartbeat = application(f"http://127.0.0.1:{port}", playground.token)
    task = asyncio.create_task(poll(bot, heartbeat, stop, nullcontext(), Always()))
    await asyncio.sleep(0.1)
    async with serve(playground, port=port), asyncio.timeout(20):
        while not bot.running:  # noqa: ASYNC110 - there is nothing to wait on
            await asyncio.sleep(0.01)
        stop.set()
        await task


async def test_a_stop_before_the_network_is_there_stops() -> None:
    """Nobody waits for a network in order to leave."""
    stop = asyncio.Event()
    task = asyncio.create_task(
        poll(*application("http://127.0.0.1:9", TOKEN), stop, nullcontext(), Always())
    )
    await asyncio.sleep(0.05)
    stop.set()
    async with asyncio.timeout(20):
        await task


async def test_a_token_that_is_revoked_ends_the_bot() -> None:
    """A bot that Telegram no longer knows does not linger; whoever restarts it reads why."""
    playground = Playground()
    async with serve(playground) as url, asyncio.timeout(20):
        bot, heartbeat = application(url, playground.token)
        task = asyncio.create_task(poll(bot, heartbeat, asyncio.Event(), nullcontext(), Always()))
        async with httpx.AsyncClient(base_url=url, trust_env=False) as client:
            while not bot.running:  # noqa: ASYNC110 - there is nothing to wait on
                await asyncio.sleep(0.01)
            fault = {"method": "getUpdates", "times": 9, "error_code": 401}
            await client.post("/api/faults", json=fault | {"description": "Unauthorized"})
            await client.post("/api/messages", data={"text": "wake the poll"})
            with pytest.raises(SettingsError, match="BOT_TELEGRAM__TOKEN"):
                await task


async def test_a_hello_that_is_put_off_is_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """Telegram may ask a restarting bot to wait."""
    monkeypatch.setattr(hello, "_FIRST_PAUSE", 0.01)
    playground, stop = Playground(), asyncio.Event()
    async with serve(playground) as url, asyncio.timeout(20):
        async with httpx.AsyncClient(base_url=url, trust_env=False) as client:
            fault = {"method": "getMe", "times": 1, "error_code": 429, "retry_after": 1}
            await client.post("/api/faults", json=fault)
        bot, heartbeat = application(url, playground.token)
        task = asyncio.create_task(poll(bot, heartbeat, stop, nullcontext(), Always()))
        while not bot.running:  # noqa: ASYNC110 - there is nothing to wait on
            await asyncio.sleep(0.01)
        stop.set()
        await task


class Second(Always):
    """Somebody else's turn at first, and again after a while."""

    def __init__(self) -> None:
        self.refused = 0
        self.given = 0
        self.may = asyncio.Event()
        self.ends = asyncio.Event()

    async def take(self) -> bool:
        """When it may."""
        self.refused += not self.may.is_set()
        return self.may.is_set()

    async def lost(self) -> None:
        """When it ends."""
        await self.ends.wait()
        self.may.clear()
        self.ends.clear()

    async def give(self) -> None:
        """Count it."""
        self.given += 1


async def test_who_begins_is_well() -> None:
    """The first poll is answered when it has waited for ten seconds in vain: Telegram is there."""
    playground, stop = Playground(), asyncio.Event()
    async with serve(playground) as url, asyncio.timeout(20):
        bot, heartbeat = application(url, playground.token)
        task = asyncio.create_task(poll(bot, heartbeat, stop, nullcontext(), Always()))
        while not bot.running:  # noqa: ASYNC110 - there is nothing to wait on
            await asyncio.sleep(0.01)
        assert heartbeat.silence < 10
        stop.set()
        await task


async def test_who_stands_by_is_well_and_polls_in_its_turn(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Whoever has lost the turn stops polling, gives it up and stands by again."""
    monkeypatch.setattr("bot.delivery.turns.EVERY", 0.01)
    playground, stop, turn = Playground(), asyncio.Event(), Second()
    async with serve(playground) as url, asyncio.timeout(20):
        bot, heartbeat = application(url, playground.token)
        task = asyncio.create_task(poll(bot, heartbeat, stop, nullcontext(), turn))

        await until(lambda: turn.refused > 2)
        assert heartbeat.silence < 10
        updater = bot.updater
        assert updater is not None
        assert not updater.running
        turn.may.set()
        await until(lambda: updater.running)
        turn.ends.set()
        await until(lambda: not updater.running and turn.given == 1)
        turn.may.set()
        await until(lambda: updater.running)
        stop.set()
        await task
    assert turn.given == 3


async def until(condition: Callable[[], bool]) -> None:
    """Wait for what nobody tells of."""
    async with asyncio.timeout(20):
        while not condition():  # noqa: ASYNC110 - there is nothing to wait on
            await asyncio.sleep(0.01)


def arrives(playground: Playground, *updates: dict[str, Any]) -> None:
    """Messages that the bot is to fetch."""
    for update in updates:
        playground.world.updates.put("message", update["message"], 60)


@asynccontextmanager
async def polling(
    playground: Playground, queue: asyncio.Queue[object]
) -> AsyncIterator[BotApplication]:
    """A bot that fetches updates and puts them there; it has to stop in the end."""
    stop = asyncio.Event()
    async with serve(playground) as url, asyncio.timeout(30):
        bot, heartbeat = application(url, playground.token, queue)
        task = asyncio.create_task(poll(bot, heartbeat, stop, nullcontext(), Always()))
        await until(lambda: task.done() or bool(bot.updater and bot.updater.running))
        yield bot
        stop.set()
        await task


class Failing(asyncio.Queue[object]):
    """One with a bug, as often as it is told to."""

    def __init__(self, failures: int) -> None:
        super().__init__()
        self.failures = failures
        self.taken = 0

    async def put(self, item: object) -> None:
        """Fail, or take it."""
        if self.failures:
            self.failures -= 1
            raise KeyError(SECRET)
        self.taken += isinstance(item, Update)
        await super().put(item)


async def test_polling_that_has_ended_is_begun_anew(
    monkeypatch: pytest.MonkeyPatch, logged: StringIO
) -> None:
    """Whatever ended it: one that seems well and fetches nothing is worse than one that is gone."""
    monkeypatch.setattr("bot.delivery.polling.PAUSE", 0.01)
    before, playground, queue = len(logged.getvalue()), Playground(), Failing(2)
    async with polling(playground, queue):
        arrives(playground, message(1).to_dict())
        await until(lambda: queue.taken == 1)
        arrives(playground, message(2).to_dict())
        await until(lambda: queue.taken == 2)
    told = logged.getvalue()[before:]
    assert told.count("polling has ended by itself") == 2
    assert SECRET not in told


async def test_polling_that_has_ended_keeps_nobody_from_leaving(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Neither while it is waited for nor by what ended it."""
    monkeypatch.setattr("bot.delivery.polling.PAUSE", 60)
    playground, queue = Playground(), Failing(1)
    async with asyncio.timeout(20), polling(playground, queue):
        arrives(playground, message(1).to_dict())
        await until(lambda: not queue.failures)


async def test_a_stop_at_which_the_library_fails_is_a_stop(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """What polling could not do does not take the rest of the bot down with it."""
    stop = Updater.stop

    async def fail(updater: Updater) -> None:
        await stop(updater)
        raise KeyError(SECRET)

    monkeypatch.setattr(Updater, "stop", fail)
    async with asyncio.timeout(20), polling(Playground(), asyncio.Queue()) as bot:
        assert bot.running
    assert not bot.running


async def test_what_is_not_understood_holds_up_nobody(tmp_path: Path, logged: StringIO) -> None:
    """It is fetched once, is stored without what it said, and others come after it."""
    before, playground = len(logged.getvalue()), Playground(token=TOKEN)
    async with delivering(settings_at(f"sqlite:///{tmp_path}/bot.db")) as delivery:
        arrives(playground, message(1).to_dict(), of_tomorrow(), message(2).to_dict())
        async with polling(playground, delivery.inbox):
            while len(await waiting(delivery.store)) < 3:  # noqa: ASYNC110 - a database
                await asyncio.sleep(0.01)
            await until(lambda: not playground.world.updates.pending())
        assert [job["lock"] for job in await waiting(delivery.store)] == ["chat:7", None, "chat:7"]
    told = logged.getvalue()[before:]
    assert told.count("update not understood") == 1
    assert "110101199003071234" not in told
    assert "Received data" not in told
