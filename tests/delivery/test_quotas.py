"""How many photos each person may have read, in both databases."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from bot.admission import Access
from bot.delivery.audit import Audit
from bot.delivery.quotas import SPANS, Quotas, exceeded
from bot.delivery.store import opened
from bot.records import Event, Limit, Note
from tests.delivery.test_people import NOW, Clock

if TYPE_CHECKING:
    from bot.delivery.quotas import Quota
    from bot.delivery.store import Store
    from bot.settings import Settings

PERSON, OTHER = 7_204_918_365, 8
TWO = Access(photos_per_hour=2)


async def counted(store: Store) -> int:
    """Rows of readings."""
    return len(await store.rows("SELECT * FROM bot_readings"))


async def test_a_limit_is_one_persons(store: Store) -> None:
    """And says when the next photo may be read: an hour after the oldest that counts."""
    clock = Clock()
    quotas = Quotas(store, TWO, clock)
    assert await quotas.take(PERSON, 1) is None
    clock.now += 600
    assert await quotas.take(PERSON, 2) is None
    assert await quotas.take(PERSON, 3) == Limit("hour", 2, NOW + 3600)
    assert await quotas.take(OTHER, 4) is None
    clock.now = NOW + 3599
    assert await quotas.take(PERSON, 5) is not None
    clock.now = NOW + 3600
    assert await quotas.take(PERSON, 6) is None


async def test_the_same_update_counts_once(store: Store) -> None:
    """A second try after a crash begins what was counted already, also at the limit."""
    quotas = Quotas(store, TWO, Clock())
    for update_id in (1, 1, 2, 1, 2):
        assert await quotas.take(PERSON, update_id) is None
    assert await counted(store) == 2
    assert await quotas.take(PERSON, 3) is not None


async def test_what_failed_is_given_back(store: Store) -> None:
    """Only that of this update."""
    quotas = Quotas(store, TWO, Clock())
    await quotas.take(PERSON, 1)
    await quotas.take(PERSON, 2)
    await quotas.give_back(PERSON, 2)
    assert await quotas.take(PERSON, 3) is None
    assert await quotas.take(PERSON, 4) is not None


async def test_who_looks_whether_there_is_room_takes_none(store: Store) -> None:
    """Before a photo is fetched to be guessed."""
    quotas = Quotas(store, TWO, Clock())
    for update_id in (1, 2):
        assert await quotas.has_room(PERSON)
        assert await quotas.has_room(PERSON)
        await quotas.take(PERSON, update_id)
    assert not await quotas.has_room(PERSON)
    assert await quotas.has_room(OTHER)
    assert await Quotas(store, Access(), Clock()).has_room(PERSON)


async def test_of_many_at_the_same_instant_as_many_begin_as_may(store: Store) -> None:
    """Presses of one chat are worked on side by side."""
    quotas = Quotas(store, Access(photos_per_hour=3), Clock())
    limits = await asyncio.gather(*(quotas.take(PERSON, number) for number in range(12)))
    assert sum(limit is None for limit in limits) == 3
    assert await counted(store) == 3


async def test_a_count_outlives_a_restart(settings: Settings) -> None:
    """Nobody gets a new hour by it."""
    clock = Clock()
    async with opened(settings) as store:
        await Quotas(store, TWO, clock).take(PERSON, 1)
        await Quotas(store, TWO, clock).take(PERSON, 2)
    async with opened(settings) as store:
        assert await Quotas(store, TWO, clock).take(PERSON, 3) is not None


async def test_deleting_is_no_way_round_a_limit(store: Store) -> None:
    """The rows are gone; what the audit tells of is still counted, each reading once."""
    clock = Clock()
    quotas, audit = Quotas(store, TWO, clock), Audit(store, 365, clock)
    for update_id in (1, 2):
        await quotas.take(PERSON, update_id)
        await audit.keep(Note(Event.READ, PERSON, update_id=update_id))
    await quotas.forget(PERSON)
    assert await counted(store) == 0
    assert await store.rows("SELECT * FROM bot_meters") == []
    assert await quotas.take(PERSON, 3) is not None
    clock.now += 3600
    assert await quotas.take(PERSON, 4) is None


async def test_what_counts_no_longer_is_deleted(store: Store) -> None:
    """After the longest span."""
    clock = Clock()
    quotas = Quotas(store, TWO, clock)
    await quotas.take(PERSON, 1)
    clock.now += SPANS["day"] - 1
    await quotas.prune()
    assert await counted(store) == 1
    clock.now += 1
    await quotas.prune()
    assert await counted(store) == 0
    assert await store.rows("SELECT * FROM bot_meters") == []


async def test_without_a_limit_nothing_is_counted(store: Store) -> None:
    """What is not needed is not kept."""
    quotas = Quotas(store, Access(), Clock())
    assert [await quotas.take(PERSON, number) for number in range(5)] == [None] * 5
    await quotas.give_back(PERSON, 1)
    assert await counted(store) == 0


@given(
    st.lists(st.integers(NOW - 90_000, NOW), max_size=40).map(sorted),
    st.integers(1, 8),
    st.integers(1, 20),
)
def test_a_window_is_never_overfull(counted: list[int], hourly: int, daily: int) -> None:
    """At the told moment there is room by every limit, and a second earlier there was not."""
    limits: list[Quota] = [("hour", hourly), ("day", daily)]
    limit = exceeded(limits, counted, NOW)

    def fits(now: int) -> bool:
        return all(
            sum(now - SPANS[span] < at <= now for at in counted) < most for span, most in limits
        )

    assert (limit is None) == fits(NOW)
    if limit:
        assert limit.free_at > NOW
        assert fits(limit.free_at)
        assert not fits(limit.free_at - 1)
