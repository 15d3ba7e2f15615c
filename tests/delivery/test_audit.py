"""What was done, and for how long that is known."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.delivery.audit import DAY, Audit
from bot.licence.documents import DocumentType
from bot.records import Event, Note
from tests.delivery.conftest import audited

if TYPE_CHECKING:
    from bot.delivery.store import Store

NOW = 1_800_000_000
READ = Note(Event.READ, 7, None, 55, DocumentType.VEHICLE_LICENCE, "not_applicable", "embedded", 2)


async def test_a_note_is_kept_as_it_was(store: Store) -> None:
    """With its moment; a page whose number is 0 is a page."""
    audit = Audit(store, 365, lambda: NOW + 0.9)
    await audit.keep(READ)
    await audit.keep(Note(Event.REMOVED, 2**41, actor=1))
    read, removed = await audited(store)
    assert read == Note(
        Event.READ, 7, None, 55, DocumentType.VEHICLE_LICENCE, "not_applicable", "embedded", 2,
        "ok", NOW,
    )  # fmt: skip
    assert (removed.person, removed.actor, removed.document_type) == (2**41, 1, None)


async def test_what_is_too_old_is_deleted(store: Store) -> None:
    """To the second, by the owner's days."""
    for at in (NOW - 30 * DAY - 1, NOW - 30 * DAY, NOW):
        await Audit(store, 30, lambda at=at: at).keep(READ)  # type: ignore[misc]
    await Audit(store, 30, lambda: NOW).prune()
    assert [note.at for note in await audited(store)] == [NOW - 30 * DAY, NOW]


async def test_the_table_has_no_room_for_more(store: Store) -> None:
    """Ids, moments and codes: whoever adds a column has to come by here."""
    await Audit(store, 365).keep(READ)
    (row,) = await store.rows("SELECT * FROM bot_audit")
    assert set(row) == {
        "at", "event", "person", "actor", "update_id", "document_type", "verdict", "provider",
        "cost", "code",
    }  # fmt: skip
