"""One replica polls; when it dies, another one takes over."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING, Final

import pytest

from tests.soak.scene import scene
from tests.soak.stores import store_of
from tests.soak.trial import Shape, Trial

if TYPE_CHECKING:
    from pathlib import Path

    from tests.soak.conftest import Tell
    from tests.soak.scene import Scene

pytestmark = pytest.mark.soak

PEOPLE: Final = 20
TRIALS: Final = 6
SOON: Final = 10.0


async def bereft(place: Scene) -> Trial:
    """Kill the bot that polls, the eldest, while people write."""
    crowd, bot = place.crowd(PEOPLE), place.bots.pop(0)
    crowd.speak()
    await bot.kill()
    now, moment = place.now, time.monotonic()
    waiting = await asyncio.to_thread(place.store.waiting)
    await place.polls(now)
    serving = time.monotonic() - moment
    done = await place.answered(crowd) - moment
    await place.settled()
    await place.add()
    return Trial("kill -9 of who polls", place.shape, crowd.tally(), waiting, done, serving)


async def test_another_one_polls(tmp_path: Path, tell: Tell) -> None:
    """Within ten seconds, for as often as one dies."""
    trials, shape = [], Shape("postgresql", replicas=2)
    with store_of(shape.store, tmp_path) as store:
        async with scene(shape, store, tmp_path) as place:
            for _ in range(TRIALS):
                trials.append(await bereft(place))
                tell(trials[-1])
    assert [t for t in trials if t.tally.lost or t.tally.disorder or t.tally.strange] == []
    assert all(trial.serving is not None and trial.serving < SOON for trial in trials)
