"""Whether an engine can take a photo now."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from bot.errors import ProviderError
from bot.recognition.drivinglicence.admission import Admission
from bot.recognition.drivinglicence.readiness import Readiness

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from bot.licence.documents import DocumentType
    from bot.licence.recognition import Recognition
    from bot.recognition.photo import Photo
    from tests.recognition.drivinglicence.conftest import Engine


class Loading:
    """A recogniser that takes its time to load."""

    name = "loading"

    def __init__(self, *, broken: bool = False, once: bool = False) -> None:
        self.proceed = asyncio.Event()
        self.broken = broken
        self.once = once

    async def start(self) -> None:
        """Wait, then be there or not."""
        await self.proceed.wait()
        if self.broken:
            self.broken = not self.once
            raise ProviderError("engine-failed")

    async def recognise(self, photo: Photo, document_type: DocumentType) -> Recognition:
        """Not asked here."""
        raise NotImplementedError

    async def aclose(self) -> None:
        """Nothing to let go of."""


@pytest.mark.parametrize(("broken", "word"), [(False, "ok"), (True, "failed")])
async def test_health_follows_the_loading(
    start: Callable[..., Awaitable[Engine]], *, broken: bool, word: str
) -> None:
    """The engine answers before it is loaded, and says that it is not ready."""
    recogniser = Loading(broken=broken)
    served = await start(recogniser)
    early = await served.client.get("/healthz")
    recogniser.proceed.set()
    await asyncio.sleep(0.01)
    late = await served.client.get("/healthz")

    assert (early.status_code, early.text) == (503, "loading")
    assert (late.status_code, late.text) == (503 if broken else 200, word)


async def test_an_engine_that_could_not_be_loaded_is_tried_again() -> None:
    """A disk that was away comes back, and nobody need begin the engine anew."""
    recogniser = Loading(broken=True, once=True)
    recogniser.proceed.set()
    readiness = Readiness(recogniser, Admission(1, 0), 30, again=0.01)
    await asyncio.wait_for(readiness.load(), 20)
    assert (recogniser.broken, readiness.state) == (False, "ok")


async def test_an_engine_may_stop_while_it_loads(
    start: Callable[..., Awaitable[Engine]],
) -> None:
    """Nothing is left behind; the fixture stops it."""
    assert (await (await start(Loading())).client.get("/healthz")).text == "loading"


async def test_an_engine_that_never_ends_a_photo_is_stuck() -> None:
    """From the given number of seconds on."""
    now = 0.0
    admission = Admission(1, 0, lambda: now)
    recogniser = Loading()
    recogniser.proceed.set()
    readiness = Readiness(recogniser, admission, 30)
    await readiness.load()

    states = [readiness.state]
    async with admission.place():
        now = 30.0
        states.append(readiness.state)
        now = 30.1
        states.append(readiness.state)
    states.append(readiness.state)

    assert states == ["ok", "ok", "stuck", "ok"]
