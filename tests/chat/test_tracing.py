"""One id through all that is logged of one photo."""

from __future__ import annotations

import asyncio
import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from structlog.contextvars import get_contextvars
from telegram import Bot, Chat, Message

from bot.chat.tracing import about, reference
from bot.errors import ProviderError
from tests.chat.conftest import buttons

if TYPE_CHECKING:
    from io import StringIO

    from tests.chat.conftest import Person, Scripted

TOKEN = "110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw0"


def photo(chat: int = 7, number: int = 1, token: str = TOKEN) -> Message:
    """A message of somebody."""
    message = Message(number, datetime.now(UTC), Chat(chat, Chat.PRIVATE))
    message.set_bot(Bot(token))
    return message


def test_a_photo_has_the_same_id_in_every_replica() -> None:
    """Another photo, another chat and another bot have others."""
    ids = {reference(photo()), reference(photo(number=2)), reference(photo(chat=8))}
    ids.add(reference(photo(token=TOKEN[:-1] + "x")))
    assert len(ids) == 4
    assert reference(photo()) == reference(photo())
    assert all(len(one) == 12 for one in ids)


async def test_a_task_of_a_photo_has_its_id() -> None:
    """And nobody has it afterwards."""

    async def look() -> object:
        return get_contextvars().get("photo")

    with about(photo()):
        task = asyncio.create_task(look())
    assert await task == reference(photo())
    assert "photo" not in get_contextvars()


async def test_every_line_of_a_photo_has_its_id(
    person: Person, scripted: Scripted, logged: StringIO
) -> None:
    """Of the chain and the chat, at once and when a button is pressed; each names its update."""
    before = len(logged.getvalue())
    scripted.fails = ProviderError("engine-failed")
    await person.send_photo("driving")
    answer = await person.sees(lambda message: bool(buttons(message)))
    scripted.fails = None
    await person.press(answer["message_id"], buttons(answer)[0][1])
    await person.reads("Expired 2020-12-25")
    lines = [json.loads(line) for line in logged.getvalue()[before:].splitlines()]
    mine = [line for line in lines if line["event"] in {"not read", "read"}]
    assert [line["event"] for line in mine] == ["not read", "read"]
    assert len({line["photo"] for line in mine}) == 1
    assert len({line["update"] for line in mine}) == 2
