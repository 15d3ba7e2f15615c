"""Texts and captions: parsed, measured, refused."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.playground.entities import Entity
from bot.playground.parameters import Parameters
from bot.playground.refusals import Refusal
from bot.playground.wording import read_caption, read_text


def refusal(values: dict[str, Any]) -> str:
    """The words with which a text is refused."""
    with pytest.raises(Refusal) as refused:
        read_text(Parameters(values))
    return refused.value.description


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({}, "message text is empty"),
        ({"text": ""}, "message text is empty"),
        ({"text": " \n\t"}, "text must be non-empty"),
        ({"text": "<b> </b>", "parse_mode": "HTML"}, "text must be non-empty"),
        ({"text": "x" * 4097}, "message is too long"),
        ({"text": "x" * 32_769}, "text is too long"),
        ({"text": "驾" * 10_923}, "text is too long"),
        ({"text": "x", "parse_mode": "MarkdownV2"}, "unsupported parse_mode"),
        ({"text": "x", "entities": "nonsense"}, "can't parse entities JSON object"),
        ({"text": "x", "entities": "{}"}, None),
        ({"text": "x", "entities": '["a"]'}, "expected an Array of MessageEntity"),
    ],
)
def test_refusals(values: dict[str, Any], words: str | None) -> None:
    """Telegram's own words for every reason."""
    if words is None:
        assert read_text(Parameters(values)).content == "x"
    else:
        assert refusal(values) == f"Bad Request: {words}"


@settings(deadline=None)  # other work on this machine is no failure
@given(st.integers(4090, 4100), st.sampled_from("x驾😀"))
def test_the_limit_counts_code_points(length: int, character: str) -> None:
    """4096 of any kind, emoji included."""
    values = {"text": character * length}
    if length <= 4096:
        assert read_text(Parameters(values)).content == character * length
    else:
        assert refusal(values) == "Bad Request: message is too long"


def test_markup_does_not_count() -> None:
    """The limit is taken after parsing."""
    markup = "<b>" + "x" * 4096 + "</b>"
    text = read_text(Parameters({"text": markup, "parse_mode": "html"}))
    assert text.entities == (Entity("bold", 0, 4096),)


def test_entities_may_be_sent_ready_made() -> None:
    """As JSON in a form, or as JSON itself."""
    entity = {"type": "bold", "offset": 0, "length": 1}
    for entities in ([entity], '[{"type": "bold", "offset": 0, "length": 1}]'):
        text = read_text(Parameters({"text": "x", "entities": entities}))
        assert text.entities == (Entity("bold", 0, 1),)


def test_captions_are_shorter_and_may_be_absent() -> None:
    """1024 code points, or nothing at all."""
    assert read_caption(Parameters({})) is None
    assert read_caption(Parameters({"caption": "  "})) is None
    caption = read_caption(Parameters({"caption": "x" * 1024}))
    assert caption is not None
    with pytest.raises(Refusal, match="message caption is too long"):
        read_caption(Parameters({"caption": "x" * 1025}))
