"""Who is let in, over a real Bot API server and with a real database."""

from __future__ import annotations

import asyncio
import itertools
import json
import sqlite3
from dataclasses import replace
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest
from telegram import Chat, Message, Update, User
from telegram.error import BadRequest, ChatMigrated, Forbidden, TimedOut
from telegram.ext import ApplicationHandlerStop

from bot.admission import Access
from bot.chat.access import Gate
from bot.delivery.extract import extract
from bot.metrics import Metrics
from bot.playground.accounts import PERSON_ID
from bot.playground.updates import CALLBACK_QUERY_LIFETIME, MESSAGE_LIFETIME
from bot.records import Event
from bot.settings import Settings
from tests.chat.conftest import PATIENCE, Person, Scripted, buttons, dialogue
from tests.chat.test_journey import GUEST, INVITED, give_phone_to, link_in

if TYPE_CHECKING:
    from collections.abc import Callable
    from io import StringIO
    from pathlib import Path

    from bot.records import Note

LISTED = Settings.model_validate({"access": {"mode": "listed", "people": [GUEST]}})
THIRD = GUEST + 1
GROUP = -1_001_234_567_890


@pytest.fixture
def database(tmp_path: Path) -> str:
    """Where the bot keeps what it keeps."""
    return f"sqlite:///{tmp_path}/bot.db"


def notes(database: str) -> list[Note]:
    """The audit."""
    return list(extract(Settings.model_validate({"database_url": database}), 0))


def refusals(database: str) -> list[tuple[int, str]]:
    """Who was refused, and why."""
    return [(n.person, n.code) for n in notes(database) if n.event is Event.REFUSED]


async def until(true: Callable[[], bool]) -> None:
    """Wait for something that the chat does not show."""
    async with asyncio.timeout(PATIENCE):
        while not true():  # noqa: ASYNC110 - a database
            await asyncio.sleep(0.02)


async def said(person: Person) -> list[str]:
    """What the bot has said."""
    return [m.get("text", "") for m in await person.messages() if m["from"]["is_bot"]]


async def test_a_stranger_hears_one_polite_line(scripted: Scripted, database: str) -> None:
    """Whatever they send, however often; and nothing of it is fetched, guessed or read."""
    async with dialogue(scripted, INVITED, database=database) as (person, playground):
        give_phone_to(playground, GUEST)
        await person.send(text="hello")
        line = await person.reads("only for people")
        assert str(GUEST) in line["text"]
        for text in ("/help", "/reminders", "/invite", "/start", "/forget", "驾驶证"):
            await person.send(text=text)
        await person.send_photo("driving")
        await person.send_photo()
        await person.press(line["message_id"], "remind:1:20990101:30:")
        await person.press(line["message_id"], f"people:{PERSON_ID}")
        await asyncio.sleep(0.3)
        assert len(await said(person)) == 1
    assert scripted.readings == []
    assert refusals(database) == [(GUEST, "stranger")]


async def test_everyone_who_is_turned_away_is_counted(
    scripted: Scripted, database: str, logged: StringIO
) -> None:
    """Each time, though the audit and the log have it once; the line names its update."""
    metrics, before = Metrics(), len(logged.getvalue())
    started = dialogue(scripted, INVITED, database=database, metrics=metrics)
    async with started as (person, playground):
        give_phone_to(playground, GUEST)
        for _ in range(3):
            await person.send_photo("driving")
        await person.send(text="/start no-such-token")
        await person.send(text="/privacy")
        await until(lambda: metrics.value("turned_away_total", reason="stranger") == 3)
        await until(lambda: metrics.value("turned_away_total", reason="invitation-unknown") == 1)
    kept = [note for note in notes(database) if note.event is Event.REFUSED]
    assert [note.code for note in kept] == ["stranger", "invitation-unknown"]
    lines = [json.loads(line) for line in logged.getvalue()[before:].splitlines()]
    told = [line for line in lines if line["event"] == "refused"]
    assert [(line["code"], line["update"]) for line in told] == [
        (note.code, note.update_id) for note in kept
    ]
    assert str(GUEST) not in str(lines)


class Ledger:
    """People and audit at the edge: nobody has joined, and notes are kept, or not."""

    def __init__(self) -> None:
        self.notes: list[Note] = []
        self.away = False

    async def has_joined(self, _: int) -> bool:
        """Nobody has."""
        return False

    async def keep(self, note: Note) -> None:
        """Keep a note, unless the database is away."""
        if self.away:
            raise ConnectionError
        self.notes.append(note)


