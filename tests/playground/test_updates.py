"""The queue of updates."""

from __future__ import annotations

from bot.playground.clock import Clock
from bot.playground.updates import CALLBACK_QUERY_LIFETIME, MESSAGE_LIFETIME, Updates


def test_each_kind_has_its_lifetime() -> None:
    """Presses live for 150 seconds, messages for a day."""
    clock = Clock()
    updates = Updates(clock)
    updates.put("message", {}, MESSAGE_LIFETIME)
    updates.put("callback_query", {}, CALLBACK_QUERY_LIFETIME)
    clock.advance(149)
    assert [update.kind for update in updates.pending()] == ["message", "callback_query"]
    clock.advance(2)
    assert [update.kind for update in updates.pending()] == ["message"]
    clock.advance(86_400)
    assert updates.pending() == []


def test_unwanted_kinds_are_never_queued() -> None:
    """What is allowed is decided when an update is made, and some kinds must be asked for."""
    updates = Updates(Clock())
    updates.put("message_reaction", {}, 100)
    updates.allowed = frozenset({"callback_query"})
    updates.put("message", {}, 100)
    updates.put("callback_query", {}, 100)
    updates.allowed = None
    assert [update.kind for update in updates.pending()] == ["callback_query"]


def test_ids_go_on_counting() -> None:
    """Also after everything was dropped."""
    updates = Updates(Clock())
    updates.put("message", {}, 100)
    [before] = updates.pending()
    updates.clear()
    updates.put("message", {"x": 1}, 100)
    [after] = updates.pending()
    assert after.id == before.id + 1
    assert after.to_api() == {"update_id": after.id, "message": {"x": 1}}
