"""The couriers: secret, order, retries."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from starlette.applications import Starlette
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from bot.playground.accounts import PERSON_ID
from bot.playground.server import Playground, serve

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    import httpx
    from starlette.requests import Request


@dataclass
class Hook:
    """A bot's web server: what it heard, and what it will answer."""

    answers: list[Response] = field(default_factory=list)
    heard: list[tuple[dict[str, Any], str | None]] = field(default_factory=list)
    url: str = ""
    arrived: asyncio.Event = field(default_factory=asyncio.Event)
    may_answer: asyncio.Event = field(default_factory=asyncio.Event)

    def __post_init__(self) -> None:
        """It answers at once, unless a test wants to see what comes meanwhile."""
        self.may_answer.set()

    async def __call__(self, request: Request) -> Response:
        """Take an update."""
        secret = request.headers.get("x-telegram-bot-api-secret-token")
        self.heard.append((await request.json(), secret))
        self.arrived.set()
        await self.may_answer.wait()
        return self.answers.pop(0) if self.answers else PlainTextResponse("")

    async def next(self) -> None:
        """Wait for the next update."""
        await asyncio.wait_for(self.arrived.wait(), 20)
        self.arrived.clear()


@asynccontextmanager
async def hooked(*answers: Response) -> AsyncIterator[Hook]:
    """A bot's web server that answers in this order, then with 200."""
    hook = Hook(list(answers))

    async def take(request: Request) -> Response:
        return await hook(request)

    server = Playground()
    server.app = Starlette(routes=[Route("/hook", take, methods=["POST"])])
    async with serve(server) as url:
        hook.url = f"{url}/hook"
        yield hook


async def test_updates_are_posted_in_order_with_the_secret(
    bot: httpx.AsyncClient, person: httpx.AsyncClient
) -> None:
    """What was pending first, then what comes."""
    async with hooked() as hook:
        await person.post("/api/messages", data={"text": "one"})
        await bot.post("setWebhook", json={"url": hook.url, "secret_token": "s3cret_-"})
        await hook.next()
        await person.post("/api/messages", data={"text": "two"})
        await hook.next()
        assert [update["message"]["text"] for update, _ in hook.heard] == ["one", "two"]
        assert {secret for _, secret in hook.heard} == {"s3cret_-"}
        info = (await bot.post("getWebhookInfo")).json()["result"]
        assert (info["url"], info["max_connections"]) == (hook.url, 40)
        await bot.post("deleteWebhook")
        await person.post("/api/messages", data={"text": "three"})
        assert (await bot.post("getWebhookInfo")).json()["result"]["pending_update_count"] == 1
        assert len(hook.heard) == 2


async def test_a_failed_delivery_is_tried_again_later_and_later(
    bot: httpx.AsyncClient, person: httpx.AsyncClient, playground: Playground
) -> None:
    """One second, then two; no later update overtakes; the error is told."""
    failures = [PlainTextResponse("", 500), PlainTextResponse("", 403)]
    async with hooked(*failures) as hook:
        await bot.post("setWebhook", json={"url": hook.url})
        await person.post("/api/messages", data={"text": "one"})
        await person.post("/api/messages", data={"text": "two"})
        await hook.next()
        await settled(bot, "500 Internal Server Error")
        playground.world.clock.advance(1)
        await hook.next()
        await settled(bot, "403 Forbidden")
        playground.world.clock.advance(1.5)
        await asyncio.sleep(0.05)
        assert len(hook.heard) == 2
        playground.world.clock.advance(1)
        await hook.next()
        while len(hook.heard) < 4:
            await hook.next()
    texts = [update["message"]["text"] for update, _ in hook.heard]
    assert texts == ["one", "one", "one", "two"]
    assert hook.heard[0][1] is None


async def settled(bot: httpx.AsyncClient, words: str) -> None:
    """Wait until the courier has noted its failure."""
    while True:
        info = (await bot.post("getWebhookInfo")).json()["result"]
        if info.get("last_error_message", "").endswith(words):
            assert info["last_error_date"] > 0
            return


