"""What the bot says of itself, as Telegram shows it."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import pytest

from bot.admission import Access
from bot.chat import commands
from bot.chat.languages import language
from tests.chat.conftest import dialogue

if TYPE_CHECKING:
    from tests.chat.conftest import Person, Scripted


async def introduced(person: Person, description: str) -> dict[str, Any]:
    """What the chat shows of the bot, once it has introduced itself like that."""
    async with asyncio.timeout(20):
        while True:
            state: dict[str, Any] = (await person.client.get("/api/state")).json()
            if state["description"].startswith(description) and state["commands"]:
                return state
            await asyncio.sleep(0.02)


@pytest.mark.parametrize(
    ("readers", "promised"),
    [(("embedded",), True), (("tencent", "embedded"), False), (("engine",), False)],
)
def test_no_promise_is_made_that_does_not_hold(readers: tuple[str, ...], *, promised: bool) -> None:
    """Nobody else sees photos only where nobody else is ever asked."""
    text = commands.privacy(language("en"), commands.About(readers, "", Access()))
    assert ("No other company" in text) is promised
    assert ("the bot's own machine" in text) is ("embedded" in readers)


@pytest.mark.parametrize(
    ("code", "first", "description"),
    [
        ("en", "read a photo as driving licence", "Send a photo of a Chinese driving licence"),
        ("zh-hans", "按驾驶证识别照片", "发来驾驶证、行驶证或行驶证副页的照片"),
    ],
)
async def test_the_menu_and_the_description_are_set(
    person: Person, code: str, first: str, description: str
) -> None:
    """They stand there before the first message, in the person's language."""
    await person.client.post("/api/person", json={"language_code": code})
    state = await introduced(person, description)
    names = [command["command"] for command in state["commands"]]
    assert names == list(commands.MENU)
    assert state["commands"][0]["description"] == first


async def test_a_refused_introduction_silences_nobody(scripted: Scripted) -> None:
    """Telegram allows few changes of a description a day; the bot answers all the same."""
    async with asyncio.timeout(20), dialogue(scripted, before=refusing_descriptions) as (person, _):
        await person.send(text="/help")
        await person.reads("How to use me")


async def refusing_descriptions(person: Person) -> None:
    """Telegram asks to wait for a long time."""
    fault = {"method": "setMyDescription", "times": 9, "error_code": 429, "retry_after": 3600}
    await person.client.post("/api/faults", json=fault)
