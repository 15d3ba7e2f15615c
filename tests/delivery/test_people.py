"""Who came by an invitation, in both databases."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from bot.delivery.audit import Audit
from bot.delivery.people import REMEMBER, People, hashed
from bot.delivery.store import opened
from bot.records import Event
from tests.delivery.conftest import audited

if TYPE_CHECKING:
    from bot.delivery.store import Store
    from bot.settings import Settings

OWNER, GUEST, OTHER = 1, 7_204_918_365, 8
NOW = 1_800_000_000
DAY = 86_400


class Clock:
    """A clock that a test moves."""

    def __init__(self) -> None:
        self.now = float(NOW)

    def __call__(self) -> float:
        """Seconds since 1970."""
        return self.now


def people_in(store: Store, clock: Clock, days: int = 7) -> People:
    """Those of a store."""
    return People(store, Audit(store, 365, clock), days, clock)


@pytest.fixture
def clock() -> Clock:
    """A clock that stands still."""
    return Clock()


@pytest.fixture
def people(store: Store, clock: Clock) -> People:
    """Invitations hold for seven days."""
    return people_in(store, clock)


async def test_an_invitation_lets_one_person_in(store: Store, people: People) -> None:
    """The second is refused, the audit names both events, and nobody reads the token anywhere."""
    token = await people.invite(OWNER)
    assert not await people.has_joined(GUEST)
    assert await people.join(token, GUEST) == "joined"
    assert await people.has_joined(GUEST)
    assert await people.join(token, OTHER) == "used"
    assert not await people.has_joined(OTHER)
    assert [(note.event, note.person) for note in await audited(store)] == [
        (Event.INVITED, OWNER),
        (Event.JOINED, GUEST),
    ]
    (row,) = await store.rows("SELECT * FROM bot_invitations")
    assert token not in str(row)
    assert row["token_hash"] == hashed(token)


async def test_a_token_cannot_be_guessed(people: People) -> None:
    """At least 128 random bits, each time others, and short enough for a link."""
    tokens = {await people.invite(OWNER) for _ in range(20)}
    assert len(tokens) == 20
    assert all(22 < len(token) <= 64 for token in tokens)


async def test_of_many_at_the_same_instant_one_gets_in(people: People, store: Store) -> None:
    """The database decides, not the order in which anybody looks."""
    token = await people.invite(OWNER)
    entries = await asyncio.gather(*(people.join(token, person) for person in range(100, 120)))
    assert sorted(entries) == ["joined", *["used"] * 19]
    assert len(await store.rows("SELECT * FROM bot_people")) == 1


async def test_an_invitation_expires(people: People, clock: Clock) -> None:
    """At that second, and it is still known as one for a while."""
    token = await people.invite(OWNER)
    clock.now += 7 * DAY
    assert await people.join(token, GUEST) == "expired"
    await people.prune()
    assert await people.join(token, GUEST) == "expired"
    clock.now += REMEMBER + 1
    await people.prune()
    assert await people.join(token, GUEST) == "unknown"


async def test_a_made_up_token_is_unknown(people: People) -> None:
    """Whatever it looks like."""
    assert await people.join("' OR 1=1 --", GUEST) == "unknown"
    assert not await people.has_joined(GUEST)


async def test_people_are_listed_and_removed(store: Store, people: People, clock: Clock) -> None:
    """The latest first; who is removed needs a new invitation."""
    token = ""
    for person in (GUEST, OTHER):
        token = await people.invite(OWNER)
        await people.join(token, person)
        clock.now += DAY
    assert [member.person for member in await people.all()] == [OTHER, GUEST]
    assert int((await people.all())[1].joined.timestamp()) == NOW
    assert await people.remove(GUEST, OWNER)
    assert not await people.has_joined(GUEST)
    assert not await people.remove(GUEST, OWNER)
    assert [member.person for member in await people.all()] == [OTHER]
    last = (await audited(store))[-1]
    assert (last.event, last.person, last.actor) == (Event.REMOVED, GUEST, OWNER)
    assert await people.join(token, GUEST) == "used"
    assert await people.join(await people.invite(OWNER), GUEST) == "joined"


async def test_people_outlive_a_restart(settings: Settings, clock: Clock) -> None:
    """And so do open invitations."""
    async with opened(settings) as store:
        people = people_in(store, clock)
        token = await people.invite(OWNER)
        await people.join(await people.invite(OWNER), OTHER)
    async with opened(settings) as store:
        people = people_in(store, clock)
        assert await people.has_joined(OTHER)
        assert await people.join(token, GUEST) == "joined"
