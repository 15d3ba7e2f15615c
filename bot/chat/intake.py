"""A photo arrives: say which page it is, or ask."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Final

from bot.chat import rendering
from bot.chat.downloads import fetch
from bot.chat.messages import announced, replace, reply
from bot.chat.tracing import about
from bot.chat.wording import named_page
from bot.errors import BotError, PhotoError

if TYPE_CHECKING:
    from telegram import Message

    from bot.chat.answers import Answer
    from bot.chat.languages import Language
    from bot.chat.reading import Reader
    from bot.licence.documents import DocumentType
    from bot.recognition.recogniser import Classifier

PATIENCE: Final = 0.9
"""Seconds that the question waits for a guess; it comes at once when that takes longer."""

_GUESS_SECONDS: Final = 10.0
_GUESSES: Final = 4  # at a time; their photos are held in memory


class Intake:
    """Takes photos in.

    Attributes:
        classifier: who guesses the page; `None` where nobody does.
        reader: who reads it once it is known.
    """

    def __init__(self, classifier: Classifier | None, reader: Reader) -> None:
        self.classifier = classifier
        self.reader = reader
        self._places = asyncio.Semaphore(_GUESSES)
        self._late: dict[tuple[int, int], tuple[asyncio.Task[Answer], asyncio.Task[None]]] = {}

    async def take(self, message: Message, language: Language) -> None:
        """Answer a photo: read it at once where its caption names the page, else ask."""
        self.reader.companions.note_reply(message)
        document_type = named_page(message.caption)
        with about(message):
            if document_type is None:
                await self._ask(message, language)
            else:
                await self.read(message, document_type, language)

    async def read(self, message: Message, document_type: DocumentType, language: Language) -> None:
        """Read a picture whose page is known, in a reply of its own."""
        async with announced(message, rendering.reading(language, document_type)) as shown:
            await self.reader.read(message, shown, document_type, language)

    async def settle(self, asked: Message) -> None:
        """The question is answered: a guess that is still on its way must not come after."""
        late = self._late.get((asked.chat_id, asked.message_id))
        if late:
            look, improvement = late
            look.cancel()
            await asyncio.wait({improvement})  # an edit that is under way arrives first

    async def aclose(self) -> None:
        """Give up the guesses that are still on their way."""
        late = tuple(self._late.values())
        for look, _ in late:
            look.cancel()
        await asyncio.gather(*(improvement for _, improvement in late), return_exceptions=True)

    async def _ask(self, message: Message, language: Language) -> None:
        classifier = await self._free_classifier()
        if classifier is None:
            await reply(message, rendering.question(language, looked=False))
            return
        look = asyncio.create_task(self._look(message, language, classifier))
        try:
            done, _ = await asyncio.wait({look}, timeout=PATIENCE)
            now = look.result() if done else rendering.question(language, looked=False)
            asked = await reply(message, now)
        except BaseException:
            look.cancel()
            raise
        if not done:
            self._improve_later(asked, look)

    async def _free_classifier(self) -> Classifier | None:
        """Nobody guesses for a crowd, nor for who may have nothing read: that photo stays there."""
        if self._places.locked() or not await self.reader.recogniser.has_room():
            return None
        return self.classifier

    def _improve_later(self, asked: Message, look: asyncio.Task[Answer]) -> None:
        key = asked.chat_id, asked.message_id
        improvement = asyncio.create_task(self._improve(asked, look))
        self._late[key] = look, improvement
        improvement.add_done_callback(lambda _: self._late.pop(key))

    async def _improve(self, asked: Message, look: asyncio.Task[Answer]) -> None:
        """Put the guess into a question that was asked without it."""
        await asyncio.wait({look})
        if not look.cancelled():
            await replace(asked, look.result())

    async def _look(self, message: Message, language: Language, classifier: Classifier) -> Answer:
        """The question with a guess, or what is wrong with the picture."""
        try:
            async with self._places, asyncio.timeout(_GUESS_SECONDS):
                photo = await fetch(message, self.reader.metrics)
                suspected = await classifier.classify(photo)
        except PhotoError as error:
            return rendering.failure(language, error)
        except (BotError, TimeoutError):  # the question works without a guess
            return rendering.question(language, looked=False)
        return rendering.question(language, suspected)
