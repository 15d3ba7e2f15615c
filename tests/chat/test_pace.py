"""How fast the bot speaks."""

from __future__ import annotations

import asyncio
import math
import time

import pytest
from telegram.error import RetryAfter

from bot.chat import pace
from bot.chat.pace import Pace


class Telegram:
    """Notes when it was called; puts off the calls that a test names, by their number."""

    def __init__(self, *refused: int, wait: float = 0.2) -> None:
        self.refused = refused
        self.wait = wait
        self.times: list[float] = []
        self.begun = time.monotonic()

    async def __call__(self, *_: object, **__: object) -> bool:
        """Take a call."""
        self.times.append(time.monotonic() - self.begun)
        if len(self.times) in self.refused:
            error = RetryAfter(1)
            error._retry_after = error._retry_after * self.wait
            raise error
        return True


async def say(
    limiter: Pace, telegram: Telegram, endpoint: str = "sendMessage", **data: object
) -> object:
    """Call a method as python-telegram-bot does."""
    return await limiter.process_request(telegram, (), {}, endpoint, data, None)


@pytest.fixture(autouse=True)
def _hasty(monkeypatch: pytest.MonkeyPatch) -> None:
    """A second is a tenth of one, and nothing is added to what Telegram wants."""
    monkeypatch.setattr(pace, "OVERALL", (2, 0.1))
    monkeypatch.setattr(pace, "CHAT", (2, 0.4))
    monkeypatch.setattr(pace, "GROUP", (1, 1.0))
    monkeypatch.setattr(pace, "_MARGIN", 0.0)


async def test_all_chats_together_have_a_limit() -> None:
    """Two at once, and then one after the other."""
    limiter, telegram = Pace(), Telegram()
    await asyncio.gather(*(say(limiter, telegram, chat_id=chat) for chat in range(6)))
    assert telegram.times[1] < 0.05
    assert telegram.times[-1] >= 0.19


@pytest.mark.parametrize("replicas", range(1, 21))
async def test_replicas_share_what_telegram_takes_of_all(
    monkeypatch: pytest.MonkeyPatch, replicas: int
) -> None:
    """In no second are there more than 30, also after a rest; each may say something at once."""
    monkeypatch.setattr(pace, "OVERALL", (5, 0.2))
    one = Pace(replicas)._all
    distance = one.time_period / one.max_rate
    in_a_second = one.max_rate + math.ceil(1 / distance - 1e-9) - 1
    assert replicas * in_a_second <= 30
    assert one.max_rate >= 1


@pytest.mark.parametrize(("replicas", "together"), [(1, 25), (2, 25), (5, 25), (10, 25), (20, 20)])
async def test_replicas_are_as_fast_as_one(
    monkeypatch: pytest.MonkeyPatch, replicas: int, together: int
) -> None:
    """Unless there are so many that a whole number of calls for each leaves some over."""
    monkeypatch.setattr(pace, "OVERALL", (5, 0.2))
    one = Pace(replicas)._all
    assert replicas * one.max_rate / one.time_period == pytest.approx(together)


async def test_a_chat_has_a_limit_that_holds_nobody_else_up() -> None:
    """The third in one chat waits, one in another chat does not."""
    limiter, telegram, other = Pace(), Telegram(), Telegram()
    many = [asyncio.create_task(say(limiter, telegram, chat_id=7)) for _ in range(3)]
    await asyncio.sleep(0.11)
    await say(limiter, other, chat_id=8)
    assert len(telegram.times) == 2
    await asyncio.gather(*many)
    assert telegram.times[2] >= 0.19


@pytest.mark.parametrize("chat", [-100, "@channel"])
async def test_a_group_has_a_limit_of_its_own(chat: object) -> None:
    """A slower one."""
    limiter, telegram = Pace(), Telegram()
    await say(limiter, telegram, chat_id=chat)
    late = asyncio.create_task(say(limiter, telegram, chat_id=chat))
    await asyncio.sleep(0.3)
    assert len(telegram.times) == 1
    late.cancel()
    await asyncio.gather(late, return_exceptions=True)


async def test_what_is_for_no_chat_is_not_slowed_down() -> None:
    """Fetching a file, answering a press."""
    limiter, telegram = Pace(), Telegram()
    await asyncio.gather(*(say(limiter, telegram, "getFile") for _ in range(50)))
    assert telegram.times[-1] < 0.5


async def test_a_sign_of_life_is_left_out_in_a_crowd() -> None:
    """It costs no message its place."""
    limiter, telegram = Pace(), Telegram()
    for chat in (1, 2):
        await say(limiter, telegram, chat_id=chat)
    assert await say(limiter, telegram, "sendChatAction", chat_id=3) is True
    assert len(telegram.times) == 2
    await asyncio.sleep(0.15)
    await say(limiter, telegram, "sendChatAction", chat_id=3)
    assert len(telegram.times) == 3


async def test_everybody_waits_while_telegram_wants_it() -> None:
    """Also those whose calls come back meanwhile do not end the wait."""
    limiter, telegram = Pace(), Telegram(1, wait=0.3)
    first = asyncio.create_task(say(limiter, telegram, chat_id=1))
    await asyncio.sleep(0.05)
    others = [asyncio.create_task(say(limiter, telegram, "getFile")) for _ in range(5)]
    await asyncio.sleep(0.1)
    assert len(telegram.times) == 1
    await asyncio.gather(first, *others)
    assert len(telegram.times) == 7
    assert telegram.times[1] >= 0.29


async def test_who_is_put_off_for_ever_gives_up() -> None:
    """Its update then waits in the store, and not in memory."""
    limiter, telegram = Pace(), Telegram(*range(1, 9), wait=0.01)
    with pytest.raises(RetryAfter):
        await say(limiter, telegram, chat_id=1)
    assert len(telegram.times) == pace.RETRIES + 1


async def test_chats_at_rest_are_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    """Memory does not grow with the number of people."""
    monkeypatch.setattr(pace, "OVERALL", (100, 0.1))
    monkeypatch.setattr(pace, "CHAT", (1, 0.01))
    monkeypatch.setattr(pace, "_KEPT", 5)
    limiter, telegram = Pace(), Telegram()
    for chat in range(20):
        await say(limiter, telegram, chat_id=chat)
        await asyncio.sleep(0.015)
    assert len(limiter._chats) <= 5
