"""The C library's heap."""

from __future__ import annotations

from bot.recognition.embedded.heap import give_back


def test_giving_back_is_harmless() -> None:
    """Whatever the C library is, and however often."""
    give_back()
    give_back()
