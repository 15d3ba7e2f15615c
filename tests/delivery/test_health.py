"""Whether the bot is alive, and whether it can take an update."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import httpx
import pytest
from starlette.applications import Starlette
from telegram.error import NetworkError

from bot.delivery import health as module
from bot.delivery.connection import Heartbeat, connect
from bot.delivery.gauges import Gauges
from bot.delivery.health import TOLD, Health, hooked, polled, routes, stored
from bot.delivery.inbox import Inbox
from bot.delivery.sealing import Sealer
from bot.delivery.webhook import Address
from bot.metrics import Metrics
from bot.playground.server import Playground, serve
from bot.serving import serving
from bot.settings import Telegram
from tests.delivery.conftest import message

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from bot.delivery.health import Part
    from bot.delivery.store import Store


def says(code: str) -> Part:
    """A part in that state."""

    async def ask() -> str:
        return code

    return ask


def inbox_of(store: Store) -> Inbox:
    """Where updates come in."""
    return Inbox(store, Sealer([bytes(32)]), 1)


@asynccontextmanager
async def probe(health: Health, store: Store) -> AsyncIterator[httpx.AsyncClient]:
    """Whoever asks how the bot is."""
    metrics = Metrics()
    app = Starlette(routes=routes(health, metrics, Gauges(store, metrics, 1)))
    async with (
        serving(app, "127.0.0.1", 0) as url,
        httpx.AsyncClient(base_url=url, trust_env=False) as client,
    ):
        yield client


async def test_it_is_ready_when_every_part_is(local: Store) -> None:
    """The process lives either way; the body names the part that is not well by a code."""
    stop = asyncio.Event()
    well = Health({"store": stored(local, inbox_of(local), TOLD), "telegram": says("ok")}, stop)
    async with probe(well, local) as client:
        answer = await client.get("/healthz")
        assert answer.status_code == 200
        parts = {"process": "ok", "store": "ok", "telegram": "ok"}
        assert answer.json() == {"ready": True, "parts": parts}
        stop.set()
        answer = await client.get("/healthz")
        assert (answer.status_code, answer.json()["parts"]["process"]) == (503, "stopping")
        assert (await client.get("/livez")).status_code == 200
    ill = Health(
        {"store": stored(local, inbox_of(local), TOLD), "recognition": says("breaker-open")}
    )
    async with probe(ill, local) as client:
        answer = await client.get("/healthz")
        assert answer.status_code == 503
        assert answer.json()["parts"] == {
            "process": "ok",
            "store": "ok",
            "recognition": "breaker-open",
        }


async def test_a_store_that_is_away_is_named(local: Store) -> None:
    """By a code, and not by what the database says."""
    await local.execute("ALTER TABLE bot_schema RENAME TO elsewhere")
    async with probe(Health({"store": stored(local, inbox_of(local), TOLD)}), local) as client:
        answer = await client.get("/healthz")
    await local.execute("ALTER TABLE elsewhere RENAME TO bot_schema")
    assert answer.status_code == 503
    assert answer.json()["parts"]["store"] == "away"


async def test_a_store_that_takes_nothing_is_named(local: Store) -> None:
    """It can be read although its disk is full."""
    inbox = inbox_of(local)
    part, hasty = stored(local, inbox, TOLD), stored(local, inbox, 0)
    full = "BEGIN SELECT RAISE(FAIL, 'database or disk is full'); END"
    await local.execute(f"CREATE TRIGGER full BEFORE INSERT ON bot_payloads {full}")
    assert await part() == "ok"
    with pytest.raises(NetworkError):
        await inbox.put(message(1))
    assert await part() == "takes-nothing"
    assert await hasty() == "ok"  # a balancer that sends nothing would never learn better
    await local.execute("DROP TRIGGER full")
    await inbox.put(message(1))
    assert await part() == "ok"


async def test_a_part_that_hangs_or_breaks_is_named_in_time(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A probe gets an answer whatever happens inside."""
    monkeypatch.setattr(module, "ANSWER", 0.05)

    async def hang() -> str:
        await asyncio.Event().wait()
        return "ok"

    async def fail() -> str:
        raise ValueError("a secret")

    found = await Health({"one": hang, "other": fail}).look()
    assert found == {"process": "ok", "one": "too-slow", "other": "failed"}


async def test_many_probes_are_one_question(monkeypatch: pytest.MonkeyPatch) -> None:
    """What was found out is told again for a few seconds."""
    asked = []

    async def ask() -> str:
        asked.append(1)
        return "ok"

    health = Health({"one": ask})
    await asyncio.gather(*(health.look() for _ in range(20)))
    assert len(asked) == 1
    monkeypatch.setattr(health, "_until", 0.0)
    await health.look()
    assert len(asked) == 2


async def test_who_polls_is_well_while_telegram_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    """Before the first answer, and after a long silence, it is not."""
    playground = Playground()
    async with serve(playground) as url:
        telegram = Telegram.model_validate({"token": playground.token, "api_url": url})
        async with Heartbeat(telegram) as heartbeat:
            ask = polled(heartbeat)
            assert await ask() == "silent"
            await heartbeat.do_request(f"{url}/bot{playground.token}/getMe", "POST")
            assert await ask() == "ok"
            monkeypatch.setattr(module, "PATIENCE", 0.0)
            assert await ask() == "silent"


async def test_who_is_told_is_well_while_telegram_would_tell_it() -> None:
    """A webhook that leads elsewhere, a token that is unknown and a silence are three things."""
    playground = Playground()
    place = Address("http://127.0.0.1:9", "path", "secret-of-sixteen")
    async with serve(playground) as url:
        telegram = Telegram.model_validate({"token": playground.token, "api_url": url})
        async with connect(telegram) as sending:
            ask = hooked(telegram, sending, place)
            assert await ask() == "elsewhere"
            playground.world.webhook.set(place.url)
            assert await ask() == "ok"
            playground.world.token = "1:" + "x" * 35
            assert await ask() == "unknown-token"
            assert sending.refused.is_set()
    async with connect(telegram) as sending:
        assert await hooked(telegram, sending, place)() == "silent"


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
