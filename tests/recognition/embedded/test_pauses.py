"""Pauses between the deaths of a process."""

from __future__ import annotations

from bot.recognition.embedded.pauses import FIRST, LONGEST, Pauses


class Clock:
    """Stands still until it is set."""

    now = 100.0

    def __call__(self) -> float:
        """Seconds."""
        return self.now


def test_one_death_costs_no_pause() -> None:
    """It may have been the photo's doing, and others wait."""
    pauses = Pauses(Clock())
    assert pauses.left == 0
    pauses.died()
    assert pauses.left == 0


def test_further_deaths_cost_ever_more_up_to_a_limit() -> None:
    """What dies at once whenever it is begun is begun ever more rarely."""
    pauses = Pauses(Clock())
    pauses.died()
    found = []
    for _ in range(9):
        pauses.died()
        found.append(pauses.left)
    assert found[:4] == [FIRST, 2 * FIRST, 4 * FIRST, 8 * FIRST]
    assert found[-2:] == [LONGEST, LONGEST]


def test_a_pause_passes() -> None:
    """After it the process may be begun."""
    clock = Clock()
    pauses = Pauses(clock)
    pauses.died()
    pauses.died()
    clock.now += FIRST
    assert pauses.left == 0


def test_an_answer_ends_the_row() -> None:
    """A death long after is again the first."""
    clock = Clock()
    pauses = Pauses(clock)
    for _ in range(5):
        pauses.died()
    clock.now += LONGEST
    pauses.worked()
    pauses.died()
    assert pauses.left == 0
