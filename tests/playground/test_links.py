"""Links Telegram finds by itself."""

from __future__ import annotations

import time

import pytest

from bot.playground.entities import Entity, Text, utf16_slice
from bot.playground.links import find_links


@pytest.mark.parametrize(
    ("text", "kind", "found"),
    [
        ("/start", "bot_command", "/start"),
        ("say /help@some_bot now", "bot_command", "/help@some_bot"),
        ("see https://example.com/a?b=c.", "url", "https://example.com/a?b=c"),
        ("见https://example.com/证。好", "url", "https://example.com/证"),
        ("write to a.b@example.com!", "email", "a.b@example.com"),
        ("ask @BotFather", "mention", "@BotFather"),
        ("a #驾驶证 b", "hashtag", "#驾驶证"),
    ],
)
def test_it_is_found(text: str, kind: str, found: str) -> None:
    """With its exact stretch, also behind an emoji."""
    content = "😀 " + text if not text.startswith("/") else text
    [entity] = find_links(Text(content)).entities
    assert entity.type == kind
    assert utf16_slice(content, entity.offset, entity.length) == found


@pytest.mark.parametrize("text", ["1/2", "a/b", "</b>", "//x", "#1", "x@y", "http://"])
def test_it_is_not_found(text: str) -> None:
    """Slashes and signs in running text mean nothing."""
    assert find_links(Text(text)).entities == ()


def test_code_and_links_made_by_hand_are_left_alone() -> None:
    """A plate number in code is no command."""
    marked = Text("/start", (Entity("code", 0, 6),))
    assert find_links(marked) == marked


def test_many_links_take_no_time() -> None:
    """Finding is not quadratic in what a text may hold."""
    began = time.process_time()
    assert len(find_links(Text("#a " * 8000)).entities) == 100
    assert time.process_time() - began < 2
