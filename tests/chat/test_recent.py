"""A memory of the last few things."""

from __future__ import annotations

from bot.chat.recent import REMEMBERED, Recent


def test_a_thing_is_new_once() -> None:
    """Adding tells whether it was known."""
    recent: Recent[str] = Recent()
    assert recent.add("a")
    assert not recent.add("a")
    assert "a" in recent


def test_a_forgotten_thing_is_new_again() -> None:
    """What is discarded may come again; discarding the unknown does nothing."""
    recent: Recent[str] = Recent()
    recent.add("a")
    recent.discard("a")
    recent.discard("b")
    assert recent.add("a")


def test_the_memory_is_bounded_and_forgets_the_oldest() -> None:
    """A busy year fills no memory."""
    recent: Recent[int] = Recent()
    for thing in range(REMEMBERED):
        recent.add(thing)
    recent.add(0)
    recent.add(-1)
    assert 0 in recent
    assert 1 not in recent
