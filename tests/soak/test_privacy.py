"""Whoever steals the store reads nothing: while updates wait, with dead letters, and after all."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Final

import pytest

from bot.playground.faults import Fault
from tests.soak.crowd import SAYINGS, personal
from tests.soak.scene import scene, until
from tests.soak.stores import found, store_of
from tests.soak.trial import Shape

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.soak

PEOPLE: Final = 10
SEEN: Final = "handle_update"
"""What stands in every store: without it, nothing was looked at."""


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
async def test_nothing_personal_is_kept(kind: str, tmp_path: Path) -> None:
    """In the file, its log and what lies beside it; in a dump, and in the tables' own files."""
    with store_of(kind, tmp_path) as store:
        async with scene(Shape(kind), store, tmp_path) as place:
            world, (bot,) = place.playground.world, place.bots
            texts = personal(world, place.photo)
            refusal = "Bad Request: chat not found"
            world.faults.add(Fault("sendMessage", 8, error_code=400, description=refusal))
            crowd = place.crowd(PEOPLE)
            crowd.speak()
            await until(lambda: bool(crowd.tally().answered) and bool(store.dead()))
            world.faults.add(Fault("*", 1_000, delay=30.0))
            await until(lambda: not world.updates.pending())  # stored, and not answered
            assert store.waiting() > 0
            assert place.leaks(texts) == []
            assert found([SEEN], store.content()) == [SEEN]
            await bot.kill()
            assert place.leaks(texts) == []
            world.faults.clear()
            await bot.start()
            await place.settled()
            assert store.dead() > 0
            assert crowd.tally().answered > PEOPLE * SAYINGS // 2
            assert place.leaks(texts) == []
            await bot.stop()
            assert await asyncio.to_thread(place.leaks, texts) == []


def test_a_leak_would_be_found() -> None:
    """In each of the forms that a store or a dump may have."""
    texts = ["张三 says"]
    assert found(texts, "… 张三 says …".encode()) == texts
    assert found(texts, b'{"text": "\\u5f20\\u4e09 says"}') == texts
    assert found(texts, b"\\xE5BCA0E4B88920" + b"73617973") == texts
    assert found(texts, "李四 says".encode()) == []
