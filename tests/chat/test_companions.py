"""The pages that a photo is compared with."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from telegram import Chat, Message

from bot.chat.companions import REMEMBERED, SECONDS, Companions
from bot.licence.documents import DocumentType, FieldName
from bot.licence.recognition import Recognition
from tests.chat.conftest import PATIENCE, buttons, picture

if TYPE_CHECKING:
    from typing import Any

    from tests.chat.conftest import Person, Scripted

PLATE = FieldName.PLATE_NUMBER


def photo(number: int, album: str | None = "a", chat: int = 1) -> Message:
    """A photo of an album."""
    day = datetime(2026, 11, 22, tzinfo=UTC)
    return Message(number, day, Chat(chat, "private"), media_group_id=album)


def page(document_type: DocumentType = DocumentType.VEHICLE_LICENCE) -> Recognition:
    """What was read of it."""
    return Recognition(document_type, (), "test")


class Clock:
    """A clock that a test turns."""

    now = 0.0

    def __call__(self) -> float:
        """Seconds."""
        return self.now


async def test_the_photos_of_an_album_lie_beside_each_other() -> None:
    """Not beside themselves, nor beside those of another album or chat."""
    companions = Companions()
    companions.add(photo(1), page())
    assert companions.beside(photo(2)) == (page(),)
    assert companions.beside(photo(1)) == ()
    assert companions.beside(photo(2, "b")) == ()
    assert companions.beside(photo(2, "a", 2)) == ()


async def test_a_photo_read_again_is_one_page() -> None:
    """The last reading counts."""
    companions = Companions()
    companions.add(photo(1), page())
    companions.add(photo(1), page(DocumentType.DRIVING_LICENCE))
    assert companions.beside(photo(2)) == (page(DocumentType.DRIVING_LICENCE),)


def test_a_single_photo_is_not_remembered() -> None:
    """Nothing will be compared with it."""
    companions = Companions()
    companions.add(photo(1, None), page())
    assert not companions._albums


async def test_pages_are_forgotten() -> None:
    """After a while, and early where there are many."""
    clock = Clock()
    companions = Companions(clock)
    companions.add(photo(1), page())
    clock.now = SECONDS - 1
    assert companions.beside(photo(2))
    clock.now = SECONDS
    assert not companions.beside(photo(2))
    for number in range(REMEMBERED + 5):
        companions.add(photo(1, str(number)), page())
    assert len(companions._albums) == REMEMBERED
    assert not companions.beside(photo(2, "4"))
    assert companions.beside(photo(2, "5"))


async def test_pages_are_forgotten_where_nobody_comes(monkeypatch: pytest.MonkeyPatch) -> None:
    """A promise about memory does not wait for the next photo."""
    monkeypatch.setattr("bot.chat.companions.SECONDS", 0.05)
    companions = Companions()
    companions.add(photo(1), page())
    assert companions._albums
    async with asyncio.timeout(PATIENCE):
        while companions._albums:  # noqa: ASYNC110 - polled
            await asyncio.sleep(0.02)


async def test_an_album_has_an_end() -> None:
    """Telegram's have ten photos; nothing grows without a bound."""
    companions = Companions()
    for number in range(50):
        companions.add(photo(number), page())
    assert len(companions.beside(photo(99))) < 12


async def album(person: Person) -> list[int]:
    """Send an album; the ids of its photos."""
    files = [(f"{n}.jpg", picture(), "image/jpeg") for n in range(2)]
    return [message["message_id"] for message in await person.send(*files)]


async def question_under(person: Person, number: int) -> dict[str, Any]:
    """The bot's reply to that message."""
    return await person.sees(
        lambda message: (
            message.get("reply_to_message", {}).get("message_id") == number
            and "Which page" in message.get("text", "")
        )
    )


async def read(person: Person, number: int, press: str, text: str) -> dict[str, Any]:
    """Choose the page under a photo, and wait for what the answer says."""
    question = await question_under(person, number)
    await person.press(question["message_id"], press)
    return await person.sees(
        lambda message: (
            message["message_id"] == question["message_id"] and text in message.get("text", "")
        )
    )


@pytest.mark.parametrize(
    ("plate", "told"),
    [
        ("粤B54321", "The other page has the plate number 粤B12345."),
        ("粤B12345", "Same as on the other page: Plate number"),
    ],
)
async def test_an_album_is_compared(
    person: Person, scripted: Scripted, plate: str, told: str
) -> None:
    """Front and back of a vehicle licence are of one vehicle, or it is said."""
    front, back = await album(person)
    scripted.prints = {PLATE: "粤B12345"}
    first = await read(person, front, "read:0", "No end date")
    assert "other page" not in first["text"]
    scripted.prints = {PLATE: plate}
    await read(person, back, "read:2", told)


async def test_a_reply_to_an_answer_is_compared(person: Person, scripted: Scripted) -> None:
    """The answer's own text says what the first page was; nothing else has to be remembered."""
    scripted.prints = {PLATE: "粤B12345"}
    await person.send_photo("vehicle")
    answer = await person.reads("No end date on this page")
    scripted.prints = {PLATE: "粤B54321"}
    (sent,) = await person.send(
        ("b.jpg", picture(), "image/jpeg"), reply_to=str(answer["message_id"])
    )
    await read(
        person, sent["message_id"], "read:2", "The other page has the plate number 粤B12345."
    )


async def test_a_hidden_answer_cannot_be_compared(person: Person, scripted: Scripted) -> None:
    """It does not hold the values, and says so; what it shows is compared all the same."""
    scripted.prints = {PLATE: "粤B12345", FieldName.OWNER: "张小三"}
    await person.send_photo("vehicle")
    answer = await person.reads("No end date on this page")
    await person.press(answer["message_id"], buttons(answer)[-1][1])
    await person.reads("Owner: 张*三")
    scripted.prints = {FieldName.NAME: "张小三"}
    await person.send(
        ("d.jpg", picture(), "image/jpeg"), reply_to=str(answer["message_id"]), caption="driving"
    )
    await person.reads("Hidden on one of the two pages, so I could not compare it: Name.")


async def answers(person: Person) -> list[str]:
    """What was answered to the photos so far."""
    texts = [str(message.get("text", "")) for message in await person.messages()]
    return [text for text in texts if "Expired 2020-12-25" in text]


@pytest.mark.parametrize("text", ["hello", "/help"])
async def test_a_reply_to_anything_else_is_a_photo(
    person: Person, scripted: Scripted, text: str
) -> None:
    """Neither a person's words nor the bot's other messages are pages."""
    (mine,) = await person.send(text=text)
    theirs = await person.sees(lambda message: bool(message.get("text")))
    for count, number in enumerate((mine["message_id"], theirs["message_id"]), 1):
        await person.send(
            ("d.jpg", picture(), "image/jpeg"), reply_to=str(number), caption="driving"
        )
        async with asyncio.timeout(PATIENCE):
            while len(await answers(person)) < count:  # noqa: ASYNC110 - polled
                await asyncio.sleep(0.02)
    assert not any("other page" in text for text in await answers(person))
    assert scripted.readings == [DocumentType.DRIVING_LICENCE] * 2
