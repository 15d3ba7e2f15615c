"""What an update carries: who sent it, in which language, and what was pressed."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from telegram import CallbackQuery, Chat, Message
from telegram.error import TelegramError

from bot.chat import languages

if TYPE_CHECKING:
    from telegram import Update

    from bot.chat.languages import Language


def language_of(update: Update) -> Language:
    """The language of whoever sent it."""
    person = update.effective_user
    return languages.language(languages.choose(person.language_code if person else None))


def message_of(update: Update) -> Message:
    """The message that it brings, or that it is about."""
    message = update.effective_message
    if message is None:
        raise TypeError("the table of handlers let an update without a message through")
    return message


def query_of(update: Update) -> CallbackQuery:
    """The press that it brings."""
    if update.callback_query is None:
        raise TypeError("the table of handlers let an update without a press through")
    return update.callback_query


def reachable(query: CallbackQuery) -> Message | None:
    """The message with the button; PTB 22.8 builds an inaccessible one as a message of 1970."""
    message = query.message
    if not isinstance(message, Message) or not message.is_accessible:
        return None
    return message if message.chat.type == Chat.PRIVATE else None


def offers(shown: Message, data: str) -> bool:
    """Whether a button under a message carries that; one that vanished was not pressed."""
    keyboard = shown.reply_markup.inline_keyboard if shown.reply_markup else ()
    return any(button.callback_data == data for row in keyboard for button in row)


async def answer(query: CallbackQuery, alert: str | None = None) -> None:
    """Stop the button's spinner; where that fails, the press still counts."""
    with suppress(TelegramError):
        await query.answer(alert, show_alert=alert is not None)
