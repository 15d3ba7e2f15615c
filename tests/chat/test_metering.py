"""What a reading costs: counted for a person's quota, and noted in the audit."""

from __future__ import annotations

import asyncio
from datetime import datetime
from typing import TYPE_CHECKING, Any, Literal
from unittest.mock import AsyncMock
from zoneinfo import ZoneInfo

import pytest

from bot.chat.languages import TAGS, language
from bot.chat.metering import Metered
from bot.chat.rendering import failure
from bot.chat.visitors import CURRENT, Visitor
from bot.errors import PhotoError, ProviderError, QuotaError, TransferError
from bot.licence.documents import DocumentType
from bot.licence.report import Policy
from bot.metrics import Metrics
from bot.playground.accounts import PERSON_ID
from bot.recognition.calls import Counted
from bot.records import Event, Limit, Note, StoreAwayError
from bot.settings import Settings
from tests.chat.conftest import Scripted, buttons, dialogue
from tests.chat.test_access import notes

if TYPE_CHECKING:
    from pathlib import Path

DRIVING = DocumentType.DRIVING_LICENCE
SHANGHAI = ZoneInfo("Asia/Shanghai")
NOON = 1_800_000_000 - 1_800_000_000 % 86_400 + 4 * 3600  # in Shanghai
PHOTO: Any = object()


class Ledger:
    """Quotas and audit at the edge: lets in or not, and remembers."""

    def __init__(self, limit: Limit | None = None) -> None:
        self.limit = limit
        self.notes: list[Note] = []
        self.counted: list[tuple[int, int]] = []

    async def has_room(self, _: int) -> bool:
        """Look, and count nothing."""
        return self.limit is None

    async def take(self, person: int, update_id: int) -> Limit | None:
        """Count a reading."""
        if self.limit is None:
            self.counted.append((person, update_id))
        return self.limit

    async def give_back(self, person: int, update_id: int) -> None:
        """Count it no longer."""
        self.counted.remove((person, update_id))

    async def keep(self, note: Note) -> None:
        """Keep a note."""
        self.notes.append(note)


def metered(scripted: Scripted, ledger: Ledger) -> Metered:
    """The scripted recogniser, metered, at noon in Shanghai."""
    noon = datetime.fromtimestamp(NOON, SHANGHAI)
    return Metered(Counted(scripted), ledger, ledger, Policy(), lambda: noon)


@pytest.fixture(autouse=True)
def _visitor() -> None:
    """Person 7 has sent update 55."""
    CURRENT.set(Visitor(7, 55))


async def test_a_reading_is_noted_without_what_it_says(scripted: Scripted) -> None:
    """Who, when, which page, the verdict, who read, and how many calls."""
    ledger = Ledger()
    await metered(scripted, ledger).recognise(PHOTO, DRIVING)
    assert ledger.notes == [
        Note(Event.READ, 7, None, 55, DRIVING, "cancellable", "embedded", 1, "ok")
    ]
    assert ledger.counted == [(7, 55)]


@pytest.mark.parametrize(
    ("error", "event", "code", "counts"),
    [
        (PhotoError("no-licence"), Event.READ, "no-licence", True),
        (ProviderError("too-slow"), Event.FAILED, "too-slow", False),
        (ZeroDivisionError(), Event.FAILED, "surprise", False),
        (asyncio.CancelledError(), Event.FAILED, "cut-short", False),
    ],
)
async def test_who_is_at_fault_pays(
    scripted: Scripted, error: Exception, event: Event, code: str, *, counts: bool
) -> None:
    """A photo that cannot be read counts; a provider that fails is not the person's business."""
    scripted.fails, ledger = error, Ledger()
    with pytest.raises(type(error)):
        await metered(scripted, ledger).recognise(PHOTO, DRIVING)
    assert ledger.notes == [Note(event, 7, None, 55, DRIVING, cost=1, code=code)]
    assert bool(ledger.counted) == counts


