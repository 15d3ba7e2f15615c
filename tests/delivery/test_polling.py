"""Fetching updates until somebody stops it."""

from __future__ import annotations

import asyncio
import socket
from typing import TYPE_CHECKING

import pytest
from telegram.ext import ApplicationBuilder

from bot.delivery import polling
from bot.delivery.polling import poll
from bot.errors import SettingsError
from bot.playground.server import Playground, serve

if TYPE_CHECKING:
    from bot.delivery.polling import Bot

TOKEN = "110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw0"


def application(url: str, token: str) -> Bot:
    """A bot without handlers."""
    return ApplicationBuilder().token(token).base_url(f"{url}/bot").job_queue(None).build()


async def test_a_token_that_telegram_does_not_know_is_a_setting() -> None:
    """The owner reads which one, not a traceback."""
    async with serve(Playground()) as url:
        with pytest.raises(SettingsError, match="BOT_TELEGRAM__TOKEN"):
            await poll(application(url, TOKEN), asyncio.Event())


async def test_a_network_that_is_down_is_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """The bot may start before its network, and works once that is there."""
    monkeypatch.setattr(polling, "_FIRST_PAUSE", 0.01)
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    playground, stop = Playground(), asyncio.Event()
    bot = application(f"http://127.0.0.1:{port}", playground.token)
    task = asyncio.create_task(poll(bot, stop))
    await asyncio.sleep(0.1)
    async with serve(playground, port=port), asyncio.timeout(10):
        while not bot.running:  # noqa: ASYNC110 - there is nothing to wait on
            await asyncio.sleep(0.01)
        stop.set()
        await task


async def test_a_stop_before_the_network_is_there_stops() -> None:
    """Nobody waits for a network in order to leave."""
    stop = asyncio.Event()
    task = asyncio.create_task(poll(application("http://127.0.0.1:9", TOKEN), stop))
    await asyncio.sleep(0.05)
    stop.set()
    async with asyncio.timeout(5):
        await task
