"""What is kept about people, put together."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from bot.delivery import worker
from bot.delivery.registry import Registry
from bot.delivery.worker import working
from bot.records import Event, Note
from bot.settings import Settings
from tests.delivery.conftest import audited, settled_rows

if TYPE_CHECKING:
    import pytest

    from bot.delivery.store import Store

YEAR = 400 * 86_400


async def test_what_was_kept_for_long_enough_is_deleted(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By the worker, from time to time, and nothing else."""
    monkeypatch.setattr(worker, "_FORGET_EVERY", 0.02)
    registry = Registry(Settings.model_validate({"access": {"photos_per_day": 9}}), store)
    await registry.audit.keep(Note(Event.READ, 7))
    await registry.quotas.take(7, 1)
    await registry.people.join(await registry.people.invite(1), 7)
    for table, column in (
        ("bot_audit", "at"),
        ("bot_readings", "at"),
        ("bot_invitations", "expires_at"),
    ):
        await store.execute(f"UPDATE {table} SET {column} = {column} - {YEAR}")  # noqa: S608
    await registry.audit.keep(Note(Event.READ, 8, at=int(time.time())))
    async with working(store, Settings().delivery, registry.prune):
        for table in ("bot_readings", "bot_invitations"):
            await settled_rows(store, table)
    assert [note.person for note in await audited(store)] == [8]
    assert await registry.people.has_joined(7)
