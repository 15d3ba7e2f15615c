"""Moving all that a bot keeps from one database to another, once, while no bot runs on the first.

What waits is sealed anew with the key of the new place. Reminders get new ids, and their jobs.
Whoever changes the bot as well takes everything along but what waits: only the bot that it was sent
to can fetch its photos and answer it.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from telegram import Update

from bot.delivery.delivery import delivering
from bot.delivery.identity import id_of, owner_of
from bot.delivery.sealing import open_all
from bot.delivery.sqlite import SqliteConnector
from bot.delivery.store import connector
from bot.errors import SettingsError
from bot.settings import variable

if TYPE_CHECKING:
    from bot.delivery.delivery import Delivery
    from bot.delivery.store import Rows, Store
    from bot.settings import Settings

COLUMNS: Final = {
    "bot_seen_updates": ("bot_id", "update_id", "seen_at"),
    "bot_people": ("person", "joined_at"),
    "bot_invitations": ("token_hash", "expires_at", "used_at"),
    "bot_readings": ("person", "update_id", "at"),
    "bot_meters": ("person", "at"),
    "bot_dead_letters": ("update_id", "died_at", "code", "tries"),
    "bot_audit": (
        *("at", "event", "person", "actor", "update_id", "document_type", "verdict"),
        *("provider", "cost", "code"),
    ),
}
"""Tables whose rows are moved as they are."""

_WAITING: Final = "SELECT update_id, sealed FROM bot_payloads ORDER BY update_id"
_CHATS: Final = "SELECT DISTINCT chat FROM bot_reminders ORDER BY chat"


async def move(source: Settings, target: Settings) -> dict[str, int]:
    """Copy everything; how many of each. The first database stays as it is, and its bot's.

    Args:
        source: the settings of the bot until now; nobody may be using its database.
        target: those of the bot from now on.

    Raises:
        SettingsError: a database cannot be used, what waits cannot be opened, or the second one is
            not new. Nothing was copied then.
    """
    if source.database_url == target.database_url:
        raise _wrong("is the database to move from")
    place = connector(source)
    if isinstance(place, SqliteConnector) and not place.path.is_file():  # else it would be made
        raise SettingsError(f"--from: {place.path}: there is no such file")
    # The command has the token of the new place for both.
    async with delivering(source) as old, delivering(target) as new:
        if await _is_used(new.store):
            raise _wrong("something is kept in it already; move to a new database")
        stays = await owner_of(old.store) not in {None, id_of(target)}
        rows = [] if stays else await old.store.rows(_WAITING)
        waiting = open_all(old.seals, rows)  # all, before any is copied
        moved = {"updates": await _updates(waiting, new)}
        for table in COLUMNS:
            moved[table.removeprefix("bot_")] = await _rows(old.store, new.store, table)
        moved["reminders"] = await _reminders(old, new)
    return moved


async def _updates(waiting: list[str], new: Delivery) -> int:
    """Before the ledger, or they would count as repeated."""
    for text in waiting:
        await new.inbox.put(Update.de_json(json.loads(text), None))
    return len(waiting)


async def _rows(old: Store, new: Store, table: str) -> int:
    columns = COLUMNS[table]
    names, places = ", ".join(columns), ", ".join(f"%({name})s" for name in columns)
    rows = await old.rows(f"SELECT {names} FROM {table}")  # noqa: S608 - our own names
    insert = f"INSERT INTO {table} ({names}) VALUES ({places}) ON CONFLICT DO NOTHING"  # noqa: S608
    async with new.transaction() as transaction:
        for row in rows:
            await transaction.execute(insert, **row)
    return len(rows)


async def _reminders(old: Delivery, new: Delivery) -> int:
    count = 0
    for row in await old.store.rows(_CHATS):
        for reminder in await old.registry.reminders.of(row["chat"]):
            await new.registry.reminders.keep(reminder)
            count += 1
    return count


async def _is_used(store: Store) -> bool:
    tables = (*COLUMNS, "bot_payloads", "bot_reminders")
    found: list[Rows] = [
        await store.rows(f"SELECT 1 AS one FROM {table} LIMIT 1")  # noqa: S608 - our own names
        for table in tables
    ]
    return any(found)


def _wrong(why: str) -> SettingsError:
    return SettingsError(f"{variable('database_url')}: {why}")
