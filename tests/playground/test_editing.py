"""What a bot changes or takes back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from bot.playground.accounts import PERSON_ID
from bot.playground.editing import NOT_MODIFIED

if TYPE_CHECKING:
    from collections.abc import Callable

    import httpx

ME = {"chat_id": PERSON_ID}
KEYBOARD = {"inline_keyboard": [[{"text": "a", "callback_data": "a"}]]}


async def say(bot: httpx.AsyncClient, **more: object) -> dict[str, Any]:
    """A message with a keyboard, as parameters that name it."""
    answer = await bot.post(
        "sendMessage", json={**ME, "text": "x", "reply_markup": KEYBOARD, **more}
    )
    return {**ME, "message_id": answer.json()["result"]["message_id"]}


async def test_an_edit_without_a_keyboard_removes_it(
    bot: httpx.AsyncClient, person: httpx.AsyncClient
) -> None:
    """Text and keyboard are replaced together, in place."""
    message = await say(bot)
    edited = await bot.post("editMessageText", json={**message, "text": "y"})
    result = edited.json()["result"]
    assert (result["text"], result["message_id"]) == ("y", message["message_id"])
    assert "reply_markup" not in result
    assert result["edit_date"] >= result["date"]
    assert (await person.get("/api/messages")).json() == [result]


async def test_an_edit_that_changes_nothing_is_refused(bot: httpx.AsyncClient) -> None:
    """Also after an edit, whose date does not count as a difference."""
    message = await say(bot)
    same = {**message, "text": "x", "reply_markup": KEYBOARD}
    answer = await bot.post("editMessageText", json=same)
    assert (answer.status_code, answer.json()["description"]) == (
        400,
        f"Bad Request: {NOT_MODIFIED}",
    )
    await bot.post("editMessageText", json={**message, "text": "y"})
    again = await bot.post("editMessageText", json={**message, "text": "y"})
    assert again.json()["description"] == f"Bad Request: {NOT_MODIFIED}"


async def test_the_keyboard_can_be_edited_alone(bot: httpx.AsyncClient) -> None:
    """It is replaced, or removed when none is given."""
    message = await say(bot)
    other = {"inline_keyboard": [[{"text": "b", "callback_data": "b"}]]}
    answer = await bot.post("editMessageReplyMarkup", json={**message, "reply_markup": other})
    assert answer.json()["result"]["reply_markup"] == other
    gone = await bot.post("editMessageReplyMarkup", json=message)
    assert "reply_markup" not in gone.json()["result"]
    assert gone.json()["result"]["text"] == "x"


async def test_captions_and_texts_are_different_things(
    bot: httpx.AsyncClient, picture: Callable[..., bytes]
) -> None:
    """Each method edits its own kind."""
    photo = await bot.post("sendPhoto", data=ME, files={"photo": picture()})
    pictured = {**ME, "message_id": photo.json()["result"]["message_id"]}
    answer = await bot.post("editMessageCaption", json={**pictured, "caption": "new"})
    assert answer.json()["result"]["caption"] == "new"
    answer = await bot.post("editMessageText", json={**pictured, "text": "new"})
    assert answer.json()["description"] == "Bad Request: there is no text in the message to edit"
    answer = await bot.post("editMessageCaption", json={**await say(bot), "caption": "new"})
    assert answer.json()["description"] == "Bad Request: there is no caption in the message to edit"


@pytest.mark.parametrize(
    ("message_id", "description"),
    [(None, "message identifier is not specified"), (99, "message to edit not found")],
)
async def test_what_is_not_there_cannot_be_edited(
    bot: httpx.AsyncClient, message_id: int | None, description: str
) -> None:
    """Missing and unknown ids have words of their own."""
    message = {**ME, "text": "x", **({} if message_id is None else {"message_id": message_id})}
    answer = await bot.post("editMessageText", json=message)
    assert answer.json()["description"] == f"Bad Request: {description}"


async def test_the_persons_messages_cannot_be_edited(
    bot: httpx.AsyncClient, person: httpx.AsyncClient
) -> None:
    """A bot edits only what it said."""
    [heard] = (await person.post("/api/messages", data={"text": "hello"})).json()
    message = {**ME, "message_id": heard["message_id"], "text": "x"}
    answer = await bot.post("editMessageText", json=message)
    assert answer.json()["description"] == "Bad Request: message can't be edited"


async def test_messages_can_be_deleted_for_two_days(
    bot: httpx.AsyncClient, person: httpx.AsyncClient
) -> None:
    """The person's too; twice is once too often, and after 48 hours it is too late."""
    await person.post("/api/messages", data={"text": "hello"})
    [heard] = (await person.get("/api/messages")).json()
    message = {**ME, "message_id": heard["message_id"]}
    assert (await bot.post("deleteMessage", json=message)).json() == {"ok": True, "result": True}
    answer = await bot.post("deleteMessage", json=message)
    assert answer.json()["description"] == "Bad Request: message to delete not found"
    old = await say(bot)
    await person.post("/api/clock", json={"advance": 48 * 3600})
    answer = await bot.post("deleteMessage", json=old)
    assert answer.json()["description"] == "Bad Request: message can't be deleted for everyone"
    assert len((await person.get("/api/messages")).json()) == 1
