"""One worker that is there whenever it is needed: begun, watched, and begun again."""

from __future__ import annotations

import asyncio
import math
from typing import TYPE_CHECKING, Final

import structlog

from bot.errors import ProviderError
from bot.recognition.embedded.messages import Done, Failed, Request, packed
from bot.recognition.embedded.process import DiedError, WorkerProcess

if TYPE_CHECKING:
    from bot.licence.documents import DocumentType
    from bot.recognition.embedded.messages import Answer
    from bot.recognition.embedded.pauses import Pauses
    from bot.recognition.photo import Photo

_log = structlog.get_logger()

_LOADING: Final = 60.0  # seconds; half a second is usual, but a disk may be asleep


class Supervisor:
    """Keeps one worker, which reads one photo at a time.

    A worker that died is begun again by the next photo and not at once: mostly one waits already,
    and where none does, nobody wants the processor and the memory spent.

    Args:
        threads: processors that one photo may use.
        seconds: after which a photo is given up, counted from where its reading begins.
        pauses: after deaths, shared by all workers: what kills one mostly kills the others.
    """

    def __init__(self, threads: int, seconds: float, pauses: Pauses) -> None:
        self._threads = threads
        self._seconds = seconds
        self._pauses = pauses
        self._turn = asyncio.Lock()
        self._process: WorkerProcess | None = None
        self._loaded = False
        self._closed = False

    @property
    def ready(self) -> bool:
        """Whether the worker lives and has loaded the models."""
        return self._loaded and self._process is not None and self._process.alive

    async def start(self) -> None:
        """See to it that the worker is ready.

        Raises:
            ProviderError: `engine-failed`.
        """
        async with self._turn:
            await self._ready()

    async def ask(self, photo: Photo, document_type: DocumentType | None) -> Answer:
        """Let the worker read that page or, for `None`, tell which page it is.

        Raises:
            ProviderError: `engine-failed` or `too-slow`.
        """
        async with self._turn:
            process = await self._ready()
            # In a thread: to copy a large photo takes up to 30 ms.
            request = await asyncio.to_thread(lambda: packed(Request.about(photo, document_type)))
            try:
                answer = await process.exchange(request, self._seconds)
            except DiedError as error:
                raise self._died(error.status) from None
            except TimeoutError:
                self._loaded = False
                _log.error("engine too slow", seconds=self._seconds)
                raise ProviderError("too-slow") from None
        self._pauses.worked()
        if isinstance(answer, Failed):
            _log.error("engine failed", error=answer.error, at=answer.at)
        for note in answer.notes if isinstance(answer, Done) else ():
            _log.warning("mark not read", stage=note.stage, error=note.error, at=note.at)
        return answer

    async def aclose(self, grace: float) -> None:
        """End the worker; what it is doing may take so many seconds more."""
        self._closed = True
        if self._process is not None:
            await self._process.end(grace)
        async with self._turn:  # whoever was just about to begin one has done so by now
            if self._process is not None:
                await self._process.end(0)

    async def _ready(self) -> WorkerProcess:
        """The worker's process, begun and loaded."""
        if self._closed:
            raise ProviderError("engine-failed", detail="closed")
        if self._process is not None and self._loaded:
            if self._process.alive:
                return self._process
            self._died(self._process.status)  # while it was idle: no photo is lost
        if left := self._pauses.left:
            error = ProviderError("engine-failed", detail="pause", transient=True)
            error.pause = math.ceil(left)
            raise error
        if self._process is not None:
            await self._process.end(0)
        return await self._begin()

    async def _begin(self) -> WorkerProcess:
        try:
            self._process = process = await WorkerProcess.begin(self._threads)
            answer = await process.exchange(b"", _LOADING)
        except DiedError as error:
            raise self._died(error.status) from None
        except OSError as error:  # no process to be had, or none that gets ready
            raise self._not_loaded(Failed(type(error).__name__, "begin")) from None
        if isinstance(answer, Failed):
            raise self._not_loaded(answer)
        self._loaded = True
        return process

    def _not_loaded(self, failed: Failed) -> ProviderError:
        """What is missing stays missing: nobody need try again soon."""
        self._pauses.died()
        _log.error("engine cannot be loaded", error=failed.error, at=failed.at)
        return ProviderError("engine-failed", detail=failed.error)

    def _died(self, status: int) -> ProviderError:
        """What becomes of the photo at hand: the next worker may well read it."""
        self._loaded = False
        if not self._closed:
            self._pauses.died()
            _log.error("engine died", status=status)
        return ProviderError("engine-failed", detail=str(status), transient=not self._closed)
