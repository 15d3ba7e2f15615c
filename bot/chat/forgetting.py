"""/forget: somebody has deleted what is kept about them, as far as it is theirs to decide."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot.chat.answers import Answer
from bot.chat.callbacks import FORGET
from bot.chat.messages import replace
from bot.chat.updates import answer, language_of, message_of, query_of, reachable
from bot.records import Event, Note

if TYPE_CHECKING:
    from telegram import Update
    from telegram.ext import CallbackContext

    from bot.chat.access import Audit
    from bot.chat.membership import Droppable

    Context = CallbackContext[Any, Any, Any, Any]


class Forgettable(Protocol):
    """What is counted of people."""

    async def forget(self, person: int) -> None:
        """Delete what is counted of somebody."""


class Forgetting:
    """Asks once, for a command in a menu is easily touched, and deletes.

    Args:
        reminders: deleted.
        quotas: deleted; the audit goes on counting for a day.
        audit: stays, for the owner answers for what the bot did; it is told.
        days: for which the audit is kept.
    """

    def __init__(self, reminders: Droppable, quotas: Forgettable, audit: Audit, days: int) -> None:
        self._reminders = reminders
        self._quotas = quotas
        self._audit = audit
        self._days = days

    async def ask(self, update: Update, _: Context) -> None:
        """/forget: what will be deleted, and what will not."""
        spoken = language_of(update)
        button = InlineKeyboardButton(spoken.plain("button-forget"), callback_data=FORGET)
        await message_of(update).reply_text(
            spoken.say("forget", count=self._days), reply_markup=InlineKeyboardMarkup([[button]])
        )

    async def press(self, update: Update, _: Context) -> None:
        """The button under that."""
        query, spoken = query_of(update), language_of(update)
        person = query.from_user.id
        count = await self._reminders.drop(person)  # their private chat has the same id
        await self._quotas.forget(person)
        await self._audit.keep(Note(Event.FORGOTTEN, person, update_id=update.update_id))
        await answer(query)
        shown = reachable(query)
        if shown:
            await replace(shown, Answer(spoken.say("forgotten", count=count, days=self._days)))