class Doorway:
    """A gate, and a stranger who writes in a group again and again."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.ledger, self.metrics = Ledger(), Metrics()
        people: Any = self.ledger
        access = Access(owners=(PERSON_ID,), mode="invited")
        self.gate = Gate(access, people, self.ledger, self.metrics)
        self.error: Exception | None = None
        self.tries = 0
        self.raised: list[Exception] = []
        self.updates = itertools.count(1)
        monkeypatch.setattr(Chat, "send_message", self._send)

    async def _send(self, *_: object, **__: object) -> None:
        self.tries += 1
        if self.error is not None:
            raise self.error

    async def process_error(self, _: object, error: Exception) -> None:
        """As the application does."""
        self.raised.append(error)

    async def write(self, times: int = 1) -> None:
        """The stranger writes, and nothing gets through."""
        context: Any = SimpleNamespace(application=self)
        for number in itertools.islice(self.updates, times):
            sender, group = User(GUEST, "X", is_bot=False), Chat(GROUP, Chat.SUPERGROUP)
            message = Message(number, datetime.now(UTC), group, text="x", from_user=sender)
            with pytest.raises(ApplicationHandlerStop):
                await self.gate.admit(Update(number, message=message), context)

    @property
    def counted(self) -> float:
        """Strangers that Prometheus sees."""
        return self.metrics.value("turned_away_total", reason="stranger")


@pytest.mark.parametrize(
    "error",
    [
        BadRequest("not enough rights to send text messages to the chat"),
        Forbidden("bot was kicked from the supergroup chat"),
        ChatMigrated(GROUP - 1),
    ],
)
async def test_who_cannot_be_told_fills_no_table(
    monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    """One note, one try and no error in ten minutes; each message is counted."""
    door = Doorway(monkeypatch)
    door.error = error
    await door.write(50)
    assert [(note.person, note.code) for note in door.ledger.notes] == [(GUEST, "stranger")]
    assert (door.tries, door.raised, door.counted) == (1, [], 50)


async def test_who_could_not_be_told_for_a_while_is_told_later(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A network that is away is no reason to be silent, nor for a second note."""
    door = Doorway(monkeypatch)
    door.error = TimedOut()
    await door.write(3)
    assert (door.tries, len(door.raised), door.counted) == (3, 3, 3)
    door.error = None
    await door.write(3)
    assert (door.tries, len(door.raised), door.counted) == (4, 3, 6)
    assert len(door.ledger.notes) == 1


