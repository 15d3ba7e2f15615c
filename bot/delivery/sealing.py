"""What waits is sealed: AES-256-GCM, bound to its update's id."""

from __future__ import annotations

import os
from base64 import b64encode
from contextlib import suppress
from typing import TYPE_CHECKING, Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from bot.delivery.files import keep
from bot.delivery.sqlite import SqliteConnector
from bot.errors import SettingsError
from bot.formats import KEY_BYTES, key_of
from bot.settings import variable

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from bot.delivery.store import Rows, Store
    from bot.settings import Delivery

_NONCE_BYTES: Final = 12
_ENDS: Final = """
SELECT update_id, sealed FROM bot_payloads WHERE job_id IN (
    SELECT min(job_id) FROM bot_payloads UNION SELECT max(job_id) FROM bot_payloads
)
"""


class SealBrokenError(Exception):
    """Something was sealed with another key, for another update, or was changed since."""


class Sealer:
    """Seals with the first of its keys and opens with any."""

    def __init__(self, keys: Sequence[bytes]) -> None:
        self._ciphers = [AESGCM(key) for key in keys]

    def seal(self, text: str, update_id: int) -> bytes:
        """Nobody without the key learns more than how long it is."""
        nonce = os.urandom(_NONCE_BYTES)
        return nonce + self._ciphers[0].encrypt(nonce, text.encode(), _bound_to(update_id))

    def open(self, sealed: bytes, update_id: int) -> str:
        """What was sealed.

        Raises:
            SealBrokenError: with none of these keys, or not for this update.
        """
        nonce, rest = sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:]
        for cipher in self._ciphers:
            with suppress(InvalidTag, ValueError):  # the latter where it is too short
                return cipher.decrypt(nonce, rest, _bound_to(update_id)).decode()
        raise SealBrokenError


def sealer(settings: Delivery, store: Store) -> Sealer:
    """With the owner's keys, or on SQLite with one in a file beside the database.

    Raises:
        SettingsError: a database that others may reach has no key; or the file cannot be used.
    """
    given = [key for key in (settings.key, settings.previous_key) if key is not None]
    keys = [key_of(key.get_secret_value()) for key in given]
    if settings.key is None:
        if not isinstance(store.connector, SqliteConnector):
            raise SettingsError(
                f"{variable('delivery', 'key')}: missing; PostgreSQL needs one, e.g. what "
                "`openssl rand -base64 32` prints"
            )
        path = store.connector.path
        keys.insert(0, _of_file(path.with_name(f"{path.name}.key")))
    return Sealer(keys)


async def check(seals: Sealer, store: Store) -> None:
    """Whether what waits can be opened, before anybody tries and gives it up.

    The newest tells of a key that is wrong, the oldest of one that was taken away too early.

    Raises:
        SettingsError: it was sealed with another key.
    """
    open_all(seals, await store.rows(_ENDS))


def open_all(seals: Sealer, rows: Rows) -> list[str]:
    """What waits, in the order of its rows.

    Raises:
        SettingsError: something was sealed with another key.
    """
    try:
        return [seals.open(bytes(row["sealed"]), row["update_id"]) for row in rows]
    except SealBrokenError:
        raise SettingsError(
            f"{variable('delivery', 'key')}: does not open all updates that wait; the key "
            f"that they were sealed with goes into {variable('delivery', 'previous_key')}"
        ) from None


def _of_file(path: Path) -> bytes:
    """The key in a file, made at the first start."""
    try:
        if not path.exists():  # nobody else makes one: the database is ours
            keep(path, b64encode(os.urandom(KEY_BYTES)))
        return key_of(path.read_text("ascii"))
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "no key stands in it"
        raise SettingsError(f"{variable('delivery', 'key')}: {path}: {reason}") from None


def _bound_to(update_id: int) -> bytes:
    return f"update:{update_id}".encode()
