"""Pressed buttons that wait for the bot's answer."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Any

from bot.playground.refusals import bad_request
from bot.playground.updates import CALLBACK_QUERY_LIFETIME

if TYPE_CHECKING:
    from bot.playground.clock import Clock

KEPT_QUERIES = 1_000
LONGEST_ANSWER = 200
"""Characters of a notification."""

TOO_OLD = "query is too old and response timeout expired or query ID is invalid"


class Callbacks:
    """Open queries by id with the time each was made; one answer each."""

    def __init__(self, clock: Clock) -> None:
        self.chat_instance = str(secrets.randbits(62))
        self._clock = clock
        self._open: dict[str, float] = {}

    def ask(self) -> str:
        """A new query's id."""
        query_id = str(secrets.randbits(62) | 1 << 61)
        self._open[query_id] = self._clock.now()
        for oldest in tuple(self._open)[:-KEPT_QUERIES]:
            del self._open[oldest]
        return query_id

    def answer(self, query_id: str, text: str) -> None:
        """Close a query.

        Raises:
            Refusal: 400 if it is unknown, answered or too old, or the text is too long.
        """
        if len(text) > LONGEST_ANSWER:
            raise bad_request("MESSAGE_TOO_LONG")
        asked = self._open.pop(query_id, None)
        if asked is None or self._clock.now() - asked >= CALLBACK_QUERY_LIFETIME:
            raise bad_request(TOO_OLD)

    def clear(self) -> None:
        """Forget all."""
        self._open.clear()


def callback_query(
    query_id: str, person: dict[str, Any], message: dict[str, Any], instance: str, data: str
) -> dict[str, Any]:
    """A ``CallbackQuery`` of the Bot API."""
    return {
        "id": query_id,
        "from": person,
        "message": message,
        "chat_instance": instance,
        "data": data,
    }
