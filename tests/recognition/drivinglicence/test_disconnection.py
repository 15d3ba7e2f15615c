"""Work for a caller who may hang up, and work that goes on although nobody waits."""

from __future__ import annotations

import asyncio
import gc
import threading
from typing import TYPE_CHECKING, Any

import pytest
from starlette.requests import ClientDisconnect

from bot.recognition.drivinglicence.disconnection import Unfinished, to_its_end, unless_gone

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from starlette.types import Message


class Line:
    """A request's channel: rests of the body, then, one day, the end."""

    def __init__(self) -> None:
        self.ended = asyncio.Event()
        self.left = 2

    async def __call__(self) -> Message:
        """The next message."""
        if self.left:
            self.left -= 1
            return {"type": "http.request"}
        await self.ended.wait()
        return {"type": "http.disconnect"}


class Thread:
    """Work in a thread that goes on until it is released; only then it fails or answers."""

    def __init__(self, error: Exception | None = None) -> None:
        self.error = error
        self.begun = asyncio.Event()
        self.released = threading.Event()
        self.ended = threading.Event()

    async def work(self) -> int:
        """Seven, once it is released."""
        self.begun.set()
        return await asyncio.to_thread(self._work)

    def _work(self) -> int:
        self.released.wait()
        self.ended.set()
        if self.error:
            raise self.error
        return 7


@pytest.fixture
async def thread() -> AsyncIterator[Thread]:
    """One that is released before the event loop ends, which waits for its threads."""
    thread = Thread()
    yield thread
    thread.released.set()


async def seven() -> int:
    """Work that takes a moment."""
    await asyncio.sleep(0)
    return 7


async def test_work_is_done_while_somebody_waits() -> None:
    """Its result comes through, and nobody listens on the line any more."""
    assert await unless_gone(Line(), asyncio.create_task(seven())) == 7
    assert len(asyncio.all_tasks()) == 1


async def test_a_failure_comes_through() -> None:
    """As it was."""

    async def work() -> int:
        raise KeyError

    with pytest.raises(KeyError):
        await unless_gone(Line(), asyncio.create_task(work()))


async def test_who_hangs_up_cancels_the_work(thread: Thread) -> None:
    """The request ends at once, the work when its thread does."""
    line, working = Line(), asyncio.create_task(to_its_end(thread.work()))
    await thread.begun.wait()
    line.ended.set()

    with pytest.raises(ClientDisconnect):
        await unless_gone(line, working)
    assert not working.done()
    thread.released.set()
    await asyncio.wait({working})

    assert working.cancelled()
    assert thread.ended.is_set()


async def test_who_is_cancelled_cancels_the_work() -> None:
    """A server that stops leaves nothing running."""
    working = asyncio.create_task(asyncio.sleep(60))
    asking = asyncio.create_task(unless_gone(Line(), working))
    await asyncio.sleep(0)
    asking.cancel()
    await asyncio.wait({asking, working})

    assert asking.cancelled()
    assert working.cancelled()
    assert len(asyncio.all_tasks()) == 1


async def test_work_in_a_thread_gives_its_result() -> None:
    """Or its failure, as it was."""

    async def fails() -> int:
        raise KeyError

    assert await to_its_end(seven()) == 7
    with pytest.raises(KeyError):
        await to_its_end(fails())


async def test_who_insists_leaves_the_thread_behind(thread: Thread) -> None:
    """A program that has waited long enough for a thread ends without it."""
    working = asyncio.create_task(to_its_end(thread.work()))
    await thread.begun.wait()
    working.cancel()
    await asyncio.sleep(0)
    assert not working.done()
    working.cancel()
    await asyncio.wait({working})

    assert working.cancelled()
    assert not thread.ended.is_set()


async def test_what_was_begun_is_followed_by_its_end() -> None:
    """Done, or cancelled before it could begin; and its result is there for whoever waits."""
    unfinished, ends = Unfinished(), list[str]()
    done = unfinished.begin(seven(), lambda: ends.append("done"))
    never = unfinished.begin(seven(), lambda: ends.append("never"))
    never.cancel()
    await asyncio.wait({done, never})

    assert done.result() == 7
    assert never.cancelled()
    assert sorted(ends) == ["done", "never"]


async def test_the_end_waits_for_what_is_left(thread: Thread) -> None:
    """What can be cancelled goes at once; a thread is waited for, also if nobody else does."""
    unfinished, given_up = Unfinished(), Thread()
    tasks = [
        unfinished.begin(asyncio.sleep(60), lambda: None),
        unfinished.begin(to_its_end(thread.work()), lambda: None),
        unfinished.begin(to_its_end(given_up.work()), lambda: None),
    ]
    await asyncio.gather(thread.begun.wait(), given_up.begun.wait())
    tasks[2].cancel()
    ending = asyncio.create_task(unfinished.end(60))
    await asyncio.wait({tasks[0]})
    assert not ending.done()
    thread.released.set()
    given_up.released.set()
    await ending

    assert all(task.cancelled() for task in tasks)
    assert thread.ended.is_set()
    assert given_up.ended.is_set()


async def test_the_end_does_not_wait_for_ever(thread: Thread) -> None:
    """A thread that never ends is left behind."""
    unfinished = Unfinished()
    working = unfinished.begin(to_its_end(thread.work()), lambda: None)
    await thread.begun.wait()
    await unfinished.end(0.01)

    assert working.cancelled()
    assert len(asyncio.all_tasks()) == 1


async def test_nothing_left_is_no_end_to_wait_for() -> None:
    """An engine that did nothing stops at once."""
    await Unfinished().end(60)


async def test_a_failure_that_nobody_waits_for_is_no_surprise() -> None:
    """The event loop has nothing to complain of when the task is thrown away."""
    complaints = list[dict[str, Any]]()
    asyncio.get_running_loop().set_exception_handler(lambda _, about: complaints.append(about))
    unfinished, given_up, alone = Unfinished(), Thread(KeyError()), Thread(KeyError())
    tasks = [
        unfinished.begin(to_its_end(thread.work()), lambda: None) for thread in (given_up, alone)
    ]
    await asyncio.gather(given_up.begun.wait(), alone.begun.wait())
    tasks[0].cancel()
    given_up.released.set()
    alone.released.set()
    await asyncio.wait(tasks)
    tasks.clear()
    await asyncio.sleep(0)
    gc.collect()

    assert complaints == []
