"""Reminders: asked for under an answer, listed and called off, and said when their day has come."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from telegram import ForceReply, Message
from telegram.ext import filters

from bot.chat import agenda
from bot.chat.agenda import Subject
from bot.chat.callbacks import Cancel, Remind, When
from bot.chat.days import read_day
from bot.chat.languages import language as language_in
from bot.chat.messages import replace
from bot.chat.recent import Once
from bot.chat.updates import answer, language_of, message_of, query_of, reachable
from bot.records import Reminder

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date, datetime

    from telegram import Bot, CallbackQuery, Update
    from telegram.ext import CallbackContext

    from bot.chat.answers import Answer
    from bot.chat.languages import Language
    from bot.licence.report import Policy
    from bot.records import Kept

    Context = CallbackContext[Any, Any, Any, Any]


class Reminders(Protocol):
    """Where reminders are kept until their day has come."""

    def hour(self, day: date) -> datetime:
        """The moment of a day at which they are said."""

    async def keep(self, wanted: Reminder) -> Kept:
        """Remind somebody; twice the same is once."""

    async def of(self, chat: int) -> Sequence[Reminder]:
        """Those of a chat, the next one first."""

    async def cancel(self, chat: int, reminder_id: int) -> bool:
        """Call one off; whether that chat had it."""


class Asks(filters.MessageFilter):
    """A reply to a message of ours that is about a reminder."""

    def filter(self, message: Message) -> bool:
        """Whether it is one."""
        return _asked(message.reply_to_message) is not None


class Reminding:
    """What people can do about reminders, one method each.

    Args:
        reminders: where they are kept.
        policy: the owner's thresholds.
        now: this moment, in the time zone of the policy.
    """

    def __init__(self, reminders: Reminders, policy: Policy, now: Callable[[], datetime]) -> None:
        self._reminders = reminders
        self._policy = policy
        self._now = now
        self._presses: Once[tuple[object, ...]] = Once()

    async def press(self, update: Update, _: Context) -> None:
        """A button about a reminder; it carries all that is needed, however old its message is."""
        query, spoken = query_of(update), language_of(update)
        press = Remind.parse(query.data or "")
        if press is None or query.message is None:
            await answer(query, spoken.plain("button-unknown"))
            return
        subject = Subject(press.document_type, press.until, press.alias)
        if press.until <= self._now().date():
            await answer(query, spoken.plain("remind-over", until=f"{press.until}"))
            return
        if press.when.days is None:
            await answer(query)
            async with self._presses.new(
                (query.message.chat.id, query.message.message_id, press)
            ) as new:
                if new:
                    await self._ask(query, subject, press.when, spoken)
            return
        day = agenda.day_of(press.until, press.when.days)
        problem = await self._keep(query.message.chat.id, subject, day, spoken)
        await answer(query, problem or None)
        shown = reachable(query)
        if shown:
            await replace(shown, await self._choosing(shown.chat_id, subject, spoken))

    async def pick(self, update: Update, _: Context) -> None:
        """A day that somebody wrote in reply, and perhaps a name."""
        message, spoken = message_of(update), language_of(update)
        subject = _asked(message.reply_to_message)
        if subject is None:
            raise TypeError("this message asks for no day")
        read = read_day(message.text or "", self._now().date(), subject.until)
        if read is None:
            await self._ask_again(message, subject, spoken.say("remind-day-unknown"), spoken)
            return
        day, alias = read
        named = Subject(subject.document_type, subject.until, alias or subject.alias)
        problem = await self._keep(message.chat_id, named, day, spoken)
        if problem:
            await self._ask_again(message, named, problem, spoken)
        else:
            chosen = await self._choosing(message.chat_id, named, spoken)
            await message.reply_text(chosen.text, reply_markup=chosen.keyboard, do_quote=True)

    async def agenda(self, update: Update, _: Context) -> None:
        """/reminders: all of this chat."""
        message, spoken = message_of(update), language_of(update)
        reminders = await self._reminders.of(message.chat_id)
        listed = agenda.listing(spoken, reminders, self._now().date())
        await message.reply_text(listed.text, reply_markup=listed.keyboard)

    async def cancel(self, update: Update, _: Context) -> None:
        """A button in that list."""
        query, spoken = query_of(update), language_of(update)
        press, message = Cancel.parse(query.data or ""), query.message
        if press is None or message is None:
            await answer(query, spoken.plain("button-unknown"))
            return
        gone = await self._reminders.cancel(message.chat.id, press.reminder)
        await answer(query, None if gone else spoken.plain("reminder-gone"))
        shown = reachable(query)
        if shown:
            left = await self._reminders.of(shown.chat_id)
            await replace(shown, agenda.listing(spoken, left, self._now().date()))

    async def tell(self, bot: Bot, reminder: Reminder) -> None:
        """Its day has come: say what holds now, and offer the days that are left."""
        spoken, now = language_in(reminder.language), self._now()
        subject = Subject(reminder.document_type, reminder.until, reminder.alias)
        taken = await self._taken(reminder.chat, subject)
        left = [day for day in self._days(subject.until, now) if day not in taken]
        text = agenda.telling(spoken, reminder, now.date(), self._policy)
        keyboard = agenda.choices(spoken, subject, left, now.date())
        await bot.send_message(reminder.chat, text, reply_markup=keyboard)

    async def _keep(self, chat: int, subject: Subject, day: date, spoken: Language) -> str:
        """Keep a reminder; why not, where that cannot be."""
        if day > subject.until:
            return spoken.plain("remind-day-late", until=f"{subject.until}")
        if self._reminders.hour(day) <= self._now():
            return spoken.plain("remind-day-past", day=f"{day}")
        wanted = Reminder(
            chat, subject.document_type, subject.until, day, subject.alias, spoken.tag
        )
        kept = await self._reminders.keep(wanted)
        return "" if kept == "kept" else spoken.plain(f"remind-{kept}", day=f"{day}")

    async def _ask(
        self, query: CallbackQuery, subject: Subject, when: When, spoken: Language
    ) -> None:
        if query.message is None:
            return
        chat, number = query.message.chat, query.message.message_id
        if when is When.DAY:
            text, wish = self._asking(subject, spoken)
            await chat.send_message(text, reply_markup=wish, reply_to_message_id=number)
            return
        chosen = await self._choosing(chat.id, subject, spoken)
        await chat.send_message(
            chosen.text, reply_markup=chosen.keyboard, reply_to_message_id=number
        )

    async def _ask_again(
        self, message: Message, subject: Subject, problem: str, spoken: Language
    ) -> None:
        text, wish = self._asking(subject, spoken, problem)
        await message.reply_text(text, reply_markup=wish, do_quote=True)

    def _asking(
        self, subject: Subject, spoken: Language, problem: str = ""
    ) -> tuple[str, ForceReply]:
        today = self._now().date()
        example = today + (subject.until - today) / 2
        wish = ForceReply(selective=True, input_field_placeholder=f"{example}")
        return agenda.asking(spoken, subject, example, problem), wish

    async def _choosing(self, chat: int, subject: Subject, spoken: Language) -> Answer:
        now, taken = self._now(), await self._taken(chat, subject)
        days = self._days(subject.until, now)
        return agenda.choosing(spoken, subject, now.date(), days, taken)

    async def _taken(self, chat: int, subject: Subject) -> set[date]:
        return {
            kept.day
            for kept in await self._reminders.of(chat)
            if Subject(kept.document_type, kept.until, kept.alias) == subject
            and self._reminders.hour(kept.day) > self._now()
        }

    def _days(self, until: date, now: datetime) -> list[date]:
        """Those that are offered and still to come."""
        return [day for day in agenda.offered_days(until) if self._reminders.hour(day) > now]


def _asked(message: Message | None) -> Subject | None:
    """What a message of ours is about, where it is about a reminder."""
    if message is None or message.from_user is None or not message.text:
        return None
    ours = message.from_user.id == message.get_bot().id
    return agenda.subject_of(message.text_html) if ours else None
