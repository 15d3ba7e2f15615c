"""Whether a program lives: what `licence-bot alive` finds out."""

from __future__ import annotations

import asyncio
import json
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

import pytest

from bot.errors import SettingsError
from bot.liveness import bot_lives, engine_lives
from bot.settings import Health, Serve

if TYPE_CHECKING:
    from collections.abc import AsyncIterator


@asynccontextmanager
async def answering(body: bytes, status: str = "200 OK") -> AsyncIterator[dict[str, Any]]:
    """Somebody who answers whatever is asked; where."""

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        head = f"HTTP/1.1 {status}\r\nContent-Length: {len(body)}\r\n\r\n"
        writer.write(head.encode() + body)
        writer.close()

    async with await asyncio.start_server(answer, "127.0.0.1", 0) as server:
        yield {"port": server.sockets[0].getsockname()[1]}


async def bot_says(body: bytes, status: str = "200 OK") -> bool:
    """Whether a bot that says so lives."""
    async with answering(body, status) as place:
        return await asyncio.to_thread(bot_lives, Health.model_validate(place))


@pytest.mark.parametrize(
    ("parts", "lives"),
    [
        ({"store": "ok", "telegram": "ok"}, True),
        ({"store": "away", "telegram": "ok"}, True),
        ({"store": "ok", "telegram": "elsewhere"}, True),
        ({"store": "ok", "telegram": "silent"}, False),
    ],
)
async def test_only_silence_is_death(parts: dict[str, str], *, lives: bool) -> None:
    """A restart mends a connection to Telegram; it mends neither a database nor a setting."""
    body = json.dumps({"ready": False, "parts": parts}).encode()
    assert await bot_says(body, "503 Service Unavailable") == lives


@pytest.mark.parametrize("body", [b"", b"{}", b"[]", b'{"parts": null}', b'{"parts": {}}', b"\xff"])
async def test_somebody_elses_port_is_no_bot(body: bytes) -> None:
    """Whatever answers there, a bot says how Telegram is."""
    assert not await bot_says(body)


async def test_an_engine_lives_while_it_answers() -> None:
    """It has a word for it of its own; who has none is no engine."""
    async with answering(b"ok") as place:
        assert await asyncio.to_thread(engine_lives, Serve.model_validate(place))
    assert not await asyncio.to_thread(engine_lives, Serve.model_validate(place))
    async with answering(b"", "404 Not Found") as place:
        assert not await asyncio.to_thread(engine_lives, Serve.model_validate(place))


def test_nobody_knows_where_to_ask() -> None:
    """One line names the setting."""
    with pytest.raises(SettingsError, match="BOT_HEALTH__PORT: missing"):
        bot_lives(Health())
