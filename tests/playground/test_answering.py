"""Answers without words: actions, callback answers, reactions."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING

import pytest

from bot.playground.accounts import PERSON_ID
from bot.playground.callbacks import TOO_OLD

if TYPE_CHECKING:
    import httpx

    from bot.playground.server import Playground

ME = {"chat_id": PERSON_ID}


async def press(bot: httpx.AsyncClient, person: httpx.AsyncClient) -> str:
    """A pressed button's query id."""
    sent = (await bot.post("sendMessage", json={**ME, "text": "x"})).json()["result"]
    answer = await person.post("/api/presses", json={"message_id": sent["message_id"], "data": "a"})
    return str(answer.json()["id"])


async def test_actions_are_seen_and_must_be_known(
    bot: httpx.AsyncClient, playground: Playground
) -> None:
    """The page hears of them."""
    with playground.world.events.listen() as events:
        answer = await bot.post("sendChatAction", json={**ME, "action": "upload_photo"})
        assert answer.json()["result"] is True
        event = await asyncio.wait_for(events.get(), 20)
    assert event is not None
    assert (event.name, event.data) == ("chat_action", {"action": "upload_photo"})
    refused = await bot.post("sendChatAction", json={**ME, "action": "sleeping"})
    assert refused.json()["description"] == "Bad Request: wrong parameter action in request"


async def test_a_query_has_one_answer(
    bot: httpx.AsyncClient, person: httpx.AsyncClient, playground: Playground
) -> None:
    """The page hears the first; the second is too late."""
    answer = {"callback_query_id": await press(bot, person), "text": "done", "show_alert": True}
    with playground.world.events.listen() as events:
        assert (await bot.post("answerCallbackQuery", json=answer)).json()["result"] is True
        event = await asyncio.wait_for(events.get(), 20)
    assert event is not None
    assert event.data == {"id": answer["callback_query_id"], "text": "done", "show_alert": True}
    again = await bot.post("answerCallbackQuery", json=answer)
    assert (again.status_code, again.json()["description"]) == (400, f"Bad Request: {TOO_OLD}")


async def test_a_query_waits_two_and_a_half_minutes(
    bot: httpx.AsyncClient, person: httpx.AsyncClient
) -> None:
    """After that the bot is told so."""
    in_time, too_late = await press(bot, person), await press(bot, person)
    await person.post("/api/clock", json={"advance": 149})
    answer = await bot.post("answerCallbackQuery", json={"callback_query_id": in_time})
    assert answer.json()["ok"] is True
    await person.post("/api/clock", json={"advance": 2})
    answer = await bot.post("answerCallbackQuery", json={"callback_query_id": too_late})
    assert answer.json()["description"] == f"Bad Request: {TOO_OLD}"


async def test_an_answer_has_at_most_200_characters(
    bot: httpx.AsyncClient, person: httpx.AsyncClient
) -> None:
    """And an answer refused for its length may be given again."""
    query = await press(bot, person)
    long = {"callback_query_id": query, "text": "x" * 201}
    answer = await bot.post("answerCallbackQuery", json=long)
    assert answer.json()["description"] == "Bad Request: MESSAGE_TOO_LONG"
    short = {"callback_query_id": query, "text": "驾" * 200}
    assert (await bot.post("answerCallbackQuery", json=short)).json()["ok"] is True


async def test_reactions_are_shown_and_taken_back(
    bot: httpx.AsyncClient, person: httpx.AsyncClient
) -> None:
    """One emoji of those Telegram knows."""
    [heard] = (await person.post("/api/messages", data={"text": "x"})).json()
    message = {**ME, "message_id": heard["message_id"]}
    eyes = [{"type": "emoji", "emoji": "👀"}]
    sent = await bot.post("setMessageReaction", data={**message, "reaction": json.dumps(eyes)})
    assert sent.json()["result"] is True
    state = (await person.get("/api/state")).json()
    assert state["reactions"] == {str(heard["message_id"]): eyes}
    await bot.post("setMessageReaction", json=message)
    state = (await person.get("/api/state")).json()
    assert state["reactions"] == {str(heard["message_id"]): []}


@pytest.mark.parametrize(
    ("reaction", "description"),
    [
        ([{"type": "emoji", "emoji": "🪪"}], "REACTION_INVALID"),
        ([{"type": "paid"}], "REACTION_INVALID"),
        ([{"type": "emoji", "emoji": ["👀"]}], "REACTION_INVALID"),
        ([{"type": "emoji", "emoji": "👀"}] * 2, "REACTIONS_TOO_MANY"),
        ("{}", None),
        ({"type": "emoji"}, "expected an Array of ReactionType"),
    ],
)
async def test_reactions_telegram_would_not_take(
    bot: httpx.AsyncClient, reaction: object, description: str | None
) -> None:
    """Unknown emoji, too many, nonsense."""
    sent = (await bot.post("sendMessage", json={**ME, "text": "x"})).json()["result"]
    body = {**ME, "message_id": sent["message_id"], "reaction": reaction}
    answer = (await bot.post("setMessageReaction", json=body)).json()
    expected = None if description is None else f"Bad Request: {description}"
    assert answer.get("description") == expected
