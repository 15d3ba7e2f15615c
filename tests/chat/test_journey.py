"""The whole way of somebody who is invited: the link, a photo, a reminder, and its end."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from bot.licence.documents import FieldName
from bot.playground.accounts import PERSON_ID
from bot.settings import Settings
from tests.chat.conftest import Scripted, buttons, dialogue

if TYPE_CHECKING:
    from pathlib import Path

    from bot.playground.server import Playground

INVITED = Settings.model_validate({"access": {"mode": "invited", "owners": [PERSON_ID]}})
GUEST = PERSON_ID + 1
TODAY = datetime.now(ZoneInfo("Asia/Shanghai")).date()
END = TODAY + timedelta(days=400)


def give_phone_to(playground: Playground, person: int) -> None:
    """Somebody else holds the phone."""
    chat = playground.world.chat
    chat.introduce(replace(chat.person, id=person))


def link_in(message: dict[str, Any]) -> str:
    """The token of the invitation in a message."""
    found = re.search(r"https://t\.me/\w+\?start=([\w-]+)", message["text"])
    assert found
    return found[1]


async def test_from_the_invitation_to_the_reminder(scripted: Scripted, tmp_path: Path) -> None:
    """Also where the bot is restarted on the way."""
    scripted.prints = {
        FieldName.VALID_FROM: (END - timedelta(days=3652)).isoformat(),
        FieldName.VALID_UNTIL: END.isoformat(),
    }
    database = f"sqlite:///{tmp_path}/bot.db"
    async with dialogue(scripted, INVITED, database=database) as (person, playground):
        await person.send(text="/invite")
        token = link_in(await person.reads("Send this link"))
        give_phone_to(playground, GUEST)
        await person.send(text=f"/start {token}")
        await person.reads("Welcome")
        await person.reads("Send me a photo of a licence")
        await person.send_photo("driving")
        answer = await person.reads(f"Valid · ends {END}")
        (remind,) = [data for text, data in buttons(answer) if text == "⏰ Remind me"]
    async with dialogue(scripted, INVITED, playground=playground, database=database) as (person, _):
        await person.press(answer["message_id"], remind)
        question = await person.reads("When shall I remind you?")
        assert [text for text, _ in buttons(question)] == [
            "90 days before",
            "30 days before",
            "7 days before",
            "Another day …",
        ]
        await person.press(question["message_id"], buttons(question)[1][1])
        day = END - timedelta(days=30)
        await person.reads(f"I'll remind you on {day} at 9:00")
    async with dialogue(scripted, INVITED, playground=playground, database=database) as (person, _):
        await person.send(text="/reminders")
        listed = await person.reads("Your reminders")
        assert f"1. {day}" in listed["text"]
        await person.press(listed["message_id"], buttons(listed)[0][1])
        await person.reads("You have no reminders")
