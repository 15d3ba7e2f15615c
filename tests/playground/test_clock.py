"""The clock that can be moved."""

from __future__ import annotations

import asyncio
import time

from bot.playground.clock import Clock


async def test_who_sleeps_wakes_when_the_time_is_moved() -> None:
    """An hour passes at once."""
    clock = Clock()
    asleep = asyncio.ensure_future(clock.sleep(3600))
    await asyncio.sleep(0)
    clock.advance(1800)
    await asyncio.sleep(0.01)
    assert not asleep.done()
    clock.advance(1801)
    await asyncio.wait_for(asleep, 20)


async def test_it_also_passes_by_itself() -> None:
    """A short sleep ends without anybody's help."""
    await asyncio.wait_for(Clock().sleep(0.01), 20)


def test_it_begins_at_the_present() -> None:
    """Dates of messages are real ones."""
    clock = Clock()
    assert abs(clock.now() - time.time()) < 1
    clock.advance(10)
    assert clock.date() - int(time.time()) in {10, 11}
