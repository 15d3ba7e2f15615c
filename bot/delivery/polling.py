"""Fetching updates from Telegram until somebody stops it."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Final

import structlog
from telegram import Update
from telegram.error import BadRequest, InvalidToken, NetworkError, RetryAfter
from telegram.ext import Application

from bot.delivery import turns
from bot.errors import SettingsError
from bot.settings import variable

if TYPE_CHECKING:
    from collections.abc import Coroutine
    from contextlib import AbstractAsyncContextManager

    from telegram.ext import Updater

    from bot.delivery.connection import Heartbeat
    from bot.delivery.turns import Turn

ALLOWED_UPDATES: Final = (Update.MESSAGE, Update.CALLBACK_QUERY)

BotApplication = Application[Any, Any, Any, Any, Any, Any]

_FIRST_PAUSE: Final = 1.0
_LONGEST_PAUSE: Final = 30.0

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
        if await _connect(application, stop):
            await _run(application, heartbeat, stop, work, turn)
    finally:
        await application.shutdown()
        for connection in (application.bot.request, heartbeat):
            await connection.shutdown()  # left open where the hello failed
    if heartbeat.refused.is_set():
        raise _unknown_token()


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
    introduction = asyncio.create_task(_introduce(application))
    try:
        async with work:
            while not (stop.is_set() or heartbeat.refused.is_set()):
                if await turn.take():
                    await _fetch(updater, heartbeat, stop, turn)
                else:
                    heartbeat.note()  # whoever stands by is well, too
                    await _unless(asyncio.sleep(turns.EVERY), stop)
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
        if await _unless(polling, stop):
            log.info("listening", bot=updater.bot.username)
            await _unless(_either(heartbeat.refused.wait(), turn.lost()), stop)
            log.info("no longer listening")
        if updater.running:
            with suppress(InvalidToken):  # the reason why it stops
                await updater.stop()
    finally:
        await turn.give()  # another one need not wait until our last photo is read


async def _introduce(application: BotApplication) -> None:
    if application.post_init:
        await application.post_init(application)


async def _connect(application: BotApplication, stop: asyncio.Event) -> bool:
    """Say hello to Telegram, however long its network takes to come back; whether it did."""
    pause = _FIRST_PAUSE
    while not stop.is_set():
        try:
            await application.initialize()
        except InvalidToken:
            raise _unknown_token() from None
        except BadRequest:
            raise
        except (NetworkError, RetryAfter):
            log.warning("telegram is out of reach", retry_in=pause)
            await _unless(asyncio.sleep(pause), stop)
            pause = min(pause * 2, _LONGEST_PAUSE)
        else:
            return True
    return False


async def _unless(work: Coroutine[Any, Any, object], stop: asyncio.Event) -> bool:
    """Do some work unless asked to stop meanwhile; whether it was done."""
    doing, stopping = asyncio.ensure_future(work), asyncio.create_task(stop.wait())
    await asyncio.wait({doing, stopping}, return_when=asyncio.FIRST_COMPLETED)
    done = doing.done()
    for task in (doing, stopping):
        task.cancel()
    results = await asyncio.gather(doing, stopping, return_exceptions=True)
    if done and isinstance(results[0], BaseException):
        raise results[0]
    return done


async def _either(*waits: Coroutine[Any, Any, object]) -> None:
    tasks = [asyncio.create_task(wait) for wait in waits]
    try:
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


def _unknown_token() -> SettingsError:
    return SettingsError(f"{variable('telegram', 'token')}: Telegram does not know this token")
