"""Reminders, over a real Bot API server and with a real database."""

from __future__ import annotations

import asyncio
import sqlite3
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import pytest

from bot.licence.documents import FieldName
from bot.settings import Settings
from tests.chat.conftest import PATIENCE, Person, Scripted, buttons, dialogue
from tests.chat.test_access import count, until

if TYPE_CHECKING:
    from pathlib import Path

TODAY = datetime.now(ZoneInfo("Asia/Shanghai")).date()
END = TODAY + timedelta(days=60)
DATA = f"remind:1:{END:%Y%m%d}:"


@pytest.fixture
def database(tmp_path: Path) -> str:
    """Where reminders are kept."""
    return f"sqlite:///{tmp_path}/bot.db"


@pytest.fixture
def ending(scripted: Scripted) -> Scripted:
    """Reads a licence that ends in sixty days."""
    scripted.prints = {FieldName.VALID_FROM: "--", FieldName.VALID_UNTIL: END.isoformat()}
    return scripted


async def question(person: Person) -> dict[str, Any]:
    """When shall it be?"""
    await person.send_photo("driving")
    answer = await person.reads("Renewal due")
    await person.press(answer["message_id"], f"{DATA}ask:")
    return await person.reads("When shall I remind you?")


def rows(database: str) -> list[dict[str, Any]]:
    """What is kept of reminders."""
    connection = sqlite3.connect(database.removeprefix("sqlite:///"))
    connection.row_factory = sqlite3.Row
    found = [dict(row) for row in connection.execute("SELECT * FROM bot_reminders ORDER BY day")]
    connection.close()
    return found


async def test_only_days_to_come_are_offered(ending: Scripted) -> None:
    """Ninety days before is past for an end in sixty."""
    async with dialogue(ending) as (person, _):
        asked = await question(person)
        assert [data for _, data in buttons(asked)] == [f"{DATA}30:", f"{DATA}7:", f"{DATA}day:"]


