"""Work for a caller who may hang up, and work that goes on although nobody waits for it any more.

Neither a thread that decodes nor a photo that is being read is stopped half-way. What they take,
memory above all, is taken until they have ended, so whoever gives up such work answers at once but
gives nothing back before that.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, TypeVar

from starlette.requests import ClientDisconnect

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine

    from starlette.types import Receive

T = TypeVar("T")


async def unless_gone(receive: Receive, working: asyncio.Task[T]) -> T:
    """The result of a task, which is cancelled, and not waited for, when nobody wants it any more.

    Args:
        receive: the request's channel, after the whole body was read from it.
        working: what the client waits for.

    Raises:
        ClientDisconnect: the client hung up first.
    """
    gone = asyncio.create_task(_gone(receive))
    try:
        await asyncio.wait({working, gone}, return_when=asyncio.FIRST_COMPLETED)
        if working.done():
            return working.result()
        raise ClientDisconnect
    finally:
        working.cancel()
        gone.cancel()
        await asyncio.gather(gone, return_exceptions=True)


async def _gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def to_its_end(work: Coroutine[None, None, T]) -> T:
    """The result of work in a thread; who is cancelled stays until it has ended all the same.

    Who is cancelled once more, while he stays, cancels the work itself and leaves.
    """
    working = asyncio.create_task(work)
    try:
        await asyncio.wait({working})
    finally:
        await asyncio.gather(working, return_exceptions=True)
    return working.result()


class Unfinished:
    """Tasks that may outlive the requests that began them."""

    def __init__(self) -> None:
        self._tasks: set[asyncio.Task[Any]] = set()

    def begin(
        self, work: Coroutine[None, None, T], afterwards: Callable[[], object]
    ) -> asyncio.Task[T]:
        """Begin some work; `afterwards` is called once it has ended, even before it began."""
        task = asyncio.create_task(work)
        self._tasks.add(task)

        def ended(_: asyncio.Task[T]) -> None:
            self._tasks.discard(task)
            afterwards()
            if not task.cancelled():
                task.exception()  # known to whoever still waits, and of no use to others

        task.add_done_callback(ended)
        return task

    async def end(self, seconds: float) -> None:
        """Cancel what is left and wait for it, but for threads only so many seconds."""
        for task in self._tasks:
            if not task.cancelling():  # once more would be too often, see `to_its_end`
                task.cancel()
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=seconds)
        left = tuple(self._tasks)
        for task in left:
            task.cancel()
        await asyncio.gather(*left, return_exceptions=True)
