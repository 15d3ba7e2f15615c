"""Delivery, put together: the store, what is put into it, and what works on that."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from bot.delivery.gauges import Gauges
from bot.delivery.handling import Handling, here
from bot.delivery.identity import claim, id_of
from bot.delivery.inbox import Inbox
from bot.delivery.registry import Registry
from bot.delivery.sealing import check, sealer
from bot.delivery.store import opened
from bot.delivery.turns import turn_at
from bot.delivery.worker import working
from bot.metrics import Metrics
from bot.settings import require_token

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from bot.delivery.handling import Away, BotApplication
    from bot.delivery.sealing import Sealer
    from bot.delivery.store import Store
    from bot.settings import Settings


class Delivery:
    """Carries updates from Telegram to an application's handlers, through a store.

    Attributes:
        bot_id: whose updates they are.
        store: where they wait; open. Others may keep tables and jobs of their own in it.
        inbox: for `ApplicationBuilder.update_queue()`.
        turn: the right to fetch updates by polling.
        gauges: count what waits.
        registry: what is kept about people.
        seals: open what waits.
    """

    def __init__(self, settings: Settings, store: Store, seals: Sealer, metrics: Metrics) -> None:
        self.bot_id = bot_id = id_of(settings)
        self.store = store
        self.inbox = Inbox(store, seals, bot_id, metrics)
        self.turn = turn_at(store)
        self.gauges = Gauges(store, metrics, bot_id)
        self.registry = Registry(settings, store, metrics)
        self._metrics = metrics
        self._settings = settings.delivery
        self.seals = seals

    @asynccontextmanager
    async def to(self, application: BotApplication, away: Away = here) -> AsyncIterator[None]:
        """Let an application that was started handle what waits, while the block runs.

        After it, what runs is finished within the owner's grace and what waits is left for the
        next start.

        Args:
            application: the bot.
            away: tells for how many seconds Telegram has been away.

        Raises:
            SettingsError: the store is another bot's.
            ConnectorException: the database went away at once.
        """
        await claim(self.store, self.bot_id)  # not before Telegram has accepted the token
        Handling(self.store, self.seals, application, self._metrics, away)
        async with working(self.store, self._settings, self.registry.prune):
            yield


@asynccontextmanager
async def delivering(settings: Settings, metrics: Metrics | None = None) -> AsyncIterator[Delivery]:
    """Delivery with its store open; `metrics` count what passes through it.

    Raises:
        SettingsError: there is no token, or the store or its key cannot be used.
        ConnectorException: the database went away at once.
    """
    require_token(settings)
    async with opened(settings) as store:
        seals = sealer(settings.delivery, store)
        await check(seals, store)
        yield Delivery(settings, store, seals, metrics or Metrics())