async def test_an_impatient_thumb_is_asked_once(
    ending: Scripted, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And once more later, when it asks for it; a day of one's own is asked for once, too."""
    monkeypatch.setattr("bot.chat.recent.REPEAT", 0.5)
    async with dialogue(ending) as (person, _):
        await person.send_photo("driving")
        answer = await person.reads("Renewal due")

        async def asked(words: str) -> int:
            return len([m for m in await person.messages() if words in m.get("text", "")])

        for when, words in (
            ("ask", "When shall I remind you?"),
            ("day", "Reply to this message with a day"),
        ):
            for _ in range(3):
                await person.press(answer["message_id"], f"{DATA}{when}:")
            await person.reads(words)
            await person.press(answer["message_id"], "json:1")  # presses keep their order
            await person.sees(lambda m: "document" in m)
            assert await asked(words) == 1
        await asyncio.sleep(1)
        await person.press(answer["message_id"], f"{DATA}ask:")
        async with asyncio.timeout(PATIENCE):
            while await asked("When shall I remind you?") < 2:  # noqa: ASYNC110 - no event
                await asyncio.sleep(0.02)


async def test_several_can_be_set_and_none_twice(ending: Scripted, database: str) -> None:
    """What is set stands in the question; an impatient thumb changes nothing."""
    async with dialogue(ending, database=database) as (person, _):
        asked = await question(person)
        for _ in range(3):
            await person.press(asked["message_id"], f"{DATA}30:")
        set_once = await person.reads(f"on {END - timedelta(30)} at 9:00")
        assert [data for _, data in buttons(set_once)] == [f"{DATA}7:", f"{DATA}day:"]
        await person.press(asked["message_id"], f"{DATA}7:")
        await person.reads(f"on {END - timedelta(7)} at 9:00")
    days = [row["day"] for row in rows(database)]
    assert days == [(END - timedelta(days)).isoformat() for days in (30, 7)]


async def test_a_row_holds_no_more_than_it_says(ending: Scripted, database: str) -> None:
    """Chat, kind of page, days, a name and a language."""
    async with dialogue(ending, database=database) as (person, _):
        asked = await question(person)
        await person.press(asked["message_id"], f"{DATA}30:")
        await person.reads("at 9:00")
    (row,) = rows(database)
    assert row.keys() == {"id", "chat", "document_type", "until", "alias", "day", "language"}
    assert (row["document_type"], row["alias"], row["language"]) == (1, "", "en")


async def test_a_day_is_written_with_a_name(ending: Scripted, database: str) -> None:
    """In reply to the question; what is no day, past, or too late is asked again, and why."""
    async with dialogue(ending, database=database) as (person, playground):
        asked = await question(person)
        await person.press(asked["message_id"], f"{DATA}day:")
        wish = await person.reads("Reply to this message with a day")
    async with dialogue(ending, None, None, playground, database) as (person, _):
        for text, problem in (
            ("whenever", "I can't find a day"),
            ("2020-01-01", "has already passed"),
            (f"{END + timedelta(1)}", f"It ends on {END}"),
        ):
            await person.send(text=text, reply_to=str(wish["message_id"]))
            wish = await person.reads(problem)
        await person.send(text="10 days before, 张姐 粤B12345", reply_to=str(wish["message_id"]))
        await person.reads(f"on {END - timedelta(10)} at 9:00")
        await person.send(text="/reminders")
        await person.reads("张姐 粤…345, ends")
    (row,) = rows(database)
    assert (row["day"], row["alias"]) == ((END - timedelta(10)).isoformat(), "张姐 粤…345")


async def test_one_is_called_off(ending: Scripted, database: str) -> None:
    """And what was called off before is told so."""
    async with dialogue(ending, database=database) as (person, _):
        asked = await question(person)
        for days in (30, 7):
            await person.press(asked["message_id"], f"{DATA}{days}:")
            await person.reads(f"on {END - timedelta(days)} at 9:00")
        await person.send(text="/reminders")
        listed = await person.reads("Your reminders")
        (_, first), (_, second) = buttons(listed)
        await person.press(listed["message_id"], first)
        await until(lambda: count(database, "bot_reminders") == 1)
        await person.press(listed["message_id"], first)
        await person.press(listed["message_id"], second)
        await person.reads("You have no reminders")


async def test_it_is_said_when_its_day_has_come(ending: Scripted, database: str) -> None:
    """After a restart, late, and in the language in which it was asked for."""
    async with dialogue(ending, database=database) as (person, playground):
        await person.client.post("/api/person", json={"language_code": "zh-hans"})
        await person.send_photo("driving")
        answer = await person.reads("该换证了")
        await person.press(answer["message_id"], f"{DATA}30:")
        await until(lambda: count(database, "bot_reminders") == 1)
        await person.client.post("/api/person", json={"language_code": "en"})
    day = let_time_pass(database)
    async with dialogue(ending, None, None, playground, database) as (person, _):
        told = await person.reads(f"本来应该在 {day} 提醒您")
        assert "该换证了" in told["text"]
        assert [data for _, data in buttons(told)] == [f"{DATA}30:", f"{DATA}7:", f"{DATA}day:"]
        await until(lambda: count(database, "bot_reminders") == 0)
        await person.press(told["message_id"], f"{DATA}7:")  # and once more
        await person.reads(f"on {END - timedelta(7)} at 9:00")


def let_time_pass(database: str) -> str:
    """It is as if all reminders had been due yesterday; that day."""
    day = (TODAY - timedelta(1)).isoformat()
    connection = sqlite3.connect(database.removeprefix("sqlite:///"))
    with connection:
        connection.execute("UPDATE bot_reminders SET day = ?", (day,))
        connection.execute("UPDATE procrastinate_jobs SET scheduled_at = 0")
    connection.close()
    return day


async def test_who_is_let_in_no_longer_is_not_reminded(ending: Scripted, database: str) -> None:
    """The owner has closed the bot meanwhile."""
    async with dialogue(ending, database=database) as (person, playground):
        asked = await question(person)
        await person.press(asked["message_id"], f"{DATA}30:")
        await person.reads("at 9:00")
    let_time_pass(database)
    before = len(list(playground.world.chat))
    closed = Settings.model_validate({"access": {"mode": "listed", "people": [5]}})
    async with dialogue(ending, closed, None, playground, database):
        await until(lambda: count(database, "bot_reminders") == 0)
    assert len(list(playground.world.chat)) == before


async def test_who_has_blocked_the_bot_is_left_alone(ending: Scripted, database: str) -> None:
    """Quietly: all of their reminders go."""
    async with dialogue(ending, database=database) as (person, playground):
        asked = await question(person)
        for days in (30, 7):
            await person.press(asked["message_id"], f"{DATA}{days}:")
            await person.reads(f"on {END - timedelta(days)} at 9:00")
    connection = sqlite3.connect(database.removeprefix("sqlite:///"))
    with connection:
        connection.execute("UPDATE bot_reminders SET day = '2020-01-01' WHERE day < ?",
                           ((END - timedelta(20)).isoformat(),))  # fmt: skip
        connection.execute("UPDATE procrastinate_jobs SET scheduled_at = 0 WHERE id IN"
                           " (SELECT min(id) FROM procrastinate_jobs)")  # fmt: skip
    connection.close()

    async def blocked(person: Person) -> None:
        fault = {"method": "sendMessage", "times": 1, "error_code": 403,
                 "description": "Forbidden: bot was blocked by the user"}  # fmt: skip
        await person.client.post("/api/faults", json=fault)

    async with dialogue(ending, None, blocked, playground, database):
        await until(lambda: count(database, "bot_reminders") == 0)
        await until(lambda: count(database, "procrastinate_jobs") == 0)


async def test_buttons_of_old_messages_still_work(ending: Scripted, database: str) -> None:
    """Telegram no longer shows the bot what a button stands under after two days."""
    async with dialogue(ending, database=database) as (person, _):
        asked = await question(person)
        await person.client.post("/api/clock", json={"advance": 3 * 86_400})
        await person.press(asked["message_id"], f"{DATA}30:")
        await until(lambda: count(database, "bot_reminders") == 1)


async def test_forged_wishes_do_nothing(ending: Scripted, database: str) -> None:
    """The person is told that the button is out of date."""
    async with dialogue(ending, database=database) as (person, _):
        asked = await question(person)
        for data in ("remind:9:20270101:30:", "cancel:x", "people:x", "forget:all"):
            await person.press(asked["message_id"], data)
        for when in ("ask", "30", "day"):
            await person.press(asked["message_id"], f"remind:1:20200101:{when}:")  # long over
        async with asyncio.timeout(PATIENCE):
            await person.send(text="/reminders")
            await person.reads("You have no reminders")
