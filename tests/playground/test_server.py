"""Serving and stopping."""

from __future__ import annotations

import asyncio
import signal
import socket
import time
from typing import TYPE_CHECKING

import httpx
import pytest
from starlette.applications import Starlette
from starlette.responses import Response
from starlette.routing import Route

from bot.playground.server import Playground, serve

if TYPE_CHECKING:
    from starlette.requests import Request


def test_a_token_looks_like_botfathers() -> None:
    """New for each process, or the one that was given."""
    one, other = Playground(), Playground()
    assert one.token != other.token
    number, secret = one.token.split(":")
    assert number.isdigit()
    assert len(secret) == 35
    assert Playground(token=one.token).token == one.token


async def test_it_leaves_signals_alone() -> None:
    """They belong to whoever runs the event loop."""
    before = [signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)]
    async with serve(Playground()):
        assert [signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)] == before


async def test_it_stops_while_others_wait() -> None:
    """A long poll gets an empty answer, an event stream its end, and nothing takes long."""
    playground = Playground()
    async with httpx.AsyncClient(trust_env=False, timeout=40) as client:
        async with serve(playground) as url:
            updates = f"{url}/bot{playground.token}/getUpdates?timeout=50"
            poll = asyncio.ensure_future(client.get(updates))
            events = asyncio.ensure_future(client.get(f"{url}/api/events"))
            await asyncio.sleep(0.1)
            began = time.monotonic()
        assert (await poll).json() == {"ok": True, "result": []}
        assert "event: hello" in (await events).text
    assert time.monotonic() - began < 20


async def test_a_playground_can_be_served_again() -> None:
    """The chat is still there, and polls wait again."""
    playground = Playground()
    async with httpx.AsyncClient(trust_env=False) as client:
        async with serve(playground) as url:
            await client.post(f"{url}/api/messages", data={"text": "x"})
        async with serve(playground) as url:
            assert len((await client.get(f"{url}/api/messages")).json()) == 1


async def test_a_taken_port_is_an_error_of_the_caller() -> None:
    """No exit, no log: OSError."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(OSError, match="in use"):
            async with serve(Playground(), port=port):
                pass


@pytest.mark.parametrize("host", ["0.0.0.0", "127.0.0.1"])  # noqa: S104 - for a moment
async def test_the_address_can_be_opened(host: str) -> None:
    """Also where it listens everywhere."""
    async with serve(Playground(), host=host) as url, httpx.AsyncClient(trust_env=False) as client:
        assert url.startswith("http://127.0.0.1:")
        assert (await client.get(url)).status_code == 200


async def test_ipv6_where_there_is_one() -> None:
    """The address stands in brackets."""
    if not socket.has_ipv6:
        pytest.skip("this Python has no IPv6")
    try:
        async with serve(Playground(), host="::1") as url:
            assert url.startswith("http://[::1]:")
    except OSError:
        pytest.skip("this machine has no IPv6")


async def test_an_ordered_delay_ends_with_the_server() -> None:
    """Nobody waits a minute for a test to end."""
    playground = Playground()
    async with httpx.AsyncClient(trust_env=False) as client:
        async with serve(playground) as url:
            await client.post(f"{url}/api/faults", json={"method": "getMe", "delay": 60})
            slow = asyncio.ensure_future(client.get(f"{url}/bot{playground.token}/getMe"))
            await asyncio.sleep(0.05)
        assert (await asyncio.wait_for(slow, 20)).status_code == 200


async def test_what_will_not_end_is_cut_off(monkeypatch: pytest.MonkeyPatch) -> None:
    """A request that goes on for ever holds nothing up."""
    monkeypatch.setattr("bot.serving.PATIENCE", 0.05)

    async def endless(_: Request) -> Response:
        await asyncio.Event().wait()
        return Response()

    playground = Playground()
    playground.app = Starlette(routes=[Route("/", endless)])
    async with httpx.AsyncClient(trust_env=False) as client:
        async with serve(playground) as url:
            hanging = asyncio.ensure_future(client.get(url))
            await asyncio.sleep(0.05)
        assert (await asyncio.wait_for(hanging, 20)).status_code == 500
