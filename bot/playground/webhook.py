"""Updates pushed to the bot: several at once, each chat's in their order, nothing given up.

Telegram has a queue for the messages of each chat and one for the presses of each person
(telegram-bot-api, ``WebhookActor.cpp``): the next update of a queue follows when the bot has taken
the one before, and a queue that waits for its next attempt holds no other up.
"""

from __future__ import annotations

import asyncio
import re
from typing import TYPE_CHECKING, Any

import httpx

from bot.playground.pulse import Pulse, first
from bot.playground.refusals import bad_request

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from bot.playground.clock import Clock
    from bot.playground.updates import Update, Updates

    Execute = Callable[[dict[str, Any]], Awaitable[object]]
    Queue = tuple[str, int]

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - a name
LONGEST_SECRET = 256
FIRST_DELAY = 1.0
LONGEST_DELAY = 60.0
LONGEST_RETRY_AFTER = 3_600
"""Seconds between attempts (telegram-bot-api, ``WebhookActor.cpp``)."""

ANSWER_TIME = 60.0
CONNECTIONS = 40
LAST_PORT = 65_535


class Webhook:
    """Where updates are posted to, and the couriers who do it, one for each queue."""

    def __init__(self, updates: Updates, clock: Clock) -> None:
        self.url = ""
        self._updates = updates
        self._clock = clock
        self._secret = ""
        self._max_connections = CONNECTIONS
        self._places = asyncio.Semaphore(CONNECTIONS)
        self._busy: set[Queue] = set()
        self._last_error: tuple[int, str] | None = None
        self._changed = Pulse()

    def set(self, url: str, secret: str = "", max_connections: int = CONNECTIONS) -> None:
        """Post updates to `url` from now on; an empty one ends it.

        Any http or https address will do, as with a Bot API server in local mode.

        Raises:
            Refusal: 400 if the address or the secret is none Telegram would take.
        """
        _check(url, secret)
        self.url, self._secret = url, secret
        self._max_connections = max_connections if 1 <= max_connections <= 100 else CONNECTIONS  # noqa: PLR2004 - Telegram's range
        self._places = asyncio.Semaphore(self._max_connections)
        self._last_error = None
        self._changed.beat()
        self._updates.arrived.beat()

    def info(self) -> dict[str, Any]:
        """A ``WebhookInfo`` of the Bot API."""
        info: dict[str, Any] = {
            "url": self.url,
            "has_custom_certificate": False,
            "pending_update_count": len(self._updates.pending()),
        }
        if self.url:
            info["max_connections"] = self._max_connections
        if self._last_error:
            info["last_error_date"], info["last_error_message"] = self._last_error
        if self._updates.allowed is not None:
            info["allowed_updates"] = sorted(self._updates.allowed)
        return info

    async def run(self, execute: Execute) -> None:
        """Deliver for ever; `execute` runs the method a webhook's answer may carry."""
        while not self.url:  # a client is costly to make, and most bots poll
            await self._changed.wait()
        client = httpx.AsyncClient(trust_env=False, timeout=ANSWER_TIME, limits=httpx.Limits())
        async with client, asyncio.TaskGroup() as couriers:
            self._busy.clear()
            while True:
                for update in self._updates.pending() if self.url else []:
                    queue = _queue_of(update)
                    if queue not in self._busy:
                        self._busy.add(queue)
                        couriers.create_task(self._empty(queue, client, execute))
                await self._updates.arrived.wait()

    async def _empty(self, queue: Queue, client: httpx.AsyncClient, execute: Execute) -> None:
        """Deliver what waits in a queue, later and later where it is not taken."""
        delay = FIRST_DELAY
        while True:
            async with self._places:
                update = self._next(queue)
                if update is None:
                    self._busy.remove(queue)
                    return
                pause = await self._deliver(client, update, execute)
            if pause is None:
                delay = FIRST_DELAY
            else:
                await first(self._clock.sleep(pause or delay), self._changed.wait())
                delay = min(2 * delay, LONGEST_DELAY)

    def _next(self, queue: Queue) -> Update | None:
        waiting = self._updates.pending() if self.url else []
        return next((update for update in waiting if _queue_of(update) == queue), None)

    async def _deliver(
        self, client: httpx.AsyncClient, update: Update, execute: Execute
    ) -> float | None:
        """Post one update; ``None`` when it was taken, else the pause asked for (0: none)."""
        headers = {SECRET_HEADER: self._secret} if self._secret else {}
        try:
            response = await client.post(self.url, json=update.to_api(), headers=headers)
        except httpx.HTTPError as error:
            self._fail(f"Connection failed: {type(error).__name__}")
            return 0.0
        if not response.is_success:
            status = f"{response.status_code} {response.reason_phrase}"
            self._fail(f"Wrong response from the webhook: {status}")
            return _retry_after(response)
        self._updates.remove(update)
        await _execute_answer(response, execute)
        return None

    def _fail(self, message: str) -> None:
        self._last_error = (self._clock.date(), message)


def _queue_of(update: Update) -> Queue:
    payload = update.payload
    return update.kind, (payload["chat"] if "chat" in payload else payload["from"])["id"]


async def _execute_answer(response: httpx.Response, execute: Execute) -> None:
    """A webhook may answer with a method to call; its result is told to nobody."""
    try:
        answer = response.json()
    except ValueError:
        return
    if isinstance(answer, dict) and "method" in answer:
        await execute(answer)


def _retry_after(response: httpx.Response) -> float:
    value = response.headers.get("retry-after", "")
    return min(float(value), LONGEST_RETRY_AFTER) if value.isdigit() else 0.0


def _check(url: str, secret: str) -> None:
    try:
        parts = httpx.URL(url)
    except httpx.InvalidURL as error:
        raise bad_request("bad webhook: invalid URL specified") from error
    known = parts.scheme in {"http", "https"} and parts.host and (parts.port or 80) <= LAST_PORT
    if url and not known:
        raise bad_request("bad webhook: invalid URL specified")
    if len(secret) > LONGEST_SECRET:
        raise bad_request("secret token is too long")
    if not re.fullmatch(r"[A-Za-z0-9_-]*", secret):
        raise bad_request("secret token contains unallowed characters")
