"""A fuse before a provider."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.recognition.breaker import FIRST_REST, LONGEST_REST, Breaker


class Clock:
    """Seconds that a test moves."""

    now = 0.0

    def __call__(self) -> float:
        """The time."""
        return self.now


def test_a_working_provider_is_asked() -> None:
    """Nothing stands in the way."""
    breaker = Breaker(Clock())
    assert breaker.lets_through()
    breaker.worked()
    assert breaker.lets_through()


def test_a_dead_provider_is_left_alone_and_then_probed_once() -> None:
    """After the rest one call may try; the others wait for its outcome."""
    clock = Clock()
    breaker = Breaker(clock)
    breaker.failed()
    assert not breaker.lets_through()
    clock.now = FIRST_REST
    assert breaker.lets_through()
    assert not breaker.lets_through()
    breaker.worked()
    assert breaker.lets_through()


def test_the_rest_grows_with_every_failing_probe() -> None:
    """A provider that is gone for hours is asked every few minutes."""
    clock = Clock()
    breaker = Breaker(clock)
    breaker.failed()
    breaker.failed()
    clock.now = FIRST_REST
    assert not breaker.lets_through()
    clock.now = 2 * FIRST_REST
    assert breaker.lets_through()


@given(st.integers(1, 50))
def test_the_rest_is_bounded(failures: int) -> None:
    """However long it was dead, it is probed again."""
    clock = Clock()
    breaker = Breaker(clock)
    for _ in range(failures):
        breaker.failed()
    clock.now = LONGEST_REST
    assert breaker.lets_through()
