"""A choice -> recognition -> the answer."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from procrastinate.exceptions import ConnectorException

from bot.chat import messages
from bot.delivery import handling
from bot.errors import PhotoError, ProviderError
from bot.licence.recognition import QualityWarning
from bot.metrics import Metrics
from bot.settings import Recognition, Settings
from tests.chat.conftest import PATIENCE, Scripted, buttons, dialogue

if TYPE_CHECKING:
    from collections.abc import Callable

    import pytest

    from bot.licence.documents import DocumentType
    from bot.licence.recognition import Recognition as Page
    from bot.recognition.photo import Photo
    from tests.chat.conftest import Person


async def test_a_photo_that_takes_too_long_is_given_up(scripted: Scripted) -> None:
    """The person is told, and can try again."""
    scripted.may_read.clear()
    settings = Settings(recognition=Recognition.model_validate({"seconds": 2}))  # the retry's, too
    async with dialogue(scripted, settings) as (person, _):
        await person.send_photo("driving")
        answer = await person.reads("Reading took too long")
        scripted.may_read.set()
        assert buttons(answer) == [("Try again", "read:1")]
        await person.press(answer["message_id"], "read:1")
        await person.reads("Expired 2020-12-25")


async def test_a_failing_recogniser_is_told(person: Person, scripted: Scripted) -> None:
    """Its fault is not the photo's."""
    scripted.fails = ProviderError("engine-failed")
    await person.send_photo("driving")
    await person.reads("I stumbled over this photo")


async def test_a_wrong_page_leads_to_the_right_one(person: Person, scripted: Scripted) -> None:
    """The recogniser saw another page: one press reads that."""
    scripted.fails = PhotoError("other-page", seen="vehicle_licence")
    await person.send_photo("driving")
    answer = await person.reads("This looks like a vehicle licence")
    assert buttons(answer)[0][1] == "read:0"
    scripted.fails = None
    await person.press(answer["message_id"], "read:0")
    await person.reads("No end date on this page")


async def test_a_withheld_photo_can_be_tried_again(person: Person) -> None:
    """Telegram's bad moment costs a press."""
    fault = {"method": "getFile", "times": 1, "error_code": 502, "description": "Bad Gateway"}
    await person.client.post("/api/faults", json=fault)
    await person.send_photo("driving")
    answer = await person.reads("did not hand me the photo")
    await person.press(answer["message_id"], "read:1")
    await person.reads("Expired 2020-12-25")


async def test_a_photo_that_telegram_forgot_is_asked_for(person: Person) -> None:
    """A refused file id means that the photo is gone."""
    fault = {
        "method": "getFile",
        "times": 1,
        "error_code": 400,
        "description": "Bad Request: wrong file_id or the file is temporarily unavailable",
    }
    await person.client.post("/api/faults", json=fault)
    await person.send_photo("driving")
    await person.reads("no longer there")


async def test_a_deleted_question_is_left_alone(person: Person, scripted: Scripted) -> None:
    """Who deletes the question wants no answer; the bot works on."""
    scripted.may_read.clear()
    await person.send_photo()
    question = await person.reads("Which page is this?")
    await person.press(question["message_id"], "read:1")
    await person.reads("Reading the driving licence")
    await person.client.delete(f"/api/messages/{question['message_id']}")
    scripted.may_read.set()
    await person.send(text="/help")
    await person.reads("How to use me")
    assert not any("went wrong" in m.get("text", "") for m in await person.messages())


