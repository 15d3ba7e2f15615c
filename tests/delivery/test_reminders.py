"""Reminders wait in the store until their hour has come, in both databases."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import pytest
from structlog.testing import capture_logs
from telegram.error import BadRequest, Forbidden, NetworkError

from bot.delivery import worker
from bot.delivery.registry import morning_of
from bot.delivery.reminders import LAST, MOST, TRIES, Reminders, lock_of, pause_after
from bot.delivery.store import opened
from bot.delivery.worker import working
from bot.licence.documents import DocumentType
from bot.metrics import Metrics
from bot.records import Reminder
from tests.delivery.conftest import PATIENCE, waiting

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable

    from bot.delivery.store import Store
    from bot.settings import Settings

SHANGHAI = ZoneInfo("Asia/Shanghai")
TODAY = datetime.now(SHANGHAI).date()
SOON = Reminder(7, DocumentType.DRIVING_LICENCE, TODAY + timedelta(60), TODAY + timedelta(30))
DUE = replace(SOON, day=TODAY - timedelta(1), alias="…345", language="zh-Hant")

DYING = """
import asyncio, sys
from bot.delivery.registry import Registry
from bot.delivery.store import opened
from bot.delivery.worker import working
from bot.settings import load
async def main():
    settings = load()
    async with opened(settings) as store:
        registry = Registry(settings, store)
        async def tell(reminder):
            print("begun", flush=True)
            await asyncio.sleep(600)
        registry.reminders.tell_with(tell)
        async with working(store, settings.delivery):
            await asyncio.sleep(600)
asyncio.run(main())
"""


def reminders_in(store: Store, zone: ZoneInfo = SHANGHAI, **options: Any) -> Reminders:  # noqa: ANN401
    """Those of a store."""
    return Reminders(store, partial(morning_of, zone), **options)


@asynccontextmanager
async def at_work(
    settings: Settings,
    tell: Callable[[Reminder], Awaitable[None]],
    **options: Any,  # noqa: ANN401
) -> AsyncIterator[tuple[Store, Reminders]]:
    """A worker that has them said."""
    async with opened(settings) as store:
        reminders = reminders_in(store, **options)
        reminders.tell_with(tell)
        async with working(store, settings.delivery):
            yield store, reminders


async def settled(store: Store) -> None:
    """Wait until no job waits."""
    async with asyncio.timeout(PATIENCE):
        while await waiting(store):  # noqa: ASYNC110 - a database
            await asyncio.sleep(0.02)


class Told:
    """Somebody who hears, or something that fails first."""

    def __init__(self, *failures: Exception) -> None:
        self.heard: list[Reminder] = []
        self._failures = list(failures)

    async def __call__(self, reminder: Reminder) -> None:
        """Hear one."""
        if self._failures:
            raise self._failures.pop(0)
        self.heard.append(replace(reminder, id=0))


async def test_a_reminder_waits_for_nine_in_the_morning(store: Store) -> None:
    """In the policy's time zone; its job has no lock of a chat, and every update goes before it."""
    reminders = reminders_in(store)
    assert await reminders.keep(SOON) == "kept"
    (kept,) = await reminders.of(7)
    assert replace(kept, id=0) == SOON
    (job,) = list(await store.app.job_manager.list_jobs_async())
    assert (job.lock, job.queueing_lock, job.priority) == (None, lock_of(kept.id), LAST)
    assert job.task_kwargs == {"reminder_id": kept.id}
    assert job.scheduled_at is not None
    local = job.scheduled_at.astimezone(SHANGHAI)
    assert (local.date(), local.hour, local.minute) == (SOON.day, 9, 0)


@pytest.mark.parametrize(
    ("zone", "day", "hour"),
    [
        ("Asia/Shanghai", date(2027, 1, 1), 1),
        ("America/New_York", date(2027, 3, 13), 14),
        ("America/New_York", date(2027, 3, 14), 13),  # summer time began that night
        ("Asia/Kathmandu", date(2027, 1, 1), 3),
    ],
)
def test_nine_oclock_is_that_of_the_place(zone: str, day: date, hour: int) -> None:
    """Also on the day on which clocks are changed."""
    moment = morning_of(ZoneInfo(zone), day).astimezone(UTC)
    assert (moment.date(), moment.hour) == (day, hour)


async def test_the_same_reminder_twice_is_one(store: Store) -> None:
    """Another day, another page, another end or another name is another one."""
    reminders = reminders_in(store)
    others = [
        SOON,
        replace(SOON, day=SOON.day + timedelta(1)),
        replace(SOON, document_type=DocumentType.VEHICLE_LICENCE_BACK),
        replace(SOON, until=SOON.until + timedelta(1)),
        replace(SOON, alias="truck"),
        replace(SOON, chat=8),
    ]
    assert [await reminders.keep(one) for one in others] == ["kept"] * 6
    assert [await reminders.keep(one) for one in others] == ["known"] * 6
    assert len(await waiting(store)) == 6


