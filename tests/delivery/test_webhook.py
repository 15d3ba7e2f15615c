"""Where Telegram delivers: whoever else comes is refused and counted."""

from __future__ import annotations

import asyncio
import json
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from pydantic import HttpUrl, SecretStr

from bot.delivery import webhook as module
from bot.delivery.delivery import delivering
from bot.delivery.webhook import LARGEST, SECRET_HEADER, Address, address, webhook
from bot.metrics import Metrics
from bot.serving import serving
from tests.delivery.conftest import (
    NO_CERTIFICATES,
    SECRET,
    TOKEN,
    message,
    of_tomorrow,
    settings_at,
    waiting,
)

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from io import StringIO
    from pathlib import Path

    from bot.delivery.store import Store
    from bot.settings import Settings


@dataclass
class Gate:
    """A webhook at an address, and whoever calls there."""

    url: str
    place: Address
    client: httpx.AsyncClient
    metrics: Metrics
    store: Store

    async def deliver(self, body: object, **headers: str) -> httpx.Response:
        """As Telegram does, except for some headers."""
        content = (
            body if isinstance(body, bytes) or hasattr(body, "__aiter__") else json.dumps(body)
        )
        return await self.client.post(self.url, content=content, headers=self.headers | headers)

    @property
    def headers(self) -> dict[str, str]:
        """Telegram's."""
        return {SECRET_HEADER: self.place.secret, "Content-Type": "application/json"}

    async def hears(self, body: object) -> int | None:
        """The status that is answered; none where it was hung up on while it was sending."""
        try:
            return (await self.deliver(body)).status_code
        except httpx.TransportError:
            return None

    def refused(self, reason: str) -> float:
        """How many deliveries were, for that reason."""
        return self.metrics.value("webhook_refused_total", reason=reason)


@asynccontextmanager
async def gate(settings: Settings) -> AsyncIterator[Gate]:
    """A webhook with a store behind it, and nobody who works on what is stored."""
    metrics, place = Metrics(), address(settings)
    async with (
        delivering(settings, metrics) as delivery,
        serving(webhook(place, delivery.inbox, metrics), "127.0.0.1", 0) as base,
        httpx.AsyncClient(trust_env=False, verify=NO_CERTIFICATES, timeout=20) as client,
    ):
        yield Gate(f"{base}/{place.path}", place, client, metrics, delivery.store)


@pytest.fixture
async def hook(tmp_path: Path) -> AsyncIterator[Gate]:
    """One with a store in a file."""
    async with gate(settings_at(f"sqlite:///{tmp_path}/bot.db")) as opened:
        yield opened


def update(number: int = 1) -> dict[str, Any]:
    """A message as Telegram writes it."""
    return message(number).to_dict()


async def test_an_update_is_stored_before_it_is_acknowledged(settings: Settings) -> None:
    """On both stores; when the answer is there, so is the job."""
    async with gate(settings) as hook:
        answer = await hook.deliver(update())
        assert (answer.status_code, answer.content) == (200, b"")
        assert len(await waiting(hook.store)) == 1
        assert hook.metrics.value("updates_total", kind="text") == 1


async def test_a_delivery_that_is_repeated_is_handled_once(settings: Settings) -> None:
    """Telegram repeats what it has no answer to, and so may whoever has recorded it."""
    async with gate(settings) as hook:
        answers = await asyncio.gather(*(hook.deliver(update()) for _ in range(5)))
        assert {answer.status_code for answer in answers} == {200}
        assert len(await waiting(hook.store)) == 1
        assert hook.metrics.value("updates_repeated_total") == 4


@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "DELETE", "PATCH", "OPTIONS"])
async def test_only_post_is_taken(hook: Gate, method: str) -> None:
    """Even with the secret."""
    answer = await hook.client.request(method, hook.url, headers=hook.headers)
    assert (answer.status_code, answer.headers["allow"]) == (405, "POST")
    assert hook.refused("method") == 1


