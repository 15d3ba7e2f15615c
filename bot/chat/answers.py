"""A message as the bot sends it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from telegram import InlineKeyboardMarkup


@dataclass(frozen=True, slots=True)
class Answer:
    """A message: Telegram HTML and the buttons under it."""

    text: str
    keyboard: InlineKeyboardMarkup | None = None
