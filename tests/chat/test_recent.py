"""A memory of the last few things."""

from __future__ import annotations

import asyncio

import pytest

from bot.chat.recent import REMEMBERED, Once, Recent


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


async def test_a_press_is_granted_once_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """While it is granted and for a moment after; another press is another one."""
    monkeypatch.setattr("bot.chat.recent.REPEAT", 0.05)
    presses: Once[str] = Once()
    async with presses.new("show") as first, presses.new("show") as second:
        assert (first, second) == (True, False)
    async with presses.new("show") as third, presses.new("json") as other:
        assert (third, other) == (False, True)
    await asyncio.sleep(0.2)
    async with presses.new("show") as later:
        assert later


async def test_what_failed_may_be_pressed_again() -> None:
    """At once."""
    presses: Once[str] = Once()

    async def fail() -> None:
        async with presses.new("show"):
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await fail()
    async with presses.new("show") as again:
        assert again
