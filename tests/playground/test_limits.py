"""What a bot may say in a second, and what happens to one that does not listen."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.playground.accounts import PERSON_ID, Person
from bot.playground.limits import Limits
from bot.playground.refusals import Refusal

if TYPE_CHECKING:
    import httpx

    from bot.playground.server import Playground


def said(limits: Limits, chat: str, now: float, method: str = "sendMessage") -> int:
    """The seconds to wait; 0 where it was taken."""
    try:
        limits.check(method, chat, now)
    except Refusal as refusal:
        return refusal.retry_after or -1
    return 0


def test_a_chat_takes_a_burst_and_then_one_a_second() -> None:
    """Other chats are not held up by it."""
    limits = Limits(burst=3)
    assert [said(limits, "7", 0) for _ in range(4)] == [0, 0, 0, 1]
    assert said(limits, "8", 0) == 0
    assert [said(limits, "7", 1), said(limits, "7", 1)] == [0, 1]
    assert limits.refused == {"chat": 2}


def test_all_chats_together_have_a_limit() -> None:
    """Thirty in a second, whoever they are for."""
    limits = Limits()
    waits = [said(limits, str(chat), 0) for chat in range(31)]
    assert waits == [0] * 30 + [1]
    assert limits.refused == {"overall": 1}


def test_a_group_takes_twenty_a_minute() -> None:
    """A wait of three seconds for each one more."""
    limits = Limits()
    assert [said(limits, "-100", second) for second in range(30)].count(0) == 29
    assert said(Limits(group=1), "-100", 0) == 0
    slow = Limits(group=1)
    assert [said(slow, "-1", 0), said(slow, "-1", 0)] == [0, 60]


def test_an_action_says_nothing() -> None:
    """Nor does anything that is only asked."""
    limits = Limits(burst=1)
    assert [said(limits, "7", 0, name) for name in ("sendChatAction", "getFile") * 20] == [0] * 40


def test_who_does_not_listen_is_banned() -> None:
    """In the end, and then for everything."""
    limits = Limits(burst=1, patience=2)
    assert [said(limits, "7", 0) for _ in range(5)] == [0, 1, 1, 1, 1]
    assert limits.banned
    assert limits.deaf == 3
    assert said(limits, "8", 100) == 3_600


async def test_somebody_else_has_a_chat_of_their_own(
    bot: httpx.AsyncClient, person: httpx.AsyncClient, playground: Playground
) -> None:
    """The bot answers there, and the page shows nothing of it."""
    other = playground.world.join(Person(id=77, first_name="Bo"))
    sent = (await bot.post("sendMessage", json={"chat_id": 77, "text": "hello"})).json()["result"]
    assert sent["chat"]["id"] == 77
    edit = {"chat_id": 77, "message_id": sent["message_id"], "text": "goodbye"}
    assert (await bot.post("editMessageText", json=edit)).json()["ok"]
    assert [message.text.content for message in other if message.text] == ["goodbye"]
    assert (await person.get("/api/messages")).json() == []
    assert (await bot.post("sendMessage", json={"chat_id": 78, "text": "x"})).status_code == 400


@pytest.mark.parametrize("retry", [1])
async def test_the_bot_hears_how_long_to_wait(
    retry: int, bot: httpx.AsyncClient, playground: Playground
) -> None:
    """In the body and in a header, as at Telegram."""
    playground.world.limits = Limits(burst=1)
    body = {"chat_id": PERSON_ID, "text": "x"}
    assert (await bot.post("sendMessage", json=body)).status_code == 200
    refused = await bot.post("sendMessage", json=body)
    assert (refused.status_code, refused.headers["retry-after"]) == (429, str(retry))
    assert refused.json()["parameters"] == {"retry_after": retry}
