"""A choice -> recognition -> the answer, in the place of the question."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager, suppress
from typing import TYPE_CHECKING, Final

import structlog
from telegram.constants import ChatAction
from telegram.error import BadRequest, TelegramError

from bot.chat import rendering
from bot.chat.downloads import fetch
from bot.chat.recent import Recent
from bot.errors import BotError, ProviderError
from bot.licence.report import assess

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable
    from datetime import date

    from telegram import Message

    from bot.chat.languages import Language
    from bot.chat.rendering import Answer
    from bot.licence.documents import DocumentType
    from bot.licence.report import Policy
    from bot.recognition.recogniser import Recogniser

_ACTION_EVERY: Final = 4.0  # Telegram shows a chat action for 5 seconds

log = structlog.get_logger(__name__)


class Reader:
    """Reads photos and says what they say.

    Attributes:
        recogniser: who reads.
        policy: the owner's thresholds.
        today: the day on which expiry is judged.
        seconds: the longest that one photo may take.
    """

    def __init__(
        self,
        recogniser: Recogniser,
        policy: Policy,
        today: Callable[[], date],
        seconds: float = 60,
    ) -> None:
        self.recogniser = recogniser
        self.policy = policy
        self.today = today
        self.seconds = seconds
        self._begun: Recent[tuple[int, int]] = Recent()

    async def read(
        self, source: Message, shown: Message, document_type: DocumentType, language: Language
    ) -> None:
        """Read the picture in `source` and put the answer in the place of `shown`."""
        self._begun.add((shown.chat_id, shown.message_id))
        await replace(shown, rendering.reading(language, document_type))
        async with typing(shown):
            answer = await self._answer(source, document_type, language)
        await replace(shown, answer)

    def has_begun(self, shown: Message) -> bool:
        """Whether the answer to that message is on its way or given."""
        return (shown.chat_id, shown.message_id) in self._begun

    async def _answer(
        self, source: Message, document_type: DocumentType, language: Language
    ) -> Answer:
        try:
            photo = await fetch(source)
            async with asyncio.timeout(self.seconds):
                recognition = await self.recogniser.recognise(photo, document_type)
        except TimeoutError:
            return self._failure(ProviderError("too-slow"), document_type, language)
        except BotError as error:
            return self._failure(error, document_type, language)
        log.info("read", document_type=document_type.slug, seconds=round(recognition.elapsed, 2))
        return rendering.answer(language, assess(recognition, self.today(), self.policy))

    def _failure(self, error: BotError, document_type: DocumentType, language: Language) -> Answer:
        log.info("not read", document_type=document_type.slug, code=error.code)
        return rendering.failure(language, error, document_type)


async def replace(shown: Message, answer: Answer) -> None:
    """Put an answer in the place of a message; doing it twice does no harm."""
    try:
        await shown.edit_text(answer.text, reply_markup=answer.keyboard)
    except BadRequest as error:
        reason = error.message.lower()
        if "not modified" not in reason and "not found" not in reason:  # or deleted meanwhile
            raise


@asynccontextmanager
async def typing(shown: Message) -> AsyncIterator[None]:
    """Show the person that work goes on, for as long as it does."""
    done = asyncio.Event()
    showing = asyncio.create_task(_keep_typing(shown, done))
    try:
        yield
    finally:
        done.set()  # not cancelled: a request that is cut off would leak its connection
        await showing


async def _keep_typing(shown: Message, done: asyncio.Event) -> None:
    while not done.is_set():
        with suppress(TelegramError):  # a missing sign of life is no reason to stop working
            await shown.chat.send_action(ChatAction.TYPING)
        with suppress(TimeoutError):
            await asyncio.wait_for(done.wait(), _ACTION_EVERY)
