"""The tables at the end of a soak."""

from __future__ import annotations

import statistics
from typing import TYPE_CHECKING

from rich.box import MARKDOWN
from rich.console import Console
from rich.table import Table

from tests.soak.crowd import Tally

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tests.soak.trial import Trial

COLUMNS = (
    "what", "bot", "trials", "updates", "waiting then", "lost", "twice", "stale", "out of order",
    "told why not", "serving again p50 / max", "all answered p50 / max",
)  # fmt: skip


def table(trials: Sequence[Trial]) -> Table:
    """One row for each kind of trial on each shape of bot."""
    made = Table(*COLUMNS, box=MARKDOWN)
    for key in dict.fromkeys((trial.what, trial.shape) for trial in trials):
        made.add_row(*_row([trial for trial in trials if (trial.what, trial.shape) == key]))
    return made


def show(trials: Sequence[Trial]) -> None:
    """Print it, as wide as it wants to be."""
    Console(width=250).print(table(trials))


def _row(trials: list[Trial]) -> Iterable[str]:
    first, tally = trials[0], sum((trial.tally for trial in trials), Tally(0, 0))
    serving = [trial.serving for trial in trials if trial.serving is not None]
    waiting = [trial.waiting for trial in trials]
    numbers = tally.lost, tally.twice, tally.stale, tally.disorder, tally.told
    yield from (first.what, str(first.shape), str(len(trials)), str(tally.updates))
    yield f"{min(waiting)} - {max(waiting)}"
    yield from map(str, numbers)
    yield _seconds(serving) if serving else "always"
    yield _seconds([trial.done for trial in trials])


def _seconds(values: Sequence[float]) -> str:
    return f"{statistics.median(values):.1f} / {max(values):.1f} s"
