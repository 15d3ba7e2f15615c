"""Queries that wait for an answer."""

from __future__ import annotations

import pytest

from bot.playground import callbacks as module
from bot.playground.accounts import Person
from bot.playground.callbacks import Callbacks
from bot.playground.clock import Clock
from bot.playground.entities import Text
from bot.playground.messages import Message
from bot.playground.refusals import Refusal
from bot.playground.server import Playground


def test_the_oldest_queries_are_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pressing all day fills no memory."""
    monkeypatch.setattr(module, "KEPT_QUERIES", 2)
    callbacks = Callbacks(Clock())
    first, *others = [callbacks.ask() for _ in range(3)]
    with pytest.raises(Refusal, match="query is too old"):
        callbacks.answer(first, "")
    for query in others:
        callbacks.answer(query, "")


def test_ids_are_64_bit_numbers_as_text() -> None:
    """As Telegram's are."""
    query = Callbacks(Clock()).ask()
    assert 2**61 <= int(query) < 2**63


def test_anybody_may_press() -> None:
    """In a chat of their own, under a message of that chat."""
    world = Playground().world
    somebody = world.join(Person(id=1_001, first_name="Somebody"))
    shown = somebody.add(Message(0, 0, by_bot=True, text=Text("Which page?")))
    query = world.press(shown, "read:1", somebody)
    (update,) = world.updates.pending()
    assert update.payload["id"] == query
    assert update.payload["from"]["id"] == update.payload["message"]["chat"]["id"] == 1_001
