"""A power cut at random moments of a burst: what Telegram was told is stored, is stored."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Final

import pytest

from tests.soak.crowd import SAYINGS
from tests.soak.power import Power
from tests.soak.scene import scene, until
from tests.soak.stores import SqliteStore, store_of
from tests.soak.test_kills import PEOPLE, killed
from tests.soak.trial import Shape

if TYPE_CHECKING:
    from pathlib import Path

    from tests.soak.conftest import Tell
    from tests.soak.crowd import Crowd
    from tests.soak.scene import Scene

pytestmark = pytest.mark.soak

TRIALS: Final = 10


async def amid_arrivals(place: Scene, crowd: Crowd) -> None:
    """Wait until Telegram was told that some of its updates arrived."""
    left = random.randrange(len(crowd.talkers) * SAYINGS)  # noqa: S311 - no secret
    await until(lambda: len(place.playground.world.updates.pending()) <= left)


@pytest.mark.parametrize("shape", [Shape("sqlite"), Shape("sqlite", webhook=True)], ids=str)
async def test_power_cuts(shape: Shape, tmp_path: Path, tell: Tell) -> None:
    """Also of the key, without which nothing that waits can be opened."""
    trials = []
    with store_of(shape.store, tmp_path) as store:
        assert isinstance(store, SqliteStore)
        power = Power(store.folder, tmp_path)
        async with scene(shape, store, tmp_path, power.environment) as place:
            for _ in range(TRIALS):
                trials.append(await killed(place, PEOPLE, "power cut", amid_arrivals, power.cut))
                tell(trials[-1])
            assert store.dead() == 0
    assert [t for t in trials if t.tally.lost or t.tally.disorder or t.tally.strange] == []
