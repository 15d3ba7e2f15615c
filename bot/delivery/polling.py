"""Fetching updates from Telegram until somebody stops it."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Final

import structlog
from telegram import Update
from telegram.error import InvalidToken

from bot.delivery import turns
from bot.delivery.hello import connected, introduce, unknown_token, unless

if TYPE_CHECKING:
    from collections.abc import Coroutine
    from contextlib import AbstractAsyncContextManager

    from telegram.ext import Updater

    from bot.delivery.connection import Heartbeat
    from bot.delivery.hello import BotApplication
    from bot.delivery.turns import Turn

ALLOWED_UPDATES: Final = (Update.MESSAGE, Update.CALLBACK_QUERY)

log = structlog.get_logger(__name__)


async def poll(
    application: BotApplication,
    heartbeat: Heartbeat,
    stop: asyncio.Event,
    work: AbstractAsyncContextManager[object],
    turn: Turn,
) -> None:
    """Work until `stop` is set, then finish what runs.

    Args:
        application: the bot.
        heartbeat: its connection that fetches updates.
        stop: asks it to leave.
        work: works on updates while it is entered, and finishes what runs when it is left.
        turn: the right to fetch updates; without it, updates that others fetched are worked on.

    Raises:
        SettingsError: Telegram does not know the token, or knows it no longer.
    """
    try:
        if await connected(application, stop):
            heartbeat.note()  # the first poll is answered when it has waited in vain
            await _run(application, heartbeat, stop, work, turn)
    finally:
        await application.shutdown()
        for connection in (application.bot.request, heartbeat):
            await connection.shutdown()  # left open where the hello failed
    if heartbeat.refused.is_set():
        raise unknown_token()


async def _run(
    application: BotApplication,
    heartbeat: Heartbeat,
    stop: asyncio.Event,
    work: AbstractAsyncContextManager[object],
    turn: Turn,
) -> None:
    updater = application.updater
    if updater is None:
        raise TypeError("polling needs an application with an updater")
    await application.start()
    introduction = asyncio.create_task(introduce(application))
    try:
        async with work:
            while not (stop.is_set() or heartbeat.refused.is_set()):
                if await turn.take():
                    await _fetch(updater, heartbeat, stop, turn)
                else:
                    heartbeat.note()  # whoever stands by is well, too
                    await unless(asyncio.sleep(turns.EVERY), stop)
    finally:
        await turn.give()  # one that was refused has a connection, too
        introduction.cancel()
        await application.stop()
        if application.post_stop:
            await application.post_stop(application)


async def _fetch(updater: Updater, heartbeat: Heartbeat, stop: asyncio.Event, turn: Turn) -> None:
    """Fetch updates as long as it is our turn."""
    polling = updater.start_polling(allowed_updates=ALLOWED_UPDATES, bootstrap_retries=-1)
    try:
        if await unless(polling, stop):
            log.info("listening", bot=updater.bot.username)
            await unless(_either(heartbeat.refused.wait(), turn.lost()), stop)
            log.info("no longer listening")
        if updater.running:
            with suppress(InvalidToken):  # the reason why it stops
                await updater.stop()
    finally:
        await turn.give()  # another one need not wait until our last photo is read


async def _either(*waits: Coroutine[Any, Any, object]) -> None:
    tasks = [asyncio.create_task(wait) for wait in waits]
    try:
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
