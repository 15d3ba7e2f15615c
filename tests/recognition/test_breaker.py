"""A fuse before a provider."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.recognition.breaker import FIRST_REST, LONGEST_REST, STRIKES, Breaker


class Clock:
    """Seconds that a test moves."""

    now = 0.0

    def __call__(self) -> float:
        """The time."""
        return self.now


def turn_of(breaker: Breaker) -> int:
    """The turn of a call that is let through."""
    turn = breaker.admit()
    assert turn is not None
    return turn


def test_a_working_provider_is_asked() -> None:
    """Nothing stands in the way."""
    breaker = Breaker(Clock())
    breaker.worked(turn_of(breaker))
    assert breaker.admit() is not None


def test_a_dead_provider_is_left_alone_and_then_probed_once() -> None:
    """After the rest one call may try; the others wait for its outcome."""
    clock = Clock()
    breaker = Breaker(clock)
    breaker.failed(turn_of(breaker), dead=True)
    assert breaker.admit() is None
    clock.now = FIRST_REST
    probe = turn_of(breaker)
    clock.now = 100 * LONGEST_REST
    assert breaker.admit() is None
    breaker.worked(probe)
    assert breaker.admit() is not None


def test_a_provider_that_answers_gets_a_few_strikes() -> None:
    """One photo that it stumbles over does not close it for everybody."""
    breaker = Breaker(Clock())
    for _ in range(STRIKES - 1):
        breaker.failed(turn_of(breaker), dead=False)
    breaker.worked(turn_of(breaker))
    for _ in range(STRIKES):
        breaker.failed(turn_of(breaker), dead=False)
    assert breaker.admit() is None


def test_calls_that_fail_together_count_once() -> None:
    """A hiccup with many calls under way is one failure."""
    clock = Clock()
    breaker = Breaker(clock)
    turns = [turn_of(breaker) for _ in range(30)]
    for turn in turns:
        breaker.failed(turn, dead=True)
    assert all(breaker.is_over(turn) for turn in turns)
    clock.now = FIRST_REST
    assert breaker.admit() is not None


def test_a_late_success_does_not_close_an_open_breaker() -> None:
    """What began before the failure tells nothing of the time after it."""
    breaker = Breaker(Clock())
    early, failing = turn_of(breaker), turn_of(breaker)
    breaker.failed(failing, dead=True)
    breaker.worked(early)
    assert breaker.admit() is None


def test_a_probe_that_comes_to_nothing_makes_room_for_another() -> None:
    """A person who gives up, or a provider that is busy, says nothing of its health."""
    clock = Clock()
    breaker = Breaker(clock)
    breaker.failed(turn_of(breaker), dead=True)
    clock.now = FIRST_REST
    breaker.abandoned(turn_of(breaker))
    assert breaker.admit() is not None


@given(st.integers(1, 50))
def test_the_rest_grows_and_is_bounded(failures: int) -> None:
    """A provider that is gone for hours is asked every few minutes."""
    clock = Clock()
    breaker = Breaker(clock)
    for _ in range(failures):
        turn = turn_of(breaker)
        breaker.failed(turn, dead=True)
        rest = min(FIRST_REST * 2**_, LONGEST_REST)
        clock.now += rest - 1
        assert breaker.admit() is None
        clock.now += 1


def test_it_is_open_until_a_probe_may_come() -> None:
    """Whoever keeps photos away from an open one must let the probe through."""
    clock = Clock()
    breaker = Breaker(clock)
    assert not breaker.is_open
    breaker.failed(turn_of(breaker), dead=True)
    assert breaker.is_open
    clock.now += FIRST_REST
    assert not breaker.is_open
