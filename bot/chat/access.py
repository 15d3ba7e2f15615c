"""The gate: who may use the bot is decided here, before any handler, and nowhere else.

What is not let in costs nothing: no download, no recognition, one polite line in a while.
"""

from __future__ import annotations

import re
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final, Protocol

import structlog
from telegram import Chat, Update
from telegram.error import BadRequest, ChatMigrated, Forbidden
from telegram.ext import ApplicationHandlerStop

from bot.chat.callbacks import REMOVE, is_ours
from bot.chat.silence import Silence
from bot.chat.updates import answer, language_of
from bot.chat.visitors import CURRENT, Visitor
from bot.metrics import Metrics
from bot.records import Event, Note

if TYPE_CHECKING:
    from collections.abc import Hashable

    from telegram import CallbackQuery
    from telegram.ext import CallbackContext

    from bot.admission import Access
    from bot.records import Entry

    Context = CallbackContext[Any, Any, Any, Any]

OWNER_COMMANDS: Final = ("invite", "people")
OWNER_PRESS: Final = REMOVE
"""How the data of a button begins that only an owner may press."""

_FOR_GOOD: Final = BadRequest, ChatMigrated, Forbidden
_COMMAND: Final = re.compile(r"/(\w+)(?:@\w+)?(?:\s+(\S+))?\s*")

log = structlog.get_logger(__name__)


class Role(StrEnum):
    """What somebody may do."""

    OWNER = "owner"
    AGENT = "agent"


class People(Protocol):
    """Who came by an invitation."""

    async def has_joined(self, person: int) -> bool:
        """Whether somebody did, and was not removed since."""

    async def join(self, token: str, person: int) -> Entry:
        """Use an invitation, once."""


class Audit(Protocol):
    """What was done, by ids and codes."""

    async def keep(self, note: Note) -> None:
        """Keep a note."""


class Gate:
    """Stands before the table of handlers.

    Args:
        access: the owner's settings.
        people: who came by an invitation.
        audit: is told of refusals, once in a while.
        metrics: count every one of them.
    """

    def __init__(
        self, access: Access, people: People, audit: Audit, metrics: Metrics | None = None
    ) -> None:
        self._metrics = metrics or Metrics()
        self._access = access
        self._people = people
        self._audit = audit
        self._noted, self._told = Silence(), Silence()

    async def admit(self, update: Update, context: Context) -> None:
        """Let an update through to the handlers, or not.

        Raises:
            ApplicationHandlerStop: not; also where nobody could tell, for a gate that is broken
                is shut.
        """
        try:
            admitted = await self._admits(update)
        except Exception as error:  # noqa: BLE001 - else PTB would go on with the handlers
            await context.application.process_error(update, error)
            raise ApplicationHandlerStop from None
        if not admitted:
            raise ApplicationHandlerStop

    async def role(self, person: int, chat: int | None = None) -> Role | None:
        """What somebody may do in a chat; `None` for strangers."""
        if person in self._access.owners:
            return Role.OWNER
        listed = person in self._access.people or chat in self._access.chats
        if listed or self._access.mode == "open":
            return Role.AGENT
        invited = self._access.mode == "invited" and await self._people.has_joined(person)
        return Role.AGENT if invited else None

    async def _admits(self, update: Update) -> bool:
        person, chat = update.effective_user, update.effective_chat
        if person is None:
            return False
        CURRENT.set(Visitor(person.id, update.update_id))
        if update.callback_query and _is_foreign(update.callback_query):
            await self._refuse(update, "foreign-press")
            return False
        role = await self.role(person.id, chat.id if chat else None)
        if role is None:
            return await self._admits_stranger(update, person.id)
        if role is not Role.OWNER and _is_for_owners(update):
            await self._refuse(update, "owners-only")
            return False
        if update.callback_query and not is_ours(update.callback_query.data):
            self._metrics.turned_away.labels("forged-press").inc()
            await answer(update.callback_query, language_of(update).plain("button-unknown"))
            return False
        return True

    async def _admits_stranger(self, update: Update, person: int) -> bool:
        """/privacy is everybody's, by Telegram's terms; and a link may let somebody in."""
        command, token = _command(update)
        if command == "privacy":
            return True
        if command == "start" and token and _is_private(update) and self._access.mode == "invited":
            entry = await self._people.join(token, person)
            if entry == "joined":
                await self._welcome(update)
                return True
            await self._refuse(update, f"invitation-{entry}")
        else:
            await self._refuse(update, "stranger")
        return False

    async def _welcome(self, update: Update) -> None:
        log.info("somebody joined")
        if update.effective_chat:
            await update.effective_chat.send_message(language_of(update).say("access-joined"))

    async def _refuse(self, update: Update, code: str) -> None:
        """Say so once in a while; a press always ends, with or without words."""
        person, chat = update.effective_user, update.effective_chat
        if person is None or chat is None:
            return
        # In a group, one line is enough for all; a press is answered to whoever pressed.
        reason = (person.id if update.callback_query else chat.id, code)
        if self._noted.breaks(reason):
            note = Note(Event.REFUSED, person.id, update_id=update.update_id, code=code)
            await self._note(note, reason)
        self._metrics.turned_away.labels(code).inc()
        aloud = self._told.breaks(reason)
        try:
            await _tell(update, code, aloud=aloud)
        except _FOR_GOOD as error:  # the bot may not write there; in a while it tries again
            log.info("refusal not told", code=code, error=type(error).__name__)
        except BaseException:
            if aloud:
                self._told.forget(reason)  # the same update may be tried again
            raise

    async def _note(self, note: Note, reason: Hashable) -> None:
        """Telling may fail and be tried again: that makes no second note."""
        log.info("refused", code=note.code)
        try:
            await self._audit.keep(note)
        except BaseException:
            self._noted.forget(reason)
            raise


async def _tell(update: Update, code: str, *, aloud: bool) -> None:
    spoken, person, chat = language_of(update), update.effective_user, update.effective_chat
    params = {"id": str(person.id)} if code == "stranger" and person else {}
    if update.callback_query:
        await answer(
            update.callback_query, spoken.plain(f"access-{code}", **params) if aloud else None
        )
    elif aloud and chat:
        await chat.send_message(spoken.say(f"access-{code}", **params))


def _is_foreign(query: CallbackQuery) -> bool:
    """Whether somebody presses a button that was not shown to them alone."""
    chat = query.message.chat if query.message else None
    return chat is not None and (chat.type != Chat.PRIVATE or chat.id != query.from_user.id)


def _is_for_owners(update: Update) -> bool:
    if update.callback_query:
        return str(update.callback_query.data).startswith(OWNER_PRESS)
    return _is_private(update) and _command(update)[0] in OWNER_COMMANDS


def _is_private(update: Update) -> bool:
    chat = update.effective_chat
    return chat is not None and chat.type == Chat.PRIVATE


def _command(update: Update) -> tuple[str, str]:
    """The command of a message and its first word; nothing for whatever else."""
    text = update.message.text if update.message else None
    match = _COMMAND.fullmatch(text or "")
    return (match[1].lower(), match[2] or "") if match else ("", "")
