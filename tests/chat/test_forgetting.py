"""/forget, over a real Bot API server and with a real database."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.settings import Settings
from tests.chat.conftest import Scripted, buttons, dialogue
from tests.chat.test_access import count, notes, until

if TYPE_CHECKING:
    from pathlib import Path

COUNTING = Settings.model_validate({"access": {"photos_per_hour": 1}})
WISH = "remind:1:20990101:30:"


@pytest.fixture
def database(tmp_path: Path) -> str:
    """Where things are kept."""
    return f"sqlite:///{tmp_path}/bot.db"


async def test_forgetting_deletes_what_can_be(scripted: Scripted, database: str) -> None:
    """Not before the person has said so twice; the audit stays and tells of it."""
    async with dialogue(scripted, COUNTING, database=database) as (person, _):
        await person.send_photo("driving")
        answer = await person.reads("Expired 2020-12-25")
        await person.press(answer["message_id"], WISH)
        await until(lambda: count(database, "bot_reminders") == 1)
        await person.send(text="/forget")
        sure = await person.reads("stays for 365 days")
        assert count(database, "bot_reminders") == count(database, "bot_readings") == 1
        await person.press(sure["message_id"], buttons(sure)[0][1])
        await person.reads("1 reminder and the count of your photos are deleted")
        for table in ("bot_reminders", "procrastinate_jobs", "bot_readings", "bot_meters"):
            await until(lambda table=table: count(database, table) == 0)  # type: ignore[misc]
        await person.send_photo("driving")
        await person.reads("as many as this bot allows")  # deleting is no way round a limit
    assert [str(note.event) for note in notes(database)] == ["read", "forgotten", "refused"]


async def test_who_has_set_nothing_may_forget_too(scripted: Scripted) -> None:
    """And is not told of reminders that there were not."""
    async with dialogue(scripted) as (person, _):
        await person.send(text="/forget")
        sure = await person.reads("Delete your reminders")
        await person.press(sure["message_id"], "forget")
        await person.reads("You had no reminders")