async def test_a_refusal_that_could_not_be_noted_is_noted_later(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Nothing is told before; then both happen once."""
    door = Doorway(monkeypatch)
    door.ledger.away = True
    await door.write()
    assert (door.tries, len(door.raised), door.counted) == (0, 1, 0)
    door.ledger.away = False
    await door.write(2)
    assert (door.tries, len(door.raised), door.counted) == (1, 1, 2)
    assert len(door.ledger.notes) == 1


async def test_privacy_is_everybodys(scripted: Scripted) -> None:
    """Telegram's terms want it answered, and it says truthfully what is kept."""
    async with dialogue(scripted, INVITED) as (person, playground):
        give_phone_to(playground, GUEST)
        await person.send(text="/privacy")
        text = (await person.reads("What is kept about you"))["text"]
        assert "accepted an invitation" in text
        assert "365 days" in text
        assert "to count them" not in text  # no quota is set, and so none is counted


async def test_an_invitation_works_once(scripted: Scripted, database: str) -> None:
    """The second hears why, politely, and the audit tells of it; the first may stay."""
    async with dialogue(scripted, INVITED, database=database) as (person, playground):
        await person.send(text="/invite")
        token = link_in(await person.reads("Send this link"))
        give_phone_to(playground, GUEST)
        await person.send(text=f"/start {token}")
        await person.reads("Welcome")
        give_phone_to(playground, THIRD)
        await person.send(text=f"/start {token}")
        await person.reads("already been used")
        await person.send_photo("driving")
        await person.reads("only for people")
        give_phone_to(playground, GUEST)
        await person.send(text=f"/start {token}")
        await until(lambda: len([m for m in playground.world.chat if m.by_bot]) > 4)
        assert "already been used" not in (await said(person))[-1]
    assert refusals(database) == [(THIRD, "invitation-used"), (THIRD, "stranger")]
    events = [note.event for note in notes(database)]
    assert (events.count(Event.INVITED), events.count(Event.JOINED)) == (1, 1)
    assert scripted.readings == []


async def test_every_refused_invitation_is_counted(scripted: Scripted, database: str) -> None:
    """One that was used, one that has expired, and one that was made up."""
    metrics = Metrics()
    started = dialogue(scripted, INVITED, database=database, metrics=metrics)
    async with started as (person, playground):
        await person.send(text="/invite")
        token = link_in(await person.reads("Send this link"))
        give_phone_to(playground, GUEST)
        await person.send(text=f"/start {token}")
        await person.reads("Welcome")
        give_phone_to(playground, PERSON_ID)
        await person.send(text="/invite")
        await until(lambda: count(database, "bot_invitations") == 2)
        await person.sees(lambda m: "Send this link" in m.get("text", "") and link_in(m) != token)
        links = [text for text in await said(person) if "Send this link" in text]
        with sqlite3.connect(database.removeprefix("sqlite:///")) as connection:
            connection.execute("UPDATE bot_invitations SET expires_at = 1 WHERE used_at IS NULL")
        connection.close()
        give_phone_to(playground, THIRD)
        for tried in (token, link_in({"text": links[-1]}), "made-up"):
            await person.send(text=f"/start {tried}")
        for reason in ("used", "expired", "unknown"):
            name = f"invitation-{reason}"
            await until(lambda name=name: metrics.value("turned_away_total", reason=name) == 1)  # type: ignore[misc]
    assert count(database, "bot_people") == 1


async def test_every_forged_press_is_counted(scripted: Scripted) -> None:
    """Nothing is done, and the person hears that the button is none."""
    metrics = Metrics()
    async with dialogue(scripted, metrics=metrics) as (person, playground):
        await person.send_photo()
        question = await person.reads("Which page is this?")
        forged = ("read:3", "read:1;drop", "cancel:-1", "remind:", "forget:all", "x" * 64)
        for data in forged:
            await person.press(question["message_id"], data)
        await until(
            lambda: metrics.value("turned_away_total", reason="forged-press") == len(forged)
        )
        assert await person.reads("Which page is this?") == question
        assert playground.world.chat.person.id == PERSON_ID
    assert scripted.readings == []


async def test_a_made_up_invitation_is_refused(scripted: Scripted, database: str) -> None:
    """And nobody is let in by it."""
    async with dialogue(scripted, INVITED, database=database) as (person, playground):
        give_phone_to(playground, GUEST)
        await person.send(text="/start AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")
        await person.reads("I don't know this invitation")
        await person.send(text="/help")
        await person.reads("only for people")
    assert refusals(database)[0] == (GUEST, "invitation-unknown")


async def test_who_is_removed_is_a_stranger_again(scripted: Scripted, database: str) -> None:
    """Owners see people by id and day, and their reminders go with them."""
    async with dialogue(scripted, INVITED, database=database) as (person, playground):
        await person.send(text="/people")
        await person.reads("Nobody has come by invitation")
        await person.send(text="/invite")
        token = link_in(await person.reads("Send this link"))
        give_phone_to(playground, GUEST)
        await person.send(text=f"/start {token}")
        welcome = await person.reads("Welcome")
        await person.press(welcome["message_id"], "remind:1:20990101:30:")
        await until(lambda: count(database, "bot_reminders") == 1)
        give_phone_to(playground, PERSON_ID)
        await person.send(text="/people")
        listed = await person.reads("1 person has come by invitation")
        assert buttons(listed) == [(f"Remove {GUEST}", f"people:{GUEST}")]
        give_phone_to(playground, GUEST)
        await person.press(listed["message_id"], f"people:{GUEST}")  # forged, or overheard
        await until(lambda: (GUEST, "owners-only") in refusals(database))
        give_phone_to(playground, PERSON_ID)
        await person.press(listed["message_id"], f"people:{GUEST}")
        await until(lambda: count(database, "bot_people") == 0)
        await until(lambda: count(database, "bot_reminders") == 0)
        give_phone_to(playground, GUEST)
        await person.send_photo("driving")
        await person.reads("only for people")
    assert scripted.readings == []


def count(database: str, table: str) -> int:
    """Rows of a table."""
    with sqlite3.connect(database.removeprefix("sqlite:///")) as connection:
        (number,) = connection.execute(f"SELECT count(*) FROM {table}").fetchone()  # noqa: S608
    connection.close()
    return int(number)


@pytest.mark.parametrize("text", ["/invite", "/people"])
async def test_owners_commands_are_theirs(person: Person, text: str) -> None:
    """A bot that is open to everybody is not run by everybody."""
    await person.send(text=text)
    await person.reads("Only whoever runs this bot")


@pytest.mark.parametrize(("mode", "words"), [("open", "Everybody may use"), ("listed", "listed")])
async def test_nobody_is_invited_where_that_lets_nobody_in(
    scripted: Scripted, mode: str, words: str
) -> None:
    """The owner hears how people get in instead."""
    settings = Settings.model_validate({"access": {"mode": mode, "owners": [PERSON_ID]}})
    async with dialogue(scripted, settings) as (person, _):
        await person.send(text="/invite")
        await person.reads(words)


async def test_who_is_listed_is_let_in(scripted: Scripted, database: str) -> None:
    """And an invitation of an earlier mode is worth nothing."""
    async with dialogue(scripted, INVITED, database=database) as (person, playground):
        await person.send(text="/invite")
        token = link_in(await person.reads("Send this link"))
    async with dialogue(scripted, LISTED, playground=playground, database=database) as (person, _):
        give_phone_to(playground, GUEST)
        await person.send_photo("driving")
        await person.reads("Expired 2020-12-25")
        give_phone_to(playground, THIRD)
        await person.send(text=f"/start {token}")
        await person.reads("only for people")


def in_group(message: dict[str, Any]) -> dict[str, Any]:
    """The same message, sent in a group."""
    return message | {"chat": {"id": GROUP, "type": "supergroup", "title": "Agents"}}


async def test_a_button_is_pressed_by_whom_it_was_shown_to(
    scripted: Scripted, database: str
) -> None:
    """In a group, or in a private chat of somebody else, a press does nothing but be counted."""
    metrics = Metrics()
    async with dialogue(scripted, database=database, metrics=metrics) as (person, playground):
        await person.send_photo()
        asked = await person.reads("Which page is this?")
        world = playground.world
        sender = world.chat.person.to_api()
        others = replace(world.chat.person, id=THIRD).to_api()
        for number, (message, who) in enumerate([(in_group(asked), sender), (asked, others)]):
            query = {
                "id": f"{number}", "from": who, "message": message, "chat_instance": "1",
                "data": "read:1",
            }  # fmt: skip
            world.updates.put("callback_query", query, CALLBACK_QUERY_LIFETIME)
        await until(lambda: len(refusals(database)) == 2)
        assert scripted.readings == []
    assert refusals(database) == [(PERSON_ID, "foreign-press"), (THIRD, "foreign-press")]
    assert metrics.value("turned_away_total", reason="foreign-press") == 2


async def test_a_listed_group_is_answered(scripted: Scripted, database: str) -> None:
    """Its members are no strangers there, and so nobody is refused."""
    access = {"mode": "listed", "people": [GUEST], "chats": [GROUP]}
    settings = Settings.model_validate({"access": access})
    async with dialogue(scripted, settings, database=database) as (person, playground):
        world = playground.world
        give_phone_to(playground, THIRD)
        created = await person.send(text="/start")
        await person.reads("only for people")
        world.updates.put("message", in_group(created[0]), MESSAGE_LIFETIME)
        give_phone_to(playground, GUEST)
        await person.send(text="/help")
        await person.reads("How to use me")
    assert refusals(database) == [(THIRD, "stranger")]


async def test_nobody_joins_in_a_group(scripted: Scripted, database: str) -> None:
    """A link that was posted there would let in whoever is the quickest."""
    async with dialogue(scripted, INVITED, database=database) as (person, playground):
        await person.send(text="/invite")
        token = link_in(await person.reads("Send this link"))
        give_phone_to(playground, GUEST)
        (created,) = await person.send(text="/privacy")
        await person.reads("What is kept about you")
        message = in_group(created) | {"text": f"/start {token}"}
        playground.world.updates.put("message", message, MESSAGE_LIFETIME)
        await until(lambda: (GUEST, "stranger") in refusals(database))
        assert count(database, "bot_people") == 0


async def test_a_bug_in_the_gate_shuts_it(
    scripted: Scripted, monkeypatch: pytest.MonkeyPatch
) -> None:
    """PTB would go on with the handlers; the person hears that something is wrong."""

    async def fail(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(Gate, "role", fail)
    async with dialogue(scripted) as (person, _):
        await person.send_photo("driving")
        await person.reads("Something went wrong on my side")
        assert len(await said(person)) == 1
    assert scripted.readings == []


async def test_a_broken_gate_is_shut(scripted: Scripted, database: str) -> None:
    """Where nobody can tell who somebody is, nothing is read."""
    async with dialogue(scripted, INVITED, database=database) as (person, playground):
        give_phone_to(playground, GUEST)
        with sqlite3.connect(database.removeprefix("sqlite:///")) as connection:
            connection.execute("ALTER TABLE bot_people RENAME TO elsewhere")
        await person.send_photo("driving")
        await asyncio.sleep(0.5)
        assert scripted.readings == []
        with sqlite3.connect(database.removeprefix("sqlite:///")) as connection:
            connection.execute("ALTER TABLE elsewhere RENAME TO bot_people")
        connection.close()
        await person.reads("only for people")  # the update was not lost
    assert scripted.readings == []
