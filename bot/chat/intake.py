"""A photo arrives: say which page it is, or ask."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Final

from bot.chat import rendering
from bot.chat.downloads import fetch
from bot.chat.reading import replace
from bot.chat.wording import named_page
from bot.errors import BotError, PhotoError
from bot.licence.documents import DocumentType

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine

    from telegram import Message

    from bot.chat.languages import Language
    from bot.chat.reading import Reader
    from bot.chat.rendering import Answer
    from bot.recognition.recogniser import Classifier

PATIENCE: Final = 0.9
"""Seconds that the question waits for a guess; it comes at once when that takes longer."""

_GUESS_SECONDS: Final = 10.0


class Intake:
    """Takes photos in.

    Attributes:
        classifier: who guesses the page.
        reader: who reads it once it is known.
    """

    def __init__(self, classifier: Classifier, reader: Reader) -> None:
        self.classifier = classifier
        self.reader = reader

    async def take(
        self,
        message: Message,
        language: Language,
        later: Callable[[Coroutine[None, None, None]], object],
    ) -> None:
        """Answer a photo: read it at once where its caption names the page, else ask.

        Args:
            message: the message with the picture.
            language: the person's.
            later: runs what may finish after this returns.
        """
        document_type = named_page(message.caption)
        if document_type is None:
            await self._ask(message, language, later)
        else:
            await self.read(message, document_type, language)

    async def read(self, message: Message, document_type: DocumentType, language: Language) -> None:
        """Read a picture whose page is known, in a reply of its own."""
        shown = await reply(message, rendering.reading(language, document_type))
        await self.reader.read(message, shown, document_type, language)

    async def _ask(
        self,
        message: Message,
        language: Language,
        later: Callable[[Coroutine[None, None, None]], object],
    ) -> None:
        look = asyncio.create_task(self._look(message, language))
        done, _ = await asyncio.wait({look}, timeout=PATIENCE)
        if done:
            await reply(message, look.result())
            return
        asked = await reply(message, rendering.question(language, looked=False))
        later(self._improve(asked, look))

    async def _improve(self, asked: Message, look: asyncio.Task[Answer]) -> None:
        """Put the guess into a question that was asked without it, unless it was answered."""
        answer = await look
        if not self.reader.has_begun(asked):
            await replace(asked, answer)

    async def _look(self, message: Message, language: Language) -> Answer:
        """The question with a guess, or what is wrong with the picture."""
        try:
            photo = await fetch(message)
            async with asyncio.timeout(_GUESS_SECONDS):
                suspected = await self.classifier.classify(photo)
        except PhotoError as error:
            return rendering.failure(language, error, DocumentType.DRIVING_LICENCE)
        except (BotError, TimeoutError):  # the question works without a guess
            return rendering.question(language, looked=False)
        return rendering.question(language, suspected)


async def reply(message: Message, answer: Answer) -> Message:
    """Answer in a reply to that very message, so that the photo can be found from it."""
    return await message.reply_text(answer.text, reply_markup=answer.keyboard, do_quote=True)
