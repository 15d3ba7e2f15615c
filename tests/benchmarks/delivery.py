"""How many updates a second are answered, stored and not: `python -m tests.benchmarks.delivery`.

A burst of 400 messages of 40 chats, put one after the other as polling does, each answered with one
sendMessage to the playground in a process of its own; beside bare python-telegram-bot in the same
run. `put` is how long Telegram waits for one to be stored. Ratios between the rows travel to other
machines, figures do not.
"""

from __future__ import annotations

import argparse
import asyncio
import statistics
import sys
import time
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import UTC, datetime
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, Final

import httpx
from rich.console import Console
from rich.table import Table
from telegram import Chat, Message, Update, User
from telegram.ext import ApplicationBuilder, TypeHandler

from bot.delivery.connection import Heartbeat, connect
from bot.delivery.delivery import delivering
from bot.settings import Settings, Telegram
from tests.delivery.conftest import TOKEN, postgres_server, settings_at, waiting

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from bot.delivery.handling import BotApplication

CHATS: Final = 40
SERVER: Final = """
import asyncio, sys
from bot.playground.server import Playground, serve
async def run():
    async with serve(Playground(token=sys.argv[1])) as url:
        print(url, flush=True)
        await asyncio.Event().wait()
asyncio.run(run())
"""


class Counter:
    """Answers each update, and counts them."""

    def __init__(self, chat: int, expected: int) -> None:
        self.chat = chat
        self.left = expected
        self.done = asyncio.Event()

    async def handle(self, _: Update, context: Any) -> None:  # noqa: ANN401 - PTB's context
        """One sendMessage."""
        await context.bot.send_message(self.chat, "heard")
        self.left -= 1
        if not self.left:
            self.done.set()


@asynccontextmanager
async def playground() -> AsyncIterator[tuple[str, int]]:
    """A Bot API server in a process of its own; its address and the person's chat."""
    program = await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", SERVER, TOKEN), stdout=asyncio.subprocess.PIPE
    )
    if program.stdout is None:
        raise RuntimeError("the server has no output")
    try:
        url = (await program.stdout.readline()).decode().strip()
        async with httpx.AsyncClient(base_url=url, trust_env=False) as client:
            (message,) = (await client.post("/api/messages", data={"text": "hello"})).json()
        yield url, int(message["chat"]["id"])
    finally:
        program.kill()
        await program.communicate()


def application(url: str, counter: Counter, **options: Any) -> BotApplication:  # noqa: ANN401
    """A bot that answers everything."""
    telegram = Telegram.model_validate({"token": TOKEN, "api_url": url})
    builder = ApplicationBuilder().token(TOKEN).base_url(f"{url}/bot").job_queue(None)
    builder = builder.request(connect(telegram)).get_updates_request(Heartbeat(telegram))
    for name, value in options.items():
        builder = getattr(builder, name)(value)
    built = builder.build()
    built.add_handler(TypeHandler(Update, counter.handle))
    return built


def updates(number: int) -> list[Update]:
    """Messages of many chats."""
    now, somebody = datetime.now(UTC), User(1, "Somebody", is_bot=False)
    return [
        Update(
            i, message=Message(i, now, Chat(i % CHATS, "private"), text="hello", from_user=somebody)
        )
        for i in range(1, number + 1)
    ]


async def bare(url: str, chat: int, number: int) -> tuple[float, list[float]]:
    """python-telegram-bot as it is: seconds for all, and for each put."""
    counter = Counter(chat, number)
    built = application(url, counter, concurrent_updates=16)
    async with built:
        await built.start()
        took = await burst(built.update_queue, counter, number)
        await built.stop()
    return took


async def stored(settings: Settings, url: str, chat: int, number: int) -> tuple[float, list[float]]:
    """The same through a job store."""
    counter = Counter(chat, number)
    async with AsyncExitStack() as stack:
        delivery = await stack.enter_async_context(delivering(settings))
        built = application(url, counter, update_queue=delivery.inbox)
        await stack.enter_async_context(built)
        await stack.enter_async_context(delivery.to(built))
        took = await burst(delivery.inbox, counter, number)
        while await waiting(delivery.store):  # noqa: ASYNC110 - a database
            await asyncio.sleep(0.02)
    return took


async def burst(
    queue: asyncio.Queue[object], counter: Counter, number: int
) -> tuple[float, list[float]]:
    """Put them all, and wait until the last one is answered."""
    puts, begun = [], time.perf_counter()
    for update in updates(number):
        before = time.perf_counter()
        await queue.put(update)
        puts.append(time.perf_counter() - before)
    await counter.done.wait()
    return time.perf_counter() - begun, puts


async def main(number: int, rounds: int) -> None:
    """Measure each in turn, several times, and print the medians."""
    with TemporaryDirectory() as folder, postgres_server() as server:
        async with playground() as (url, chat):
            results: dict[str, list[tuple[float, list[float]]]] = {}
            for turn in range(rounds):
                file = settings_at(f"sqlite:///{folder}/{turn}.db")
                found = results.setdefault
                found("bare", []).append(await bare(url, chat, number))
                found("SQLite", []).append(await stored(file, url, chat, number))
                shared = settings_at(server)
                found("PostgreSQL", []).append(await stored(shared, url, chat, number))
                await forget(shared)
    show(results, number)


async def forget(settings: Settings) -> None:
    """The next round brings the same numbers."""
    async with delivering(settings) as delivery:
        await delivery.store.execute("DELETE FROM bot_seen_updates")


def show(results: dict[str, list[tuple[float, list[float]]]], number: int) -> None:
    """Print the medians of the rounds."""
    table = Table("", "updates/s", "of bare", "put p50 ms", "put p95 ms")
    fastest = statistics.median(seconds for seconds, _ in results["bare"])
    for name, rounds in results.items():
        seconds = statistics.median(seconds for seconds, _ in rounds)
        cuts = statistics.quantiles((put for _, puts in rounds for put in puts), n=20)
        figures = (number / seconds, fastest / seconds, cuts[9] * 1000, cuts[18] * 1000)
        table.add_row(name, *(f"{figure:.2f}" for figure in figures))
    Console().print(table)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--number", type=int, default=400)
    parser.add_argument("--rounds", type=int, default=3)
    given = parser.parse_args()
    asyncio.run(main(given.number, given.rounds))
