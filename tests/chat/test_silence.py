"""What was said lately is not said again."""

from __future__ import annotations

from bot.chat.silence import REMEMBERED, Silence


def test_a_thing_is_said_once_in_a_while() -> None:
    """Others are said meanwhile."""
    now = 0.0
    silence = Silence(600, lambda: now)
    assert silence.breaks("a")
    now = 599.9
    assert not silence.breaks("a")
    assert silence.breaks("b")
    now = 600.0
    assert silence.breaks("a")
    assert not silence.breaks("a")


def test_what_was_not_said_after_all_may_be() -> None:
    """Forgetting the unknown does nothing."""
    silence = Silence()
    assert silence.breaks("a")
    silence.forget("a")
    silence.forget("b")
    assert silence.breaks("a")


def test_the_memory_is_bounded() -> None:
    """A crowd of strangers fills no memory; the ones of longest ago are forgotten."""
    silence = Silence(600, lambda: 0.0)
    assert all(silence.breaks(thing) for thing in range(REMEMBERED + 1))
    assert not silence.breaks(1)
    assert silence.breaks(0)
