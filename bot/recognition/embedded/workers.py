"""The workers and the queue before them."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Final

from bot.errors import ProviderError
from bot.recognition.embedded.pauses import Pauses
from bot.recognition.embedded.supervisor import Supervisor

if TYPE_CHECKING:
    from bot.licence.documents import DocumentType
    from bot.recognition.embedded.messages import Answer
    from bot.recognition.photo import Photo

_GRACE: Final = 3.0  # seconds for a photo at hand when everything stops


class Workers:
    """Shares photos out, first come, first served.

    A photo that nobody waits for any more is not begun. One that was begun is read to its end and
    the answer dropped: half a photo is a third of a second, while a worker that was killed costs
    half a second of loading, and the next photo would wait for it.

    Args:
        count: photos read at a time.
        threads: processors that each of them may use.
        seconds: after which a photo is given up, counted from where its reading begins.
        waiting: photos that may wait besides; decoded, each takes up to 20 MB.
    """

    def __init__(self, count: int, threads: int, seconds: float, waiting: int) -> None:
        self._pauses = pauses = Pauses()
        self._workers = tuple(Supervisor(threads, seconds, pauses) for _ in range(count))
        self._started = False
        self._idle = list(self._workers)
        self._places = asyncio.Semaphore(count)
        self._room = waiting
        self._waiting = 0
        self._tasks: set[asyncio.Task[Answer]] = set()

    @property
    def state(self) -> str:
        """`ok` where a worker is there, or is begun by the next photo: nothing else begins it."""
        if any(worker.ready for worker in self._workers):
            return "ok"
        if not self._started:
            return "loading"
        return "dying" if self._pauses.left else "ok"

    async def start(self) -> None:
        """Make all workers ready, one after the other: a missing model is then told once.

        Raises:
            ProviderError: `engine-failed`.
        """
        for worker in self._workers:
            await worker.start()
        self._started = True

    async def ask(self, photo: Photo, document_type: DocumentType | None) -> Answer:
        """Have that page read or, for `None`, be told which page it is.

        Raises:
            ProviderError: `busy`, `engine-failed` or `too-slow`.
        """
        if self._places.locked() and self._waiting >= self._room:
            raise ProviderError("busy", transient=True)
        self._waiting += 1
        try:
            await self._places.acquire()
        finally:
            self._waiting -= 1
        return await asyncio.shield(self._begin(photo, document_type))

    async def aclose(self) -> None:
        """Drop what waits, wait briefly for what is being read, and leave no process behind."""
        await asyncio.gather(*(worker.aclose(_GRACE) for worker in self._workers))
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def _begin(self, photo: Photo, document_type: DocumentType | None) -> asyncio.Task[Answer]:
        """Give the photo to a worker; one that is ready rather than one that must be begun."""
        worker = max(self._idle, key=lambda worker: worker.ready)
        self._idle.remove(worker)
        task = asyncio.create_task(worker.ask(photo, document_type))
        self._tasks.add(task)

        def ended(_: asyncio.Task[Answer]) -> None:
            self._tasks.discard(task)
            self._idle.append(worker)
            self._places.release()

        task.add_done_callback(ended)
        return task