async def test_long_work_shows_a_sign_of_life(
    person: Person, scripted: Scripted, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The chat action is renewed for as long as the work goes on."""
    monkeypatch.setattr(messages, "ACTION_EVERY", 0.05)
    scripted.may_read.clear()
    actions = 0
    async with asyncio.timeout(20), person.client.stream("GET", "/api/events") as events:
        await person.send_photo("driving")
        async for line in events.aiter_lines():
            actions += "typing" in line
            if actions == 3:
                break
    scripted.may_read.set()
    await person.reads("Expired 2020-12-25")


async def test_chats_do_not_wait_for_each_other_and_one_keeps_its_order(
    person: Person, scripted: Scripted
) -> None:
    """While one photo is read, the same person's next words wait their turn."""
    scripted.may_read.clear()
    await person.send_photo("driving")
    await person.reads("Reading the driving licence")
    await person.send(text="/help")
    scripted.may_read.set()
    await person.reads("How to use me")
    bots = [m for m in await person.messages() if m["from"]["is_bot"]]
    assert "Expired" in bots[0]["text"]
    assert "How to use me" in bots[1]["text"]


async def test_an_answer_that_telegram_did_not_take_is_sent_again(
    person: Person, scripted: Scripted, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A bad moment of Telegram's does not cost a finished answer."""
    monkeypatch.setattr(messages, "PAUSES", (0.01, 0.01))
    scripted.may_read.clear()
    await person.send_photo("driving")
    await person.reads("Reading the driving licence")
    fault = {"method": "editMessageText", "times": 2, "error_code": 502, "html": True}
    await person.client.post("/api/faults", json=fault)
    scripted.may_read.set()
    await person.reads("Expired 2020-12-25")
    assert len(scripted.readings) == 1


async def test_an_outage_has_no_photo_read_again(
    scripted: Scripted, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The reading that it took the answer of is repeated once, when Telegram is there again."""
    monkeypatch.setattr(messages, "PAUSES", ())
    monkeypatch.setattr(handling, "AWAY", 0.0)
    pauses: list[int] = []

    def pause(number: int, *_: object) -> float:
        pauses.append(number)
        return 0.05

    monkeypatch.setattr(handling, "pause_after", pause)
    async with dialogue(scripted) as (person, playground):
        scripted.may_read.clear()
        await person.send_photo("driving")
        await person.reads("Reading the driving licence")
        for method in (
            "sendMessage",
            "editMessageText",
            "deleteMessage",
            "sendChatAction",
            "getFile",
        ):
            fault = {"method": method, "times": 10_000, "error_code": 502, "html": True}
            await person.client.post("/api/faults", json=fault)
        scripted.may_read.set()
        async with asyncio.timeout(PATIENCE):
            while len(pauses) < 3 * handling.TRIES:  # noqa: ASYNC110 - a network
                await asyncio.sleep(0.02)
        assert len(scripted.readings) == 1
        playground.world.faults.clear()
        await person.reads("Expired 2020-12-25")
        assert len(scripted.readings) == 2


async def test_a_bug_leaves_a_way_on(person: Person, scripted: Scripted) -> None:
    """The person reads that it was us, and can try again."""
    scripted.fails = RuntimeError("a value")
    await person.send_photo("driving")
    answer = await person.reads("Something went wrong on my side")
    assert "a value" not in answer["text"]
    assert buttons(answer) == [("Try again", "read:1")]
    scripted.fails = None
    await person.press(answer["message_id"], "read:1")
    await person.reads("Expired 2020-12-25")


async def test_a_spinner_that_will_not_stop_does_not_eat_the_press(person: Person) -> None:
    """The press counts even where Telegram refuses to be told of it."""
    await person.send_photo()
    question = await person.reads("Which page is this?")
    fault = {"method": "answerCallbackQuery", "times": 1, "error_code": 502, "html": True}
    await person.client.post("/api/faults", json=fault)
    await person.press(question["message_id"], "read:1")
    await person.reads("Expired 2020-12-25")


async def test_a_slow_sign_of_life_does_not_delay_the_answer(person: Person) -> None:
    """The answer does not wait for the chat action before it."""
    fault = {"method": "sendChatAction", "times": 1, "delay": 40}
    await person.client.post("/api/faults", json=fault)
    await person.send_photo("driving")
    async with asyncio.timeout(20):
        await person.reads("Expired 2020-12-25")


async def test_a_better_photo_is_asked_for(person: Person, scripted: Scripted) -> None:
    """What is wrong and how to do better, in the place of an answer that would mislead."""
    scripted.missing, scripted.quality = 4, (QualityWarning.BLUR,)
    await person.send_photo("driving")
    asked = await person.reads("I could read only 5 of the 10 entries")
    assert "The photo is blurred" in asked["text"]
    assert "2020-12-25" not in asked["text"]
    assert buttons(asked) == [("Read it anyway", "read:1:anyway")]


async def test_a_poor_photo_is_read_at_a_press(person: Person, scripted: Scripted) -> None:
    """Whoever has no better one gets all that can be read, and is told what to doubt."""
    scripted.missing, scripted.quality = 4, (QualityWarning.GLARE,)
    await person.send_photo("driving")
    asked = await person.reads("Glare covers")
    await person.press(asked["message_id"], "read:1:anyway")
    answer = await person.reads("Expired 2020-12-25")
    assert answer["message_id"] == asked["message_id"]
    assert "Glare covers part of the print" in answer["text"]
    assert "Not found in the photo" in answer["text"]


async def test_the_press_works_after_a_restart() -> None:
    """The message carries all that is needed; a new bot knows nothing of the old one."""
    first, second = Scripted(), Scripted()
    first.missing = second.missing = 6
    async with dialogue(first) as (person, playground):
        await person.send_photo("driving")
        asked = await person.reads("avoid glare and shadow")
        assert [data for _, data in buttons(asked)] == ["read:1:anyway", "read:0", "read:2"]
    async with dialogue(second, playground=playground) as (person, _):
        await person.press(asked["message_id"], "read:1:anyway")
        answer = await person.reads("Expired 2020-12-25")
    assert answer["message_id"] == asked["message_id"]
    assert (len(first.readings), len(second.readings)) == (1, 1)


async def test_nobody_is_asked_a_third_time(person: Person, scripted: Scripted) -> None:
    """Two poor photos in a row: there is no better one, so the next one is read."""
    scripted.missing, scripted.quality = 4, (QualityWarning.DARK,)
    for _ in range(2):
        photo = await person.send_photo("driving")
        asked = await person.sees(replies_to(photo, "too dark"))
        assert "Expired" not in asked["text"]
    photo = await person.send_photo("driving")
    answer = await person.sees(replies_to(photo, "Expired 2020-12-25"))
    assert "too dark" in answer["text"]


async def test_a_good_photo_ends_the_row(person: Person, scripted: Scripted) -> None:
    """After it the next poor one is asked about again."""
    for missing in (4, 4, 0):
        scripted.missing, scripted.quality = missing, (QualityWarning.BLUR,)
        photo = await person.send_photo("driving")
        await person.sees(replies_to(photo, "blurred"))
    scripted.missing = 4
    photo = await person.send_photo("driving")
    await person.sees(replies_to(photo, "Send me a new photo"))


async def test_an_unreadable_photo_says_why_and_counts(person: Person, scripted: Scripted) -> None:
    """It was a request for a better photo, too."""
    scripted.fails = PhotoError("unreadable", why="cut_off")
    await person.send_photo("driving")
    assert buttons(await person.reads("Keep all four corners in the frame")) == []
    scripted.fails = PhotoError("no-licence", why="dark")
    await person.send_photo("driving")
    await person.reads("too dark")
    scripted.fails = None
    scripted.missing, scripted.quality = 4, (QualityWarning.BLUR,)
    await person.send_photo("driving")
    await person.reads("Expired 2020-12-25")


async def test_a_slight_fault_is_no_reason_to_ask(person: Person, scripted: Scripted) -> None:
    """Everything was read: the fault is told beside it."""
    scripted.quality = (QualityWarning.CUT_OFF,)
    await person.send_photo("driving")
    answer = await person.reads("Expired 2020-12-25")
    assert "Part of the page is outside the photo" in answer["text"]


def replies_to(photo: int, text: str) -> Callable[[dict[str, Any]], bool]:
    """Whether a message answers that photo with that text in it."""

    def wanted(message: dict[str, Any]) -> bool:
        answered = message.get("reply_to_message", {}).get("message_id")
        return answered == photo and text in message.get("text", "")

    return wanted


async def test_answers_and_failures_are_counted(scripted: Scripted) -> None:
    """By status, code and page, with the seconds of each stage; nothing of what was read."""
    metrics = Metrics()
    async with dialogue(scripted, metrics=metrics) as (person, _):
        await person.send_photo("driving")
        await person.reads("Expired 2020-12-25")
        scripted.fails = ProviderError("engine-failed")
        await person.send_photo("driving")
        await person.reads("I stumbled over this photo")
    page = {"document_type": "driving_licence"}
    assert metrics.value("answers_total", status="cancellable", **page) == 1
    assert metrics.value("failures_total", code="engine-failed", **page) == 1
    assert metrics.value("findings_total", code="low_confidence") == 1
    counts = {"download": 2, "decode": 2, "recognise": 2, "render": 1, "send": 2}
    for stage, count in counts.items():
        assert metrics.value("stage_seconds_count", stage=stage) == count
    assert "张" not in metrics.render().decode()


class Forgetful(Scripted):
    """Somebody whose store is away when it is asked first."""

    async def recognise(self, photo: Photo, document_type: DocumentType) -> Page:
        """Nothing at first."""
        recognition = await super().recognise(photo, document_type)
        if len(self.readings) == 1:
            raise ConnectorException
        return recognition


async def test_a_store_that_is_away_is_nothing_to_be_told_of() -> None:
    """The photo is read when it is back, and of the first try nothing remains."""
    async with dialogue(Forgetful()) as (person, _):
        await person.send_photo("driving")
        await person.reads("Expired 2020-12-25")
        said = [message for message in await person.messages() if message["from"]["is_bot"]]
        assert len(said) == 1
