"""The connections to Telegram."""

from __future__ import annotations

import httpx

from bot.delivery.connection import connect
from bot.metrics import Metrics
from bot.playground.server import Playground, serve
from bot.settings import Telegram


async def test_what_telegram_answers_is_noted() -> None:
    """A 429 is counted, a file that is gone is nothing, a token that is unknown is the end."""
    playground, metrics = Playground(), Metrics()
    async with serve(playground) as url:
        telegram = Telegram.model_validate({"token": playground.token, "api_url": url})
        async with httpx.AsyncClient(base_url=url, trust_env=False) as client:
            fault = {"method": "getMe", "error_code": 429, "retry_after": 1}
            await client.post("/api/faults", json=fault)
        async with connect(telegram, metrics) as sending:
            assert sending.silence == float("inf")
            await sending.do_request(f"{url}/bot{playground.token}/getMe", "POST")
            assert metrics.value("telegram_waits_total") == 1
            assert sending.silence < 10
            await sending.do_request(f"{url}/file/bot{playground.token}/gone", "GET")
            assert not sending.refused.is_set()
            await sending.do_request(f"{url}/bot1:{'x' * 35}/getMe", "POST")
            assert sending.refused.is_set()