async def test_chats_do_not_wait_for_each_other(
    bot: httpx.AsyncClient, playground: Playground
) -> None:
    """So many at once as the bot wants, a press beside a message, and each chat in its order."""
    updates = playground.world.updates
    async with hooked() as hook:
        hook.may_answer.clear()
        for text in ("one", "two"):
            for chat in (1, 2, 3):
                updates.put("message", {"chat": {"id": chat}, "text": text}, 60)
        updates.put("callback_query", {"from": {"id": 1}}, 60)
        await bot.post("setWebhook", json={"url": hook.url, "max_connections": 3})
        while len(hook.heard) < 3:
            await hook.next()
        await asyncio.sleep(0.05)
        assert [said(update) for update, _ in hook.heard] == [(1, "one"), (2, "one"), (3, "one")]
        hook.may_answer.set()
        while len(hook.heard) < 7:
            await hook.next()
    told = [said(update) for update, _ in hook.heard]
    assert set(told[3:]) == {(1, "two"), (2, "two"), (3, "two"), (1, "press")}
    assert updates.pending() == []


async def test_a_chat_that_is_refused_holds_no_other_up(
    bot: httpx.AsyncClient, playground: Playground
) -> None:
    """Its later updates wait for it, and nobody else's."""
    updates = playground.world.updates
    async with hooked(PlainTextResponse("", 503)) as hook:
        await bot.post("setWebhook", json={"url": hook.url})
        updates.put("message", {"chat": {"id": 1}, "text": "one"}, 60)
        await settled(bot, "503 Service Unavailable")
        updates.put("message", {"chat": {"id": 1}, "text": "two"}, 60)
        updates.put("message", {"chat": {"id": 2}, "text": "one"}, 60)
        while len(hook.heard) < 2:
            await hook.next()
        playground.world.clock.advance(2)
        while len(hook.heard) < 4:
            await hook.next()
    told = [said(update) for update, _ in hook.heard]
    assert told == [(1, "one"), (2, "one"), (1, "one"), (1, "two")]


def said(update: dict[str, Any]) -> tuple[int, str]:
    """By whom, and what."""
    if "message" in update:
        return update["message"]["chat"]["id"], update["message"]["text"]
    return update["callback_query"]["from"]["id"], "press"


async def test_retry_after_is_honoured(
    bot: httpx.AsyncClient, person: httpx.AsyncClient, playground: Playground
) -> None:
    """The hook says when to come back."""
    async with hooked(PlainTextResponse("", 429, {"Retry-After": "100"})) as hook:
        await bot.post("setWebhook", json={"url": hook.url})
        await person.post("/api/messages", data={"text": "one"})
        await hook.next()
        await settled(bot, "429 Too Many Requests")
        playground.world.clock.advance(98)
        await asyncio.sleep(0.05)
        assert len(hook.heard) == 1
        playground.world.clock.advance(3)
        await hook.next()


async def test_nobody_there(bot: httpx.AsyncClient, person: httpx.AsyncClient) -> None:
    """A refused connection is an error like any other, and a new webhook is tried at once."""
    await bot.post("setWebhook", json={"url": "http://127.0.0.1:9/hook"})
    await person.post("/api/messages", data={"text": "one"})
    await settled(bot, "Connection failed: ConnectError")
    async with hooked() as hook:
        await bot.post("setWebhook", json={"url": hook.url})
        await hook.next()


async def test_an_answer_may_carry_a_method(
    bot: httpx.AsyncClient, person: httpx.AsyncClient
) -> None:
    """It is called; what is refused or unknown is told to nobody."""
    answers: list[Response] = [
        JSONResponse({"method": "sendDice"}),
        JSONResponse({"method": "sendMessage", "chat_id": 1}),
        JSONResponse(["no method"]),
        JSONResponse({"method": "sendMessage", "chat_id": PERSON_ID, "text": "by webhook"}),
    ]
    async with hooked(*answers) as hook:
        await bot.post("setWebhook", json={"url": hook.url, "max_connections": 1})
        for _ in answers:
            await person.post("/api/messages", data={"text": "x"})
        texts: list[str] = []
        while "by webhook" not in texts:
            await asyncio.sleep(0.01)
            texts = [one["text"] for one in (await person.get("/api/messages")).json()]
        assert sorted(texts) == ["by webhook", *"xxxx"]
        assert (await bot.post("getWebhookInfo")).json()["result"]["max_connections"] == 1
