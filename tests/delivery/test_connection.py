"""The connections to Telegram."""

from __future__ import annotations

import asyncio
import ssl
import time
from typing import TYPE_CHECKING

import httpx
import pytest
from telegram.error import NetworkError

from bot.delivery.connection import Heartbeat, connect
from bot.metrics import Metrics
from bot.playground.faults import Fault
from bot.playground.server import Playground, serve
from bot.settings import Telegram

if TYPE_CHECKING:
    from collections.abc import Callable

    from telegram.request import HTTPXRequest


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


async def test_how_long_telegram_is_away_is_known() -> None:
    """By its own errors since the first of them; whatever else it answers ends that."""
    playground = Playground()
    async with serve(playground) as url:
        telegram = Telegram.model_validate({"token": playground.token, "api_url": url})
        me = f"{url}/bot{playground.token}/getMe", "POST"
        async with connect(telegram) as sending:
            assert sending.away == 0
            for code in (429, 400, 401):
                playground.world.faults.add(Fault("getMe", times=2, error_code=502))
                playground.world.faults.add(Fault("getMe", error_code=code))
                await sending.do_request(*me)
                first = sending.away
                await sending.do_request(*me)
                assert sending.away > first > 0
                assert sending.silence < 10
                await sending.do_request(*me)
                assert sending.away == 0


async def test_a_network_that_is_down_is_an_outage(monkeypatch: pytest.MonkeyPatch) -> None:
    """Also at the start; but a failure of the evening says nothing of the next morning."""
    telegram = Telegram.model_validate({"api_url": "http://127.0.0.1:9"})
    async with connect(telegram) as sending:
        for _ in range(2):
            with pytest.raises(NetworkError):
                await sending.do_request("http://127.0.0.1:9/getMe", "POST")
        assert sending.away > 0
        real = time.monotonic
        monkeypatch.setattr(time, "monotonic", lambda: real() + 8 * 3600)
        assert sending.away == 0
        with pytest.raises(NetworkError):
            await sending.do_request("http://127.0.0.1:9/getMe", "POST")
        assert 0 < sending.away < 60


@pytest.mark.parametrize("connection", [connect, Heartbeat])
async def test_a_certificate_that_nobody_vouches_for_is_refused(
    connection: Callable[[Telegram], HTTPXRequest],
) -> None:
    """Over HTTPS it is checked, on this machine too."""
    trustme = pytest.importorskip("trustme")
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    trustme.CA().issue_cert("127.0.0.1").configure_cert(tls)
    server = await asyncio.start_server(lambda _, writer: writer.close(), "127.0.0.1", ssl=tls)
    async with server:
        url = f"https://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        async with connection(Telegram.model_validate({"api_url": url})) as request:
            with pytest.raises(NetworkError, match="CERTIFICATE_VERIFY_FAILED"):
                await request.do_request(url, "GET")
