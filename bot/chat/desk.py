"""Everything that a person can do in the chat, one method each."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any

from telegram import Update
from telegram.error import Forbidden, TelegramError

from bot.chat import callbacks, commands, correction, rendering
from bot.chat.callbacks import Ask, Mask
from bot.chat.downloads import picture_of
from bot.chat.followup import is_question
from bot.chat.messages import replace
from bot.chat.recent import Recent
from bot.chat.updates import answer, language_of, message_of, offers, query_of, reachable
from bot.chat.wording import named_page
from bot.logs import note

if TYPE_CHECKING:
    from telegram import Message
    from telegram.ext import CallbackContext

    from bot.chat.callbacks import ReadAs
    from bot.chat.followup import FollowUp
    from bot.chat.intake import Intake
    from bot.chat.languages import Language
    from bot.chat.reading import Reader

    Context = CallbackContext[Any, Any, Any, Any]


class Desk:
    """Receives what people send and press.

    Attributes:
        intake: takes photos in.
        reader: reads them.
        followup: grants what is asked about an answer.
        about: what there is to say of the bot itself.
    """

    def __init__(
        self, intake: Intake, reader: Reader, followup: FollowUp, about: commands.About
    ) -> None:
        self.intake = intake
        self.reader = reader
        self.followup = followup
        self.about = about
        self._pressed: Recent[tuple[object, ...]] = Recent()

    async def start(self, update: Update, _: Context) -> None:
        """/start: the first thing that anybody sends."""
        await message_of(update).reply_text(commands.start(language_of(update)))

    async def help(self, update: Update, _: Context) -> None:
        """/help: how to use the bot, tips and limits."""
        await message_of(update).reply_text(commands.help_(language_of(update)))

    async def privacy(self, update: Update, _: Context) -> None:
        """/privacy: what happens to photos."""
        text = commands.privacy(language_of(update), self.about)
        await message_of(update).reply_text(text)

    async def photo(self, update: Update, _: Context) -> None:
        """A photo, or a picture sent as a file."""
        await self.intake.take(message_of(update), language_of(update))

    async def words(self, update: Update, _: Context) -> None:
        """A text: the name of a page in reply to its photo, or something else."""
        message, spoken = message_of(update), language_of(update)
        document_type = named_page(message.text)
        earlier = message.reply_to_message
        correcting = correction.looks_like_one(message.text or "")
        if earlier and is_question(earlier) and (correcting or document_type is None):
            await self.followup.correct(earlier, message, spoken)
        elif correcting:
            await message.reply_text(spoken.say("correct-how"))
        elif document_type is None:
            await message.reply_text(spoken.say("send-a-photo"))
        elif earlier is None or picture_of(earlier) is None:
            await message.reply_text(spoken.say("say-which-photo"))
        else:
            await self.intake.read(earlier, document_type, spoken)

    async def moving(self, update: Update, _: Context) -> None:
        """A video or an animation."""
        await message_of(update).reply_text(language_of(update).say("send-a-still-photo"))

    async def other(self, update: Update, _: Context) -> None:
        """Anything else that a person can send."""
        await message_of(update).reply_text(language_of(update).say("send-only-photos"))

    async def group(self, update: Update, _: Context) -> None:
        """A command outside a private chat."""
        await message_of(update).reply_text(language_of(update).say("private-only"))

    async def press(self, update: Update, _: Context) -> None:
        """A button under a question or an answer."""
        query, spoken = query_of(update), language_of(update)
        press = callbacks.parse(query.data or "")
        if press is None:
            await answer(query, spoken.plain("button-unknown"))
            return
        shown = reachable(query)
        if isinstance(press, Mask) and press.hidden and shown:
            await answer(query)
            await _hide(shown, press, spoken)
            return
        source = shown.reply_to_message if shown else None
        if shown is None or source is None or picture_of(source) is None:
            await answer(query, spoken.plain("button-expired"))
            return
        await answer(query)
        await self.intake.settle(shown)
        if offers(shown, press.encode()):  # else it vanished while the press was on its way
            await self._grant(source, shown, press, spoken)

    async def _grant(
        self, source: Message, shown: Message, press: ReadAs | Mask | Ask, spoken: Language
    ) -> None:
        if isinstance(press, Ask):
            await self.followup.grant(source, shown, press, spoken)
        else:
            await self._read_once(source, shown, press, spoken)

    async def _read_once(
        self, source: Message, shown: Message, press: ReadAs | Mask, spoken: Language
    ) -> None:
        """A button pressed twice before it vanished is one press.

        Both presses carry the message as it was then, so that its last edit tells them from a
        later press of the same button.
        """
        key = (shown.chat_id, shown.message_id, shown.edit_date, press)
        if not self._pressed.add(key):
            return
        try:
            await self.reader.read(
                source,
                shown,
                press.document_type,
                spoken,
                anyway=isinstance(press, Mask) or press.anyway,  # what was read once is read again
                hidden=not isinstance(press, Mask) and rendering.is_masked(shown.reply_markup),
                corrections=correction.made(shown.text_html) if isinstance(press, Mask) else {},
            )
        except BaseException:
            self._pressed.discard(key)
            raise

    async def error(self, update: object, context: Context) -> None:
        """Whatever a handler did not expect: a code for the log, a sentence for the person."""
        error = context.error
        if error is None or isinstance(error, Forbidden):  # the person has left
            return
        reference = note(error)
        if isinstance(update, Update) and update.effective_chat:
            text = language_of(update).say("error-unexpected", reference=reference)
            with suppress(TelegramError):  # it is down
                await update.effective_chat.send_message(text)


async def _hide(shown: Message, press: Mask, spoken: Language) -> None:
    """The answer holds the values itself; the photo is not read again for this."""
    if shown.reply_markup and offers(shown, press.encode()):
        await replace(shown, rendering.masked(spoken, shown.text_html, shown.reply_markup, press))
