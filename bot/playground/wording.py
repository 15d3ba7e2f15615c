"""The text of a message as a bot or a person sends it: parsed, measured, refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.playground.entities import Text, arrange, clean, from_api, trim
from bot.playground.links import find_links
from bot.playground.markup import parse_html
from bot.playground.refusals import bad_request

if TYPE_CHECKING:
    from bot.playground.parameters import Parameters

LONGEST_TEXT = 4_096
LONGEST_CAPTION = 1_024
"""In code points, after the markup has been read."""

LONGEST_RAW = 32_768
"""In bytes, markup included."""


def read_text(parameters: Parameters) -> Text:
    """The ``text`` of a request.

    Raises:
        Refusal: 400 if it is missing, blank, too long or wrongly marked.
    """
    raw = parameters.text("text")
    if not raw:
        raise bad_request("message text is empty")
    text = _read(parameters, raw, "entities")
    if not text.content:
        raise bad_request("text must be non-empty")
    if len(text.content) > LONGEST_TEXT:
        raise bad_request("message is too long")
    return text


def read_caption(parameters: Parameters) -> Text | None:
    """The ``caption`` of a request, ``None`` if there is none.

    Raises:
        Refusal: 400 if it is too long or wrongly marked.
    """
    text = _read(parameters, parameters.text("caption"), "caption_entities")
    if len(text.content) > LONGEST_CAPTION:
        raise bad_request("message caption is too long")
    return text if text.content else None


def _read(parameters: Parameters, raw: str, entities: str) -> Text:
    if len(raw.encode()) > LONGEST_RAW:
        raise bad_request("text is too long")
    raw = clean(raw)
    mode = parameters.text("parse_mode").lower()
    if mode == "html":
        return dress(parse_html(raw))
    if mode:
        raise bad_request("unsupported parse_mode")
    ready = parameters.structure(entities) or []
    if not isinstance(ready, list) or not all(isinstance(item, dict) for item in ready):
        raise bad_request("expected an Array of MessageEntity")
    return dress(Text(raw, from_api(ready, raw)))


def dress(text: Text) -> Text:
    """Trimmed, and with the links Telegram finds by itself."""
    trimmed = trim(text)
    return find_links(Text(trimmed.content, arrange(trimmed.entities)))
