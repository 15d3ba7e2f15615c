"""Inline keyboards."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.playground.keyboards import read_keyboard, read_prompt
from bot.playground.refusals import Refusal


def keyboard(**button: object) -> dict[str, Any]:
    """A keyboard of one button."""
    return {"inline_keyboard": [[{"text": "x", **button}]]}


@pytest.mark.parametrize(
    "button",
    [
        {"callback_data": "t:1"},
        {"url": "https://example.com/"},
        {"copy_text": {"text": "x" * 256}},
        {"callback_data": "a", "style": "danger"},
    ],
)
def test_good_buttons_stay_as_they_are(button: dict[str, Any]) -> None:
    """The keyboard in the message is the one that was sent."""
    assert read_keyboard(keyboard(**button)) == keyboard(**button)


@pytest.mark.parametrize(
    ("markup", "words"),
    [
        (keyboard(), "text buttons are unallowed in the inline keyboard"),
        (keyboard(text="", callback_data="a"), "inline keyboard button text must be non-empty"),
        (keyboard(callback_data=""), "BUTTON_DATA_INVALID"),
        (keyboard(callback_data=5), "BUTTON_DATA_INVALID"),
        (keyboard(url="javascript:1"), "BUTTON_URL_INVALID"),
        (keyboard(url=5), "BUTTON_URL_INVALID"),
        (keyboard(copy_text={"text": "x" * 257}), "BUTTON_COPY_TEXT_INVALID"),
        (keyboard(copy_text="x"), "BUTTON_COPY_TEXT_INVALID"),
        (keyboard(callback_data="a", style="loud"), "invalid button style specified"),
        ({"inline_keyboard": [["x"]]}, "inline keyboard button must be an Object"),
        ({"inline_keyboard": ["x"]}, 'field "inline_keyboard" of the InlineKeyboardMarkup should'),
        (
            {"inline_keyboard": [[{"text": "x", "callback_data": "a"}] * 101]},
            "REPLY_MARKUP_TOO_LONG",
        ),
        ("x", "object expected as reply markup"),
    ],
)
def test_refusals(markup: object, words: str) -> None:
    """Telegram's words, codes in capitals."""
    with pytest.raises(Refusal) as refused:
        read_keyboard(markup)
    assert refused.value.description.startswith(f"Bad Request: {words}")


@settings(deadline=None)  # other work on this machine is no failure
@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=70))
def test_data_is_measured_in_bytes(data: str) -> None:
    """1 to 64 bytes of UTF-8."""
    fits = 1 <= len(data.encode()) <= 64
    try:
        assert read_keyboard(keyboard(callback_data=data)) is not None
        assert fits
    except Refusal:
        assert not fits


@pytest.mark.parametrize("markup", [None, {}, {"inline_keyboard": []}, {"remove_keyboard": True}])
def test_no_keyboard(markup: object) -> None:
    """Nothing, an empty one, and those of other kinds are none."""
    assert read_keyboard(markup) is None


@pytest.mark.parametrize(
    ("markup", "prompt"),
    [
        ({"force_reply": True}, ""),
        ({"force_reply": True, "selective": True, "input_field_placeholder": "x" * 64}, "x" * 64),
        ({"force_reply": False}, None),
        ({"force_reply": 1}, None),
        ({"inline_keyboard": []}, None),
        (None, None),
    ],
)
def test_a_reply_is_asked_for_with_a_placeholder(markup: object, prompt: str | None) -> None:
    """It is no part of the message, so that no keyboard comes of it."""
    assert read_prompt(markup) == prompt
    assert read_keyboard(markup) is None


@pytest.mark.parametrize("placeholder", ["x" * 65, 5, ["x"]])
def test_a_placeholder_is_a_short_text(placeholder: object) -> None:
    """Telegram shows at most 64 characters in the empty field."""
    with pytest.raises(Refusal, match="REPLY_MARKUP_INVALID"):
        read_prompt({"force_reply": True, "input_field_placeholder": placeholder})
