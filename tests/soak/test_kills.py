"""`kill -9` at random moments of a burst: nothing is lost, and every chat stays in its order."""

from __future__ import annotations

import asyncio
import random
import time
from typing import TYPE_CHECKING, Final

import pytest

from tests.soak.crowd import SAYINGS, personal
from tests.soak.scene import scene, until
from tests.soak.stores import store_of
from tests.soak.trial import Shape, Trial

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from pathlib import Path

    from tests.soak.conftest import Tell
    from tests.soak.crowd import Crowd
    from tests.soak.scene import Scene

PEOPLE: Final = 40
SHAPES: Final = (
    Shape("sqlite"),
    Shape("sqlite", webhook=True),
    Shape("postgresql", webhook=True, replicas=2),
)


async def amid_answers(_: Scene, crowd: Crowd) -> None:
    """Wait until some of its updates are answered."""
    enough = random.randrange(len(crowd.talkers) * SAYINGS * 4 // 5)  # noqa: S311 - no secret
    await until(lambda: crowd.tally().answered >= enough)


async def killed(
    place: Scene,
    people: int,
    what: str = "kill -9",
    when: Callable[[Scene, Crowd], Awaitable[None]] = amid_answers,
    then: Callable[[], None] | None = None,
) -> Trial:
    """Kill a bot at a random moment of a burst, and do something else to its store.

    Where it was alone it is started again; else it is dead for good, the others finish, and a new
    one takes its place after that.
    """
    crowd, bot = place.crowd(people), random.choice(place.bots)  # noqa: S311 - no secret
    crowd.speak()
    await when(place, crowd)
    await asyncio.sleep(random.random() / 20)  # noqa: S311 - no secret
    await bot.kill()
    if then:
        then()
    now, moment = place.now, time.monotonic()
    waiting, serving = await asyncio.to_thread(place.store.waiting), None
    if len(place.bots) == 1:
        await bot.start()
        await (bot.listening() if bot.port else place.polls(now))
        serving = time.monotonic() - moment
    else:
        place.bots.remove(bot)
    done = await place.answered(crowd) - moment
    await place.settled()
    if len(place.bots) < place.shape.replicas:
        await place.add()
    return Trial(what, place.shape, crowd.tally(), waiting, done, serving)


@pytest.mark.soak
@pytest.mark.parametrize("shape", SHAPES, ids=str)
async def test_kills(shape: Shape, tmp_path: Path, tell: Tell, kills: int) -> None:
    """Each under a burst of 200 updates of 40 people."""
    trials = []
    with store_of(shape.store, tmp_path) as store:
        async with scene(shape, store, tmp_path) as place:
            for _ in range(kills):
                trials.append(await killed(place, PEOPLE))
                tell(trials[-1])
            assert store.dead() == 0
            assert place.leaks(personal(place.playground.world, place.photo)) == []
    assert [t for t in trials if t.tally.lost or t.tally.disorder or t.tally.strange] == []


@pytest.mark.parametrize("shape", [Shape("sqlite"), Shape("postgresql")], ids=str)
async def test_a_kill_loses_nothing(shape: Shape, tmp_path: Path, tell: Tell) -> None:
    """The shortest of the trials: one kill in a burst of 60 updates."""
    with store_of(shape.store, tmp_path) as store:
        async with scene(shape, store, tmp_path) as place:
            trial = await killed(place, 12)
            tell(trial)
            assert place.leaks(personal(place.playground.world, place.photo)) == []
    assert (trial.tally.lost, trial.tally.disorder, trial.tally.strange) == (0, 0, 0)
