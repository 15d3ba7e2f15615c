"""Who came by an invitation, and the invitations that are open.

A token stands in its link only; here is its hash, so that nobody gets in who reads the database.
"""

from __future__ import annotations

import secrets
import time
from datetime import UTC, datetime
from hashlib import sha256
from typing import TYPE_CHECKING, Final

from bot.records import Event, Member, Note

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.delivery.audit import Audit
    from bot.delivery.store import Store
    from bot.records import Entry

TOKEN_BYTES: Final = 24
"""192 bits; as base64 they are half of what Telegram lets a link carry."""

REMEMBER: Final = 30 * 86_400
"""Seconds for which an invitation that has expired is still known as one."""

_INVITE: Final = """
INSERT INTO bot_invitations (token_hash, expires_at) VALUES (%(token_hash)s, %(expires_at)s)
"""
_USE: Final = """
UPDATE bot_invitations SET used_at = %(now)s
WHERE token_hash = %(token_hash)s AND used_at IS NULL AND expires_at > %(now)s
RETURNING token_hash
"""
_LOOK: Final = "SELECT used_at FROM bot_invitations WHERE token_hash = %(token_hash)s"
_JOIN: Final = """
INSERT INTO bot_people (person, joined_at) VALUES (%(person)s, %(now)s) ON CONFLICT DO NOTHING
"""
_KNOWN: Final = "SELECT person FROM bot_people WHERE person = %(person)s"
_ALL: Final = "SELECT person, joined_at FROM bot_people ORDER BY joined_at DESC, person"
_REMOVE: Final = "DELETE FROM bot_people WHERE person = %(person)s RETURNING person"
_PRUNE: Final = "DELETE FROM bot_invitations WHERE expires_at < %(before)s"


class People:
    """Lets people in by invitations that can be used once.

    Args:
        store: where they are kept.
        audit: is told who came and who went, in the same transaction.
        days: for which an invitation can be used.
        clock: seconds since 1970.
    """

    def __init__(
        self, store: Store, audit: Audit, days: int, clock: Callable[[], float] = time.time
    ) -> None:
        self._store = store
        self._audit = audit
        self._days = days
        self._clock = clock

    async def has_joined(self, person: int) -> bool:
        """Whether somebody came by an invitation, and was not removed since."""
        return bool(await self._store.rows(_KNOWN, person=person))

    async def invite(self, owner: int) -> str:
        """A new invitation: the token for its link."""
        token = secrets.token_urlsafe(TOKEN_BYTES)
        expires_at = int(self._clock()) + self._days * 86_400
        async with self._store.transaction() as transaction:
            await transaction.execute(_INVITE, token_hash=hashed(token), expires_at=expires_at)
            await self._audit.keep(Note(Event.INVITED, owner), transaction)
        return token

    async def join(self, token: str, person: int) -> Entry:
        """Use an invitation. Of two who bring the same one at the same instant, one gets in."""
        now, token_hash = int(self._clock()), hashed(token)
        async with self._store.transaction() as transaction:
            if await transaction.rows(_USE, token_hash=token_hash, now=now):
                await transaction.execute(_JOIN, person=person, now=now)
                await self._audit.keep(Note(Event.JOINED, person), transaction)
                return "joined"
            rows = await transaction.rows(_LOOK, token_hash=token_hash)
        if not rows:
            return "unknown"
        return "expired" if rows[0]["used_at"] is None else "used"

    async def all(self) -> tuple[Member, ...]:
        """Those who came by an invitation, the latest first."""
        rows = await self._store.rows(_ALL)
        return tuple(
            Member(row["person"], datetime.fromtimestamp(row["joined_at"], UTC)) for row in rows
        )

    async def remove(self, person: int, owner: int) -> bool:
        """Let somebody in no longer; whether they were."""
        async with self._store.transaction() as transaction:
            gone = await transaction.rows(_REMOVE, person=person)
            if gone:
                await self._audit.keep(Note(Event.REMOVED, person, owner), transaction)
        return bool(gone)

    async def prune(self) -> None:
        """Forget invitations that have expired long ago."""
        await self._store.execute(_PRUNE, before=int(self._clock()) - REMEMBER)


def hashed(token: str) -> str:
    """What is kept of a token; it is random enough to need no salt."""
    return sha256(token.encode()).hexdigest()