@pytest.mark.parametrize("secret", ["", "wrong", "päth", TOKEN])
async def test_a_wrong_secret_is_refused(hook: Gate, secret: str) -> None:
    """Whatever comes with it."""
    headers = {**hook.headers, SECRET_HEADER: secret}
    encoded = [(name, value.encode()) for name, value in headers.items()]
    answer = await hook.client.post(
        hook.url, content=json.dumps(update()), headers=[(n.encode(), v) for n, v in encoded]
    )
    assert (answer.status_code, answer.content) == (403, b"")
    assert hook.refused("secret") == 1
    assert not await waiting(hook.store)


async def test_no_secret_is_refused(hook: Gate) -> None:
    """The path alone opens nothing."""
    assert (await hook.client.post(hook.url, json=update())).status_code == 403
    assert hook.refused("secret") == 1


@pytest.mark.parametrize("path", ["", "x", TOKEN, "healthz", "metrics", "{path}/x", "{path}%00"])
async def test_another_path_is_not_found(hook: Gate, path: str) -> None:
    """Whoever guesses learns nothing, not even whether the secret was right."""
    base = hook.url.removesuffix(hook.place.path)
    url = base + path.replace("{path}", hook.place.path)
    answer = await hook.client.post(url, json=update(), headers=hook.headers)
    assert (answer.status_code, answer.content) == (404, b"")
    assert hook.refused("path") == 1


@pytest.mark.parametrize("host", ["[::1", "a b", "x" * 5000])
async def test_a_strange_host_does_no_harm(hook: Gate, host: str) -> None:
    """Nobody looks at it."""
    assert (await hook.deliver(update(), Host=host)).status_code in {200, 400}
    assert (await hook.deliver(update())).status_code == 200


async def test_a_proxy_may_keep_a_path_before_it(hook: Gate) -> None:
    """Or cut it off: the last part is the one that is secret."""
    base = hook.url.removesuffix(hook.place.path)
    answer = await hook.client.post(
        f"{base}any/where/{hook.place.path}", json=update(), headers=hook.headers
    )
    assert answer.status_code == 200


@pytest.mark.parametrize("kind", ["", "text/plain", "application/x-www-form-urlencoded", "json"])
async def test_another_kind_of_body_is_refused(hook: Gate, kind: str) -> None:
    """Telegram sends JSON and says so."""
    answer = await hook.deliver(update(), **{"Content-Type": kind})
    assert answer.status_code == 415
    assert hook.refused("content_type") == 1


async def test_a_charset_does_no_harm(hook: Gate) -> None:
    """A proxy may add it."""
    kind = "Application/JSON; charset=utf-8"
    assert (await hook.deliver(update(), **{"Content-Type": kind})).status_code == 200


async def test_a_body_that_announces_too_much_is_not_read(hook: Gate) -> None:
    """Nothing of it is waited for."""
    assert await hook.hears(b"x" * (LARGEST + 1)) in {413, None}
    assert hook.refused("too_large") == 1


async def test_a_body_that_does_not_say_how_large_it_is_has_a_limit(hook: Gate) -> None:
    """It is hung up on long before it has sent everything."""
    sent = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal sent
        while sent < 64 * LARGEST:
            sent += 2**16
            yield b" " * 2**16

    assert await hook.hears(endless()) in {413, None}
    assert hook.refused("too_large") == 1
    assert sent < 16 * LARGEST


