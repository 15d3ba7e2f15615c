"""Whether the bot is alive."""

from __future__ import annotations

import httpx
import pytest

from bot.delivery import health as module
from bot.delivery.connection import Heartbeat, connect
from bot.delivery.health import health
from bot.playground.server import Playground, serve
from bot.serving import serving
from bot.settings import Telegram


async def status(heartbeat: Heartbeat) -> int:
    """What a probe reads."""
    async with (
        serving(health(heartbeat), "127.0.0.1", 0) as url,
        httpx.AsyncClient(base_url=url, trust_env=False) as client,
    ):
        return (await client.get("/healthz")).status_code


async def test_a_bot_that_telegram_answers_is_alive(monkeypatch: pytest.MonkeyPatch) -> None:
    """Before the first answer, and after a long silence, it is not."""
    playground = Playground()
    async with serve(playground) as url:
        telegram = Telegram.model_validate({"token": playground.token, "api_url": url})
        async with Heartbeat(telegram) as heartbeat:
            assert await status(heartbeat) == 503
            await heartbeat.do_request(f"{url}/bot{playground.token}/getMe", "POST")
            assert await status(heartbeat) == 200
            monkeypatch.setattr(module, "PATIENCE", 0.0)
            assert await status(heartbeat) == 503


@pytest.mark.parametrize(
    ("url", "trusted"),
    [
        ("https://api.telegram.org", True),
        ("http://127.0.0.1:8081", False),
        ("http://localhost:8081", False),
        ("http://[::1]:8081", False),
        ("http://10.0.0.1:8081", True),
    ],
)
async def test_a_proxy_is_for_what_is_elsewhere(
    url: str, trusted: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The environment's proxy never stands before a server on this machine."""
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:9")
    async with connect(Telegram.model_validate({"api_url": url})) as connection:
        assert connection._client.trust_env is trusted
