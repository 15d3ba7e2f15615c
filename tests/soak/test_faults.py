"""What a machine may do to the bot: afterwards it goes on by itself, and has lost nothing."""

from __future__ import annotations

import asyncio
import random
import time
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Final

import pytest

from bot.playground.faults import ANY, Fault
from tests.soak.clocks import Clock
from tests.soak.crowd import SAYINGS
from tests.soak.scene import scene, until
from tests.soak.stores import PostgresStore, SqliteStore, fill, small_disk, store_of
from tests.soak.test_kills import PEOPLE, killed
from tests.soak.trial import Shape, Trial

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from contextlib import AbstractAsyncContextManager
    from pathlib import Path

    from tests.soak.conftest import Tell
    from tests.soak.scene import Scene

pytestmark = pytest.mark.soak

TRIALS: Final = 4
LASTS: Final = 10.0
"""Seconds of a full disk or a database that is away; longer than others wait for a replica."""

OUTAGE: Final = 40.0
"""Seconds without Telegram; those that refuse one update only give up after 30."""

HOUR: Final = 3600

SQLITE, HOOKED = Shape("sqlite"), Shape("sqlite", webhook=True)
SERVER, REPLICAS = Shape("postgresql"), Shape("postgresql", webhook=True, replicas=2)


async def troubled(
    place: Scene, what: str, trouble: AbstractAsyncContextManager[object], lasts: float = LASTS
) -> Trial:
    """Trouble begins at a random moment of a burst, and another burst comes while it lasts."""
    before, during = place.crowd(PEOPLE // 2), place.crowd(PEOPLE // 2)
    before.speak()
    enough = random.randrange(PEOPLE // 2 * SAYINGS * 4 // 5)  # noqa: S311 - no secret
    await until(lambda: before.tally().answered >= enough)
    async with trouble:
        during.speak()
        await asyncio.sleep(lasts)
    moment = time.monotonic()
    waiting = await asyncio.to_thread(place.store.waiting)
    done = await place.answered(before, during) - moment
    await place.settled()
    return Trial(what, place.shape, before.tally() + during.tally(), waiting, done)


def unharmed(trials: list[Trial]) -> None:
    """Nothing is lost, given up or out of order."""
    assert [t for t in trials if t.tally.lost or t.tally.disorder or t.tally.strange] == []


@pytest.mark.parametrize("shape", [SQLITE, REPLICAS], ids=str)
async def test_a_provider_that_fails(shape: Shape, tmp_path: Path, tell: Tell) -> None:
    """Half of its calls do, and a bot is killed besides: everybody is told at least why."""
    trials = []
    with store_of(shape.store, tmp_path) as store:
        async with scene(shape, store, tmp_path) as place:
            place.reader.failing = 0.5
            for _ in range(TRIALS):
                trials.append(await killed(place, PEOPLE, "provider fails half, kill -9"))
                tell(trials[-1])
    unharmed(trials)


@pytest.mark.parametrize("shape", [SQLITE, REPLICAS], ids=str)
async def test_telegram_is_away(shape: Shape, tmp_path: Path, tell: Tell) -> None:
    """Nobody is given up for that."""
    trials = []

    @asynccontextmanager
    async def away(place: Scene) -> AsyncIterator[None]:
        faults = place.playground.world.faults
        faults.add(Fault(ANY, times=10**9, error_code=502, html=True))
        yield
        faults.clear()

    with store_of(shape.store, tmp_path) as store:
        async with scene(shape, store, tmp_path) as place:
            for _ in range(TRIALS // 2):
                what = f"Telegram away for {OUTAGE:.0f} s"
                trials.append(await troubled(place, what, away(place), OUTAGE))
                tell(trials[-1])
            assert store.dead() == 0
    unharmed(trials)


@pytest.mark.parametrize("shape", [SQLITE, HOOKED], ids=str)
async def test_a_disk_that_is_full(shape: Shape, tmp_path: Path, tell: Tell) -> None:
    """What cannot be stored comes again, and what cannot be marked as done is done again."""
    trials = []

    @asynccontextmanager
    async def full(place: Scene) -> AsyncIterator[None]:
        filler = fill(disk)
        yield
        stuck, told = place.playground.world.updates.pending(), await place.parts(place.bots[0])
        filler.unlink()
        assert (told["store"] == "ok") == (not stuck)

    with small_disk(tmp_path, 6144) as disk:
        async with scene(shape, SqliteStore(disk), tmp_path) as place:
            for _ in range(TRIALS):
                trials.append(await troubled(place, f"disk full for {LASTS:.0f} s", full(place)))
                tell(trials[-1])
    unharmed(trials)


@pytest.mark.parametrize("mode", ["fast", "immediate"])
@pytest.mark.parametrize("shape", [SERVER, REPLICAS], ids=str)
async def test_a_database_that_restarts(
    shape: Shape, mode: str, tmp_path: Path, tell: Tell
) -> None:
    """Politely or as after a crash, while it is needed."""
    trials = []
    with store_of(shape.store, tmp_path) as store:
        assert isinstance(store, PostgresStore)

        @asynccontextmanager
        async def away() -> AsyncIterator[None]:
            await asyncio.to_thread(store.stop, mode)
            yield
            await asyncio.to_thread(store.start)

        async with scene(shape, store, tmp_path) as place:
            for _ in range(TRIALS // 2):
                what = f"database away for {LASTS:.0f} s, {mode}"
                trials.append(await troubled(place, what, away()))
                tell(trials[-1])
    unharmed(trials)


@pytest.mark.parametrize("shape", [SQLITE, REPLICAS], ids=str)
async def test_a_clock_that_jumps(shape: Shape, tmp_path: Path, tell: Tell) -> None:
    """An hour forward and back, each while updates wait for their next try."""
    trials, clock = [], Clock(tmp_path)
    with store_of(shape.store, tmp_path) as store:
        async with scene(shape, store, tmp_path, clock.environment) as place:
            for turn in range(TRIALS):
                ahead, way = ((HOUR, "forward"), (0, "back"))[turn % 2]
                trials.append(await jumped(place, clock, ahead, f"clock jumps an hour {way}"))
                tell(trials[-1])
    unharmed(trials)


async def jumped(place: Scene, clock: Clock, ahead: int, what: str) -> Trial:
    """Set the clock when Telegram has refused some answers, which wait for their next try."""
    faults = place.playground.world.faults
    faults.add(Fault("sendMessage", times=20, error_code=502))
    crowd = place.crowd(PEOPLE)
    crowd.speak()
    await until(lambda: not faults.pending)
    clock.jump(ahead)
    moment = time.monotonic()
    waiting = await asyncio.to_thread(place.store.waiting)
    done = await place.answered(crowd) - moment
    await place.settled()
    return Trial(what, place.shape, crowd.tally(), waiting, done)
