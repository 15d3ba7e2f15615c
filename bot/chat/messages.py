"""Sending a message and putting another in its place."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager, suppress
from typing import TYPE_CHECKING, Final

from telegram.constants import ChatAction
from telegram.error import BadRequest, NetworkError, TelegramError

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from telegram import Message

    from bot.chat.answers import Answer

PAUSES: Final = (0.5, 2.0, 5.0)
"""Seconds before an edit that Telegram did not take is tried again."""

FAREWELL: Final = 2.0
"""Seconds that a message may take to be taken back."""

ACTION_EVERY: Final = 4.0
"""Seconds; Telegram shows a chat action for 5."""


async def reply(message: Message, answer: Answer) -> Message:
    """Answer in a reply to that very message, so that the photo can be found from it."""
    return await message.reply_text(answer.text, reply_markup=answer.keyboard, do_quote=True)


@asynccontextmanager
async def announced(message: Message, answer: Answer) -> AsyncIterator[Message]:
    """Reply what is being done. Where that fails, and be it by a stop, the reply is taken back.

    It is done again with a new reply, or whoever catches the error says what went wrong: nothing
    would ever take the place of the old one.
    """
    shown = await reply(message, answer)
    try:
        yield shown
    except BaseException:
        await withdraw(shown)
        raise


async def replace(shown: Message, answer: Answer) -> None:
    """Put an answer in the place of a message; doing it twice does no harm."""
    for pause in PAUSES:
        try:
            return await _edit(shown, answer)
        except BadRequest:
            raise
        except NetworkError:
            await asyncio.sleep(pause)
    return await _edit(shown, answer)


async def withdraw(shown: Message) -> None:
    """Take a message back; it stays where that takes long, for the process may be about to end."""
    with suppress(TelegramError, TimeoutError):
        async with asyncio.timeout(FAREWELL):
            await shown.delete()


async def _edit(shown: Message, answer: Answer) -> None:
    try:
        await shown.edit_text(answer.text, reply_markup=answer.keyboard)
    except BadRequest as error:
        reason = error.message.lower()
        if "not modified" not in reason and "not found" not in reason:  # or deleted meanwhile
            raise


@asynccontextmanager
async def typing(
    shown: Message, action: ChatAction = ChatAction.TYPING
) -> AsyncIterator[asyncio.Event]:
    """Show the person that work goes on, until the event is set."""
    done = asyncio.Event()
    showing = asyncio.create_task(_keep_typing(shown, done, action))
    try:
        yield done
    finally:
        done.set()  # not cancelled: a request that is cut off would leak its connection
        await showing


async def _keep_typing(shown: Message, done: asyncio.Event, action: ChatAction) -> None:
    while not done.is_set():
        with suppress(TelegramError):  # a missing sign of life is no reason to stop working
            await shown.chat.send_action(action)
        with suppress(TimeoutError):
            await asyncio.wait_for(done.wait(), ACTION_EVERY)
