"""Fetching updates from Telegram until somebody stops it."""

from __future__ import annotations

import asyncio
from typing import Any, Final

import structlog
from telegram import Update
from telegram.error import BadRequest, InvalidToken, NetworkError
from telegram.ext import Application

from bot.errors import SettingsError
from bot.settings import variable

Bot = Application[Any, Any, Any, Any, Any, Any]

ALLOWED_UPDATES: Final = (Update.MESSAGE, Update.CALLBACK_QUERY)

_FIRST_PAUSE: Final = 1.0
_LONGEST_PAUSE: Final = 30.0

log = structlog.get_logger(__name__)


async def poll(application: Bot, stop: asyncio.Event) -> None:
    """Work until `stop` is set, then finish what runs.

    Raises:
        SettingsError: Telegram refuses the token.
    """
    try:
        if await _connect(application, stop):
            await _run(application, stop)
    finally:
        await application.shutdown()
        await application.bot.request.shutdown()  # left open where the hello failed


async def _run(application: Bot, stop: asyncio.Event) -> None:
    if application.post_init:
        await application.post_init(application)
    await application.start()
    try:
        if application.updater is None:
            raise TypeError("polling needs an application with an updater")
        await application.updater.start_polling(
            allowed_updates=ALLOWED_UPDATES, bootstrap_retries=-1
        )
        log.info("listening", bot=application.bot.username)
        await stop.wait()
        log.info("stopping")
        await application.updater.stop()
    finally:
        await application.stop()


async def _connect(application: Bot, stop: asyncio.Event) -> bool:
    """Say hello to Telegram, however long its network takes to come back; whether it did."""
    pause = _FIRST_PAUSE
    while not stop.is_set():
        try:
            await application.initialize()
        except InvalidToken:
            name = variable("telegram", "token")
            raise SettingsError(f"{name}: Telegram does not know this token") from None
        except BadRequest:
            raise
        except NetworkError:
            log.warning("telegram is out of reach", retry_in=pause)
            await _wait(stop, pause)
            pause = min(pause * 2, _LONGEST_PAUSE)
        else:
            return True
    return False


async def _wait(stop: asyncio.Event, seconds: float) -> None:
    try:
        await asyncio.wait_for(stop.wait(), seconds)
    except TimeoutError:
        return
