"""What a bot says."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from bot.playground.accounts import PERSON_ID

if TYPE_CHECKING:
    from collections.abc import Callable

    import httpx

ME = {"chat_id": PERSON_ID}


async def test_a_message_is_in_the_chat(bot: httpx.AsyncClient, person: httpx.AsyncClient) -> None:
    """The bot's answer and the person's chat show the same message."""
    sent = (await bot.post("sendMessage", json={**ME, "text": "hello"})).json()["result"]
    assert sent["from"]["is_bot"] is True
    assert sent["chat"] == {"id": PERSON_ID, "type": "private", "first_name": "Alex"}
    assert (await person.get("/api/messages")).json() == [sent]


@pytest.mark.parametrize(
    ("method", "parameters", "description"),
    [
        ("sendMessage", {"text": "x"}, "chat_id is empty"),
        ("sendMessage", {"chat_id": 5, "text": "x"}, "chat not found"),
        ("sendMessage", {"chat_id": "@someone", "text": "x"}, "chat not found"),
        ("sendMessage", ME, "message text is empty"),
        (
            "sendMessage",
            {**ME, "text": "x", "reply_markup": "{"},
            "can't parse reply keyboard markup JSON object",
        ),
        (
            "sendMessage",
            {**ME, "text": "x", "reply_parameters": {"message_id": 5}},
            "message to be replied not found",
        ),
        (
            "sendMessage",
            {**ME, "text": "x", "reply_parameters": "[]"},
            "object expected as reply parameters",
        ),
        (
            "sendMessage",
            {**ME, "text": "x", "reply_to_message_id": 5},
            "message to be replied not found",
        ),
        ("sendPhoto", ME, "there is no photo in the request"),
        ("sendPhoto", {**ME, "photo": "AgACnothing"}, "wrong file identifier/HTTP URL specified"),
        (
            "sendPhoto",
            {**ME, "photo": "https://example.com/a.jpg"},
            "wrong file identifier/HTTP URL specified",
        ),
        ("sendPhoto", {**ME, "caption": "x" * 1025}, "message caption is too long"),
        ("sendDocument", ME, "there is no document in the request"),
        ("sendMediaGroup", ME, "there are no messages to send"),
        ("sendMediaGroup", {**ME, "media": []}, "there are no messages to send"),
        ("sendMediaGroup", {**ME, "media": [{}] * 11}, "too many messages to send as an album"),
        ("sendMediaGroup", {**ME, "media": ["x"]}, "can't parse InputMedia: expected an Object"),
        (
            "sendMediaGroup",
            {**ME, "media": [{"type": "audio"}]},
            'can\'t parse InputMedia: type "audio" is unknown here',
        ),
    ],
)
async def test_refusals(
    bot: httpx.AsyncClient, method: str, parameters: dict[str, Any], description: str
) -> None:
    """400 in Telegram's words, and nothing is sent."""
    answer = await bot.post(method, json=parameters)
    assert (answer.status_code, answer.json()["description"]) == (
        400,
        f"Bad Request: {description}",
    )


async def test_replies_show_what_they_reply_to(
    bot: httpx.AsyncClient, person: httpx.AsyncClient
) -> None:
    """One level deep, and not at all once the original is gone."""
    [first] = (await person.post("/api/messages", data={"text": "one"})).json()
    second = await bot.post(
        "sendMessage",
        json={**ME, "text": "two", "reply_parameters": {"message_id": first["message_id"]}},
    )
    reply = {"message_id": second.json()["result"]["message_id"]}
    third = await bot.post("sendMessage", json={**ME, "text": "three", "reply_parameters": reply})
    shown = third.json()["result"]["reply_to_message"]
    assert shown["text"] == "two"
    assert "reply_to_message" not in shown
    await person.delete(f"/api/messages/{reply['message_id']}")
    assert "reply_to_message" not in (await person.get("/api/messages")).json()[-1]


async def test_a_reply_may_do_without_its_original(bot: httpx.AsyncClient) -> None:
    """If the bot says so, in the new way or in the old one."""
    forgiving = {"message_id": 5, "allow_sending_without_reply": True}
    for how in (
        {"reply_parameters": json.dumps(forgiving)},
        {"reply_to_message_id": 5, "allow_sending_without_reply": "true"},
    ):
        answer = await bot.post("sendMessage", data={**ME, "text": "x", **how})
        assert "reply_to_message" not in answer.json()["result"]


