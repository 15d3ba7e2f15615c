"""The audit: what was done for whom, by ids and codes; for the owner, and for a limited time."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any, Final

from bot.licence.documents import DocumentType
from bot.records import Event, Note

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from bot.delivery.store import Store, Transaction

DAY: Final = 86_400

_KEEP: Final = """
INSERT INTO bot_audit
    (at, event, person, actor, update_id, document_type, verdict, provider, cost, code)
VALUES (%(at)s, %(event)s, %(person)s, %(actor)s, %(update_id)s, %(document_type)s, %(verdict)s,
        %(provider)s, %(cost)s, %(code)s)
"""
_PRUNE: Final = "DELETE FROM bot_audit WHERE at < %(before)s"

COLUMNS: Final = "at, event, person, actor, update_id, document_type, verdict, provider, cost, code"


class Audit:
    """Keeps notes for so many days."""

    def __init__(self, store: Store, days: int, clock: Callable[[], float] = time.time) -> None:
        self._store = store
        self._days = days
        self._clock = clock

    async def keep(self, note: Note, within: Transaction | None = None) -> None:
        """Keep a note; with a transaction, together with the rest of that.

        Raises:
            ConnectorException: the database is away.
        """
        await (within or self._store).execute(_KEEP, **_row(note, int(self._clock())))

    async def prune(self) -> None:
        """Delete what is older than the owner wants it kept."""
        await self._store.execute(_PRUNE, before=int(self._clock()) - self._days * DAY)


def note_of(row: Mapping[str, Any]) -> Note:
    """The note in a row of the table."""
    page = row["document_type"]
    return Note(
        event=Event(row["event"]),
        person=row["person"],
        actor=row["actor"],
        update_id=row["update_id"],
        document_type=None if page is None else DocumentType(page),
        verdict=row["verdict"],
        provider=row["provider"],
        cost=row["cost"],
        code=row["code"],
        at=row["at"],
    )


def _row(note: Note, now: int) -> dict[str, Any]:
    page = note.document_type
    return {
        "at": now,
        "event": str(note.event),
        "person": note.person,
        "actor": note.actor,
        "update_id": note.update_id,
        "document_type": None if page is None else int(page),
        "verdict": note.verdict,
        "provider": note.provider,
        "cost": note.cost,
        "code": note.code,
    }
