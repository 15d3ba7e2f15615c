"""Memory for the networks."""

from __future__ import annotations

from bot.recognition.embedded import memory, models


def test_the_arena_is_shared_by_whoever_loads() -> None:
    """Twice in a process is once."""
    assert memory.shared() is memory.shared()
    assert models.load(1).reader.characters == models.load(1).reader.characters
