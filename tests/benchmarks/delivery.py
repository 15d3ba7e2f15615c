"""How many updates a second are answered, stored and not: `python -m tests.benchmarks.delivery`.

A burst of 400 messages of 40 chats, put one after the other as polling does, each answered with one
sendMessage to the playground in a process of its own; beside bare python-telegram-bot in the same
run. `put` is how long Telegram waits for one to be stored. Then a trickle of 20 updates a second of
20 chats: how long each takes from its `put` until Telegram has taken its sendMessage, and how much
of that a store adds. Ratios between the rows travel to other machines, figures do not.
"""

from __future__ import annotations

import argparse
import asyncio
import statistics
import sys
import time
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
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
    from bot.delivery.store import Store

CHATS: Final = 40
TRICKLING: Final = 20
"""Chats of the trickle, and its updates a second."""

SERVER: Final = """
import asyncio, sys
from bot.playground.server import Playground, serve
async def run():
    async with serve(Playground(token=sys.argv[1])) as url:
        print(url, flush=True)
        await asyncio.Event().wait()
asyncio.run(run())
"""


@dataclass(frozen=True, slots=True)
class Round:
    """What one round has shown, all in seconds.

    Attributes:
        burst: until the last update of the burst was answered.
        puts: until each update of the burst was stored.
        answers: until each update of the trickle was answered.
    """

    burst: float
    puts: list[float]
    answers: list[float]


class Counter:
    """Answers each update, and notes when Telegram has taken the answer."""

    def __init__(self, chat: int) -> None:
        self.chat = chat
        self.answered: dict[int, float] = {}
        self._news = asyncio.Event()

    async def handle(self, update: Update, context: Any) -> None:  # noqa: ANN401 - PTB's context
        """One sendMessage."""
        await context.bot.send_message(self.chat, "heard")
        self.answered[update.update_id] = time.perf_counter()
        self._news.set()

    async def until(self, number: int) -> None:
        """Wait until so many were answered."""
        while len(self.answered) < number:
            self._news.clear()
            await self._news.wait()


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


def updates(first: int, number: int, chats: int) -> list[Update]:
    """Messages of many chats."""
    now, somebody = datetime.now(UTC), User(1, "Somebody", is_bot=False)
    return [
        Update(
            i, message=Message(i, now, Chat(i % chats, "private"), text="hello", from_user=somebody)
        )
        for i in range(first, first + number)
    ]


async def bare(url: str, chat: int, number: int, seconds: float) -> Round:
    """python-telegram-bot as it is."""
    counter = Counter(chat)
    built = application(url, counter, concurrent_updates=16)
    async with built:
        await built.start()
        took, puts = await burst(built.update_queue, counter, number)
        answers = await trickle(built.update_queue, counter, seconds)
        await built.stop()
    return Round(took, puts, answers)


async def stored(settings: Settings, url: str, chat: int, number: int, seconds: float) -> Round:
    """The same through a job store."""
    counter = Counter(chat)
    async with AsyncExitStack() as stack:
        delivery = await stack.enter_async_context(delivering(settings))
        built = application(url, counter, update_queue=delivery.inbox)
        await stack.enter_async_context(built)
        await stack.enter_async_context(delivery.to(built))
        took, puts = await burst(delivery.inbox, counter, number)
        await empty(delivery.store)
        answers = await trickle(delivery.inbox, counter, seconds)
        await empty(delivery.store)
    return Round(took, puts, answers)


async def empty(store: Store) -> None:
    """Wait until nothing waits."""
    while await waiting(store):  # noqa: ASYNC110 - a database
        await asyncio.sleep(0.02)


async def burst(
    queue: asyncio.Queue[object], counter: Counter, number: int
) -> tuple[float, list[float]]:
    """Put them all, and wait until the last one is answered: seconds for all, and for each put."""
    puts, begun = [], time.perf_counter()
    for update in updates(1, number, CHATS):
        before = time.perf_counter()
        await queue.put(update)
        puts.append(time.perf_counter() - before)
    await counter.until(number)
    return time.perf_counter() - begun, puts


async def trickle(queue: asyncio.Queue[object], counter: Counter, seconds: float) -> list[float]:
    """Put one after the other, each in its time; seconds from each put to its answer."""
    known, begun, put = len(counter.answered), time.perf_counter(), {}
    several = updates(known + 1, round(seconds * TRICKLING), TRICKLING)
    for number, update in enumerate(several):
        await asyncio.sleep(max(begun + number / TRICKLING - time.perf_counter(), 0))
        put[update.update_id] = time.perf_counter()
        await queue.put(update)
    await counter.until(known + len(several))
    return [counter.answered[number] - at for number, at in put.items()]


async def main(number: int, seconds: float, rounds: int) -> None:
    """Measure each in turn, several times, and print the medians."""
    with TemporaryDirectory() as folder, postgres_server() as server:
        async with playground() as (url, chat):
            results: dict[str, list[Round]] = {}
            for turn in range(rounds):
                file = settings_at(f"sqlite:///{folder}/{turn}.db")
                found, given = results.setdefault, (url, chat, number, seconds)
                found("bare", []).append(await bare(*given))
                found("SQLite", []).append(await stored(file, *given))
                shared = settings_at(server)
                found("PostgreSQL", []).append(await stored(shared, *given))
                await forget(shared)
    show_burst(results, number)
    show_trickle(results)


async def forget(settings: Settings) -> None:
    """The next round brings the same numbers."""
    async with delivering(settings) as delivery:
        await delivery.store.execute("DELETE FROM bot_seen_updates")


def show_burst(results: dict[str, list[Round]], number: int) -> None:
    """Print the medians of the rounds."""
    table = Table("burst", "updates/s", "of bare", "put p50 ms", "put p95 ms")
    fastest = statistics.median(one.burst for one in results["bare"])
    for name, rounds in results.items():
        seconds = statistics.median(one.burst for one in rounds)
        p50, p95 = percentiles([put for one in rounds for put in one.puts])
        figures = (number / seconds, fastest / seconds, p50, p95)
        table.add_row(name, *(f"{figure:.2f}" for figure in figures))
    Console().print(table)


def show_trickle(results: dict[str, list[Round]]) -> None:
    """Print the percentiles of all rounds, and what lies between them and bare."""
    table = Table("trickle", "p50 ms", "p95 ms", "added p50 ms", "added p95 ms")
    answers = {name: [s for one in rounds for s in one.answers] for name, rounds in results.items()}
    least = percentiles(answers["bare"])
    for name, seconds in answers.items():
        found = percentiles(seconds)
        added = [mine - bares for mine, bares in zip(found, least, strict=True)]
        table.add_row(name, *(f"{figure:.1f}" for figure in (*found, *added)))
    Console().print(table)


def percentiles(seconds: list[float]) -> tuple[float, float]:
    """The 50th and the 95th, in milliseconds."""
    cuts = statistics.quantiles(seconds, n=20)
    return cuts[9] * 1000, cuts[18] * 1000


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--number", type=int, default=400)
    parser.add_argument("--seconds", type=float, default=5)
    parser.add_argument("--rounds", type=int, default=3)
    given = parser.parse_args()
    asyncio.run(main(given.number, given.seconds, given.rounds))
