"""Fetching updates from Telegram until somebody stops it."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, Final

import structlog
from telegram import Update
from telegram.error import InvalidToken
from telegram.ext import Updater

from bot.delivery import turns
from bot.delivery.hello import connected, introduce, unknown_token, unless
from bot.logs import note

if TYPE_CHECKING:
    from collections.abc import Coroutine
    from contextlib import AbstractAsyncContextManager

    from bot.delivery.connection import Heartbeat
    from bot.delivery.hello import BotApplication
    from bot.delivery.turns import Turn

ALLOWED_UPDATES: Final = (Update.MESSAGE, Update.CALLBACK_QUERY)

PAUSE: Final = 5.0
"""Seconds before polling is begun anew where it ended by itself."""

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
            while not _leaves(heartbeat, stop):
                if not await turn.take():
                    heartbeat.note()  # whoever stands by is well, too
                    await unless(asyncio.sleep(turns.EVERY), stop)
                elif not await _fetch(updater, heartbeat, stop, turn):
                    application.updater = updater = await _another(application, stop)
    finally:
        await turn.give()  # one that was refused has a connection, too
        introduction.cancel()
        await application.stop()
        if application.post_stop:
            await application.post_stop(application)


def _leaves(heartbeat: Heartbeat, stop: asyncio.Event) -> bool:
    return stop.is_set() or heartbeat.refused.is_set()


async def _fetch(updater: Updater, heartbeat: Heartbeat, stop: asyncio.Event, turn: Turn) -> bool:
    """Fetch updates as long as it is our turn; whether nothing else ended that."""
    polling = updater.start_polling(allowed_updates=ALLOWED_UPDATES, bootstrap_retries=-1)
    try:
        if await unless(polling, stop):
            ends = asyncio.wait([_task(updater)])
            log.info("listening", bot=updater.bot.username)
            await unless(_either(heartbeat.refused.wait(), turn.lost(), ends), stop)
            log.info("no longer listening")
        return await _stopped(updater) or _leaves(heartbeat, stop)
    finally:
        await turn.give()  # another one need not wait until our last photo is read


async def _stopped(updater: Updater) -> bool:
    """Stop fetching, whatever that stirs up; whether the updater is as good as before."""
    lasted = not _task(updater).done()
    try:
        if updater.running:
            await updater.stop()
    except InvalidToken:  # the reason why it stops
        return False
    except Exception as error:  # noqa: BLE001 - what ended polling must not keep us from leaving
        note(error)
        return False
    return lasted


def _task(updater: Updater) -> asyncio.Future[None]:
    """What polls for an updater; PTB tells nobody when that ends by itself."""
    task: asyncio.Future[None] | None = getattr(updater, "_Updater__polling_task", None)
    return task or asyncio.get_running_loop().create_future()


async def _another(application: BotApplication, stop: asyncio.Event) -> Updater:
    """After a pause; PTB's own is of no use any more where its polling has failed."""
    log.warning("polling has ended by itself", retry_in=PAUSE)
    await unless(asyncio.sleep(PAUSE), stop)
    updater = Updater(application.bot, application.update_queue)
    await updater.initialize()  # asks Telegram nothing: the bot is there already
    return updater


async def _either(*waits: Coroutine[Any, Any, object]) -> None:
    tasks = [asyncio.create_task(wait) for wait in waits]
    try:
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
