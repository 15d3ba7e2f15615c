"""Saying hello to Telegram and to the people, before and beside the work."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, Final

import structlog
from telegram.error import BadRequest, InvalidToken, NetworkError, RetryAfter
from telegram.ext import Application

from bot.errors import SettingsError
from bot.settings import variable

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Coroutine

BotApplication = Application[Any, Any, Any, Any, Any, Any]

_FIRST_PAUSE: Final = 1.0
_LONGEST_PAUSE: Final = 30.0

log = structlog.get_logger(__name__)


async def connected(application: BotApplication, stop: asyncio.Event) -> bool:
    """Say hello to Telegram, however long its network takes to come back; whether it did.

    Raises:
        SettingsError: Telegram does not know the token.
    """
    return await patiently(application.initialize, stop)


async def patiently(ask: Callable[[], Awaitable[object]], stop: asyncio.Event) -> bool:
    """Ask Telegram for something until it answers or we are to stop; whether it did.

    Raises:
        SettingsError: Telegram does not know the token.
        BadRequest: it understood, and refuses.
    """
    pause = _FIRST_PAUSE
    while not stop.is_set():
        try:
            await ask()
        except InvalidToken:
            raise unknown_token() from None
        except BadRequest:
            raise
        except (NetworkError, RetryAfter):
            log.warning("telegram is out of reach", retry_in=pause)
            await unless(asyncio.sleep(pause), stop)
            pause = min(pause * 2, _LONGEST_PAUSE)
        else:
            return True
    return False


async def introduce(application: BotApplication) -> None:
    """Tell people what the bot can do."""
    if application.post_init:
        await application.post_init(application)


async def unless(work: Coroutine[Any, Any, object], stop: asyncio.Event) -> bool:
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


def unknown_token() -> SettingsError:
    """The owner reads which setting is wrong, not a traceback."""
    return SettingsError(f"{variable('telegram', 'token')}: Telegram does not know this token")