async def test_over_the_limit_nobody_is_asked(scripted: Scripted) -> None:
    """The audit tells of it, and no provider hears of the photo."""
    ledger = Ledger(Limit("hour", 5, NOON + 90))
    with pytest.raises(QuotaError) as refused:
        await metered(scripted, ledger).recognise(PHOTO, DRIVING)
    assert scripted.readings == []
    assert [(note.event, note.code, note.cost) for note in ledger.notes] == [
        (Event.REFUSED, "quota-hour", 0)
    ]
    assert refused.value.params["count"] == 2


async def test_over_the_limit_the_audit_is_told_once_in_a_while(scripted: Scripted) -> None:
    """For each person and reason; every one is refused."""
    ledger = Ledger(Limit("hour", 5, NOON + 90))
    reader = metered(scripted, ledger)
    for person in (7, 7, 8):
        CURRENT.set(Visitor(person, 55))
        with pytest.raises(QuotaError):
            await reader.recognise(PHOTO, DRIVING)
    ledger.limit = Limit("day", 5, NOON + 90)
    with pytest.raises(QuotaError):
        await reader.recognise(PHOTO, DRIVING)
    told = [(note.person, note.code) for note in ledger.notes]
    assert told == [(7, "quota-hour"), (8, "quota-hour"), (8, "quota-day")]


