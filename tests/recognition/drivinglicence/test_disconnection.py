"""Work that is given up when nobody waits for it any more."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest
from starlette.requests import ClientDisconnect

from bot.recognition.drivinglicence.disconnection import unless_gone

if TYPE_CHECKING:
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


async def test_work_is_done_while_somebody_waits() -> None:
    """Its result comes through, and nobody listens on the line any more."""

    async def work() -> int:
        await asyncio.sleep(0)
        return 7

    assert await unless_gone(Line(), work()) == 7
    assert len(asyncio.all_tasks()) == 1


async def test_a_failure_comes_through() -> None:
    """As it was."""

    async def work() -> int:
        raise KeyError

    with pytest.raises(KeyError):
        await unless_gone(Line(), work())


async def test_who_hangs_up_ends_the_work() -> None:
    """It is cancelled, and has put everything away before the request ends."""
    line, away = Line(), False

    async def work() -> None:
        nonlocal away
        try:
            await asyncio.Event().wait()
        finally:
            await asyncio.sleep(0.01)
            away = True

    asyncio.get_running_loop().call_soon(line.ended.set)
    with pytest.raises(ClientDisconnect):
        await unless_gone(line, work())
    assert away


async def test_who_is_cancelled_cancels_the_work() -> None:
    """A server that stops leaves nothing running."""
    task = asyncio.create_task(unless_gone(Line(), asyncio.sleep(60)))
    await asyncio.sleep(0)
    task.cancel()
    await asyncio.wait({task})

    assert task.cancelled()
    assert len(asyncio.all_tasks()) == 1
