"""Waiting for something to happen."""

from __future__ import annotations

import asyncio

from bot.playground.pulse import Pulse, first


async def test_a_beat_wakes_who_waits_now_and_nobody_later() -> None:
    """Every beat is heard once."""
    pulse = Pulse()
    waiting = asyncio.ensure_future(pulse.wait())
    await asyncio.sleep(0)
    pulse.beat()
    await asyncio.wait_for(waiting, 20)
    later = asyncio.ensure_future(pulse.wait())
    await asyncio.sleep(0)
    assert not later.done()
    later.cancel()


async def test_first_cancels_the_others() -> None:
    """Nothing is left running behind."""
    cancelled = asyncio.Event()

    async def endless() -> None:
        try:
            await asyncio.Event().wait()
        finally:
            cancelled.set()

    await asyncio.wait_for(first(endless(), asyncio.sleep(0)), 20)
    assert cancelled.is_set()
