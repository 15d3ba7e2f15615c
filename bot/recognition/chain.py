"""Several recognisers as one: the owner's order, retries, failover, limits and a deadline."""

from __future__ import annotations

import asyncio
import time
from contextlib import AsyncExitStack
from typing import TYPE_CHECKING, Final

import stamina
import structlog

from bot.errors import PhotoError, ProviderError, RecognitionError
from bot.metrics import Metrics
from bot.recognition.breaker import Breaker
from bot.recognition.recogniser import Watched

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bot.licence.documents import DocumentType
    from bot.licence.recognition import Recognition
    from bot.recognition.photo import Photo
    from bot.recognition.recogniser import Recogniser

ATTEMPTS: Final = 3
"""How often one provider is asked for one photo."""

_DEAD: Final = frozenset({"out-of-reach", "too-slow"})
_SICK: Final = frozenset({"provider-failed", "unintelligible"})
_FIRST_PAUSE: Final = 0.3
_LONGEST_WAIT: Final = 3.0
_LONGEST_PAUSE: Final = 3  # that a provider may ask for
_JITTER: Final = 0.3

log = structlog.get_logger(__name__)

stamina.instrumentation.set_on_retry_hooks([])  # its lines would show where we call from


class LeftAloneError(Exception):
    """The provider died while a photo waited for it."""


class Link:
    """One recogniser in a chain, with what protects it and us.

    Args:
        recogniser: who reads.
        parallel: calls that may run at a time.
        near: whether it reads on this machine, where a photo that takes too long is that photo's
            doing and no sign of death.
        clock: seconds that only go forward.
        metrics: count the calls and their seconds.
    """

    def __init__(
        self,
        recogniser: Recogniser,
        parallel: int = 10,
        *,
        near: bool = False,
        clock: Callable[[], float] = time.monotonic,
        metrics: Metrics | None = None,
    ) -> None:
        self._metrics = metrics or Metrics()
        self.recogniser = recogniser
        self.near = near
        self.breaker = Breaker(clock)
        self._places = asyncio.Semaphore(parallel)

    async def recognise(
        self, photo: Photo, document_type: DocumentType, turn: int, deadline: float
    ) -> Recognition:
        """Ask once, when a place is free.

        Raises:
            LeftAloneError: the breaker has opened meanwhile.
            ProviderError: `busy`, where no place came free before the deadline.
        """
        async with AsyncExitStack() as stack:
            try:
                async with asyncio.timeout(max(deadline - time.monotonic(), 0)):
                    await stack.enter_async_context(self._places)
            except TimeoutError:
                raise ProviderError("busy", detail="no place in time") from None
            if self.breaker.is_over(turn):
                raise LeftAloneError
            return await self._call(photo, document_type)

    @property
    def state(self) -> str:
        """`ok` where it would be asked, and could answer."""
        if self.breaker.is_open:
            return "breaker-open"
        return self.recogniser.state if isinstance(self.recogniser, Watched) else "ok"

    async def _call(self, photo: Photo, document_type: DocumentType) -> Recognition:
        name, code, begun = self.recogniser.name, "cancelled", time.perf_counter()
        try:
            recognition = await self.recogniser.recognise(photo, document_type)
        except RecognitionError as error:
            code = error.code
            raise
        except Exception:
            code = "unexpected"
            raise
        else:
            code = "ok"
            return recognition
        finally:
            self._metrics.calls.labels(name, code).inc()
            self._metrics.recognition.labels(name).observe(time.perf_counter() - begun)


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

    @property
    def state(self) -> str:
        """`ok` where any link would answer; else what is in the way of the first."""
        states = [link.state for link in self._links]
        return "ok" if "ok" in states else states[0]

    async def recognise(self, photo: Photo, document_type: DocumentType) -> Recognition:
        """Read that page.

        Raises:
            RecognitionError: the photo's fault, or that of the last provider that was asked.
        """
        deadline = time.monotonic() + self._seconds
        failure: RecognitionError = ProviderError("out-of-reach")
        for link in self._links:
            turn = link.breaker.admit() if time.monotonic() < deadline else None
            if turn is None:
                continue
            try:
                return await _ask(link, photo, document_type, turn, deadline)
            except PhotoError:
                raise
            except RecognitionError as error:
                failure = error
            except LeftAloneError:
                continue
        raise failure

    async def aclose(self) -> None:
        """Close every link."""
        for link in self._links:
            await link.recogniser.aclose()


async def _ask(
    link: Link, photo: Photo, document_type: DocumentType, turn: int, deadline: float
) -> Recognition:
    """Ask a provider as often as that may help, and tell its breaker how it went."""
    try:
        recognition = await _persist(link, photo, document_type, turn, deadline)
    except RecognitionError as error:
        _judge(link, turn, error)
        raise
    except BaseException:
        link.breaker.abandoned(turn)
        raise
    link.breaker.worked(turn)
    return recognition


async def _persist(
    link: Link, photo: Photo, document_type: DocumentType, turn: int, deadline: float
) -> Recognition:
    """Ask again where a fault may pass and the deadline allows it."""
    attempts = stamina.retry_context(
        on=lambda error: _pause(error, deadline),
        attempts=ATTEMPTS,
        timeout=None,
        wait_initial=_FIRST_PAUSE,
        wait_max=_LONGEST_WAIT,
        wait_jitter=_JITTER,
    )
    async for attempt in attempts:
        with attempt:
            return await link.recognise(photo, document_type, turn, deadline)
    raise ProviderError("too-slow")  # pragma: no cover - the loop returns or raises


def _pause(error: Exception, deadline: float) -> bool | float:
    """How long to wait before the next try: as the provider says, else as long as stamina does.

    `False` where no try is worth it, or none would begin in time. Nobody waits long for a provider
    that asks for it: the next one is asked, or the person is told.
    """
    if not isinstance(error, RecognitionError) or not error.transient:
        return False
    soon = error.pause <= _LONGEST_PAUSE and time.monotonic() + error.pause < deadline
    return soon and (float(error.pause) or True)


def _judge(link: Link, turn: int, error: RecognitionError) -> None:
    if not isinstance(error, PhotoError):
        log.warning(
            "provider failed", provider=link.recogniser.name, code=error.code, detail=error.detail
        )
    passed_by = link.near and error.code == "too-slow"
    if error.code in _DEAD | _SICK and not passed_by:
        link.breaker.failed(turn, dead=error.code in _DEAD)
    elif error.code == "busy" or passed_by:
        link.breaker.abandoned(turn)
    else:
        link.breaker.worked(turn)
