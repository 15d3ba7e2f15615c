"""What waits in the store, counted when somebody looks."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from bot.delivery import gauges as module
from bot.delivery.gauges import Gauges
from bot.delivery.inbox import Inbox
from bot.delivery.sealing import Sealer
from bot.delivery.worker import REMEMBER, forget
from bot.metrics import Metrics
from tests.delivery.conftest import message

if TYPE_CHECKING:
    import pytest

    from bot.delivery.store import Store

SEALER = Sealer([bytes(32)])


async def test_what_waits_is_counted(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """How much, how long the oldest of it, and what was given up."""
    monkeypatch.setattr(module, "FRESH", 0.0)
    metrics = Metrics()
    gauges, inbox = Gauges(store, metrics, 7), Inbox(store, SEALER, 7)
    await gauges.refresh()
    assert metrics.value("queue_depth", state="todo") == 0
    assert metrics.value("queue_oldest_seconds") == 0
    for number in (1, 2, 3):
        await inbox.put(message(number))
    await store.execute("UPDATE bot_seen_updates SET seen_at = seen_at - 60 WHERE update_id = 2")
    await store.execute("INSERT INTO bot_dead_letters VALUES (9, 1, 'X', 5)")
    await gauges.refresh()
    assert metrics.value("queue_depth", state="todo") == 3
    assert metrics.value("queue_depth", state="doing") == 0
    assert 60 <= metrics.value("queue_oldest_seconds") < 90
    assert metrics.value("dead_letters") == 1


async def test_what_waits_for_days_is_still_the_oldest(store: Store) -> None:
    """The ledger keeps what it needs to know for how long; all else of that age is forgotten."""
    metrics, inbox = Metrics(), Inbox(store, SEALER, 7)
    await inbox.put(message(1))
    await store.execute("INSERT INTO bot_seen_updates VALUES (7, 2, 5)")
    await store.execute("UPDATE bot_seen_updates SET seen_at = 5")
    await forget(store, before=10)
    assert [row["update_id"] for row in await store.rows("SELECT * FROM bot_seen_updates")] == [1]
    await Gauges(store, metrics, 7).refresh()
    assert metrics.value("queue_oldest_seconds") > REMEMBER


async def test_a_count_is_told_again_for_a_while(local: Store) -> None:
    """However many look at it."""
    metrics = Metrics()
    gauges = Gauges(local, metrics, 7)
    await gauges.refresh()
    await Inbox(local, SEALER, 7).put(message(1))
    await gauges.refresh()
    assert metrics.value("queue_depth", state="todo") == 0


async def test_a_store_that_is_away_has_no_figures(
    local: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Rather none than old ones; the other counts are told."""
    monkeypatch.setattr(module, "_DEAD", "SELECT count(*) AS number FROM nowhere")
    metrics = Metrics()
    await Gauges(local, metrics, 7).refresh()
    assert math.isnan(metrics.value("dead_letters"))
    assert math.isnan(metrics.value("queue_depth", state="todo"))
    assert b"licence_bot_updates" in metrics.render()
