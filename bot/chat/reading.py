"""A choice -> recognition -> the answer, in the place of the question."""

from __future__ import annotations

import asyncio
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

import structlog

from bot.chat import rendering
from bot.chat.companions import Companions
from bot.chat.downloads import fetch
from bot.chat.masking import Masking, starts_hidden
from bot.chat.messages import replace, typing
from bot.chat.retakes import Retakes
from bot.chat.tracing import about
from bot.errors import AccountError, BotError, ProviderError, RecognitionError, RequestError
from bot.licence.corrections import correct
from bot.licence.legibility import weigh
from bot.licence.report import assess
from bot.logs import note
from bot.metrics import Metrics
from bot.records import StoreAwayError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

    from telegram import Message

    from bot.chat.answers import Answer
    from bot.chat.languages import Language
    from bot.chat.metering import Metered
    from bot.licence.documents import DocumentType, FieldName
    from bot.licence.legibility import Legibility
    from bot.licence.recognition import Recognition
    from bot.licence.report import Policy, Report
    from bot.recognition.photo import Photo

READINGS: Final = 4
"""Photos at a time; whoever waits for a place holds none in memory."""

_POOR: Final = frozenset({"no-licence", "unreadable"})  # of which a better photo is the remedy
_NONE: Final[Mapping[FieldName, str]] = MappingProxyType({})

log = structlog.get_logger(__name__)


class Reader:
    """Reads photos and says what they say.

    Attributes:
        recogniser: who reads, and knows for whom.
        policy: the owner's thresholds.
        today: the day on which expiry is judged.
        seconds: the longest that one photo may take.
        tell_provider: whether an answer says who read the photo.
        masking: where answers hide personal data.
        readings: photos that are fetched and read at a time.
        metrics: count what is answered.
    """

    def __init__(  # noqa: PLR0913 - who reads, how much is asked of it, and the owner's wishes
        self,
        recogniser: Metered,
        policy: Policy,
        today: Callable[[], date],
        seconds: float = 60,
        *,
        tell_provider: bool = False,
        masking: Masking = "groups",
        readings: int = READINGS,
        metrics: Metrics | None = None,
    ) -> None:
        self.recogniser = recogniser
        self.policy = policy
        self.today = today
        self.seconds = seconds
        self.tell_provider = tell_provider
        self.masking = masking
        self.metrics = metrics or Metrics()
        self.companions = Companions()
        self._places = asyncio.Semaphore(readings)
        self._retakes = Retakes()

    async def read(  # noqa: PLR0913 - two of them are a person's rare wishes
        self,
        source: Message,
        shown: Message,
        document_type: DocumentType,
        language: Language,
        *,
        anyway: bool = False,
        hidden: bool | None = None,
        corrections: Mapping[FieldName, str] = _NONE,
    ) -> None:
        """Read the picture in `source` and put the answer in the place of `shown`.

        Args:
            source: the message with the picture.
            shown: the bot's own.
            document_type: the page that it is read as.
            language: the person's.
            anyway: whether a poor photo is read, too. It is recognised anew, for no value of it
                was kept: that is one more call where a provider counts them.
            hidden: whether personal data is masked; the owner's rule decides where nobody has said.
            corrections: what a person wrote instead of what is read.
        """
        if hidden is None:
            hidden = starts_hidden(self.masking, source.chat.type)

        def tell(recognition: Recognition) -> Answer:
            with self.metrics.stage("render"):
                report = self.judge(source, recognition, corrections)
                told = self.tell_provider
                answer = rendering.answer(language, report, tell_provider=told, hidden=hidden)
            self._count(report)
            return answer

        with about(source):
            waiting = rendering.reading(language, document_type)
            if shown.text_html != waiting.text:  # else it was sent a moment ago
                await replace(shown, waiting)
            async with typing(shown) as done:
                answer = await self._answer(source, document_type, language, tell, anyway=anyway)
                done.set()
                with self.metrics.stage("send"):
                    await replace(shown, answer)

    async def _answer(
        self,
        source: Message,
        document_type: DocumentType,
        language: Language,
        tell: Callable[[Recognition], Answer],
        *,
        anyway: bool,
    ) -> Answer:
        try:
            _, recognition = await self.look(source, document_type)
            legibility = weigh(recognition, self.policy.low_confidence)
            if not anyway and self._asks(source, legibility):
                self._failed("poor", document_type)
                return rendering.retake(language, document_type, legibility)
            return tell(recognition)
        except BotError as error:
            log_failure(error, document_type)
            self._failed(error.code, document_type)
            if error.code in _POOR:
                self._retakes.ask(source.chat_id, source.message_id)
            return rendering.failure(language, error, document_type)
        except StoreAwayError:  # the store is away: delivery does it again when that is back
            raise
        except Exception as error:  # noqa: BLE001 - a bug costs one answer, and says so
            self._failed("unexpected", document_type)
            return rendering.surprise(language, note(error), document_type)

    def _failed(self, code: str, document_type: DocumentType) -> None:
        self.metrics.failures.labels(code, document_type.slug).inc()

    def _count(self, report: Report) -> None:
        page = report.recognition.document_type
        self.metrics.answers.labels(str(report.verdict.status), page.slug).inc()
        for finding in report.findings:
            self.metrics.findings.labels(finding.code).inc()

    def _asks(self, source: Message, legibility: Legibility) -> bool:
        """Whether a better photo is asked for: where it is worth it, and twice in a row at most."""
        if not legibility.is_poor:
            self._retakes.settle(source.chat_id)
            return False
        if not self._retakes.ask(source.chat_id, source.message_id):
            return False
        log.info("better photo asked for", reasons=[str(reason) for reason in legibility.reasons])
        return True

    def judge(
        self, source: Message, recognition: Recognition, corrections: Mapping[FieldName, str]
    ) -> Report:
        """What follows from a page today, with what a person corrected, beside its companions."""
        page = correct(recognition, corrections)
        self.companions.add(source, page)
        return assess(page, self.today(), self.policy, self.companions.beside(source))

    async def look(self, source: Message, document_type: DocumentType) -> tuple[Photo, Recognition]:
        """The picture in a message, and what it says as that page.

        Raises:
            BotError: it could not be fetched or read.
        """
        begun = False
        try:
            async with asyncio.timeout(self.seconds) as patience, self._places:
                begun = True
                async with self.recogniser.charged(document_type):
                    photo = await fetch(source, self.metrics)
                with self.metrics.stage("recognise"):
                    recognition = await self.recogniser.recognise(photo, document_type, patience)
        except TimeoutError:
            raise ProviderError("too-slow" if begun else "busy") from None
        log.info("read", document_type=document_type.slug, seconds=round(recognition.elapsed, 2))
        return photo, recognition


def log_failure(error: BotError, document_type: DocumentType) -> None:
    """What only the owner or we can mend is an error; a bad photo is daily life."""
    ours = isinstance(error, AccountError | RequestError)
    detail = error.detail if isinstance(error, RecognitionError) else ""
    (log.error if ours else log.info)(
        "not read", document_type=document_type.slug, code=error.code, detail=detail
    )
