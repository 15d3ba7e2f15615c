"""The person's side: presses, deletions, identity, time, faults."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from bot.playground.accounts import PERSON_ID

if TYPE_CHECKING:
    import httpx

    from bot.playground.server import Playground

ME = {"chat_id": PERSON_ID}
KEYBOARD = {"inline_keyboard": [[{"text": "a", "callback_data": "t:1"}]]}


async def question(bot: httpx.AsyncClient, person: httpx.AsyncClient) -> tuple[int, int]:
    """A person's message and the bot's question about it."""
    [heard] = (await person.post("/api/messages", data={"text": "photo"})).json()
    reply = {"message_id": heard["message_id"]}
    body = {**ME, "text": "which?", "reply_parameters": reply, "reply_markup": KEYBOARD}
    sent = (await bot.post("sendMessage", json=body)).json()["result"]
    return heard["message_id"], sent["message_id"]


async def pressed(bot: httpx.AsyncClient) -> dict[str, Any]:
    """The last callback query the bot has received."""
    result = (await bot.post("getUpdates", json={"offset": -1})).json()["result"]
    query: dict[str, Any] = result[-1]["callback_query"]
    return query


async def test_tools_learn_the_token(person: httpx.AsyncClient, playground: Playground) -> None:
    """And the bot's name."""
    bot = (await person.get("/api/bot")).json()
    assert bot["token"] == playground.token
    assert bot["username"].endswith("bot")


async def test_a_press_carries_the_message_and_what_it_replies_to(
    bot: httpx.AsyncClient, person: httpx.AsyncClient
) -> None:
    """The keyboard, too; the data may be forged."""
    heard, asked = await question(bot, person)
    answer = await person.post("/api/presses", json={"message_id": asked, "data": "forged"})
    query = await pressed(bot)
    assert query["id"] == answer.json()["id"]
    assert query["data"] == "forged"
    assert query["from"]["id"] == PERSON_ID
    assert query["message"]["reply_markup"] == KEYBOARD
    assert query["message"]["reply_to_message"]["message_id"] == heard
    assert "chat_instance" in query


async def test_a_deleted_photo_is_missing_from_the_press(
    bot: httpx.AsyncClient, person: httpx.AsyncClient
) -> None:
    """The bot must ask for it again."""
    heard, asked = await question(bot, person)
    assert (await person.delete(f"/api/messages/{heard}")).json() == {"deleted": heard}
    await person.post("/api/presses", json={"message_id": asked, "data": "t:1"})
    assert "reply_to_message" not in (await pressed(bot))["message"]


async def test_an_old_message_is_inaccessible(
    bot: httpx.AsyncClient, person: httpx.AsyncClient
) -> None:
    """Only where it was is told."""
    _, asked = await question(bot, person)
    await person.post("/api/clock", json={"advance": 48 * 3600})
    await person.post("/api/presses", json={"message_id": asked, "data": "t:1"})
    message = (await pressed(bot))["message"]
    assert set(message) == {"message_id", "chat", "date"}
    assert (message["message_id"], message["date"]) == (asked, 0)


@pytest.mark.parametrize(
    ("verb", "path", "body", "code"),
    [
        ("POST", "/api/presses", {"message_id": 5, "data": "x"}, 404),
        ("POST", "/api/presses", {"message_id": 101}, 400),
        ("DELETE", "/api/messages/5", None, 404),
        ("GET", "/api/files/nothing", None, 404),
        ("POST", "/api/clock", {"advance": -1}, 400),
        ("POST", "/api/clock", {"advance": "soon"}, 400),
        ("POST", "/api/clock", {}, 400),
        ("POST", "/api/clock", {"advance": "inf"}, 400),
        ("POST", "/api/faults", {"method": "getMe", "error_code": 200}, 400),
        ("POST", "/api/faults", {"error_code": 500}, 400),
        ("POST", "/api/faults", {"method": "getMe", "times": 0}, 400),
        ("POST", "/api/faults", {"method": "getMe", "delay": "long"}, 400),
        ("GET", "/api/nothing", None, 404),
        ("PUT", "/api/messages", None, 404),
    ],
)
async def test_refusals(
    person: httpx.AsyncClient, verb: str, path: str, body: object, code: int
) -> None:
    """Always JSON, with the status of its error code."""
    await person.post("/api/messages", data={"text": "message 101"})
    answer = await person.request(verb, path, json=body)
    assert answer.status_code == answer.json()["error_code"] == code


async def test_the_person_may_change(person: httpx.AsyncClient) -> None:
    """A language that is absent or null is taken away, names stay until changed."""
    changed = {"language_code": "zh-hant", "first_name": "王", "username": "wang"}
    assert (await person.post("/api/person", json=changed)).json() == {
        "id": PERSON_ID,
        "is_bot": False,
        **changed,
    }
    for absent in ({"language_code": None}, {}):
        person_now = (await person.post("/api/person", json=absent)).json()
        assert "language_code" not in person_now
        assert person_now["first_name"] == "王"
    [message] = (await person.post("/api/messages", data={"text": "x"})).json()
    assert "language_code" not in message["from"]
    assert message["chat"]["username"] == "wang"
    gone = (await person.post("/api/person", json={"username": None})).json()
    assert "username" not in gone


async def test_time_passes_for_messages(person: httpx.AsyncClient) -> None:
    """Their dates follow the clock."""
    [before] = (await person.post("/api/messages", data={"text": "x"})).json()
    now = (await person.post("/api/clock", json={"advance": 86_400})).json()["now"]
    [after] = (await person.post("/api/messages", data={"text": "x"})).json()
    assert after["date"] - before["date"] in {86_400, 86_401}
    assert after["date"] - now in {0, 1}


async def test_reset_begins_anew(bot: httpx.AsyncClient, person: httpx.AsyncClient) -> None:
    """Messages, updates, files and faults are gone; commands and the webhook's rules stay."""
    commands = [{"command": "start", "description": "x"}]
    await bot.post("setMyCommands", json={"commands": commands})
    [message] = (
        await person.post("/api/messages", data={"as": "file"}, files={"files": b"x"})
    ).json()
    await person.post("/api/faults", json={"method": "*", "error_code": 500})
    await person.post("/api/reset")
    assert (await person.get("/api/messages")).json() == []
    assert (await bot.post("getUpdates")).json()["result"] == []
    assert (await person.get(f"/api/files/{message['document']['file_id']}")).status_code == 404
    assert (await person.get("/api/state")).json()["commands"] == commands
    [again] = (await person.post("/api/messages", data={"text": "x"})).json()
    assert again["message_id"] > message["message_id"]


async def test_foreign_files_are_not_shown_as_pages(person: httpx.AsyncClient) -> None:
    """A document is downloaded; nothing it holds runs."""
    script = {"files": ("a.html", b"<script>alert(1)</script>", "text/html")}
    [message] = (await person.post("/api/messages", data={"as": "file"}, files=script)).json()
    answer = await person.get(f"/api/files/{message['document']['file_id']}")
    assert answer.headers["content-type"] == "application/octet-stream"
    assert answer.headers["content-disposition"] == "attachment"
    assert answer.headers["content-security-policy"].startswith("sandbox")