async def test_photos_and_documents_can_be_sent_again_by_their_id(
    bot: httpx.AsyncClient, picture: Callable[..., bytes]
) -> None:
    """As what they were, with the same unique id; as anything else they are refused."""
    photo = await bot.post(
        "sendPhoto",
        data={**ME, "caption": "<i>x</i>", "parse_mode": "HTML"},
        files={"photo": picture()},
    )
    sent = photo.json()["result"]
    assert sent["caption_entities"] == [{"type": "italic", "offset": 0, "length": 1}]
    photo_id = sent["photo"][0]["file_id"]
    again = await bot.post("sendPhoto", json={**ME, "photo": photo_id})
    assert again.json()["result"]["photo"] == sent["photo"]
    document = await bot.post(
        "sendDocument", data=ME, files={"document": ("证.pdf", b"%PDF", "application/octet-stream")}
    )
    facts = document.json()["result"]["document"]
    assert (facts["file_name"], facts["mime_type"]) == ("证.pdf", "application/pdf")
    same = await bot.post("sendDocument", json={**ME, "document": facts["file_id"]})
    assert same.json()["result"]["document"] == facts
    for method, name, file_id in (
        ("sendPhoto", "photo", facts["file_id"]),
        ("sendDocument", "document", photo_id),
    ):
        answer = await bot.post(method, json={**ME, name: file_id})
        assert answer.json()["description"].startswith("Bad Request: can't use file of type")


@pytest.mark.parametrize(
    ("size", "description"),
    [
        ((9000, 1001), "PHOTO_INVALID_DIMENSIONS"),
        ((210, 10), "PHOTO_INVALID_DIMENSIONS"),
        (None, "IMAGE_PROCESS_FAILED"),
    ],
)
async def test_photos_that_telegram_would_not_take(
    bot: httpx.AsyncClient,
    picture: Callable[..., bytes],
    size: tuple[int, int] | None,
    description: str,
) -> None:
    """Too long sides, too narrow, no picture."""
    data = picture(*size, "PNG", "1") if size else b"nothing"
    answer = await bot.post("sendPhoto", data=ME, files={"photo": data})
    assert answer.json()["description"] == f"Bad Request: {description}"


async def test_files_are_neither_empty_nor_too_big(
    bot: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The limits are named in the refusal."""
    empty = await bot.post("sendDocument", data=ME, files={"document": b""})
    assert empty.json()["description"] == "Bad Request: file must be non-empty"
    monkeypatch.setattr("bot.playground.attaching.PHOTO_LIMIT", 3)
    large = await bot.post("sendPhoto", data=ME, files={"photo": b"four"})
    assert large.json()["description"] == (
        "Bad Request: file of size 4 bytes is too big for a photo; the maximum size is 3 bytes"
    )


async def test_albums_share_a_group(bot: httpx.AsyncClient, picture: Callable[..., bytes]) -> None:
    """Two uploads and one sent before; captions belong to their items."""
    before = await bot.post("sendPhoto", data=ME, files={"photo": picture()})
    known = before.json()["result"]["photo"][-1]["file_id"]
    media = [
        {"type": "photo", "media": "attach://a", "caption": "first"},
        {"type": "photo", "media": "attach://b"},
        {"type": "photo", "media": known},
    ]
    answer = await bot.post(
        "sendMediaGroup",
        data={**ME, "media": json.dumps(media)},
        files={"a": picture(), "b": picture(500, 500)},
    )
    album = answer.json()["result"]
    assert len({message["media_group_id"] for message in album}) == 1
    assert [message.get("caption") for message in album] == ["first", None, None]


async def test_an_album_of_one_is_no_album_and_kinds_do_not_mix(
    bot: httpx.AsyncClient, picture: Callable[..., bytes]
) -> None:
    """One item is sent alone; documents stay among themselves."""
    one = [{"type": "document", "media": "attach://a"}]
    both = [*one, {"type": "photo", "media": "attach://b"}]
    alone = await bot.post(
        "sendMediaGroup", data={**ME, "media": json.dumps(one)}, files={"a": b"x"}
    )
    assert "media_group_id" not in alone.json()["result"][0]
    mixed = await bot.post(
        "sendMediaGroup",
        data={**ME, "media": json.dumps(both)},
        files={"a": b"x", "b": picture()},
    )
    assert mixed.json()["description"] == (
        "Bad Request: document can't be mixed with other media types"
    )


async def test_a_bot_asks_for_a_reply(bot: httpx.AsyncClient, person: httpx.AsyncClient) -> None:
    """The page hears of it once and replies by itself; the message says nothing of it."""
    markup = {"force_reply": True, "input_field_placeholder": "Name: …"}
    async with person.stream("GET", "/api/events") as stream:
        lines = stream.aiter_lines()
        while "hello" not in await anext(lines):
            pass
        sent = await bot.post("sendMessage", json={**ME, "text": "x", "reply_markup": markup})
        while "event: force_reply" not in await anext(lines):
            pass
        heard = json.loads((await anext(lines)).removeprefix("data: "))
    assert heard["placeholder"] == "Name: …"
    assert heard["message"] == sent.json()["result"]
    assert "reply_markup" not in heard["message"]


async def test_a_photo_is_sent_again_by_its_id(
    bot: httpx.AsyncClient, person: httpx.AsyncClient, picture: Callable[..., bytes]
) -> None:
    """What a person sent, a bot may send back without an upload, with a caption of its own."""
    files = {"files": ("p.jpg", picture(), "image/jpeg")}
    sizes = (await person.post("/api/messages", files=files)).json()[0]["photo"]
    again = {**ME, "photo": sizes[-1]["file_id"], "caption": "x"}
    sent = (await bot.post("sendPhoto", json=again)).json()["result"]
    assert (sent["photo"], sent["caption"]) == (sizes, "x")
