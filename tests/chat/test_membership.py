"""What owners do about people, over a real Bot API server and with a real database."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

from bot.chat.membership import MOST
from bot.delivery.people import hashed
from bot.playground.accounts import PERSON_ID
from bot.settings import Settings
from tests.chat.conftest import Scripted, buttons, dialogue
from tests.chat.test_access import count, until
from tests.chat.test_journey import INVITED, link_in

if TYPE_CHECKING:
    from pathlib import Path


def content(folder: Path) -> bytes:
    """Everything that stands in a folder's files."""
    return b"".join(file.read_bytes() for file in folder.iterdir())


async def test_each_invitation_is_another_one(scripted: Scripted, tmp_path: Path) -> None:
    """Its link names this bot, and the database does not know its token."""
    path = tmp_path / "bot.db"
    async with dialogue(scripted, INVITED, database=f"sqlite:///{path}") as (person, playground):
        await person.send(text="/invite")
        said = await person.reads("within 7 days")
        assert f"https://t.me/{playground.world.chat.bot.username}?start=" in said["text"]
        await person.send(text="/invite")
        await until(lambda: count(f"sqlite:///{path}", "bot_invitations") == 2)
        files = content(tmp_path)
    assert hashed(link_in(said)).encode() in files
    assert link_in(said).encode() not in files


async def test_the_latest_of_many_are_listed(scripted: Scripted, tmp_path: Path) -> None:
    """With a button each; the others are counted, and so are those of the settings."""
    path = tmp_path / "bot.db"
    settings = Settings.model_validate(
        {"access": {"mode": "invited", "owners": [PERSON_ID], "people": [1, 2]}}
    )
    async with dialogue(scripted, settings, database=f"sqlite:///{path}") as (person, _):
        connection = sqlite3.connect(path)
        with connection:
            connection.executemany(
                "INSERT INTO bot_people VALUES (?, ?)",
                [(1000 + number, 1_800_000_000 + number) for number in range(MOST + 5)],
            )
        connection.close()
        await person.send(text="/people")
        listed = await person.reads("35 people have come by invitation")
        assert "… and 5 more" in listed["text"]
        assert "Listed in the settings: 2" in listed["text"]
        assert "since 2027-01-15" in listed["text"]
        assert [data for _, data in buttons(listed)][:1] == [f"people:{1000 + MOST + 4}"]
        assert len(buttons(listed)) == MOST
        await person.press(listed["message_id"], "people:5")  # who is gone already
        await person.press(listed["message_id"], "people:nobody")
        await person.press(listed["message_id"], "people:1034")
        await person.reads("34 people have come by invitation")
