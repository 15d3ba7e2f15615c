"""Telegram, an engine, a store and bots: all that a trial happens in."""

from __future__ import annotations

import asyncio
import time
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import httpx
from starlette.applications import Starlette
from starlette.responses import Response
from starlette.routing import Route

from bot.playground.server import Playground, serve
from bot.serving import serving
from tests.delivery.test_listening import free_port
from tests.soak.bots import TICK, Bot
from tests.soak.crowd import Crowd, small_photo
from tests.soak.reader import Reader, reading
from tests.soak.stores import found

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Mapping
    from pathlib import Path

    from starlette.requests import Request

    from bot.playground.media import Photo
    from tests.soak.stores import PostgresStore, SqliteStore
    from tests.soak.trial import Shape

PATIENCE: Final = 60.0
_HEADERS: Final = ("content-type", "x-telegram-bot-api-secret-token")


@dataclass
class Scene:
    """Where a trial happens.

    Attributes:
        shape: how the bot is run.
        playground: Telegram.
        photo: what everybody sends.
        reader: who reads it.
        store: where updates wait.
        bots: the processes that live, the eldest first.
    """

    shape: Shape
    playground: Playground
    photo: Photo
    reader: Reader
    store: SqliteStore | PostgresStore
    folder: Path
    client: httpx.AsyncClient
    environment: dict[str, str]
    bots: list[Bot]
    _turn: int = 0

    def crowd(self, people: int) -> Crowd:
        """People who have not written before."""
        return Crowd(self.playground.world, self.photo, people)

    async def add(self) -> Bot:
        """One more bot, once it is ready."""
        port = free_port() if self.shape.webhook else None
        environment = dict(self.environment)
        if port:
            environment["BOT_TELEGRAM__WEBHOOK_PORT"] = str(port)
            environment.setdefault("BOT_TELEGRAM__WEBHOOK_URL", f"http://127.0.0.1:{port}")
        module = "bot" if self.shape.replicas > 1 else "tests.soak.program"
        health = free_port()
        bot = Bot(environment, self.folder / f"{health}.log", port, health, module)
        self.bots.append(bot)
        await bot.start()
        await self.serving(bot, self.now)
        return bot

    @property
    def now(self) -> float:
        """Telegram's time."""
        return self.playground.world.clock.now()

    @property
    def polled_at(self) -> float:
        """When a bot fetched updates last, in Telegram's time."""
        return self.playground.world.polling.started

    async def serving(self, bot: Bot, since: float) -> None:
        """Wait until a bot takes updates, or stands by."""
        if bot.port:
            await bot.listening()
            await bot.ready(self.client)
        elif len(self.bots) > 1:
            await bot.ready(self.client)
        else:
            await self.polls(since)

    async def polls(self, since: float) -> None:
        """Wait until updates have been fetched since a moment of Telegram's time."""
        await until(lambda: self.polled_at > since)

    async def parts(self, bot: Bot) -> dict[str, str]:
        """How a bot says that its parts are."""
        found = await self.client.get(f"http://127.0.0.1:{bot.health}/healthz")
        parts: dict[str, str] = found.json()["parts"]
        return parts

    async def settled(self) -> None:
        """Wait until nothing waits, neither in the store nor at Telegram."""
        pending = self.playground.world.updates.pending
        async with asyncio.timeout(PATIENCE):
            while len(pending()) + await asyncio.to_thread(self.store.waiting):  # noqa: ASYNC110 - no event tells
                await asyncio.sleep(0.1)

    async def answered(self, *crowds: Crowd) -> float:
        """Wait until everybody is answered, or has waited for too long; when that was."""
        begun = time.monotonic()
        while any(crowd.tally().lost for crowd in crowds):
            if time.monotonic() > begun + PATIENCE:
                break
            await asyncio.sleep(0.05)
        return time.monotonic()

    async def balance(self, request: Request) -> Response:
        """Each delivery goes to the next bot; to another one where that does not listen."""
        body = await request.body()
        headers = {name: request.headers[name] for name in _HEADERS if name in request.headers}
        for _ in self.bots:
            self._turn += 1
            bot = self.bots[self._turn % len(self.bots)]
            url = f"http://127.0.0.1:{bot.port}{request.url.path}"
            try:
                answer = await self.client.post(url, content=body, headers=headers)
            except httpx.ConnectError:
                continue
            except httpx.TransportError:
                break  # it may have been taken
            return Response(status_code=answer.status_code)
        return Response(status_code=502)

    def leaks(self, texts: list[str]) -> list[str]:
        """What of personal texts stands in the store or in a log."""
        logs = b"".join(file.read_bytes() for file in self.folder.glob("*.log"))
        return found(texts, self.store.content() + logs)


async def until(is_so: Callable[[], bool]) -> None:
    """Wait until something is so."""
    async with asyncio.timeout(PATIENCE):
        while not is_so():  # noqa: ASYNC110 - no event tells
            await asyncio.sleep(TICK)


@asynccontextmanager
async def scene(
    shape: Shape,
    store: SqliteStore | PostgresStore,
    folder: Path,
    extra: Mapping[str, str] | None = None,
) -> AsyncIterator[Scene]:
    """A scene with as many bots as its shape has, all at work."""
    async with AsyncExitStack() as stack:
        playground, reader = Playground(), Reader()
        telegram = await stack.enter_async_context(serve(playground))
        eyes = await stack.enter_async_context(reading(reader))
        client = await stack.enter_async_context(httpx.AsyncClient(trust_env=False, timeout=30))
        environment = {
            "BOT_TELEGRAM__TOKEN": playground.token,
            "BOT_TELEGRAM__API_URL": telegram,
            "BOT_RECOGNITION__PROVIDERS": '["drivinglicence"]',
            "BOT_RECOGNITION__GUESS": "false",
            "BOT_RECOGNITION__CALLS_PER_SECOND": "1000",
            "BOT_DRIVINGLICENCE__URL": eyes,
            "BOT_LOG__FORMAT": "json",
            **store.settings,
            **(extra or {}),
        }
        photo = await small_photo(playground.world)
        built = Scene(shape, playground, photo, reader, store, folder, client, environment, bots=[])
        if shape.webhook and shape.replicas > 1:
            balancer = Starlette(routes=[Route("/{path:path}", built.balance, methods=["POST"])])
            public = await stack.enter_async_context(serving(balancer, "127.0.0.1", 0))
            environment["BOT_TELEGRAM__WEBHOOK_URL"] = public
        try:
            for _ in range(shape.replicas):
                await built.add()
            yield built
        finally:
            for bot in built.bots:
                await bot.end()
