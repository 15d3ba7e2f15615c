"""SIGTERM in the middle of a burst, and a start with a backlog here and at Telegram."""

from __future__ import annotations

import asyncio
import random
import time
from typing import TYPE_CHECKING, Final

import pytest

from tests.soak.crowd import SAYINGS
from tests.soak.scene import scene, until
from tests.soak.stores import store_of
from tests.soak.trial import Shape, Trial

if TYPE_CHECKING:
    from pathlib import Path

    from tests.soak.conftest import Tell
    from tests.soak.scene import Scene

pytestmark = pytest.mark.soak

PEOPLE: Final = 20
TRIALS: Final = 4
GRACE: Final = 25.0
MORE: Final = 10.0
"""Seconds that a stop takes besides: the last poll, deliveries that run, a busy machine."""


async def stopped(place: Scene) -> Trial:
    """Stop a bot politely within a burst, let people write while it is away, and start it."""
    before, during, (bot,) = place.crowd(PEOPLE), place.crowd(PEOPLE), place.bots
    before.speak()
    enough = random.randrange(PEOPLE * SAYINGS // 2)  # noqa: S311 - no secret
    await until(lambda: before.tally().answered >= enough)
    took = await bot.stop()
    assert took < GRACE + MORE
    waiting = await asyncio.to_thread(place.store.waiting)
    during.speak()
    now, moment = place.now, time.monotonic()
    await bot.start()
    await (bot.listening() if bot.port else place.polls(now))
    serving = time.monotonic() - moment
    done = await place.answered(before, during) - moment
    await place.settled()
    what = "SIGTERM, and a start with a backlog"
    return Trial(what, place.shape, before.tally() + during.tally(), waiting, done, serving)


@pytest.mark.parametrize(
    "shape", [Shape("sqlite"), Shape("sqlite", webhook=True), Shape("postgresql")], ids=str
)
async def test_a_stop(shape: Shape, tmp_path: Path, tell: Tell) -> None:
    """What runs is finished, what waits stays, nothing is said twice, and all is answered."""
    trials = []
    with store_of(shape.store, tmp_path) as store:
        async with scene(shape, store, tmp_path) as place:
            for _ in range(TRIALS):
                trials.append(await stopped(place))
                tell(trials[-1])
    tallies = [trial.tally for trial in trials]
    assert [t for t in tallies if t.lost or t.disorder or t.strange or t.twice or t.stale] == []
