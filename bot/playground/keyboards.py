"""Inline keyboards: what Telegram accepts on a button."""

from __future__ import annotations

from typing import Any

from bot.playground.markup import normal_url
from bot.playground.refusals import bad_request

MOST_BUTTONS = 100
LONGEST_DATA = 64
"""In bytes."""

LONGEST_COPY = 256
LONGEST_PLACEHOLDER = 64
"""In characters."""

STYLES = ("primary", "success", "danger")
ACTIONS = ("callback_data", "url", "copy_text")

Keyboard = dict[str, Any]


def read_keyboard(markup: object) -> Keyboard | None:
    """The inline keyboard in `markup`, or ``None`` where there is none.

    Keyboards of the other kinds (instead of the phone's own, or taking it away) are accepted and
    not shown: in the Bot API they are no part of a message either.

    Raises:
        Refusal: 400 in Telegram's words.
    """
    if markup is None:
        return None
    if not isinstance(markup, dict):
        raise bad_request("object expected as reply markup")
    rows = markup.get("inline_keyboard", [])
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise bad_request(
            'field "inline_keyboard" of the InlineKeyboardMarkup should be an Array of Arrays'
        )
    read = [[_button(button) for button in row] for row in rows if row]
    if sum(map(len, read)) > MOST_BUTTONS:
        raise bad_request("REPLY_MARKUP_TOO_LONG")
    return {"inline_keyboard": read} if read else None


def read_prompt(markup: object) -> str | None:
    """The placeholder with which `markup` makes the person's app reply, empty where it has none.

    ``None`` where it does not: a ``ForceReply`` is no part of a message, it only happens once.

    Raises:
        Refusal: 400 if the placeholder is none.
    """
    if not isinstance(markup, dict) or markup.get("force_reply") is not True:
        return None
    placeholder = markup.get("input_field_placeholder", "")
    if not isinstance(placeholder, str) or len(placeholder) > LONGEST_PLACEHOLDER:
        raise bad_request("REPLY_MARKUP_INVALID")
    return placeholder


def _button(button: object) -> dict[str, Any]:
    if not isinstance(button, dict):
        raise bad_request("inline keyboard button must be an Object")
    text = button.get("text")
    if not isinstance(text, str) or not text.strip():
        raise bad_request("inline keyboard button text must be non-empty")
    action = next((name for name in ACTIONS if button.get(name) is not None), None)
    if action is None:
        raise bad_request("text buttons are unallowed in the inline keyboard")
    read = {"text": text, action: _CHECKS[action](button[action])}
    if "style" in button:
        read["style"] = _style(button["style"])
    return read


def _data(value: object) -> str:
    if not isinstance(value, str) or not 1 <= len(value.encode()) <= LONGEST_DATA:
        raise bad_request("BUTTON_DATA_INVALID")
    return value


def _url(value: object) -> str:
    url = normal_url(value) if isinstance(value, str) else None
    if url is None:
        raise bad_request("BUTTON_URL_INVALID")
    return url


def _copy_text(value: object) -> dict[str, str]:
    text = value.get("text") if isinstance(value, dict) else None
    if not isinstance(text, str) or not 1 <= len(text) <= LONGEST_COPY:
        raise bad_request("BUTTON_COPY_TEXT_INVALID")
    return {"text": text}


def _style(value: object) -> str:
    if value not in STYLES:
        raise bad_request("invalid button style specified")
    return str(value)


_CHECKS = {"callback_data": _data, "url": _url, "copy_text": _copy_text}
