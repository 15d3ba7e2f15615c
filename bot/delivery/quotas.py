"""How many photos each person had read lately, so that nobody uses up what all share."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final, Literal

from bot.records import Limit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from bot.admission import Access
    from bot.delivery.store import Store, Transaction

SPANS: Final = {"hour": 3600, "day": 86_400}
"""Seconds."""

_HOLD: Final = """
INSERT INTO bot_meters (person, at) VALUES (%(person)s, %(now)s)
ON CONFLICT (person) DO UPDATE SET at = excluded.at
"""
# What somebody had deleted is still counted by the audit: else deleting were a way round a limit.
_COUNTED: Final = """
SELECT update_id, min(at) AS at FROM (
    SELECT update_id, at FROM bot_readings WHERE person = %(person)s AND at > %(since)s
    UNION ALL
    SELECT update_id, at FROM bot_audit
    WHERE person = %(person)s AND at > %(since)s AND event = 'read' AND update_id IS NOT NULL
) AS counted GROUP BY update_id ORDER BY at
"""
_TAKE: Final = """
INSERT INTO bot_readings (person, update_id, at) VALUES (%(person)s, %(update_id)s, %(now)s)
ON CONFLICT DO NOTHING
"""
_GIVE_BACK: Final = """
DELETE FROM bot_readings WHERE person = %(person)s AND update_id = %(update_id)s
"""
_FORGET: Final = "DELETE FROM bot_readings WHERE person = %(person)s"
_FORGET_METER: Final = "DELETE FROM bot_meters WHERE person = %(person)s"
_PRUNE: Final = "DELETE FROM bot_readings WHERE at <= %(before)s"
_PRUNE_METERS: Final = "DELETE FROM bot_meters WHERE at <= %(before)s"

Quota = tuple[Literal["hour", "day"], int]


class Quotas:
    """Counts readings in the last hour and in the last 24. Without a limit nothing is kept.

    Args:
        store: where they are counted.
        settings: the limits.
        clock: seconds since 1970.
    """

    def __init__(
        self, store: Store, settings: Access, clock: Callable[[], float] = time.time
    ) -> None:
        self._store = store
        self._clock = clock
        self._limits = tuple(_limits(settings))

    async def has_room(self, person: int) -> bool:
        """Whether another reading may begin now; nothing is counted."""
        if not self._limits:
            return True
        now = int(self._clock())
        async with self._store.transaction() as transaction:
            counted = await _counted(transaction, person, now)
        return exceeded(self._limits, tuple(counted.values()), now) is None

    async def take(self, person: int, update_id: int) -> Limit | None:
        """Count a reading that begins, or say why it may not; the same update counts once."""
        if not self._limits:
            return None
        now = int(self._clock())
        async with self._store.transaction() as transaction:
            await transaction.execute(_HOLD, person=person, now=now)  # nobody counts meanwhile
            counted = await _counted(transaction, person, now)
            limit = (
                None
                if update_id in counted
                else exceeded(self._limits, tuple(counted.values()), now)
            )
            if limit is None:
                await transaction.execute(_TAKE, person=person, update_id=update_id, now=now)
        return limit

    async def give_back(self, person: int, update_id: int) -> None:
        """It was not read, and not by the photo's fault: it does not count."""
        if self._limits:
            await self._store.execute(_GIVE_BACK, person=person, update_id=update_id)

    async def forget(self, person: int) -> None:
        """Delete what is counted of somebody."""
        async with self._store.transaction() as transaction:
            await transaction.execute(_FORGET, person=person)
            await transaction.execute(_FORGET_METER, person=person)

    async def prune(self) -> None:
        """Delete what counts no longer."""
        before = int(self._clock()) - max(SPANS.values())
        await self._store.execute(_PRUNE, before=before)
        await self._store.execute(_PRUNE_METERS, before=before)


def exceeded(limits: Sequence[Quota], counted: Sequence[int], now: int) -> Limit | None:
    """The limit that leaves no room for another reading now: the one that lasts longest.

    Args:
        limits: of each span, how many.
        counted: the moments of earlier readings, the oldest first.
        now: seconds since 1970.
    """
    full = []
    for span, most in limits:
        within = [at for at in counted if at > now - SPANS[span]]
        if len(within) >= most:
            full.append(Limit(span, most, within[-most] + SPANS[span]))
    return max(full, key=lambda limit: limit.free_at, default=None)


async def _counted(transaction: Transaction, person: int, now: int) -> dict[int, int]:
    since = now - max(SPANS.values())
    rows = await transaction.rows(_COUNTED, person=person, since=since)
    return {row["update_id"]: row["at"] for row in rows}


def _limits(settings: Access) -> Iterator[Quota]:
    if settings.photos_per_hour is not None:
        yield "hour", settings.photos_per_hour
    if settings.photos_per_day is not None:
        yield "day", settings.photos_per_day
