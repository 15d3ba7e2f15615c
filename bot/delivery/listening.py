"""Being told of updates by Telegram, through a webhook, until somebody stops it."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import structlog
from telegram.error import BadRequest

from bot.delivery.hello import connected, introduce, patiently, unknown_token, unless
from bot.delivery.polling import ALLOWED_UPDATES
from bot.errors import SettingsError
from bot.settings import variable

if TYPE_CHECKING:
    from contextlib import AbstractAsyncContextManager

    from bot.delivery.connection import Sending
    from bot.delivery.hello import BotApplication
    from bot.delivery.webhook import Address

CONNECTIONS: Final = 20
"""Deliveries that Telegram makes at a time; each takes as long as a commit."""

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Door:
    """Where updates come in.

    Attributes:
        place: what Telegram is told.
        open: takes deliveries while it is entered.
    """

    place: Address
    open: AbstractAsyncContextManager[object]


async def listen(
    application: BotApplication,
    sending: Sending,
    stop: asyncio.Event,
    work: AbstractAsyncContextManager[object],
    door: Door,
) -> None:
    """Work until `stop` is set: then take nothing more, and finish what runs.

    The webhook stays set: other replicas stand behind it, and what comes when there are none waits
    at Telegram, which tries again for a day.

    Args:
        application: the bot.
        sending: its connections, which notice when Telegram no longer knows the token.
        stop: asks it to leave.
        work: works on updates while it is entered, and finishes what runs when it is left.
        door: where updates come in.

    Raises:
        SettingsError: Telegram does not know the token, or refuses the address.
    """
    try:
        if await connected(application, stop):
            await _run(application, sending, stop, work, door)
    finally:
        await application.shutdown()
        await sending.shutdown()  # left open where the hello failed
    if sending.refused.is_set():
        raise unknown_token()


async def _run(
    application: BotApplication,
    sending: Sending,
    stop: asyncio.Event,
    work: AbstractAsyncContextManager[object],
    door: Door,
) -> None:
    await application.start()
    introduction = asyncio.create_task(introduce(application))
    try:
        async with work, door.open:  # left in the other order: the door is shut first
            if await _announce(application, stop, door):
                log.info("listening", bot=application.bot.username, webhook=True)
                await unless(sending.refused.wait(), stop)
                log.info("no longer listening")
    finally:
        introduction.cancel()
        await application.stop()
        if application.post_stop:
            await application.post_stop(application)


async def _announce(application: BotApplication, stop: asyncio.Event, door: Door) -> bool:
    """Tell Telegram where to deliver; each replica says the same. Nothing that waits is dropped."""

    async def ask() -> None:
        await application.bot.set_webhook(
            door.place.url,
            max_connections=CONNECTIONS,
            allowed_updates=ALLOWED_UPDATES,
            secret_token=door.place.secret,
        )

    try:
        return await patiently(ask, stop)
    except BadRequest as error:
        reason = error.message.replace(door.place.path, "…")
        raise SettingsError(f"{variable('telegram', 'webhook_url')}: {reason}") from None
