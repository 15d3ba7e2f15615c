"""getUpdates: the long poll and its rules."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from bot.playground.clock import Clock
from bot.playground.polling import OTHER_POLL, Polling
from bot.playground.refusals import Refusal
from bot.playground.updates import FIRST_UPDATE_ID as FIRST
from bot.playground.updates import Updates

if TYPE_CHECKING:
    import httpx


@pytest.fixture
def clock() -> Clock:
    """A clock to be moved."""
    return Clock()


@pytest.fixture
def updates(clock: Clock) -> Updates:
    """An empty queue."""
    return Updates(clock)


@pytest.fixture
def polling(updates: Updates, clock: Clock) -> Polling:
    """Polls that queue."""
    return Polling(updates, clock)


def put(updates: Updates, count: int) -> None:
    """Queue some messages."""
    for _ in range(count):
        updates.put("message", {}, 86_400)


async def ids(polling: Polling, offset: int, limit: int, seconds: float) -> list[int]:
    """What a poll gets, counted from the first update."""
    return [update.id - FIRST for update in await polling.poll(offset, limit, seconds)]


async def test_a_poll_waits_for_the_first_update(polling: Polling, updates: Updates) -> None:
    """It ends as soon as there is one."""
    poll = asyncio.ensure_future(ids(polling, 0, 100, 30))
    await asyncio.sleep(0.01)
    assert not poll.done()
    put(updates, 1)
    assert await asyncio.wait_for(poll, 20) == [0]


async def test_a_poll_ends_empty_when_its_time_is_over(polling: Polling, clock: Clock) -> None:
    """At most 50 seconds, whatever was asked for."""
    poll = asyncio.ensure_future(ids(polling, 0, 100, 1000))
    await asyncio.sleep(0.01)
    clock.advance(49)
    await asyncio.sleep(0.01)
    assert not poll.done()
    clock.advance(2)
    assert await asyncio.wait_for(poll, 20) == []


async def test_an_offset_confirms_what_is_before_it(polling: Polling, updates: Updates) -> None:
    """Without one nothing is confirmed; a negative one keeps the last."""
    put(updates, 5)
    assert await ids(polling, 0, 100, 0) == [0, 1, 2, 3, 4]
    assert await ids(polling, FIRST + 2, 100, 0) == [2, 3, 4]
    assert await ids(polling, -2, 100, 0) == [3, 4]
    assert await ids(polling, FIRST + 9, 100, 0) == []


@pytest.mark.parametrize(("limit", "count"), [(1, 1), (100, 100), (0, 100), (500, 100), (-3, 100)])
async def test_the_limit_is_1_to_100(
    polling: Polling, updates: Updates, limit: int, count: int
) -> None:
    """Anything else means 100."""
    put(updates, 120)
    assert len(await ids(polling, 0, limit, 0)) == count


async def test_who_asks_the_same_again_at_once_is_slowed_down(
    polling: Polling, updates: Updates, clock: Clock
) -> None:
    """Three seconds of waiting within three seconds, one update within half a second."""
    put(updates, 3)
    assert len(await ids(polling, 0, 100, 0)) == 3
    assert len(await ids(polling, 0, 100, 0)) == 1
    clock.advance(0.6)
    assert len(await ids(polling, 0, 100, 0)) == 3
    assert await ids(polling, FIRST + 3, 100, 0) == []
    poll = asyncio.ensure_future(ids(polling, FIRST + 3, 100, 0))
    await asyncio.sleep(0.01)
    assert not poll.done()
    clock.advance(3)
    assert await asyncio.wait_for(poll, 20) == []
    clock.advance(3)
    assert await asyncio.wait_for(ids(polling, FIRST + 3, 100, 0), 20) == []


async def test_a_new_poll_ends_the_old_one(polling: Polling, updates: Updates) -> None:
    """The old one is told 409, the new one gets the updates."""
    old = asyncio.ensure_future(ids(polling, 0, 100, 30))
    await asyncio.sleep(0.01)
    new = asyncio.ensure_future(ids(polling, 0, 100, 30))
    with pytest.raises(Refusal, match="only one bot instance") as refused:
        await asyncio.wait_for(old, 20)
    assert (refused.value.error_code, refused.value.description) == (409, f"Conflict: {OTHER_POLL}")
    put(updates, 1)
    assert await asyncio.wait_for(new, 20) == [0]


async def test_a_bot_that_stops_may_ask_once_more_at_once(polling: Polling) -> None:
    """Taking over from one's own waiting poll is no haste."""
    old = asyncio.ensure_future(ids(polling, 0, 100, 30))
    await asyncio.sleep(0.01)
    assert await asyncio.wait_for(ids(polling, 0, 100, 0), 20) == []
    with pytest.raises(Refusal):
        await old


async def test_closing_ends_a_poll_with_an_empty_answer(polling: Polling) -> None:
    """And nobody waits until it is opened again."""
    poll = asyncio.ensure_future(ids(polling, 0, 100, 30))
    await asyncio.sleep(0.01)
    polling.close()
    assert await asyncio.wait_for(poll, 20) == []
    assert await asyncio.wait_for(ids(polling, 1, 100, 30), 20) == []
    polling.open()
    again = asyncio.ensure_future(ids(polling, 2, 100, 30))
    await asyncio.sleep(0.01)
    assert not again.done()
    polling.close()
    assert await again == []


async def test_over_http(bot: httpx.AsyncClient, person: httpx.AsyncClient) -> None:
    """What the person says while the bot waits arrives at once."""
    poll = asyncio.ensure_future(bot.post("getUpdates", data={"timeout": 30}))
    await asyncio.sleep(0.05)
    [heard] = (await person.post("/api/messages", data={"text": "/start"})).json()
    [update] = (await asyncio.wait_for(poll, 20)).json()["result"]
    assert update == {"update_id": FIRST, "message": heard}
