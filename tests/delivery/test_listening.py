"""Being told of updates: set at Telegram, answered by any replica, stopped without a loss."""

from __future__ import annotations

import asyncio
import socket
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from pydantic import HttpUrl
from starlette.applications import Starlette
from starlette.responses import Response
from starlette.routing import Route
from telegram import Update
from telegram.ext import ApplicationBuilder, TypeHandler

from bot.delivery.connection import Heartbeat, connect
from bot.delivery.delivery import delivering
from bot.delivery.listening import Door, listen
from bot.delivery.registry import Registry
from bot.delivery.store import opened
from bot.delivery.webhook import address, webhook
from bot.errors import SettingsError
from bot.licence.documents import DocumentType
from bot.metrics import Metrics
from bot.playground.accounts import PERSON_ID, Person
from bot.playground.entities import Text
from bot.playground.messages import Message
from bot.playground.server import Playground, serve
from bot.records import Event, Note, Reminder
from bot.serving import serving
from bot.settings import Settings
from tests.delivery.conftest import NO_CERTIFICATES, NOTHING_READ, TOKEN, settings_at, waiting
from tests.test_cli import says_hello, start, started, stops

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable
    from pathlib import Path

    from starlette.requests import Request

    from bot.delivery.delivery import Delivery

PATIENCE = 30.0


