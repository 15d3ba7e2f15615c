"""What becomes of an update before Telegram hears that it arrived."""

from __future__ import annotations

import asyncio
import json
import math
import sqlite3
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from procrastinate.jobs import Status
from telegram import Update
from telegram.error import NetworkError

from bot.delivery.inbox import LANES, Inbox, kind_of, lock_of
from bot.delivery.sealing import Sealer
from bot.delivery.store import opened
from tests.delivery.conftest import PATIENCE, SECRET, message, press, settings_at, waiting

if TYPE_CHECKING:
    from io import StringIO

    from bot.delivery.store import Store

SEALER = Sealer([bytes(32)])


async def test_an_update_is_stored_once(store: Store) -> None:
    """However often Telegram delivers it."""
    inbox = Inbox(store, SEALER, 1)
    for _ in range(3):
        await inbox.put(message(5))
    (job,) = await waiting(store)
    assert (job["lock"], job["priority"], job["queue_name"]) == ("chat:7", -5, "updates")
    assert inbox.empty()
    (row,) = await store.rows("SELECT * FROM bot_payloads")
    assert row["job_id"] == job["id"]
    assert json.loads(SEALER.open(bytes(row["sealed"]), 5))["message"]["text"] == SECRET


async def test_two_who_store_it_at_once_store_it_once(store: Store) -> None:
    """Telegram may redeliver to another replica while the first is still at it."""
    first, second = Inbox(store, SEALER, 1), Inbox(store, SEALER, 1)
    await asyncio.gather(*(inbox.put(message(5)) for inbox in (first, second) * 3))
    assert len(await waiting(store)) == 1


async def test_each_bot_counts_its_own(store: Store) -> None:
    """Another bot's update of the same number is another update."""
    await Inbox(store, SEALER, 1).put(message(5))
    await Inbox(store, SEALER, 2).put(message(5))
    assert len(await waiting(store)) == 2


async def test_an_update_is_kept_as_it_came(store: Store) -> None:
    """Also what python-telegram-bot does not know yet."""
    update = message(5)
    stranger = Update.de_json({**update.to_dict(), "news": {"a": 1}})
    assert stranger is not None
    await Inbox(store, SEALER, 1).put(stranger)
    (row,) = await store.rows("SELECT * FROM bot_payloads")
    assert '"news": {"a": 1}' in SEALER.open(bytes(row["sealed"]), 5)


async def test_what_cannot_be_stored_comes_again(local: Store) -> None:
    """Polling takes a network error for a reason to wait and to fetch the update again."""
    inbox = Inbox(local, SEALER, 1)
    await local.execute("ALTER TABLE bot_seen_updates RENAME TO elsewhere")
    with pytest.raises(NetworkError) as failed:
        await inbox.put(message(5))
    assert not isinstance(failed.value.__cause__, sqlite3.Error)
    await local.execute("ALTER TABLE elsewhere RENAME TO bot_seen_updates")
    assert inbox.failed < PATIENCE
    await inbox.put(message(5))
    assert inbox.failed == math.inf
    assert len(await waiting(local)) == 1


async def test_a_bug_of_ours_is_no_end_of_polling(
    local: Store, monkeypatch: pytest.MonkeyPatch, logged: StringIO
) -> None:
    """PTB would never poll again after any other error; this one is told without its text."""
    inbox, before = Inbox(local, SEALER, 1), len(logged.getvalue())

    def fail(_: Update) -> None:
        raise KeyError(SECRET)

    with monkeypatch.context() as patch:
        patch.setattr("bot.delivery.inbox.lock_of", fail)
        with pytest.raises(NetworkError):
            await inbox.put(message(5))
    assert inbox.failed < PATIENCE
    told = [json.loads(line) for line in logged.getvalue()[before:].splitlines()]
    assert [(line["event"], line["error"]) for line in told] == [
        ("update not stored", "KeyError"),
        ("surprise", "KeyError"),
    ]
    assert SECRET not in logged.getvalue()[before:]
    await inbox.put(message(5))
    assert len(await waiting(local)) == 1