async def test_at_the_same_instant_it_is_one_too(store: Store) -> None:
    """A thumb presses twice, and two replicas work on it."""
    reminders = reminders_in(store)
    kept = await asyncio.gather(*(reminders.keep(SOON) for _ in range(8)))
    assert sorted(kept) == ["kept", *["known"] * 7]
    assert len(await waiting(store)) == 1


async def test_a_chat_has_room_for_so_many(store: Store) -> None:
    """Nobody fills the database."""
    reminders = reminders_in(store)
    for number in range(MOST):
        assert await reminders.keep(replace(SOON, alias=f"{number}")) == "kept"
    assert await reminders.keep(SOON) == "full"
    assert await reminders.keep(replace(SOON, chat=8)) == "kept"


async def test_one_is_called_off_by_its_own_chat(store: Store) -> None:
    """Row and job are gone; another chat's hand reaches nothing."""
    reminders = reminders_in(store)
    await reminders.keep(SOON)
    (kept,) = await reminders.of(7)
    assert not await reminders.cancel(8, kept.id)
    assert len(await waiting(store)) == 1
    assert await reminders.cancel(7, kept.id)
    assert not await reminders.cancel(7, kept.id)
    assert await reminders.of(7) == ()
    assert await waiting(store) == []
    assert await reminders.keep(SOON) == "kept"


async def test_the_next_one_comes_first(store: Store) -> None:
    """However they were asked for."""
    reminders = reminders_in(store)
    days = [SOON.day + timedelta(days) for days in (9, 1, 5)]
    for day in days:
        await reminders.keep(replace(SOON, day=day))
    assert [kept.day for kept in await reminders.of(7)] == sorted(days)


@pytest.mark.usefixtures("_hasty")
async def test_what_is_due_is_said_once(settings: Settings) -> None:
    """As it was asked for, and nothing of it remains."""
    told = Told()
    async with at_work(settings, told) as (store, reminders):
        await reminders.keep(DUE)
        await reminders.keep(SOON)
        async with asyncio.timeout(PATIENCE):
            while not told.heard or len(await waiting(store)) > 1:  # noqa: ASYNC110 - a database
                await asyncio.sleep(0.02)
        assert told.heard == [DUE]
        assert [replace(kept, id=0) for kept in await reminders.of(7)] == [SOON]


@pytest.mark.usefixtures("_hasty")
async def test_reminders_survive_a_restart(settings: Settings) -> None:
    """What became due while nobody was here is said after the next start."""
    async with opened(settings) as store:
        assert await reminders_in(store).keep(DUE) == "kept"
    told = Told()
    async with at_work(settings, told) as (store, _):
        await settled(store)
    assert told.heard == [DUE]


