"""What a person sends."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any

import pytest
from PIL import Image

from bot.playground.entities import utf16_length

if TYPE_CHECKING:
    from collections.abc import Callable

    import httpx

    Uploads = dict[str, bytes | tuple[str, bytes]]


async def updates(bot: httpx.AsyncClient) -> list[dict[str, Any]]:
    """What the bot has received."""
    return [one["message"] for one in (await bot.post("getUpdates")).json()["result"]]


async def test_text_arrives_with_its_entities(
    bot: httpx.AsyncClient, person: httpx.AsyncClient
) -> None:
    """A command is marked, and the bot gets what the page shows."""
    answer = await person.post("/api/messages", data={"text": "  /start 驾 \n"})
    [message] = answer.json()
    assert message["text"] == "/start 驾"
    assert message["entities"] == [{"type": "bot_command", "offset": 0, "length": 6}]
    assert message["from"] == {
        "id": message["chat"]["id"],
        "is_bot": False,
        "first_name": "Alex",
        "language_code": "en",
    }
    assert await updates(bot) == [message]


async def test_text_may_come_as_json(person: httpx.AsyncClient) -> None:
    """The person's side understands every wire style, too."""
    [message] = (await person.post("/api/messages", json={"text": "x"})).json()
    assert message["text"] == "x"


async def test_long_texts_are_sent_in_pieces(person: httpx.AsyncClient) -> None:
    """As Telegram's apps do."""
    messages = (await person.post("/api/messages", data={"text": "x" * 9000})).json()
    assert [utf16_length(message["text"]) for message in messages] == [4096, 4096, 808]


async def test_a_photo_arrives_in_telegrams_sizes(
    bot: httpx.AsyncClient, person: httpx.AsyncClient, picture: Callable[..., bytes]
) -> None:
    """With its caption; every size is a file of its own."""
    answer = await person.post(
        "/api/messages",
        data={"caption": "行驶证", "as": "photo"},
        files={"files": ("a.png", picture(1600, 1200, "PNG"), "image/png")},
    )
    [message] = answer.json()
    assert message["caption"] == "行驶证"
    sizes = message["photo"]
    assert [size["width"] for size in sizes] == [90, 320, 800, 1280]
    assert len({size["file_id"] for size in sizes}) == 4
    for size in sizes:
        content = (await person.get(f"/api/files/{size['file_id']}")).content
        assert len(content) == size["file_size"]
        assert Image.open(BytesIO(content)).size == (size["width"], size["height"])
    assert await updates(bot) == [message]


async def test_a_file_arrives_untouched(
    person: httpx.AsyncClient, picture: Callable[..., bytes]
) -> None:
    """Byte for byte, with its name and kind; a picture has a thumbnail."""
    data = picture(1600, 1200)
    answer = await person.post(
        "/api/messages", data={"as": "file", "text": "words"}, files={"files": ("证 1.jpg", data)}
    )
    [message] = answer.json()
    document = message["document"]
    assert (document["file_name"], document["mime_type"]) == ("证 1.jpg", "image/jpeg")
    assert document["thumbnail"]["width"] == 320
    assert message["caption"] == "words"
    download = await person.get(f"/api/files/{document['file_id']}")
    assert download.content == data


@pytest.mark.parametrize("name", ["notes.txt", "empty"])
async def test_any_file_can_be_sent_as_a_file(person: httpx.AsyncClient, name: str) -> None:
    """Also an empty one, and one of no known kind."""
    data = b"" if name == "empty" else b"hello"
    answer = await person.post("/api/messages", data={"as": "file"}, files={"files": (name, data)})
    document = answer.json()[0]["document"]
    assert document["file_size"] == len(data)
    assert document["mime_type"] == ("text/plain" if data else "application/octet-stream")
    assert "thumbnail" not in document


async def test_a_gif_sent_as_a_file_is_an_animation_too(
    person: httpx.AsyncClient, picture: Callable[..., bytes]
) -> None:
    """Both fields name the same file."""
    answer = await person.post(
        "/api/messages", data={"as": "file"}, files={"files": ("a.gif", picture(60, 40, "GIF"))}
    )
    [message] = answer.json()
    assert message["animation"]["file_id"] == message["document"]["file_id"]
    assert (message["animation"]["width"], message["animation"]["height"]) == (60, 40)


async def test_several_photos_are_an_album(
    bot: httpx.AsyncClient, person: httpx.AsyncClient, picture: Callable[..., bytes]
) -> None:
    """One update each, one group for ten, the caption on the first only."""
    files = [("files", (f"{number}.jpg", picture(40, 30))) for number in range(12)]
    answer = await person.post("/api/messages", data={"caption": "x"}, files=files)
    messages = answer.json()
    groups = [message["media_group_id"] for message in messages]
    assert [groups.count(group) for group in dict.fromkeys(groups)] == [10, 2]
    assert [message.get("caption") for message in messages] == ["x"] + 11 * [None]
    assert await updates(bot) == messages


async def test_replies(person: httpx.AsyncClient) -> None:
    """The original is shown in the reply."""
    await person.post("/api/messages", data={"text": "one"})
    [reply] = (await person.post("/api/messages", data={"text": "two", "reply_to": "101"})).json()
    assert reply["reply_to_message"]["text"] == "one"


@pytest.mark.parametrize(
    ("form", "files", "description"),
    [
        ({}, {}, "message text is empty"),
        ({"text": " "}, {}, "message text is empty"),
        ({"text": "x", "reply_to": "5"}, {}, "message to be replied not found"),
        ({"as": "video"}, {"files": b"x"}, '"as" must be photo or file'),
        ({"caption": "x" * 1025}, {"files": b"x"}, "message caption is too long"),
        (
            {},
            {"files": ("a.pdf", b"%PDF")},
            "a.pdf is not a picture that can be sent as a photo; send it as a file",
        ),
        (
            {},
            {"files": ("a.jpg", b"")},
            "a.jpg is not a picture that can be sent as a photo; send it as a file",
        ),
    ],
)
async def test_what_no_app_would_send(
    person: httpx.AsyncClient, form: dict[str, str], files: Uploads, description: str
) -> None:
    """400 with a sentence a person understands, and the chat stays empty."""
    answer = await person.post("/api/messages", data=form, files=files)
    assert (answer.status_code, answer.json()["description"]) == (
        400,
        f"Bad Request: {description}",
    )
    assert (await person.get("/api/messages")).json() == []


async def test_files_are_bounded(
    person: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """413 above the limit of a document."""
    monkeypatch.setattr("bot.playground.speaking.DOCUMENT_LIMIT", 3)
    answer = await person.post("/api/messages", data={"as": "file"}, files={"files": b"four"})
    assert answer.status_code == 413
