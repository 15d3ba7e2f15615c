"""One worker that is there whenever it is needed."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from typing import TYPE_CHECKING

import pytest
from structlog.contextvars import bound_contextvars, merge_contextvars
from structlog.testing import capture_logs

from bot.errors import ProviderError
from bot.licence.documents import DocumentType
from bot.recognition.embedded.messages import Done, Failed
from bot.recognition.embedded.pauses import Pauses
from bot.recognition.embedded.supervisor import Supervisor
from tests.recognition.embedded.moody import SECRET, STILLBORN, Mood, photo

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

LICENCE = Done(page=DocumentType.DRIVING_LICENCE)

pytestmark = pytest.mark.usefixtures("moody")


@pytest.fixture
async def supervisor() -> AsyncIterator[Supervisor]:
    """One that keeps a worker, with a minute for each photo."""
    supervisor = Supervisor(1, 60, Pauses())
    yield supervisor
    await supervisor.aclose(60)


def pid(supervisor: Supervisor) -> int:
    """The worker's process id."""
    assert supervisor._process
    return supervisor._process._process.pid


async def until(condition: Callable[[], bool]) -> None:
    """Wait for what no event tells."""
    async with asyncio.timeout(60):
        while not condition():  # noqa: ASYNC110 - likewise
            await asyncio.sleep(0.01)


async def test_a_worker_is_begun_when_it_is_needed(supervisor: Supervisor) -> None:
    """Once, and it stays."""
    assert not supervisor.ready
    assert await supervisor.ask(photo(Mood.READ), None) == LICENCE
    assert supervisor.ready
    first = pid(supervisor)
    await supervisor.start()
    assert await supervisor.ask(photo(Mood.READ), None) == LICENCE
    assert pid(supervisor) == first


async def test_a_crash_fails_its_photo_and_heals(supervisor: Supervisor) -> None:
    """The same photo may be tried again at once, and the next one is read."""
    with capture_logs() as logs, pytest.raises(ProviderError, match="engine-failed") as raised:
        await supervisor.ask(photo(Mood.DIE), None)
    assert raised.value.transient
    assert raised.value.pause == 0
    assert logs == [{"event": "engine died", "status": -9, "log_level": "error"}]
    assert await supervisor.ask(photo(Mood.READ), None) == LICENCE


async def test_a_worker_that_died_idle_costs_no_photo(supervisor: Supervisor) -> None:
    """It is found dead before it is asked, and said to be."""
    await supervisor.start()
    os.kill(pid(supervisor), signal.SIGKILL)
    await until(lambda: not supervisor.ready)
    with capture_logs() as logs:
        assert await supervisor.ask(photo(Mood.READ), None) == LICENCE
    assert [entry["event"] for entry in logs] == ["engine died"]


async def test_what_keeps_dying_is_left_alone_for_a_while(supervisor: Supervisor) -> None:
    """Nobody waits for it meanwhile, and whoever asks hears when to come again."""
    for _ in range(2):
        with pytest.raises(ProviderError):
            await supervisor.ask(photo(Mood.DIE), None)
    with pytest.raises(ProviderError, match="engine-failed") as raised:
        await supervisor.ask(photo(Mood.READ), None)
    assert raised.value.transient
    assert raised.value.pause == 1
    await until(lambda: not supervisor._pauses.left)
    assert await supervisor.ask(photo(Mood.READ), None) == LICENCE


async def test_a_photo_that_takes_too_long_is_given_up() -> None:
    """Its worker is replaced, without a pause."""
    supervisor = Supervisor(1, 0.5, Pauses())
    await supervisor.start()
    hanging = pid(supervisor)
    with capture_logs() as logs, pytest.raises(ProviderError, match="too-slow"):
        await supervisor.ask(photo(Mood.HANG), None)
    assert logs == [{"event": "engine too slow", "seconds": 0.5, "log_level": "error"}]
    await supervisor.start()
    assert pid(supervisor) != hanging
    await supervisor.aclose(60)


async def test_a_surprise_inside_is_logged_without_its_words(supervisor: Supervisor) -> None:
    """The worker lives on."""
    await supervisor.start()
    before = pid(supervisor)
    with capture_logs() as logs:
        answer = await supervisor.ask(photo(Mood.STUMBLE), None)
    assert isinstance(answer, Failed)
    assert [(entry["event"], entry["error"]) for entry in logs] == [("engine failed", "KeyError")]
    assert SECRET not in str(logs)
    assert pid(supervisor) == before


async def test_a_worker_that_dies_while_it_loads_is_told() -> None:
    """Whoever waits for it does not wait for ever."""
    supervisor = Supervisor(STILLBORN, 60, Pauses())
    with capture_logs() as logs, pytest.raises(ProviderError, match="engine-failed"):
        await supervisor.start()
    assert [entry["event"] for entry in logs] == ["engine died"]
    await supervisor.aclose(0)


async def test_a_machine_that_gives_no_process_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """One line, and no traceback."""
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    supervisor = Supervisor(1, 60, Pauses())
    with capture_logs() as logs, pytest.raises(ProviderError, match="engine-failed"):
        await supervisor.start()
    assert [entry["error"] for entry in logs] == ["FileNotFoundError"]
    await supervisor.aclose(0)


async def test_a_start_that_is_given_up_can_be_made_again(supervisor: Supervisor) -> None:
    """The process that was loading is gone, and another one is begun."""
    starting = asyncio.create_task(supervisor.start())
    await until(lambda: supervisor._process is not None)
    starting.cancel()
    await asyncio.gather(starting, return_exceptions=True)
    assert not supervisor.ready
    assert await supervisor.ask(photo(Mood.READ), None) == LICENCE


async def test_a_closed_one_begins_nothing(supervisor: Supervisor) -> None:
    """Neither then nor later."""
    await supervisor.start()
    await supervisor.aclose(60)
    with pytest.raises(ProviderError, match="engine-failed") as raised:
        await supervisor.start()
    assert not raised.value.transient
    assert not supervisor.ready


async def test_closing_waits_for_whoever_just_begins_one(supervisor: Supervisor) -> None:
    """No process is left behind."""
    starting = asyncio.create_task(supervisor.start())
    await asyncio.sleep(0)
    await supervisor.aclose(0)
    await asyncio.gather(starting, return_exceptions=True)
    assert not supervisor.ready


async def test_what_a_worker_left_out_is_logged_with_the_photos_id(supervisor: Supervisor) -> None:
    """The worker has no log of its own, and does not know whose photo it reads."""
    with capture_logs(processors=[merge_contextvars]) as logs, bound_contextvars(photo="0a1b2c"):
        await asyncio.create_task(supervisor.ask(photo(Mood.LEAVE_OUT), None))
    (line,) = logs
    assert line == {
        "event": "mark not read",
        "log_level": "warning",
        "photo": "0a1b2c",
        "stage": "seal",
        "error": "ValueError",
        "at": "seal.py:88",
    }