async def test_reminders_survive_a_kill(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`kill -9` while one is being said: it is said by whoever comes next."""
    async with opened(settings) as store:
        await reminders_in(store).keep(DUE)
        await reminders_in_other_chat(store)
    url, key = settings.database_url, settings.delivery.key
    assert url is not None
    assert key is not None
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("BOT_")},
        "BOT_DATABASE_URL": url.get_secret_value(),
        "BOT_DELIVERY__KEY": key.get_secret_value(),
    }
    program = await asyncio.create_subprocess_exec(
        sys.executable, "-c", DYING, env=environment, stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
    )  # fmt: skip
    assert program.stdout is not None
    async with asyncio.timeout(PATIENCE):
        assert (await program.stdout.readline()).strip() == b"begun"
    program.send_signal(signal.SIGKILL)
    await program.wait()
    for name, seconds in (("PATIENCE", 0.5), ("BEAT_EVERY", 0.1)):
        monkeypatch.setattr(worker, name, seconds)
    told = Told()
    async with at_work(settings, told) as (store, _):
        await settled_but(store, 1)
    assert told.heard == [DUE]


async def reminders_in_other_chat(store: Store) -> None:
    """One that is not due is not touched by anything of this."""
    await store.execute(
        "INSERT INTO bot_reminders VALUES (1, 8, 1, '2099-01-01', '', '2098-01-01', 'en')"
    )
    job = store.app.configure_task(
        "remind", queue="reminders", schedule_at=datetime(2098, 1, 1, tzinfo=UTC)
    )
    await job.defer_async(reminder_id=1)


async def settled_but(store: Store, number: int) -> None:
    """Wait until only so many jobs wait."""
    async with asyncio.timeout(PATIENCE):
        while len(await waiting(store)) > number:  # noqa: ASYNC110 - a database
            await asyncio.sleep(0.02)


@pytest.mark.usefixtures("_hasty")
async def test_a_clock_that_was_wrong_is_waited_for(settings: Settings) -> None:
    """A job that began too early by this machine's clock goes back until its hour."""
    behind = morning_of(SHANGHAI, DUE.day).timestamp() - 86_400
    told = Told()
    async with at_work(settings, told, clock=lambda: behind) as (store, reminders):
        await reminders.keep(DUE)
        async with asyncio.timeout(PATIENCE):
            while not any(job["attempts"] for job in await waiting(store)):  # noqa: ASYNC110
                await asyncio.sleep(0.02)
        (job,) = list(await store.app.job_manager.list_jobs_async())
    assert told.heard == []
    assert job.scheduled_at is not None
    assert timedelta(hours=23) < job.scheduled_at - datetime.now(UTC) < timedelta(hours=25)


@pytest.mark.usefixtures("_hasty")
@pytest.mark.parametrize(
    "gone", [Forbidden("bot was blocked by the user"), BadRequest("Chat not found")]
)
async def test_who_has_left_is_left_alone(settings: Settings, gone: Exception) -> None:
    """All of that chat's go, quietly, and nobody else's."""
    with capture_logs() as logs:
        async with at_work(settings, Told(gone)) as (store, reminders):
            await reminders.keep(SOON)
            await reminders.keep(replace(SOON, chat=8))
            await reminders.keep(DUE)
            await settled_but(store, 1)
            assert await reminders.of(7) == ()
            assert len(await reminders.of(8)) == 1
    assert [entry for entry in logs if entry["log_level"] == "error"] == []


@pytest.mark.usefixtures("_hasty")
async def test_a_network_that_fails_is_tried_again(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Said late is better than not at all."""
    monkeypatch.setattr("bot.delivery.reminders._LONGEST_PAUSE", 0.01)
    told = Told(NetworkError("x"), NetworkError("x"))
    async with at_work(settings, told) as (store, reminders):
        await reminders.keep(DUE)
        await settled(store)
        assert told.heard == [DUE]
        assert await reminders.of(7) == ()


@pytest.mark.usefixtures("_hasty")
async def test_a_bug_costs_one_reminder(settings: Settings) -> None:
    """It is noted without what it was about, and the others go on."""
    told = Told(ZeroDivisionError(DUE.alias))
    with capture_logs() as logs:
        async with at_work(settings, told) as (store, reminders):
            await reminders.keep(DUE)
            await settled(store)
            await reminders.keep(replace(DUE, alias="other"))
            await settled(store)
    assert [one.alias for one in told.heard] == ["other"]
    assert "surprise" in [entry["event"] for entry in logs]
    assert DUE.alias not in str(logs)


@pytest.mark.usefixtures("_hasty")
async def test_what_was_called_off_at_the_last_moment_is_not_said(settings: Settings) -> None:
    """A job may have begun when its row goes."""
    told = Told()
    async with opened(settings) as store:
        reminders = reminders_in(store)
        await reminders.keep(DUE)
        await store.execute("DELETE FROM bot_reminders")
    async with at_work(settings, told) as (store, _):
        await settled(store)
    assert told.heard == []


@pytest.mark.usefixtures("_hasty")
@pytest.mark.parametrize(
    ("failures", "counted"),
    [
        ([], {"done": 1}),
        ([NetworkError("x"), NetworkError("x")], {"tried-again": 2, "done": 1}),
        ([Forbidden("bot was blocked by the user")], {"nobody-there": 1}),
        ([ZeroDivisionError()], {"given-up": 1}),
    ],
)
async def test_what_becomes_of_reminders_is_counted(
    settings: Settings,
    failures: list[Exception],
    counted: dict[str, int],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Each try with its result; nobody's reminder fails unseen."""
    monkeypatch.setattr("bot.delivery.reminders._LONGEST_PAUSE", 0.01)
    metrics = Metrics()
    async with at_work(settings, Told(*failures), metrics=metrics) as (store, reminders):
        await reminders.keep(DUE)
        await settled(store)
    results = ("done", "tried-again", "nobody-there", "given-up")
    found = {result: metrics.value("reminders_total", result=result) for result in results}
    assert {result: number for result, number in found.items() if number} == counted


def test_a_reminder_is_tried_for_half_a_day() -> None:
    """So long its network may be away."""
    pauses = [pause_after(number) for number in range(1, TRIES)]
    assert 12 * 3600 < sum(pauses) < 13 * 3600
    assert max(pauses) == 3600
