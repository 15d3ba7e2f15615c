"""Serving an application, and the address at which it is found."""

from __future__ import annotations

import socket

import httpx
import pytest
from starlette.applications import Starlette

from bot.serving import address, outward, serving


@pytest.mark.parametrize(
    ("host", "url"),
    [
        ("127.0.0.1", "http://127.0.0.1:80"),
        ("0.0.0.0", "http://127.0.0.1:80"),  # noqa: S104 - compared, not bound
        ("::", "http://[::1]:80"),
        ("fd00::1", "http://[fd00::1]:80"),
        ("reader", "http://reader:80"),
    ],
)
def test_this_machine_reaches_its_own_server(host: str, url: str) -> None:
    """Over its loopback address, where it listens everywhere."""
    assert address(host, 80) == url


@pytest.mark.parametrize("host", ["0.0.0.0", "::"])  # noqa: S104 - compared, not bound
def test_others_reach_it_by_its_name(host: str) -> None:
    """Where it listens everywhere; the loopback address would be their own."""
    assert outward(host, 80) == f"http://{socket.gethostname()}:80"


def test_others_reach_it_at_its_address() -> None:
    """Where it listens at one only."""
    assert outward("10.1.2.3", 80) == "http://10.1.2.3:80"


async def test_what_is_served_answers_at_its_url() -> None:
    """Also where it listens everywhere."""
    async with (
        serving(Starlette(), "0.0.0.0", 0) as url,  # noqa: S104 - it is what is tested
        httpx.AsyncClient(trust_env=False) as client,
    ):
        assert (await client.get(url, timeout=20)).status_code == 404