def free_port() -> int:
    """One that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        return int(free.getsockname()[1])


def environment(folder: Path, playground: Playground, url: str, port: int) -> dict[str, str]:
    """A bot that Telegram finds at that port."""
    return {
        "BOT_TELEGRAM__TOKEN": playground.token,
        "BOT_TELEGRAM__API_URL": url,
        "BOT_TELEGRAM__WEBHOOK_URL": f"http://127.0.0.1:{port}/bot",
        "BOT_TELEGRAM__WEBHOOK_PORT": str(port),
        "BOT_DATABASE_URL": f"sqlite:///{folder}/bot.db",
    }


@pytest.mark.parametrize("apart", [True, False])
async def test_run_with_a_webhook_is_the_whole_way(tmp_path: Path, apart: bool) -> None:
    """From Telegram's delivery to the answer in the chat; the webhook outlives the process.

    Where health has a port of its own, the public address answers nobody but Telegram.
    """
    playground, port = Playground(), free_port()
    inside = free_port() if apart else port
    async with serve(playground) as url, asyncio.timeout(PATIENCE):
        given = environment(tmp_path, playground, url, port)
        if apart:
            given["BOT_HEALTH__PORT"] = str(inside)
        program = await start("run", "--webhook", **given)
        await says_hello(url)
        assert playground.world.updates.allowed == frozenset({"message", "callback_query"})
        async with httpx.AsyncClient(trust_env=False, verify=NO_CERTIFICATES) as client:
            ready = await client.get(f"http://127.0.0.1:{inside}/healthz")
            parts = ("process", "store", "recognition", "telegram")
            assert ready.json() == {"ready": True, "parts": dict.fromkeys(parts, "ok")}
            counts = (await client.get(f"http://127.0.0.1:{inside}/metrics")).text
            assert 'licence_bot_updates_total{kind="command"} 1.0' in counts
            assert playground.token not in counts
            for path in ("healthz", "livez", "metrics"):
                status = (await client.get(f"http://127.0.0.1:{port}/{path}")).status_code
                assert status == (404 if apart else 200)
        await stops(program)
    assert playground.world.webhook.url.startswith(f"http://127.0.0.1:{port}/bot/")


def said(message: Message, words: str) -> bool:
    """Whether a message says that."""
    return message.text is not None and words in message.text.content


async def test_a_webhook_sees_to_reminders_and_to_what_is_old(tmp_path: Path) -> None:
    """What was asked for is said when its day has come, and what was kept for long enough goes."""
    playground, port, today = Playground(), free_port(), datetime.now(UTC).date()
    store_at = Settings.model_validate({"database_url": f"sqlite:///{tmp_path}/bot.db"})
    wanted = Reminder(
        PERSON_ID, DocumentType.DRIVING_LICENCE, today + timedelta(40), today - timedelta(2)
    )
    async with opened(store_at) as store:
        registry = Registry(store_at, store)
        assert await registry.reminders.keep(wanted) == "kept"
        await registry.audit.keep(Note(Event.READ, 7))
        await store.execute("UPDATE bot_audit SET at = 0")
        await store.execute("INSERT INTO bot_dead_letters VALUES (1, 0, 'KeyError', 1)")
    async with serve(playground) as url, asyncio.timeout(PATIENCE):
        given = environment(tmp_path, playground, url, port) | NOTHING_READ
        program = await start("run", "--webhook", **given)
        while not any(said(message, f"{wanted.until}") for message in playground.world.chat):  # noqa: ASYNC110 - no event
            await asyncio.sleep(0.05)
        await stops(program)
    async with opened(store_at) as store:
        for table in ("bot_reminders", "bot_audit", "bot_dead_letters"):
            assert await store.rows(f"SELECT * FROM {table}") == []  # noqa: S608


def test_a_webhook_without_an_address_is_explained() -> None:
    """One line that names the setting."""
    done = started("run", "--webhook", BOT_TELEGRAM__TOKEN=TOKEN)
    assert (done.returncode, done.stderr) == (2, "BOT_TELEGRAM__WEBHOOK_URL: missing\n")


@dataclass
class Replica:
    """One of the processes behind the load balancer; here they share one."""

    url: str
    delivery: Delivery
    stop: asyncio.Event
    task: asyncio.Task[None]

    async def stopped(self) -> None:
        """Ask it to stop, and wait until it has."""
        self.stop.set()
        await self.task


@dataclass
class Service:
    """A playground, a load balancer and replicas."""

    settings: Settings
    playground: Playground
    handle: Callable[[Update], Awaitable[None]]
    replicas: list[Replica] = field(default_factory=list)
    turns: int = 0

    async def balance(self, request: Request) -> Response:
        """Each delivery goes to the next replica, with its path and headers."""
        self.turns += 1
        replica = self.replicas[self.turns % len(self.replicas)]
        names = ("content-type", "x-telegram-bot-api-secret-token")
        headers = {name: request.headers[name] for name in names}
        async with httpx.AsyncClient(trust_env=False, verify=NO_CERTIFICATES) as client:
            try:
                answer = await client.post(
                    f"{replica.url}{request.url.path}",
                    content=await request.body(),
                    headers=headers,
                )
            except httpx.TransportError:
                return Response(status_code=502)
        return Response(status_code=answer.status_code)

    async def add(self, stack: AsyncExitStack) -> Replica:
        """One replica more."""
        delivery = await stack.enter_async_context(delivering(self.settings))
        telegram, stop, opened = self.settings.telegram, asyncio.Event(), asyncio.Event()
        sending, place, port = connect(telegram), address(self.settings), free_port()
        application = (
            ApplicationBuilder()
            .token(TOKEN)
            .base_url(f"{str(telegram.api_url).rstrip('/')}/bot")
            .request(sending)
            .get_updates_request(Heartbeat(telegram))
            .update_queue(delivery.inbox)
            .job_queue(None)
            .build()
        )

        async def handle(update: Update, _: Any) -> None:  # noqa: ANN401 - PTB's context
            await self.handle(update)

        application.add_handler(TypeHandler(Update, handle))

        @asynccontextmanager
        async def opening() -> AsyncIterator[None]:
            app = webhook(place, delivery.inbox, Metrics())
            async with serving(app, "127.0.0.1", port):
                opened.set()
                yield

        door = Door(place, opening())
        work = delivery.to(application)
        task = asyncio.create_task(listen(application, sending, stop, work, door))
        replica = Replica(f"http://127.0.0.1:{port}", delivery, stop, task)
        stack.push_async_callback(replica.stopped)
        self.replicas.append(replica)
        await opened.wait()
        return replica

    def say(self, chat: int, text: str) -> None:
        """Somebody writes."""
        world = self.playground.world
        known = world.chat_of(str(chat)) or world.join(Person(id=chat))
        world.hear(Message(0, 0, by_bot=False, text=Text(text)), known)


@asynccontextmanager
async def service(
    settings: Settings, handle: Callable[[Update], Awaitable[None]], replicas: int = 1
) -> AsyncIterator[Service]:
    """Replicas at work behind a round robin."""
    async with AsyncExitStack() as stack:
        playground = Playground(token=TOKEN)
        url = await stack.enter_async_context(serve(playground))
        built = Service(settings, playground, handle)
        balancer = Starlette(routes=[Route("/{path:path}", built.balance, methods=["POST"])])
        public = await stack.enter_async_context(serving(balancer, "127.0.0.1", 0))
        telegram = settings.telegram.model_copy(
            update={"api_url": HttpUrl(url), "webhook_url": HttpUrl(public)}
        )
        built.settings = settings.model_copy(update={"telegram": telegram})
        for _ in range(replicas):
            await built.add(stack)
        yield built


async def test_replicas_share_what_comes(database: str) -> None:
    """On one PostgreSQL, behind any load balancer: each update once, and a chat in its order."""
    heard: list[tuple[int, str]] = []

    async def handle(update: Update) -> None:
        message = update.effective_message
        assert message is not None
        await asyncio.sleep(0.005)
        heard.append((message.chat_id, message.text or ""))

    chats, texts = range(101, 109), [str(number) for number in range(8)]
    async with service(settings_at(database), handle, replicas=2) as bot:
        async with asyncio.timeout(PATIENCE):
            for text in texts:
                for chat in chats:
                    bot.say(chat, text)
            while len(heard) < len(chats) * len(texts):  # noqa: ASYNC110 - there is nothing to wait on
                await asyncio.sleep(0.02)
        bot.say(101, "last")
        async with asyncio.timeout(PATIENCE):
            while heard[-1] != (101, "last"):  # noqa: ASYNC110 - likewise
                await asyncio.sleep(0.02)
        assert bot.turns == len(heard)
    assert len(heard) == len(chats) * len(texts) + 1
    for chat in chats:
        assert [text for who, text in heard if who == chat][: len(texts)] == texts


async def test_a_stop_shuts_the_door_and_finishes_what_runs(settings: Settings) -> None:
    """What waits stays in the store, what comes waits at Telegram, which is told nothing."""
    begun, may_end, done = asyncio.Event(), asyncio.Event(), []

    async def handle(update: Update) -> None:
        begun.set()
        await may_end.wait()
        done.append(update.update_id)

    async with service(settings, handle) as bot, asyncio.timeout(PATIENCE):
        (replica,) = bot.replicas
        bot.say(7, "one")
        bot.say(7, "two")
        await begun.wait()
        while len(await waiting(replica.delivery.store)) < 2:  # noqa: ASYNC110 - a database
            await asyncio.sleep(0.01)
        replica.stop.set()
        await until_closed(replica.url)
        bot.say(7, "three")
        await asyncio.sleep(0.5)  # the door is shut first, and then nothing new is begun
        may_end.set()
        await replica.task
        assert len(done) >= 1
        assert len(done) + len(await waiting(replica.delivery.store)) == 2
        world = bot.playground.world
        assert world.webhook.url == address(bot.settings).url
        while world.webhook.info().get("last_error_message") is None:  # noqa: ASYNC110 - no event
            await asyncio.sleep(0.01)
        assert len(world.updates.pending()) == 1


async def until_closed(url: str) -> None:
    """Until nobody listens there."""
    port = httpx.URL(url).port
    while True:
        try:
            _, writer = await asyncio.open_connection("127.0.0.1", port)
        except ConnectionError:  # refused, or cut off in the queue of a listener that is gone
            return
        writer.close()
        await asyncio.sleep(0.01)


async def test_what_is_cut_short_is_done_after_the_next_start(tmp_path: Path) -> None:
    """Longer than the owner's grace nobody waits."""
    settings, begun = settings_at(f"sqlite:///{tmp_path}/bot.db", stop_seconds=0), asyncio.Event()

    async def hang(_: Update) -> None:
        begun.set()
        await asyncio.Event().wait()

    async with asyncio.timeout(PATIENCE):
        async with service(settings, hang) as bot:
            bot.say(7, "one")
            await begun.wait()
        async with delivering(settings) as delivery:
            (job,) = await waiting(delivery.store)
    assert job["status"] == "todo"


