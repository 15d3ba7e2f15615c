"""Everything that a person can do in the chat, over a real Bot API server."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest

from bot.licence.documents import DocumentType
from bot.settings import Settings
from tests.chat.conftest import PATIENCE, buttons, dialogue, picture

if TYPE_CHECKING:
    from tests.chat.conftest import Person, Scripted


def replies_to(number: int, message: dict[str, Any]) -> bool:
    """Whether a message is a reply to that one."""
    return bool(message.get("reply_to_message", {}).get("message_id") == number)


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("/start", "Send me a photo of a licence"),
        ("/help", "How to use me"),
        ("/privacy", "never written to a disk"),
        ("hello", "Send me a photo of a driving licence"),
        ("/unknown", "Send me a photo of a driving licence"),
        ("/driving", "Which photo?"),
        ("驾驶证", "Which photo?"),
    ],
)
async def test_every_text_is_answered(person: Person, text: str, answer: str) -> None:
    """The bot is never silent, and always says what to do next."""
    await person.send(text=text)
    await person.reads(answer)


async def test_the_main_job(person: Person) -> None:
    """A photo, a question in reply to it, a press, and the answer in its place."""
    photo = await person.send_photo()
    question = await person.reads("Which page is this?")
    assert question["reply_to_message"]["message_id"] == photo
    assert buttons(question)[0] == ("✓ Driving licence 驾驶证", "read:1")
    await person.press(question["message_id"], "read:1")
    answer = await person.reads("Expired 2020-12-25")
    assert answer["message_id"] == question["message_id"]
    pressed = [data for _, data in buttons(answer)]
    assert [data for data in pressed if data.startswith("read")] == ["read:0", "read:2"]


async def test_work_is_shown_at_once(person: Person, scripted: Scripted) -> None:
    """The press is seen before the answer is there, and the buttons are gone."""
    scripted.may_read.clear()
    await person.send_photo()
    question = await person.reads("Which page is this?")
    await person.press(question["message_id"], "read:2")
    assert buttons(await person.reads("Reading the back page")) == []
    scripted.may_read.set()
    await person.reads("Inspection date unclear")


async def test_another_page_is_read_from_the_answer(person: Person, scripted: Scripted) -> None:
    """The answer still replies to the photo, so that it can be read again."""
    await person.send_photo("driving")
    answer = await person.reads("Expired 2020-12-25")
    await person.press(answer["message_id"], "read:0")
    await person.reads("No end date on this page")
    assert scripted.readings == [DocumentType.DRIVING_LICENCE, DocumentType.VEHICLE_LICENCE]


async def test_a_button_pressed_twice_is_read_once(person: Person, scripted: Scripted) -> None:
    """An impatient thumb costs nothing."""
    scripted.may_read.clear()
    await person.send_photo()
    question = await person.reads("Which page is this?")
    for _ in range(3):
        await person.press(question["message_id"], "read:1")
    scripted.may_read.set()
    await person.reads("Expired 2020-12-25")
    await person.send(text="/help")
    await person.reads("How to use me")
    assert len(scripted.readings) == 1


@pytest.mark.parametrize("caption", ["驾驶证", "駕駛證", "driving", "/driving"])
async def test_a_caption_skips_the_question(person: Person, caption: str) -> None:
    """Who says which page it is, is not asked."""
    photo = await person.send_photo(caption)
    answer = await person.reads("Expired 2020-12-25")
    assert answer["reply_to_message"]["message_id"] == photo


@pytest.mark.parametrize("text", ["/back", "副頁"])
async def test_an_earlier_photo_is_named_in_a_reply(person: Person, text: str) -> None:
    """A reply to a photo reads it, even when the question was never answered."""
    photo = await person.send_photo()
    await person.reads("Which page is this?")
    await person.send(text=text, reply_to=str(photo))
    answer = await person.reads("Inspection date unclear")
    assert answer["reply_to_message"]["message_id"] == photo


async def test_a_forged_button_is_refused(person: Person, scripted: Scripted) -> None:
    """Data that no button of ours carries does nothing."""
    await person.send_photo()
    question = await person.reads("Which page is this?")
    for data in ("read:7", "drop table", "read:1;read:2"):
        await person.press(question["message_id"], data)
    await person.send(text="/help")
    await person.reads("How to use me")
    assert scripted.readings == []
    assert await person.reads("Which page is this?") == question


async def test_a_deleted_photo_is_asked_for_again(person: Person, scripted: Scripted) -> None:
    """Without the photo a press cannot be answered, and says so."""
    photo = await person.send_photo()
    question = await person.reads("Which page is this?")
    await person.client.delete(f"/api/messages/{photo}")
    async with asyncio.timeout(PATIENCE), person.client.stream("GET", "/api/events") as events:
        await person.press(question["message_id"], "read:1")
        async for line in events.aiter_lines():
            if "no longer within reach" in line:
                break
    assert scripted.readings == []


async def test_an_old_message_is_asked_for_again(person: Person, scripted: Scripted) -> None:
    """After two days Telegram sends a press without its message."""
    await person.send_photo()
    question = await person.reads("Which page is this?")
    await person.client.post("/api/clock", json={"advance": 3 * 86_400})
    async with asyncio.timeout(PATIENCE), person.client.stream("GET", "/api/events") as events:
        await person.press(question["message_id"], "read:1")
        async for line in events.aiter_lines():
            if "no longer within reach" in line:
                break
    assert scripted.readings == []


@pytest.mark.parametrize(
    ("file", "answer"),
    [
        (("a.pdf", b"%PDF-1.7 ...", "application/pdf"), "can't open PDF"),
        (("a.jpg", b"", "image/jpeg"), "file is empty"),
        (("a.jpg", picture()[:600], "image/jpeg"), "damaged or was cut off"),
        (("a.txt", b"hello", "text/plain"), "can't open that as a picture"),
        (("a.jpg", picture((100, 80)), "image/jpeg"), "too small"),
        (("a.png", picture((9000, 9000), "PNG", "1"), "image/png"), "megapixels"),
        (("a.jpg", bytes(21 * 2**20), "image/jpeg"), "larger than 20 MB"),
        (("a.mp4", b"\0\0\0\x18ftypmp42", "video/mp4"), "can't open that as a picture"),
    ],
)
async def test_a_bad_file_is_explained(
    person: Person, file: tuple[str, bytes, str], answer: str
) -> None:
    """Each gets a clear sentence, and the bot works on."""
    await person.send(file, **{"as": "file"})
    await person.reads(answer)
    await person.send(text="/help")
    await person.reads("How to use me")


async def test_a_moving_picture_is_explained(person: Person) -> None:
    """Telegram hands a GIF over as an animation."""
    frames = picture(form="GIF", save_all=True)
    await person.send(("a.gif", frames, "image/gif"), **{"as": "file"})
    await person.reads("Moving pictures can't be read")


async def test_an_album_is_asked_about_photo_by_photo(person: Person) -> None:
    """Nothing of an album is lost."""
    photo = ("p.jpg", picture(), "image/jpeg")
    sent = await person.send(photo, photo, photo)
    for message in sent:
        await person.sees(partial(replies_to, message["message_id"]))


@pytest.mark.parametrize(
    ("code", "text"),
    [("zh-hans", "这是哪种证件"), ("zh-hant", "這是哪種證件"), ("fr", "Which page")],
)
async def test_the_person_is_answered_in_their_language(
    person: Person, code: str, text: str
) -> None:
    """The language comes with every update."""
    await person.client.post("/api/person", json={"language_code": code})
    await person.send_photo()
    await person.reads(text)


async def test_an_unexpected_error_is_told_with_a_code(person: Person) -> None:
    """A bug costs one answer and not the bot; the code finds it in the log."""
    fault = {
        "method": "sendMessage",
        "times": 1,
        "error_code": 400,
        "description": "Bad Request: x",
    }
    await person.client.post("/api/faults", json=fault)
    await person.send(text="/help")
    await person.reads("Something went wrong on my side")
    await person.send(text="/help")
    await person.reads("How to use me")


async def test_an_error_that_passes_is_not_told(
    person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Telegram was away for a moment: the answer comes, and no excuse."""
    monkeypatch.setattr("bot.delivery.handling.pause_after", lambda *_: 0.01)
    fault = {"method": "sendMessage", "times": 2, "error_code": 502, "description": "Bad Gateway"}
    await person.client.post("/api/faults", json=fault)
    await person.send(text="/help")
    await person.reads("How to use me")
    (answer,) = [message for message in await person.messages() if message["from"]["is_bot"]]
    assert "Something went wrong" not in answer["text"]


async def test_the_operator_is_named(scripted: Scripted) -> None:
    """The owner may say who runs the bot; it stands in /privacy."""
    settings = Settings(operator="Fleet <Office>")
    async with dialogue(scripted, settings) as (person, _):
        await person.send(text="/privacy")
        await person.reads("run by Fleet <Office>")
