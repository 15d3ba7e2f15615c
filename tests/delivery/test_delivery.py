"""From Telegram to the answer, whatever happens on the way."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from base64 import b64encode
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from bot.delivery.delivery import delivering
from bot.errors import SettingsError
from bot.playground.server import Playground, serve
from bot.settings import Settings
from tests.delivery.conftest import NOTHING_READ, PATIENCE, TOKEN, message, settings_at

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

BOT = """
import asyncio, sys
from telegram.ext import MessageHandler, filters
from bot.chat import application
async def echo(update, context):
    await asyncio.sleep(0.05)
    await update.message.reply_text("heard " + update.message.text)
application.handlers = lambda desk: [MessageHandler(filters.TEXT, echo)]
from bot import running
from bot.settings import load
from bot.logs import configure
settings = load()
configure(settings.log)
asyncio.run(running.until_stopped(lambda stop: running.bot(settings, stop)))
"""


class Street:
    """A person at a playground, and programs that answer them."""

    def __init__(self, url: str, settings: Settings) -> None:
        self.client = httpx.AsyncClient(base_url=url, trust_env=False)
        self._environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith("BOT_")},
            "BOT_TELEGRAM__TOKEN": TOKEN,
            "BOT_TELEGRAM__API_URL": url,
            **NOTHING_READ,
            "BOT_DELIVERY__KEY": secret(settings.delivery.key),
            "BOT_DATABASE_URL": secret(settings.database_url),
        }
        self._programs: list[asyncio.subprocess.Process] = []

    async def start(self) -> asyncio.subprocess.Process:
        """A bot that repeats what it hears, as a program of its own."""
        program = await asyncio.create_subprocess_exec(
            sys.executable, "-c", BOT, env=self._environment, stderr=asyncio.subprocess.DEVNULL
        )
        self._programs.append(program)
        return program

    async def say(self, *texts: str) -> None:
        """The person writes."""
        for text in texts:
            await self.client.post("/api/messages", data={"text": text})

    async def heard(self) -> list[str]:
        """What was answered so far."""
        messages = (await self.client.get("/api/messages")).json()
        return [m["text"].removeprefix("heard ") for m in messages if m["from"]["is_bot"]]

    async def hears(self, number: int) -> list[str]:
        """Wait until so many different messages were answered."""
        async with asyncio.timeout(PATIENCE):
            while len(set(heard := await self.heard())) < number:  # noqa: ASYNC110 - a page
                await asyncio.sleep(0.02)
            return heard

    async def clear(self) -> None:
        """End what still runs."""
        for program in self._programs:
            if program.returncode is None:
                program.kill()
            await program.wait()
        await self.client.aclose()


def secret(value: Any) -> str:  # noqa: ANN401 - a SecretStr or nothing
    """What a setting says."""
    return str(value.get_secret_value())


@asynccontextmanager
async def street(settings: Settings) -> AsyncIterator[Street]:
    """A playground in this process, programs in others."""
    async with serve(Playground(token=TOKEN)) as url:
        scene = Street(url, settings)
        try:
            yield scene
        finally:
            await scene.clear()


async def test_another_replica_takes_over(database: str) -> None:
    """The one that polls is killed; the one that stood by polls and answers."""
    async with street(settings_at(database)) as scene:
        first = await scene.start()
        await scene.say("one")
        await scene.hears(1)
        second = await scene.start()
        await asyncio.sleep(1)
        first.kill()
        await first.wait()
        await scene.say("two", "three")
        assert await scene.hears(3) == ["one", "two", "three"]
        second.send_signal(signal.SIGTERM)
        assert await asyncio.wait_for(second.wait(), PATIENCE) == 0


async def test_a_key_that_opens_nothing_is_a_setting(tmp_path: Path) -> None:
    """Better at the start than update by update; the key before opens it."""
    url, new = f"sqlite:///{tmp_path}/bot.db", b64encode(bytes(range(32))).decode()
    old = settings_at(url)
    async with delivering(old) as delivery:
        await delivery.inbox.put(message(1))
    with pytest.raises(SettingsError, match=r"BOT_DELIVERY__KEY: .*BOT_DELIVERY__PREVIOUS_KEY"):
        async with delivering(settings_at(url, key=new)):
            pass
    async with delivering(settings_at(url, key=new, previous_key=secret(old.delivery.key))):
        pass


async def test_a_key_that_is_gone_too_early_is_a_setting(settings: Settings) -> None:
    """The newest update is of the new key, and an older one still waits."""
    old, new = secret(settings.delivery.key), b64encode(bytes(range(32))).decode()
    url = secret(settings.database_url)
    async with delivering(settings) as delivery:
        await delivery.inbox.put(message(1))
    both = settings_at(url, key=new, previous_key=old)
    async with delivering(both) as delivery:
        await delivery.inbox.put(message(2, chat=8))
    with pytest.raises(SettingsError, match=r"BOT_DELIVERY__KEY: .*BOT_DELIVERY__PREVIOUS_KEY"):
        async with delivering(settings_at(url, key=new)):
            pass
    async with delivering(both):
        pass


async def test_without_a_token_nothing_is_opened() -> None:
    """The owner reads what is missing before a file is made."""
    with pytest.raises(SettingsError, match="BOT_TELEGRAM__TOKEN"):
        async with delivering(Settings()):
            pass
