"""The queue of updates a bot has not taken yet."""

from __future__ import annotations

from collections import deque
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bot.playground.pulse import Pulse

if TYPE_CHECKING:
    from bot.playground.clock import Clock

KEPT_UPDATES = 10_000
MESSAGE_LIFETIME = 86_400
CALLBACK_QUERY_LIFETIME = 150
"""Seconds an update waits for the bot (telegram-bot-api, ``Client.cpp``)."""

UNASKED = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
"""Kinds a bot gets only if it names them."""

FIRST_UPDATE_ID = 410_220_001


@dataclass(frozen=True, slots=True)
class Update:
    """One update; `expires` is a time on the playground's clock."""

    id: int
    kind: str
    payload: dict[str, Any]
    expires: float

    def to_api(self) -> dict[str, Any]:
        """An ``Update`` of the Bot API."""
        return {"update_id": self.id, self.kind: self.payload}


class Updates:
    """Updates in order; the oldest give way when there are too many."""

    def __init__(self, clock: Clock) -> None:
        self.allowed: frozenset[str] | None = None
        self._clock = clock
        self._queue: deque[Update] = deque(maxlen=KEPT_UPDATES)
        self._next_id = FIRST_UPDATE_ID
        self.arrived = Pulse()

    def put(self, kind: str, payload: dict[str, Any], lifetime: float) -> None:
        """Queue an update for `lifetime` seconds, unless the bot does not want its kind."""
        if kind in UNASKED if self.allowed is None else kind not in self.allowed:
            return
        self._queue.append(Update(self._next_id, kind, payload, self._clock.now() + lifetime))
        self._next_id += 1
        self.arrived.beat()

    def pending(self) -> list[Update]:
        """What waits now; what has waited too long is dropped."""
        now = self._clock.now()
        alive = [update for update in self._queue if update.expires > now]
        if len(alive) < len(self._queue):
            self._queue = deque(alive, maxlen=KEPT_UPDATES)
        return alive

    def confirm(self, offset: int) -> None:
        """Drop every update before `offset`; a negative one keeps the last ``-offset``."""
        if offset < 0:
            surplus = len(self._queue) + offset
        else:
            surplus = sum(update.id < offset for update in self._queue)
        for _ in range(surplus):
            self._queue.popleft()

    def remove(self, update: Update) -> None:
        """Drop one, which may be gone already."""
        with suppress(ValueError):
            self._queue.remove(update)

    def clear(self) -> None:
        """Drop all."""
        self._queue.clear()

    async def wait(self) -> None:
        """Wait until there is at least one."""
        while not self.pending():
            await self.arrived.wait()
