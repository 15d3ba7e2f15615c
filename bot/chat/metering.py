"""What a reading costs: it is counted for a person's quota, and noted in the audit."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from datetime import datetime
from typing import TYPE_CHECKING, Final, Protocol

from bot.chat.silence import Silence
from bot.chat.visitors import CURRENT
from bot.errors import BotError, PhotoError, QuotaError
from bot.licence.validity import judge
from bot.recognition.calls import counting
from bot.records import Event, Note

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from bot.chat.access import Audit
    from bot.chat.visitors import Visitor
    from bot.licence.documents import DocumentType
    from bot.licence.recognition import Recognition
    from bot.licence.report import Policy
    from bot.recognition.photo import Photo
    from bot.recognition.recogniser import Recogniser
    from bot.records import Limit

_HOUR: Final = 3600


class Quotas(Protocol):
    """How much each person may have read."""

    async def has_room(self, person: int) -> bool:
        """Whether a reading may begin now; nothing is counted."""

    async def take(self, person: int, update_id: int) -> Limit | None:
        """Count a reading that begins, or say which limit forbids it."""

    async def give_back(self, person: int, update_id: int) -> None:
        """It does not count after all."""


class Metered:
    """A recogniser that knows for whom it reads.

    Counted is what begins, by the update that asked for it: a second try of the same update counts
    once. What fails by a provider's fault, or by ours, is given back. A photo that cannot be read
    counts, for a provider was asked and only another photo helps.

    Args:
        recogniser: who reads.
        quotas: how much each person may have read.
        audit: is told of each reading, and of refusals once in a while.
        policy: the owner's thresholds.
        now: the moment, in the timezone in which a person is told when they can go on.
    """

    def __init__(
        self,
        recogniser: Recogniser,
        quotas: Quotas,
        audit: Audit,
        policy: Policy,
        now: Callable[[], datetime],
    ) -> None:
        self._recogniser = recogniser
        self._quotas = quotas
        self._audit = audit
        self._policy = policy
        self._now = now
        self._silence = Silence()

    @property
    def name(self) -> str:
        """The recogniser's."""
        return self._recogniser.name

    async def has_room(self) -> bool:
        """Whether whoever sent the update that is worked on may have a photo read."""
        visitor = CURRENT.get()
        return visitor is None or await self._quotas.has_room(visitor.person)

    @asynccontextmanager
    async def charged(self, document_type: DocumentType) -> AsyncIterator[None]:
        """Count a reading before its photo is fetched; where that fails it does not count.

        Raises:
            QuotaError: they have had as many read as they may.
        """
        visitor = CURRENT.get()
        if visitor is None:
            yield
            return
        await self._take(visitor, document_type)
        try:
            yield
        except BaseException:
            await self._quotas.give_back(visitor.person, visitor.update_id)
            raise

    async def recognise(
        self, photo: Photo, document_type: DocumentType, patience: asyncio.Timeout | None = None
    ) -> Recognition:
        """Read that page, for whoever sent the update that is worked on.

        Args:
            photo: the picture.
            document_type: the page that it is read as.
            patience: what ends a reading that takes too long; whatever else ends it is a stop.

        Raises:
            QuotaError: they have had as many read as they may.
            RecognitionError: the recogniser's.
        """
        visitor = CURRENT.get()
        if visitor is None:  # nobody asked for it in a chat
            return await self._recogniser.recognise(photo, document_type)
        await self._take(visitor, document_type)
        with counting() as calls:
            try:
                recognition = await self._recogniser.recognise(photo, document_type)
            except BaseException as error:
                code = _code(error, late=patience is not None and patience.expired())
                await self._failed(visitor, document_type, error, code, len(calls))
                raise
        verdict = judge(recognition, self._now().date(), self._policy.expiring_days)
        await self._audit.keep(
            Note(
                Event.READ,
                visitor.person,
                update_id=visitor.update_id,
                document_type=document_type,
                verdict=verdict.status,
                provider=recognition.provider,
                cost=len(calls),
            )
        )
        return recognition

    async def aclose(self) -> None:
        """Close the recogniser."""
        await self._recogniser.aclose()

    async def _take(self, visitor: Visitor, document_type: DocumentType) -> None:
        limit = await self._quotas.take(visitor.person, visitor.update_id)
        if limit is None:
            return
        error = self._refusal(limit)
        reason = visitor.person, error.code
        if self._silence.breaks(reason):
            note = _note(Event.REFUSED, visitor, document_type, code=error.code)
            try:
                await self._audit.keep(note)
            except BaseException:
                self._silence.forget(reason)  # the same update may be tried again
                raise
        raise error

    async def _failed(
        self,
        visitor: Visitor,
        document_type: DocumentType,
        error: BaseException,
        code: str,
        cost: int,
    ) -> None:
        event = Event.READ if isinstance(error, PhotoError) else Event.FAILED
        if event is Event.FAILED:
            await self._quotas.give_back(visitor.person, visitor.update_id)
        await self._audit.keep(_note(event, visitor, document_type, code=code, cost=cost))

    def _refusal(self, limit: Limit) -> QuotaError:
        """With the moment when they can go on: how long until then, and what a clock shows."""
        now, minute = self._now(), -(-limit.free_at // 60)  # no clock shows it too early
        then = datetime.fromtimestamp(minute * 60, now.tzinfo)
        # Not `then - now`: in one timezone that is what clocks show, also where they are changed.
        seconds = max(int(then.timestamp() - now.timestamp()), 1)
        hours = seconds > 2 * _HOUR
        form = "%H:%M" if then.date() == now.date() else "%m-%d %H:%M"
        return QuotaError(
            f"quota-{limit.span}",
            most=limit.most,
            count=-(-seconds // (_HOUR if hours else 60)),
            unit="hours" if hours else "minutes",
            time=then.strftime(form),
            zone=str(now.tzinfo),
        )


def _note(
    event: Event, visitor: Visitor, document_type: DocumentType, *, code: str, cost: int = 0
) -> Note:
    return Note(
        event,
        visitor.person,
        update_id=visitor.update_id,
        document_type=document_type,
        cost=cost,
        code=code,
    )


def _code(error: BaseException, *, late: bool) -> str:
    if isinstance(error, BotError):
        return error.code
    if isinstance(error, asyncio.CancelledError):
        return "too-slow" if late else "cut-short"
    return "surprise"