async def test_a_refusal_that_could_not_be_noted_is_noted_later(
    scripted: Scripted, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same update is tried again when the store is back."""
    ledger = Ledger(Limit("hour", 5, NOON + 90))
    reader = metered(scripted, ledger)
    with monkeypatch.context() as away:
        away.setattr(ledger, "keep", AsyncMock(side_effect=StoreAwayError))
        with pytest.raises(StoreAwayError):
            await reader.recognise(PHOTO, DRIVING)
    with pytest.raises(QuotaError):
        await reader.recognise(PHOTO, DRIVING)
    assert [note.code for note in ledger.notes] == ["quota-hour"]


async def test_a_reading_that_takes_too_long_was_not_cut_short(scripted: Scripted) -> None:
    """The audit has the code that the person and the metric get."""
    scripted.may_read.clear()
    ledger = Ledger()
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.01) as patience:
            await metered(scripted, ledger).recognise(PHOTO, DRIVING, patience)
    assert ledger.notes == [Note(Event.FAILED, 7, None, 55, DRIVING, cost=1, code="too-slow")]
    assert ledger.counted == []


async def test_what_cannot_be_fetched_costs_nothing(scripted: Scripted) -> None:
    """It is counted before it is fetched, so that of many at a time none is fetched in vain."""
    ledger = Ledger()
    charge = metered(scripted, ledger).charged(DRIVING)
    await charge.__aenter__()
    assert ledger.counted == [(7, 55)]
    error = TransferError("download-failed")
    assert not await charge.__aexit__(TransferError, error, None)
    assert ledger.counted == []


async def test_over_the_limit_nothing_is_fetched(scripted: Scripted) -> None:
    """Neither to be guessed nor to be read; the question is asked without a guess."""
    settings = Settings.model_validate({"access": {"photos_per_hour": 1}})
    metrics = Metrics()
    async with dialogue(scripted, settings, metrics=metrics) as (person, _):
        await person.send_photo("driving")
        await person.reads("Expired 2020-12-25")
        assert metrics.value("stage_seconds_count", stage="download") == 1
        await person.send_photo("vehicle")
        await person.reads("as many as this bot allows")
        await person.send_photo()
        question = await person.reads("Which page is this?")
        await person.press(question["message_id"], "read:1")
        await person.sees(
            lambda m: (
                m["message_id"] == question["message_id"]
                and "as many as this bot allows" in m.get("text", "")
            )
        )
        assert metrics.value("stage_seconds_count", stage="download") == 1
    assert scripted.readings == [DRIVING]


async def test_outside_a_chat_nothing_is_metered(scripted: Scripted) -> None:
    """Nobody asked for it."""
    CURRENT.set(None)
    ledger = Ledger(Limit("hour", 5, NOON))
    bystander = metered(scripted, ledger)
    assert await bystander.has_room()
    async with bystander.charged(DRIVING):
        await bystander.recognise(PHOTO, DRIVING)
    assert ledger.notes == []


@pytest.mark.parametrize(
    ("span", "seconds", "words"),
    [
        ("hour", 1, "in 1 minute, at 12:01 (Asia/Shanghai)"),
        ("hour", 61, "in 2 minutes, at 12:02"),
        ("hour", 3600, "in 60 minutes, at 13:00"),
        ("day", 7201, "in 3 hours, at 14:01"),
        ("day", 13 * 3600, "in 13 hours, at 01-16 01:00"),
    ],
)
async def test_a_person_hears_when_they_can_go_on(
    scripted: Scripted,
    span: Literal["hour", "day"],
    seconds: int,
    words: str,
) -> None:
    """In how long, and at what a clock shows then; the button to go on with stays."""
    ledger = Ledger(Limit(span, 5, NOON + seconds))
    with pytest.raises(QuotaError) as refused:
        await metered(scripted, ledger).recognise(PHOTO, DRIVING)
    answer = failure(language("en"), refused.value, DRIVING)
    assert words in answer.text
    assert answer.keyboard is not None
    for tag in TAGS:
        said = failure(language(tag), refused.value, DRIVING).text
        assert str(refused.value.params["time"]) in said
        assert "5" in said


@pytest.mark.parametrize(
    ("moment", "time"), [("2026-03-29T00:50Z", "03:10"), ("2026-10-25T00:50Z", "02:10")]
)
async def test_twenty_minutes_are_twenty_when_clocks_are_changed(
    scripted: Scripted, moment: str, time: str
) -> None:
    """To summer time and back; the clock is the one that people see then."""
    now = datetime.fromisoformat(moment).astimezone(ZoneInfo("Europe/Berlin"))
    ledger = Ledger(Limit("hour", 5, int(now.timestamp()) + 20 * 60))
    reader = Metered(Counted(scripted), ledger, ledger, Policy(), lambda: now)
    with pytest.raises(QuotaError) as refused:
        await reader.recognise(PHOTO, DRIVING)
    told = refused.value.params
    assert (told["count"], told["unit"], told["time"]) == (20, "minutes", time)


async def test_a_quota_in_the_chat(scripted: Scripted, tmp_path: Path) -> None:
    """The photo that is one too many is refused in words, also after a restart."""
    settings = Settings.model_validate({"access": {"photos_per_hour": 1}})
    database = f"sqlite:///{tmp_path}/bot.db"
    async with dialogue(scripted, settings, database=database) as (person, playground):
        await person.send_photo("driving")
        await person.reads("Expired 2020-12-25")
    async with dialogue(scripted, settings, None, playground, database) as (person, _):
        await person.send_photo("vehicle")
        refused = await person.reads("as many as this bot allows")
        assert [text for text, _ in buttons(refused)] == ["Try again"]
        await person.send(text="/privacy")
        await person.reads("to count them")
    assert scripted.readings == [DRIVING]
    told = [(note.event, note.person, note.verdict, note.code) for note in notes(database)]
    assert told == [
        (Event.READ, PERSON_ID, "cancellable", "ok"),
        (Event.REFUSED, PERSON_ID, "", "quota-hour"),
    ]


async def test_a_failure_of_the_provider_costs_no_photo(scripted: Scripted) -> None:
    """The same photo is read at the next try."""
    settings = Settings.model_validate({"access": {"photos_per_day": 1}})
    scripted.fails = ProviderError("out-of-reach")
    async with dialogue(scripted, settings) as (person, _):
        await person.send_photo("driving")
        failed = await person.reads("out of reach")
        scripted.fails = None
        await person.press(failed["message_id"], "read:1")
        answer = await person.reads("Expired 2020-12-25")
        await person.press(answer["message_id"], "json:1")  # one more recognition
        await person.reads("as many as this bot allows")
