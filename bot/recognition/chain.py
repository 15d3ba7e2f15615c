"""Several recognisers as one: the owner's order, retries, failover, limits and a deadline."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING, Final

import stamina
import structlog
from aiolimiter import AsyncLimiter

from bot.errors import AccountError, PhotoError, ProviderError, RecognitionError, RequestError
from bot.recognition.breaker import Breaker

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bot.licence.documents import DocumentType
    from bot.licence.recognition import Recognition
    from bot.recognition.photo import Photo
    from bot.recognition.recogniser import Recogniser

ATTEMPTS: Final = 3
"""How often one provider is asked for one photo."""

_DEAD: Final = frozenset({"out-of-reach", "too-slow", "provider-failed", "unintelligible"})
_FIRST_PAUSE: Final = 0.3
_LONGEST_PAUSE: Final = 3.0
_JITTER: Final = 0.3

log = structlog.get_logger(__name__)


class Link:
    """One recogniser in a chain, with what protects it and us.

    Args:
        recogniser: who reads.
        per_second: calls that may begin in a second.
        parallel: calls that may run at a time.
        clock: seconds that only go forward.
    """

    def __init__(
        self,
        recogniser: Recogniser,
        per_second: float = 10,
        parallel: int = 10,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.recogniser = recogniser
        self.breaker = Breaker(clock)
        self._pace = AsyncLimiter(max(per_second, 1), max(per_second, 1) / per_second)
        self._places = asyncio.Semaphore(parallel)

    async def recognise(self, photo: Photo, document_type: DocumentType) -> Recognition:
        """Ask once, when it is our turn."""
        async with self._places, self._pace:
            return await self.recogniser.recognise(photo, document_type)


class Chain:
    """Asks its links in order until one reads the photo.

    A fault of the photo ends the search: another provider would see the same picture. A fault
    of the provider is tried again, then the next one is asked, and so it is where the owner's
    account is at fault. Only what the owner listed is ever asked.

    Args:
        links: the recognisers, in the order of their turn; at least one.
        seconds: after which no new attempt is begun for a photo.
    """

    def __init__(self, links: Sequence[Link], seconds: float) -> None:
        if not links:
            raise ValueError("a chain needs a link")
        self._links = tuple(links)
        self._seconds = seconds

    @property
    def name(self) -> str:
        """The names of all links."""
        return "+".join(link.recogniser.name for link in self._links)

    async def recognise(self, photo: Photo, document_type: DocumentType) -> Recognition:
        """Read that page.

        Raises:
            RecognitionError: the photo's fault, or that of the last provider that was asked.
        """
        deadline = time.monotonic() + self._seconds
        failure: RecognitionError = ProviderError("out-of-reach")
        for link in self._links:
            if time.monotonic() >= deadline or not link.breaker.lets_through():
                continue
            try:
                recognition = await _persist(link, photo, document_type, deadline)
            except PhotoError:
                link.breaker.worked()
                raise
            except (ProviderError, AccountError, RequestError) as error:
                failure = error
                _judge(link, error)
            else:
                link.breaker.worked()
                return recognition
        raise failure

    async def aclose(self) -> None:
        """Close every link."""
        for link in self._links:
            await link.recogniser.aclose()


async def _persist(
    link: Link, photo: Photo, document_type: DocumentType, deadline: float
) -> Recognition:
    """Ask a provider again where its fault may pass."""
    attempts = stamina.retry_context(
        on=_may_pass,
        attempts=ATTEMPTS,
        timeout=max(deadline - time.monotonic(), 0),
        wait_initial=_FIRST_PAUSE,
        wait_max=_LONGEST_PAUSE,
        wait_jitter=_JITTER,
    )
    async for attempt in attempts:
        with attempt:
            return await link.recognise(photo, document_type)
    raise ProviderError("too-slow")  # pragma: no cover - the loop returns or raises


def _may_pass(error: Exception) -> bool:
    """A provider that was slow once is not asked again for the same photo."""
    return isinstance(error, ProviderError) and error.code not in {"too-slow", "engine-failed"}


def _judge(link: Link, error: RecognitionError) -> None:
    log.warning(
        "provider failed", provider=link.recogniser.name, code=error.code, detail=error.detail
    )
    if error.code in _DEAD:
        link.breaker.failed()
    else:
        link.breaker.worked()
