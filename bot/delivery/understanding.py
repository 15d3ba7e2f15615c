"""Updates that python-telegram-bot cannot parse, and what is kept in their place.

A newer Bot API may leave out what the library requires. One such update would hold up all that come
after it, so that a bare one with its id takes its place: it is stored like any other, and leaves a
dead letter.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import structlog
from telegram import Update
from telegram.error import TelegramError

if TYPE_CHECKING:
    from telegram import Bot

_MARK: Final = "licence_bot_not_understood"

log = structlog.get_logger(__name__)


class NotUnderstoodError(Exception):
    """An update is the bare one that took the place of another."""


def understood(updates: list[Any]) -> list[Any]:
    """Fetched updates, with bare ones for those that cannot be parsed.

    Raises:
        TelegramError: one has no id, so that nothing can stand for it.
    """
    try:
        Update.de_list(updates)  # mostly all is well, and nobody looks at each
    except Exception:  # noqa: BLE001 - whatever the parsers stumble over; each is told below
        return [_understood(one) for one in updates]
    return updates


def bare(update_id: int, error: Exception) -> dict[str, Any]:
    """What is kept of an update that cannot be parsed; why is logged, but none of its text."""
    log.warning("update not understood", update=update_id, error=type(error).__name__)
    return {"update_id": update_id, _MARK: True}


def opened(data: dict[str, Any], bot: Bot) -> Update:
    """An update that was stored.

    Raises:
        NotUnderstoodError: it is a bare one, and nothing can be done about it.
    """
    update = Update.de_json(data, bot)
    if _MARK in update.api_kwargs:
        raise NotUnderstoodError
    return update


def _understood(one: Any) -> Any:  # noqa: ANN401 - JSON
    try:
        Update.de_json(one, None)
    except Exception as error:  # noqa: BLE001 - likewise
        number = one.get("update_id") if isinstance(one, dict) else None
        if type(number) is not int:
            raise TelegramError("an update without an id") from None
        return bare(number, error)
    return one
