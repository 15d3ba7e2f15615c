"""Who may drive the person's side."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    import httpx

    from bot.playground.server import Playground


@pytest.mark.parametrize(
    "host", ["127.0.0.1:1", "localhost", "localhost:8081", "[::1]:80", "127.9.9.9", "a.localhost"]
)
async def test_this_machine_may(person: httpx.AsyncClient, host: str) -> None:
    """Whatever it calls itself, from its own page or from none."""
    for origin in ({}, {"Origin": f"http://{host}"}):
        answer = await person.get("/api/messages", headers={"Host": host, **origin})
        assert answer.status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "evil.example"},
        {"Host": "127.0.0.1.evil.example"},
        {"Host": "192.0.2.1"},
        {"Host": "[::1"},
        {"Host": ""},
        {"Host": "localhost:1", "Origin": "https://evil.example"},
        {"Host": "localhost:1", "Origin": "http://localhost:2"},
        {"Host": "localhost:1", "Origin": "null"},
    ],
)
async def test_others_may_not(person: httpx.AsyncClient, headers: dict[str, str]) -> None:
    """A rebound name and a foreign page are refused, for reading and for writing."""
    for verb, path in (("GET", "/"), ("GET", "/api/bot"), ("POST", "/api/reset")):
        answer = await person.request(verb, path, headers=headers)
        assert answer.status_code == answer.json()["error_code"] == 403


async def test_bots_may_come_by_any_name(person: httpx.AsyncClient, playground: Playground) -> None:
    """They show the token instead."""
    path = f"/bot{playground.token}/getMe"
    answer = await person.get(path, headers={"Host": "playground:8081"})
    assert answer.status_code == 200