async def test_a_store_that_hangs_takes_nothing(
    local: Store, monkeypatch: pytest.MonkeyPatch, logged: StringIO
) -> None:
    """The webhook gives up after a while; the store is not well, and the log says so."""
    inbox, before = Inbox(local, SEALER, 1), len(logged.getvalue())
    monkeypatch.setattr(inbox, "_keep", lambda _: asyncio.Event().wait())
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.01):
            await inbox.put(message(5))
    assert inbox.failed < PATIENCE
    assert "update not stored" in logged.getvalue()[before:]


async def test_what_is_stored_in_part_is_not_stored(local: Store) -> None:
    """An update whose payload cannot be kept is not seen, either, or it would never be answered."""
    inbox = Inbox(local, SEALER, 1)
    await local.execute("DROP TABLE bot_payloads")
    with pytest.raises(NetworkError):
        await inbox.put(message(5))
    assert await waiting(local) == []
    assert await local.rows("SELECT * FROM bot_seen_updates") == []


async def test_what_is_no_update_waits_in_memory(local: Store) -> None:
    """PTB stops itself by such a thing; an update must not slip in beside the store."""
    inbox, signal = Inbox(local, SEALER, 1), object()
    await inbox.put(signal)
    assert inbox.get_nowait() is signal
    with pytest.raises(TypeError):
        inbox.put_nowait(message(5))
    assert await waiting(local) == []


def test_messages_keep_the_order_of_their_chat() -> None:
    """Chats do not wait for each other, and what belongs to no chat waits for none."""
    assert lock_of(message(1, chat=7)) == lock_of(message(2, chat=7)) == "chat:7"
    assert lock_of(message(1, chat=8)) == "chat:8"
    assert lock_of(Update(1)) is None


def test_a_press_waits_for_no_message() -> None:
    """Presses of one message keep their order; one chat has a few lanes for them."""
    assert lock_of(press(1, 100)) == lock_of(press(2, 100))
    locks = {lock_of(press(1, number)) for number in range(100)}
    assert len(locks) == LANES
    assert lock_of(message(1)) not in locks


@settings(max_examples=25)
@given(st.lists(st.integers(1, 12), max_size=30))
def test_the_ledger_takes_each_update_once(arrivals: list[int]) -> None:
    """In whatever order and however often they arrive, they are begun once and in their order."""

    async def run(folder: str) -> list[int]:
        async with opened(settings_at(f"sqlite:///{folder}/bot.db")) as store:
            inbox, manager = Inbox(store, SEALER, 1), store.app.job_manager
            for number in arrivals:
                await inbox.put(message(number, chat=number % 3))
            begun = []
            while job := await manager.fetch_job(None, 1):
                begun.append(int(str(job.task_kwargs["update_id"])))
                await manager.finish_job(job, Status.SUCCEEDED, delete_job=True)
            return begun

    with TemporaryDirectory() as folder:
        assert asyncio.run(run(folder)) == sorted(set(arrivals))


@pytest.mark.parametrize(
    ("update", "kind"),
    [
        ({"message": {"photo": [{"file_id": "1", "file_unique_id": "1", "width": 1,
                                 "height": 1}]}}, "photo"),
        ({"message": {"document": {"file_id": "1", "file_unique_id": "1"}}}, "file"),
        ({"message": {"text": "/start"}}, "command"),
        ({"message": {"text": "hello"}}, "text"),
        ({"message": {}}, "other"),
        ({"callback_query": {"id": "1", "chat_instance": "1"}}, "press"),
        ({}, "other"),
    ],
)  # fmt: skip
def test_an_update_is_of_one_of_a_few_kinds(update: dict[str, Any], kind: str) -> None:
    """Whatever Telegram thinks of next: a count has few series."""
    somebody = {"id": 7, "is_bot": False, "first_name": "Somebody"}
    sent = {"message_id": 1, "date": 1, "chat": {"id": 7, "type": "private"}}
    if "message" in update:
        update = {"message": sent | update["message"]}
    if "callback_query" in update:
        update = {"callback_query": {"from": somebody} | update["callback_query"]}
    assert kind_of(Update.de_json({"update_id": 1, **update}, None)) == kind
