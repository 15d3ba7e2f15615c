"""The process of a worker, from the bot's side."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bot.licence.documents import DocumentType
from bot.recognition.embedded import process
from bot.recognition.embedded.messages import Done, Request, packed
from bot.recognition.embedded.process import DiedError, WorkerProcess
from tests.recognition.embedded.moody import Mood, photo

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

READ = packed(Request.about(photo(Mood.READ), None))
LICENCE = Done(page=DocumentType.DRIVING_LICENCE)
PATIENCE = 60.0

pytestmark = pytest.mark.usefixtures("moody")


@pytest.fixture
async def begun() -> AsyncIterator[WorkerProcess]:
    """One that is loaded."""
    worker = await WorkerProcess.begin(1)
    await worker.exchange(b"", PATIENCE)
    yield worker
    await worker.end(0)


async def test_it_answers(begun: WorkerProcess) -> None:
    """One message there, one back."""
    assert await begun.exchange(READ, PATIENCE) == LICENCE
    assert await begun.exchange(READ, PATIENCE) == LICENCE
    assert begun.alive


async def test_it_ends_when_asked(begun: WorkerProcess) -> None:
    """Its status says that it did so by itself."""
    await begun.end(PATIENCE)
    assert not begun.alive
    assert begun.status == 0


async def test_one_that_dies_is_noticed(begun: WorkerProcess) -> None:
    """The status is that of the signal."""
    with pytest.raises(DiedError) as raised:
        await begun.exchange(packed(Request.about(photo(Mood.DIE), None)), PATIENCE)
    assert raised.value.status == -9


async def test_one_that_is_dead_already_is_noticed(begun: WorkerProcess) -> None:
    """The pipe says so, whatever is sent."""
    await begun.end(PATIENCE)
    with pytest.raises(DiedError):
        await begun.exchange(bytes(2**20), PATIENCE)


async def test_one_that_takes_too_long_is_gone(begun: WorkerProcess) -> None:
    """Nothing of it is left when the caller hears of it."""
    with pytest.raises(TimeoutError):
        await begun.exchange(packed(Request.about(photo(Mood.HANG), None)), 0.1)
    assert not begun.alive
    assert begun.status == -9


async def test_what_does_not_end_is_killed(begun: WorkerProcess) -> None:
    """However long it would go on."""
    await begun._say(packed(Request.about(photo(Mood.HANG), None)))
    await begun.end(0)
    assert begun.status == -9


def test_a_worker_knows_no_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    """It handles strangers' pictures and needs neither the bot's token nor any key."""
    monkeypatch.setenv("BOT_TELEGRAM__TOKEN", "1:secret")
    monkeypatch.setenv("TZ", "Asia/Shanghai")
    environment = process._environment()
    assert "BOT_TELEGRAM__TOKEN" not in environment
    assert environment["TZ"] == "Asia/Shanghai"


def test_a_worker_finds_the_same_modules(monkeypatch: pytest.MonkeyPatch) -> None:
    """Those of this process, and none that lie where somebody happens to stand."""
    monkeypatch.setattr(sys, "path", ["", "/somewhere"])
    assert process._environment()["PYTHONPATH"] == f"{Path.cwd()}{os.pathsep}/somewhere"
