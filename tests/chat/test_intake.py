"""A photo arrives: the question, and the guess in it."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from bot.chat import intake, messages
from bot.errors import PhotoError, ProviderError
from bot.licence.documents import DocumentType
from bot.settings import Settings
from tests.chat.conftest import buttons, dialogue

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

    from tests.chat.conftest import Person, Scripted

PLAIN = ["read:1", "read:0", "read:2"]


async def test_the_guess_stands_first(person: Person, scripted: Scripted) -> None:
    """A guess in time is part of the question."""
    scripted.sees = DocumentType.VEHICLE_LICENCE_BACK
    await person.send_photo()
    question = await person.reads("My guess: back page")
    assert [data for _, data in buttons(question)] == ["read:2", "read:1", "read:0"]


async def test_no_licence_is_told(person: Person, scripted: Scripted) -> None:
    """A cat is asked about with a doubt."""
    scripted.sees = None
    await person.send_photo()
    question = await person.reads("can't make out a licence")
    assert [data for _, data in buttons(question)] == PLAIN


async def test_a_slow_guess_improves_the_question(
    person: Person, scripted: Scripted, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The question does not wait for it."""
    monkeypatch.setattr(intake, "PATIENCE", 0.01)
    scripted.may_classify.clear()
    await person.send_photo()
    question = await person.reads("Which page is this?")
    assert [data for _, data in buttons(question)] == PLAIN
    scripted.may_classify.set()
    improved = await person.reads("My guess: driving licence")
    assert improved["message_id"] == question["message_id"]


async def test_a_slow_guess_never_replaces_an_answer(
    person: Person, scripted: Scripted, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who has answered already is not asked again."""
    monkeypatch.setattr(intake, "PATIENCE", 0.01)
    scripted.may_classify.clear()
    await person.send_photo()
    question = await person.reads("Which page is this?")
    await person.press(question["message_id"], "read:1")
    answer = await person.reads("Expired 2020-12-25")
    scripted.may_classify.set()
    await person.send(text="/help")
    await person.reads("How to use me")
    assert await person.reads("Expired 2020-12-25") == answer


async def test_a_guess_on_its_way_arrives_before_the_answer(
    person: Person, scripted: Scripted, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Telegram may take its time with the edit that improves the question."""
    monkeypatch.setattr(intake, "PATIENCE", 0.01)
    scripted.may_classify.clear()
    await person.send_photo()
    question = await person.reads("Which page is this?")
    fault = {"method": "editMessageText", "times": 1, "delay": 0.5}
    await person.client.post("/api/faults", json=fault)
    scripted.may_classify.set()
    await asyncio.sleep(0.1)  # the edit is under way now
    await person.press(question["message_id"], "read:1")
    await person.reads("Expired 2020-12-25")
    await asyncio.sleep(0.6)
    await person.reads("Expired 2020-12-25")


async def test_a_stop_gives_up_late_guesses(
    scripted: Scripted, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody waits for a guess in order to leave, and none comes after."""
    monkeypatch.setattr(intake, "PATIENCE", 0.01)
    scripted.may_classify.clear()
    async with asyncio.timeout(20), dialogue(scripted) as (person, _):
        await person.send_photo()
        await person.reads("Which page is this?")


async def test_nobody_waits_for_a_guess_in_a_crowd(
    person: Person, scripted: Scripted, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While many guesses are on their way the question comes at once, without one."""
    monkeypatch.setattr(intake, "PATIENCE", 0.05)
    scripted.may_classify.clear()
    for _ in range(6):
        await person.send_photo()
    async with asyncio.timeout(20):
        while len([m for m in await person.messages() if m["from"]["is_bot"]]) < 6:  # noqa: ASYNC110 - polled
            await asyncio.sleep(0.02)
    scripted.may_classify.set()
    await person.reads("My guess")


async def test_a_failing_guess_is_no_failure(person: Person, scripted: Scripted) -> None:
    """The person knows the page; the question works without a guess."""
    scripted.sees = ProviderError("engine-failed")
    await person.send_photo()
    question = await person.reads("Which page is this?")
    assert question["text"] == "Which page is this?"


async def test_what_the_classifier_refuses_is_told(person: Person, scripted: Scripted) -> None:
    """A photo that is no good is told before anything is asked."""
    scripted.sees = PhotoError("unreadable")
    await person.send_photo()
    await person.reads("can't make out the print")


async def test_a_photo_that_telegram_withholds_is_asked_about(
    person: Person, scripted: Scripted
) -> None:
    """The download failed for the guess; the press tries again."""
    fault = {"method": "getFile", "times": 1, "error_code": 500, "description": "Internal"}
    await person.client.post("/api/faults", json=fault)
    await person.send_photo()
    question = await person.reads("Which page is this?")
    assert question["text"] == "Which page is this?"
    await person.press(question["message_id"], "read:1")
    await person.reads("Expired 2020-12-25")
    assert len(scripted.readings) == 1


async def test_a_reading_that_a_stop_cuts_short_leaves_no_message(
    scripted: Scripted, tmp_path: Path
) -> None:
    """The next start answers the photo anew, and nothing says that it is still being read."""
    settings = Settings.model_validate({"delivery": {"stop_seconds": 0.1}})
    database = f"sqlite:///{tmp_path}/bot.db"
    scripted.may_read.clear()
    async with dialogue(scripted, settings, database=database) as (person, playground):
        await person.send_photo("driving")
        waiting = await person.reads("Reading")
    scripted.may_read.set()
    async with dialogue(scripted, settings, None, playground, database) as (person, _):
        answer = await person.reads("Expired 2020-12-25")
        said = [m for m in await person.messages() if m["from"]["is_bot"]]
    assert [m["message_id"] for m in said] == [answer["message_id"]]
    assert answer["message_id"] > waiting["message_id"]


async def test_an_answer_that_telegram_does_not_take_leaves_no_message(
    person: Person, scripted: Scripted, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The photo is read once more, and the new answer stands alone."""
    monkeypatch.setattr(messages, "PAUSES", ())
    monkeypatch.setattr("bot.delivery.handling.pause_after", lambda *_: 0.01)
    fault = {"method": "editMessageText", "times": 1, "error_code": 502}
    await person.client.post("/api/faults", json=fault)
    await person.send_photo("driving")
    await person.reads("Expired 2020-12-25")
    assert len(scripted.readings) == 2
    assert len([m for m in await person.messages() if m["from"]["is_bot"]]) == 1