async def test_a_body_that_dribbles_is_not_waited_for(
    hook: Gate, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nor does it hold a place for ever."""
    monkeypatch.setattr(module, "PATIENCE", 0.1)

    async def dribble() -> AsyncIterator[bytes]:
        yield b"{"
        await asyncio.sleep(1)
        yield b"}"

    assert await hook.hears(dribble()) in {408, None}
    assert hook.refused("too_slow") == 1


async def test_who_hangs_up_is_forgotten(hook: Gate) -> None:
    """Half an update is none."""
    url = httpx.URL(hook.url)
    _, writer = await asyncio.open_connection(url.host, url.port)
    head = [f"POST {url.path} HTTP/1.1", "Host: x", "Content-Length: 99"]
    head += [f"{name}: {value}" for name, value in hook.headers.items()]
    writer.write("\r\n".join([*head, "", '{"update_id"']).encode())
    await writer.drain()
    writer.close()
    async with asyncio.timeout(20):
        while not hook.refused("hung_up"):  # noqa: ASYNC110 - there is nothing to wait on
            await asyncio.sleep(0.01)
    assert not await waiting(hook.store)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b"\xff\xfe",
        b"{}",
        b'{"update_id": "1"}',
        b'{"update_id": true}',
        b'{"update_id": 0}',
        b'{"update_id": 9223372036854775808}',
        b'{"update_id": 1, "message": 5}',
        b'{"update_id": 1, "message": {"message_id": {}}}',
        b"[" * 100_000,
    ],
)
async def test_a_broken_update_is_refused(hook: Gate, body: bytes) -> None:
    """And counted, and nothing of it is stored."""
    assert (await hook.deliver(body)).status_code == 400
    assert hook.refused("json") == 1
    assert not await waiting(hook.store)


NO_IDS: list[object] = ["7", True, 7.5, None, 2**52, -(2**63), 2**200, {}, [7]]


@pytest.mark.parametrize("forged", NO_IDS, ids=str)
@pytest.mark.parametrize(("where", "key"), [("from", "id"), ("chat", "id"), ("", "message_id")])
async def test_ids_that_are_none_are_refused(
    hook: Gate, forged: object, where: str, key: str
) -> None:
    """Else `true` would be the person whose id is 1, and a database would choke on the rest."""
    body = update()
    (body["message"][where] if where else body["message"])[key] = forged
    assert (await hook.deliver(body)).status_code == 400
    pressed = {"id": "1", "from": update()["message"]["from"], "chat_instance": "1"}
    press = {"update_id": 2, "callback_query": pressed | {"message": body["message"]}}
    if where == "from":
        pressed["from"][key] = forged
        press["callback_query"] = pressed
    assert (await hook.deliver(press)).status_code == 400
    assert hook.refused("json") == 2
    assert not await waiting(hook.store)


async def test_an_update_of_nobody_is_taken(hook: Gate) -> None:
    """There are kinds without a person, and there will be more."""
    assert (await hook.deliver({"update_id": 5, "something_new": {}})).status_code == 200


async def test_what_is_not_understood_is_taken(settings: Settings, logged: StringIO) -> None:
    """Refused it would come again for a day, and hold up what else its chat sends."""
    before = len(logged.getvalue())
    async with gate(settings) as hook:
        assert (await hook.deliver(of_tomorrow(5))).status_code == 200
        pressed = of_tomorrow(6)["message"]
        press = {"id": "1", "from": pressed["from"], "chat_instance": "1", "message": pressed}
        assert (await hook.deliver({"update_id": 6, "callback_query": press})).status_code == 200
        assert [job["lock"] for job in await waiting(hook.store)] == [None, None]
        assert not hook.refused("json")
    told = logged.getvalue()[before:]
    assert told.count("update not understood") == 2
    assert "110101199003071234" not in told


@pytest.mark.parametrize("forged", NO_IDS, ids=str)
@pytest.mark.parametrize(("where", "key"), [("from", "id"), ("chat", "id"), ("", "message_id")])
async def test_ids_that_are_none_are_refused_where_nothing_else_is_understood(
    hook: Gate, forged: object, where: str, key: str
) -> None:
    """What might be an update of tomorrow still names who it is from."""
    body = of_tomorrow()
    (body["message"][where] if where else body["message"])[key] = forged
    assert (await hook.deliver(body)).status_code == 400
    press = {"id": "1", "message": body["message"]}
    assert (await hook.deliver({"update_id": 2, "callback_query": press})).status_code == 400
    assert hook.refused("json") == 2
    assert not await waiting(hook.store)


async def test_what_cannot_be_stored_comes_again(settings: Settings) -> None:
    """Telegram hears 503, repeats it, and then it is there."""
    async with gate(settings) as hook:
        await hook.store.execute("ALTER TABLE bot_payloads RENAME TO elsewhere")
        assert (await hook.deliver(update())).status_code == 503
        assert hook.refused("away") == 1
        assert not await waiting(hook.store)
        await hook.store.execute("ALTER TABLE elsewhere RENAME TO bot_payloads")
        assert (await hook.deliver(update())).status_code == 200
        assert len(await waiting(hook.store)) == 1


class Broken(asyncio.Queue[object]):
    """An inbox with a bug, or one that hangs."""

    def __init__(self, *, hangs: bool) -> None:
        super().__init__()
        self.hangs = hangs

    async def put(self, item: object) -> None:
        """It never gets anywhere."""
        if self.hangs:
            await asyncio.Event().wait()
        raise ValueError(SECRET, item)


@pytest.mark.parametrize(("hangs", "status"), [(False, 500), (True, 503)])
async def test_a_bug_of_ours_loses_no_update(
    hangs: bool, status: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Telegram repeats whatever is no 2xx; nobody reads why."""
    monkeypatch.setattr(module, "STORING", 0.05)
    metrics, place = Metrics(), Address("", "path", "secret")
    app = webhook(place, Broken(hangs=hangs), metrics)
    async with (
        serving(app, "127.0.0.1", 0) as base,
        httpx.AsyncClient(trust_env=False, verify=NO_CERTIFICATES) as client,
    ):
        headers = {SECRET_HEADER: "secret"}
        answer = await client.post(f"{base}/path", json=update(), headers=headers)
    assert (answer.status_code, answer.content) == (status, b"")
    assert metrics.value("webhook_refused_total", reason="away") == 1


def hooked(**telegram: Any) -> Settings:  # noqa: ANN401 - settings
    """Settings with a webhook."""
    settings = settings_at("sqlite:///x.db")
    values = {"webhook_url": HttpUrl("https://bot.example/hook/"), **telegram}
    return settings.model_copy(update={"telegram": settings.telegram.model_copy(update=values)})


def test_path_and_secret_are_the_same_for_all_replicas_and_give_no_token_away() -> None:
    """They are derived from it, and each is of no use for finding the other."""
    one, other = address(hooked()), address(hooked())
    assert one == other
    assert one.url == f"https://bot.example/hook/{one.path}"
    assert len({one.path, one.secret}) == 2
    assert all(len(part) == 43 for part in (one.path, one.secret))
    for part in TOKEN.split(":"):
        assert part not in one.url + one.secret
    another = address(hooked(token=SecretStr(TOKEN[:-1] + "x")))
    assert {one.path, one.secret}.isdisjoint({another.path, another.secret})
    assert one.path not in repr(one)
    assert one.secret not in repr(one)


def test_the_owner_may_choose_the_secret() -> None:
    """The path stays derived."""
    chosen = address(hooked(webhook_secret=SecretStr("chosen-by-the-owner")))
    assert chosen.secret == "chosen-by-the-owner"
    assert chosen.path == address(hooked()).path


async def test_nothing_of_a_refused_delivery_is_logged(hook: Gate, logged: StringIO) -> None:
    """Neither what it says, nor where it went, nor the secret that it tried."""
    before = len(logged.getvalue())
    await hook.deliver(update(), **{SECRET_HEADER: "a-wrong-secret"})
    await hook.deliver(b'{"update_id": 1, "message": "' + SECRET.encode() + b'"}')
    told = logged.getvalue()[before:]
    assert told.count("delivery refused") == 2
    for hidden in (SECRET, "a-wrong-secret", hook.place.path, hook.place.secret):
        assert hidden not in told
