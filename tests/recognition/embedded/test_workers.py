"""The workers and the queue before them."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import psutil  # type: ignore[import-untyped]
import pytest

from bot.errors import ProviderError
from bot.licence.documents import DocumentType
from bot.recognition.embedded.messages import Done
from bot.recognition.embedded.workers import Workers
from tests.recognition.embedded.moody import Mood, photo

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from bot.recognition.embedded.messages import Answer

LICENCE = Done(page=DocumentType.DRIVING_LICENCE)

pytestmark = pytest.mark.usefixtures("moody")


@asynccontextmanager
async def some(count: int = 1, seconds: float = 60, waiting: int = 32) -> AsyncIterator[Workers]:
    """So many workers, ready."""
    workers = Workers(count, 1, seconds, waiting)
    await workers.start()
    yield workers
    await workers.aclose()


async def asking(workers: Workers, mood: Mood) -> asyncio.Task[Answer]:
    """A photo in the hands of a worker, or in the queue."""
    task = asyncio.create_task(workers.ask(photo(mood), None))
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    return task


async def test_photos_are_read_in_turn() -> None:
    """First come, first served."""
    done: list[int] = []
    async with some() as workers:
        tasks = [await asking(workers, Mood.READ) for _ in range(5)]
        for number, task in enumerate(tasks):
            task.add_done_callback(lambda _, number=number: done.append(number))  # type: ignore[misc]
        assert await asyncio.gather(*tasks) == [LICENCE] * 5
    assert done == [0, 1, 2, 3, 4]


async def test_several_are_read_at_a_time() -> None:
    """One that hangs holds up nobody where there are two workers."""
    async with some(2) as workers:
        hanging = await asking(workers, Mood.HANG)
        for _ in range(3):
            assert await workers.ask(photo(Mood.READ), None) == LICENCE
        assert not hanging.done()
        hanging.cancel()


async def test_a_ready_worker_is_preferred() -> None:
    """Nobody waits for one that has to be begun while another one is idle."""
    async with some(2) as workers:
        with pytest.raises(ProviderError):
            await workers.ask(photo(Mood.DIE), None)
        dead = [worker for worker in workers._workers if not worker.ready]
        for _ in range(3):
            await workers.ask(photo(Mood.READ), None)
        assert len(dead) == 1
        assert not dead[0].ready


async def test_no_more_wait_than_there_is_room_for() -> None:
    """Whoever comes then hears at once that it is busy, and may come again."""
    async with some(waiting=1) as workers:
        tasks = [await asking(workers, Mood.SLOW) for _ in range(2)]
        with pytest.raises(ProviderError, match="busy") as raised:
            await workers.ask(photo(Mood.READ), None)
        assert raised.value.transient
        assert await asyncio.gather(*tasks) == [LICENCE] * 2
        assert await workers.ask(photo(Mood.READ), None) == LICENCE


async def test_what_nobody_waits_for_is_not_begun() -> None:
    """A photo given up while another one is read is never read, and gives its room back."""
    async with some(waiting=1) as workers:
        first = await asking(workers, Mood.SLOW)
        for _ in range(3):
            given_up = await asking(workers, Mood.HANG)
            given_up.cancel()
            await asyncio.gather(given_up, return_exceptions=True)
        last = await asking(workers, Mood.READ)
        assert [await first, await last] == [LICENCE] * 2


async def test_what_was_begun_is_finished_for_nobody() -> None:
    """Its worker lives on, and the answer to the one is not given to the next."""
    async with some() as workers:
        (worker,) = workers._workers
        before = worker._process
        given_up = await asking(workers, Mood.STUMBLE)
        given_up.cancel()
        assert await workers.ask(photo(Mood.READ), None) == LICENCE
        assert given_up.cancelled()
        assert worker._process is before


async def test_one_that_hangs_for_nobody_is_ended_too() -> None:
    """The limit holds whether somebody waits or not."""
    async with some(seconds=0.5) as workers:
        (worker,) = workers._workers
        given_up = await asking(workers, Mood.HANG)
        given_up.cancel()
        async with asyncio.timeout(60):
            while worker.ready:  # noqa: ASYNC110 - no event tells
                await asyncio.sleep(0.01)
        worker._seconds = 60
        assert await workers.ask(photo(Mood.READ), None) == LICENCE


async def test_closing_drops_what_waits_and_ends_what_hangs(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Everybody hears of it, and no process is left."""
    monkeypatch.setattr("bot.recognition.embedded.workers._GRACE", 0.1)
    async with some() as workers:
        (worker,) = workers._workers
        tasks = [await asking(workers, Mood.HANG) for _ in range(3)]
        await workers.aclose()
        errors = await asyncio.gather(*tasks, return_exceptions=True)
    assert [str(error) for error in errors] == ["engine-failed"] * 3
    assert worker._process is not None
    assert not worker._process.alive


async def test_closing_leaves_no_process() -> None:
    """Not even one that waits to be buried."""
    before = set(psutil.Process().children())
    async with some(3):
        assert len(set(psutil.Process().children()) - before) == 3
    assert set(psutil.Process().children()) <= before


async def test_closing_lets_a_photo_be_finished(monkeypatch: pytest.MonkeyPatch) -> None:
    """What takes only a moment is not thrown away."""
    async with some() as workers:
        process = workers._workers[0]._process
        assert process is not None
        sent, hear = asyncio.Event(), process._hear

        async def note_and_hear() -> Answer:
            sent.set()
            return await hear()

        monkeypatch.setattr(process, "_hear", note_and_hear)
        task = await asking(workers, Mood.SLOW)
        await sent.wait()
        await workers.aclose()
        assert await task == LICENCE


async def test_it_says_how_it_is() -> None:
    """One death is mended by the next photo, which must not be kept away; many are not."""
    workers = Workers(1, 1, 60, 32)
    assert workers.state == "loading"
    try:
        await workers.start()
        assert workers.state == "ok"
        for _ in range(2):
            with pytest.raises(ProviderError):
                await workers.ask(photo(Mood.DIE), None)
            if not workers._pauses.left:
                assert workers.state == "ok"
        assert workers.state == "dying"
    finally:
        await workers.aclose()
