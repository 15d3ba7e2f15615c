"""What owners do about people: invite them, see who came, and remove them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, Protocol

from telegram import InlineKeyboardButton, InlineKeyboardMarkup
from telegram.helpers import create_deep_linked_url

from bot.chat.answers import Answer
from bot.chat.callbacks import Remove
from bot.chat.messages import replace
from bot.chat.updates import answer, language_of, message_of, query_of, reachable

if TYPE_CHECKING:
    from collections.abc import Sequence
    from zoneinfo import ZoneInfo

    from telegram import Update
    from telegram.ext import CallbackContext

    from bot.admission import Access
    from bot.chat.languages import Language
    from bot.records import Member

    Context = CallbackContext[Any, Any, Any, Any]

MOST: Final = 30
"""People that are listed at once, the latest first; a message has room for no more."""


class Members(Protocol):
    """Who came by an invitation."""

    async def invite(self, owner: int) -> str:
        """A new invitation: the token for its link."""

    async def all(self) -> Sequence[Member]:
        """The latest first."""

    async def remove(self, person: int, owner: int) -> bool:
        """Let somebody in no longer; whether they were."""


class Droppable(Protocol):
    """What is kept for somebody."""

    async def drop(self, chat: int) -> int:
        """Delete it; how much there was."""


class Membership:
    """The commands of owners; the gate lets nobody else through to them.

    Args:
        access: the owner's settings.
        members: who came by an invitation.
        reminders: those of somebody who is removed go, too.
        timezone: by which days are told.
    """

    def __init__(
        self, access: Access, members: Members, reminders: Droppable, timezone: ZoneInfo
    ) -> None:
        self._access = access
        self._members = members
        self._reminders = reminders
        self._timezone = timezone

    async def invite(self, update: Update, context: Context) -> None:
        """/invite: a link that lets one person in."""
        message, spoken = message_of(update), language_of(update)
        if self._access.mode != "invited" or message.from_user is None:
            await message.reply_text(spoken.say(f"invite-{self._access.mode}"))
            return
        token = await self._members.invite(message.from_user.id)
        link = create_deep_linked_url(context.bot.username, token)
        days = self._access.invitation_days
        await message.reply_text(spoken.say("invite-invited", link=link, count=days))

    async def people(self, update: Update, _: Context) -> None:
        """/people: who came by an invitation."""
        listed = await self._listed(language_of(update))
        await message_of(update).reply_text(listed.text, reply_markup=listed.keyboard)

    async def remove(self, update: Update, _: Context) -> None:
        """A button in that list."""
        query, spoken = query_of(update), language_of(update)
        press = Remove.parse(query.data or "")
        if press is None:
            await answer(query, spoken.plain("button-unknown"))
            return
        gone = await self._members.remove(press.person, query.from_user.id)
        await self._reminders.drop(press.person)  # their private chat has the same id
        await answer(query, None if gone else spoken.plain("people-gone"))
        shown = reachable(query)
        if shown:
            await replace(shown, await self._listed(spoken))

    async def _listed(self, spoken: Language) -> Answer:
        members = await self._members.all()
        shown = members[:MOST]
        lines = [spoken.say("people", count=len(members)) if members else spoken.say("people-none")]
        lines += (
            spoken.say("people-line", id=f"{member.person}", day=self._day(member))
            for member in shown
        )
        if len(members) > MOST:
            lines.append(spoken.say("people-more", count=len(members) - MOST))
        if self._access.people:
            lines.append(spoken.say("people-listed", count=len(self._access.people)))
        return Answer("\n".join(lines), _keyboard(spoken, shown) if shown else None)

    def _day(self, member: Member) -> str:
        return member.joined.astimezone(self._timezone).date().isoformat()


def _keyboard(spoken: Language, members: Sequence[Member]) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup(
        [
            [
                InlineKeyboardButton(
                    spoken.plain("button-remove", id=f"{member.person}"),
                    callback_data=Remove(member.person).encode(),
                )
            ]
            for member in members
        ]
    )
