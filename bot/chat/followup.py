"""What a person can ask about an answer: to be shown, to correct it, to have it as a file.

Nothing of an answer is kept: its photo is read again, and what was corrected stands in its text.
"""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING, Final

from telegram import Document, ForceReply, Message
from telegram.constants import ChatAction

from bot.chat import correction, fields, guidance, rendering, showing
from bot.chat.answers import Answer
from bot.chat.callbacks import Wish
from bot.chat.downloads import picture_of
from bot.chat.masking import MASK, hide
from bot.chat.messages import announced, reply, typing
from bot.chat.reading import log_failure
from bot.chat.recent import Once
from bot.chat.tracing import about
from bot.errors import BotError
from bot.licence.export import as_dict

if TYPE_CHECKING:
    from bot.chat.callbacks import Ask
    from bot.chat.languages import Language
    from bot.chat.reading import Reader
    from bot.licence.documents import DocumentType
    from bot.licence.report import Report
    from bot.recognition.photo import Photo

FILE_NAME: Final = "licence.json"


class FollowUp:
    """Grants what is asked about an answer.

    Attributes:
        reader: reads the photo again.
    """

    def __init__(self, reader: Reader) -> None:
        self.reader = reader
        self._presses: Once[tuple[object, ...]] = Once()

    async def grant(self, source: Message, shown: Message, ask: Ask, language: Language) -> None:
        """Do what a button under an answer says.

        Args:
            source: the message with the picture.
            shown: the answer.
            ask: what is wished, and as which page the picture was read.
            language: the person's.
        """
        key = (shown.chat_id, shown.message_id, shown.edit_date, ask)
        async with self._presses.new(key) as new:
            if not new:
                return
            with about(source):
                if ask.wish is Wish.CORRECT:
                    await _ask(source, shown, ask.document_type, language)
                else:
                    await self._send(source, shown, ask, language)

    async def correct(self, asked: Message, written: Message, language: Language) -> None:
        """Read what a person wrote in reply to a question for a correction.

        Args:
            asked: the question, which carries the picture.
            written: the reply to it.
            language: the person's.
        """
        page = correction.asked(asked.caption_html)
        if page is None:
            raise TypeError("this message asks for nothing")
        made, hidden = correction.made(asked.caption_html), correction.hides(asked.caption_html)
        new = correction.read(written.text or "", page, made)
        if isinstance(new, correction.Slip):
            question = correction.question(language, page, made, slip=new, hidden=hidden)
            await _send_question(asked, written, question)
            return
        async with announced(asked, rendering.reading(language, page)) as shown:
            await self.reader.read(
                asked, shown, page, language, anyway=True, hidden=hidden, corrections=made | new
            )

    async def _send(self, source: Message, shown: Message, ask: Ask, language: Language) -> None:
        """A picture or a file; where the photo can't be read any more, why."""
        picture = ask.wish is Wish.SHOW
        action = ChatAction.UPLOAD_PHOTO if picture else ChatAction.UPLOAD_DOCUMENT
        async with typing(shown, action):
            try:
                photo, report = await self._look(source, shown, ask.document_type)
                if picture:
                    await _send_picture(shown, photo, report, language)
                else:
                    await _send_file(shown, report)
            except BotError as error:
                log_failure(error, ask.document_type)
                await reply(shown, Answer(guidance.failure(language, error)))

    async def _look(
        self, source: Message, shown: Message, page: DocumentType
    ) -> tuple[Photo, Report]:
        photo, recognition = await self.reader.look(source, page)
        report = self.reader.judge(source, recognition, correction.made(shown.text_html))
        return photo, hide(report) if rendering.is_masked(shown.reply_markup) else report


def is_question(message: Message | None) -> bool:
    """Whether a message of ours asks for a correction."""
    if message is None or message.from_user is None or picture_of(message) is None:
        return False
    ours = message.from_user.id == message.get_bot().id
    return ours and correction.asked(message.caption_html) is not None


async def _ask(source: Message, shown: Message, page: DocumentType, language: Language) -> None:
    """With the picture in the question: a reply to it carries both, whatever happens meanwhile."""
    html = shown.text_html
    answer = fields.parse(html)
    doubtful = (
        (field.name, field.value)
        for field in (answer.fields if answer else ())
        if field.confidence is not None and MASK not in field.value
    )
    example = next(doubtful, None)
    hidden = bool(rendering.is_masked(shown.reply_markup))
    question = correction.question(language, page, correction.made(html), example, hidden=hidden)
    await _send_question(source, shown, question)


async def _send_question(source: Message, to: Message, question: correction.Question) -> None:
    """The picture goes by its id; it is not uploaded."""
    picture, wish = picture_of(source), ForceReply(input_field_placeholder=question.placeholder)
    if isinstance(picture, Document):
        await to.reply_document(picture, question.caption, reply_markup=wish, do_quote=True)
    elif picture:
        await to.reply_photo(picture, question.caption, reply_markup=wish, do_quote=True)


async def _send_picture(shown: Message, photo: Photo, report: Report, language: Language) -> None:
    if not showing.can_show(report):
        await reply(shown, Answer(language.say("show-nowhere")))
        return
    data = await asyncio.to_thread(showing.picture, photo, report)
    await shown.reply_photo(data, showing.legend(language, report), do_quote=True)


async def _send_file(shown: Message, report: Report) -> None:
    text = json.dumps(as_dict(report), ensure_ascii=False, indent=2)
    await shown.reply_document(f"{text}\n".encode(), filename=FILE_NAME, do_quote=True)