async def test_an_address_that_telegram_refuses_is_a_setting(tmp_path: Path) -> None:
    """One line with Telegram's reason, in which the secret path does not stand."""
    settings = settings_at(f"sqlite:///{tmp_path}/bot.db")

    async def handle(_: Update) -> None:
        """Nothing comes."""

    playground = Playground(token=TOKEN)
    async with serve(playground) as url, AsyncExitStack() as stack:
        update = {"api_url": HttpUrl(url), "webhook_url": HttpUrl("https://nowhere.invalid")}
        telegram = settings.telegram.model_copy(update=update)
        built = Service(settings.model_copy(update={"telegram": telegram}), playground, handle)
        async with httpx.AsyncClient(
            base_url=url, trust_env=False, verify=NO_CERTIFICATES
        ) as client:
            path = address(built.settings).path
            words = f"Bad Request: bad webhook: no such host in /{path}"
            fault = {"method": "setWebhook", "error_code": 400, "description": words}
            await client.post("/api/faults", json=fault)
        with pytest.raises(
            SettingsError, match=r"^BOT_TELEGRAM__WEBHOOK_URL: .*no such host"
        ) as no:
            async with AsyncExitStack() as inner:
                await (await built.add(inner)).task
        assert path not in str(no.value)
        await stack.aclose()


async def test_polling_again_takes_the_webhook_away(tmp_path: Path) -> None:
    """And what waited at Telegram is fetched: an owner may go back at any time."""
    playground = Playground()
    world = playground.world
    async with serve(playground) as url, asyncio.timeout(PATIENCE):
        world.webhook.set("http://127.0.0.1:9/gone", "a-secret-of-a-replica")
        given = environment(tmp_path, playground, url, 9) | NOTHING_READ
        program = await start("run", **given)
        await says_hello(url)
        assert not world.webhook.url
        await stops(program)
