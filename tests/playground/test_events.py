"""Server-sent events."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING

from bot.playground import events as module
from bot.playground.events import Event, Events

if TYPE_CHECKING:
    import httpx
    import pytest


async def test_everybody_hears_everything_from_now_on() -> None:
    """Until it ends."""
    events = Events()
    with events.listen() as one, events.listen() as other:
        events.publish("reset")
        events.close()
        for listener in (one, other):
            assert listener.get_nowait() == Event("reset", {})
            assert listener.get_nowait() is None
    events.publish("reset")
    assert one.empty()


async def test_who_falls_behind_is_cut_off(monkeypatch: pytest.MonkeyPatch) -> None:
    """The page comes again and loads everything."""
    monkeypatch.setattr(module, "BACKLOG", 2)
    events = Events()
    with events.listen() as slow:
        for _ in range(5):
            events.publish("reset")
        heard = [slow.get_nowait() for _ in range(slow.qsize())]
    assert heard == [Event("reset", {}), Event("reset", {}), None]


async def test_a_silent_stream_shows_that_it_lives() -> None:
    """A comment now and then."""
    stream = Events().stream(heartbeat=0.01)
    assert (await anext(stream)).startswith("retry: 1000\nevent: hello\n")
    assert await anext(stream) == ": still here\n\n"
    await stream.aclose()  # type: ignore[attr-defined]


async def test_over_http(bot: httpx.AsyncClient, person: httpx.AsyncClient) -> None:
    """Names and data of what happens, in order."""
    heard: list[dict[str, object]] = []
    async with person.stream("GET", "/api/events") as stream:
        assert stream.headers["content-type"].startswith("text/event-stream")
        lines = stream.aiter_lines()
        while "hello" not in await anext(lines):
            pass
        await person.post("/api/messages", data={"text": "驾"})
        await person.delete("/api/messages/101")
        await bot.post("setMyCommands", json={"commands": []})
        await person.post("/api/person", json={"language_code": "zh-hans"})
        await person.post("/api/reset")
        while len(heard) < 5:
            line = await asyncio.wait_for(anext(lines), 20)
            if line.startswith("data: ") and "hello" not in line:
                heard.append(json.loads(line.removeprefix("data: ")))
    assert [event["type"] for event in heard] == [
        "message",
        "deleted",
        "profile",
        "person",
        "reset",
    ]
    assert heard[0]["message"]["text"] == "驾"  # type: ignore[index]
    assert heard[1]["message_id"] == 101
