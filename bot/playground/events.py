"""What the page hears about, as server-sent events."""

from __future__ import annotations

import asyncio
import json
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

HEARTBEAT = 15.0
"""Seconds of silence after which a comment is sent, so that both ends notice a dead line."""

BACKLOG = 2_000
"""Events kept for a slow listener; one that falls further behind is cut off and comes again."""


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened, and what the page needs to show it."""

    name: str
    data: dict[str, Any]

    def encode(self) -> str:
        """The event as it stands in the stream."""
        data = json.dumps({"type": self.name, **self.data}, ensure_ascii=False)
        return f"event: {self.name}\ndata: {data}\n\n"


Listener = asyncio.Queue[Event | None]


class Events:
    """Sends every event to everybody who listens."""

    def __init__(self) -> None:
        self._listeners: set[Listener] = set()

    def publish(self, name: str, **data: object) -> None:
        """Tell everybody; never waits."""
        for listener in tuple(self._listeners):
            if listener.qsize() >= BACKLOG:
                self._cut_off(listener)
            else:
                listener.put_nowait(Event(name, data))

    def close(self) -> None:
        """End every stream."""
        for listener in tuple(self._listeners):
            self._cut_off(listener)

    def _cut_off(self, listener: Listener) -> None:
        self._listeners.discard(listener)
        listener.put_nowait(None)

    @contextmanager
    def listen(self) -> Iterator[Listener]:
        """A queue of events from now on; ``None`` is the end."""
        listener: Listener = asyncio.Queue()
        self._listeners.add(listener)
        try:
            yield listener
        finally:
            self._listeners.discard(listener)

    async def stream(self, heartbeat: float = HEARTBEAT) -> AsyncIterator[str]:
        """The body of ``GET /api/events``: at once a greeting, then what happens."""
        with self.listen() as listener:
            yield "retry: 1000\n" + Event("hello", {}).encode()
            while True:
                try:
                    event = await asyncio.wait_for(listener.get(), heartbeat)
                except TimeoutError:
                    yield ": still here\n\n"
                    continue
                if event is None:
                    return
                yield event.encode()
