"""Being told of updates: set at Telegram, answered, stopped."""

from __future__ import annotations

import asyncio
import socket
from typing import TYPE_CHECKING

from bot.playground.server import Playground, serve
from tests.test_cli import says_hello, start, stops

if TYPE_CHECKING:
    from pathlib import Path

PATIENCE = 30.0


def free_port() -> int:
    """One that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        return int(free.getsockname()[1])


async def test_run_with_a_webhook_is_the_whole_way(tmp_path: Path) -> None:
    """From Telegram's delivery to the answer in the chat; the webhook outlives the process."""
    playground, port = Playground(), free_port()
    async with serve(playground) as url, asyncio.timeout(PATIENCE):
        program = await start(
            "run",
            "--webhook",
            BOT_TELEGRAM__TOKEN=playground.token,
            BOT_TELEGRAM__API_URL=url,
            BOT_TELEGRAM__WEBHOOK_URL=f"http://127.0.0.1:{port}/bot",
            BOT_TELEGRAM__WEBHOOK_PORT=str(port),
            BOT_DATABASE_URL=f"sqlite:///{tmp_path}/bot.db",
        )
        await says_hello(url)
        assert playground.world.updates.allowed == frozenset({"message", "callback_query"})
        await stops(program)
    assert playground.world.webhook.url.startswith(f"http://127.0.0.1:{port}/bot/")
