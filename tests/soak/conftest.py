"""Trials tell of themselves while a soak runs, and are told of in tables at its end."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.soak.tables import show

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.soak.trial import Trial

    Tell = Callable[[Trial], None]

_TRIALS = pytest.StashKey[list["Trial"]]()


@pytest.fixture
def tell(request: pytest.FixtureRequest) -> Tell:
    """Notes a trial for the tables, and prints a line about it."""
    trials = request.config.stash.setdefault(_TRIALS, [])

    def note(trial: Trial) -> None:
        trials.append(trial)
        number = sum((one.what, one.shape) == (trial.what, trial.shape) for one in trials)
        lost, seconds = trial.tally.lost, f"{trial.done:.1f} s"
        said = f"{trial.what}: {trial.shape}: {number}: {lost} lost, all answered after {seconds}"
        print(said, flush=True)  # noqa: T201 - a soak takes many minutes

    return note


def pytest_terminal_summary(config: pytest.Config) -> None:
    """The tables."""
    if trials := config.stash.get(_TRIALS, None):
        show(trials)
