"""A choice -> recognition -> the answer, in the place of the question."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Final

import structlog

from bot.chat import rendering
from bot.chat.downloads import fetch
from bot.chat.messages import replace, typing
from bot.errors import AccountError, BotError, ProviderError, RecognitionError, RequestError
from bot.licence.report import assess
from bot.logs import note

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from telegram import Message

    from bot.chat.languages import Language
    from bot.chat.rendering import Answer
    from bot.licence.documents import DocumentType
    from bot.licence.recognition import Recognition
    from bot.licence.report import Policy
    from bot.recognition.recogniser import Recogniser

_READINGS: Final = 4  # at a time; whoever waits for a place holds no photo in memory

log = structlog.get_logger(__name__)


class Reader:
    """Reads photos and says what they say.

    Attributes:
        recogniser: who reads.
        policy: the owner's thresholds.
        today: the day on which expiry is judged.
        seconds: the longest that one photo may take.
        tell_provider: whether an answer says who read the photo.
    """

    def __init__(
        self,
        recogniser: Recogniser,
        policy: Policy,
        today: Callable[[], date],
        seconds: float = 60,
        *,
        tell_provider: bool = False,
    ) -> None:
        self.recogniser = recogniser
        self.policy = policy
        self.today = today
        self.seconds = seconds
        self.tell_provider = tell_provider
        self._places = asyncio.Semaphore(_READINGS)

    async def read(
        self, source: Message, shown: Message, document_type: DocumentType, language: Language
    ) -> None:
        """Read the picture in `source` and put the answer in the place of `shown`."""
        await replace(shown, rendering.reading(language, document_type))
        async with typing(shown) as done:
            answer = await self._answer(source, document_type, language)
            done.set()
            await replace(shown, answer)

    async def _answer(
        self, source: Message, document_type: DocumentType, language: Language
    ) -> Answer:
        try:
            recognition = await self._recognise(source, document_type)
            report = assess(recognition, self.today(), self.policy)
            return rendering.answer(language, report, tell_provider=self.tell_provider)
        except BotError as error:
            _log_failure(error, document_type)
            return rendering.failure(language, error, document_type)
        except Exception as error:  # noqa: BLE001 - a bug costs one answer, and says so
            return rendering.surprise(language, note(error), document_type)

    async def _recognise(self, source: Message, document_type: DocumentType) -> Recognition:
        try:
            async with asyncio.timeout(self.seconds), self._places:
                photo = await fetch(source)
                recognition = await self.recogniser.recognise(photo, document_type)
        except TimeoutError:
            raise ProviderError("too-slow") from None
        log.info("read", document_type=document_type.slug, seconds=round(recognition.elapsed, 2))
        return recognition


def _log_failure(error: BotError, document_type: DocumentType) -> None:
    """What only the owner or we can mend is an error; a bad photo is daily life."""
    ours = isinstance(error, AccountError | RequestError)
    detail = error.detail if isinstance(error, RecognitionError) else ""
    (log.error if ours else log.info)(
        "not read", document_type=document_type.slug, code=error.code, detail=detail
    )
