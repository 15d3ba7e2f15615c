"""Whose database it is: what waits does not say to which bot it was sent, and so there is only one.

A bot's id is what stands in its token before the colon; a token that was issued anew has the same.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.errors import SettingsError
from bot.settings import require_token, variable

if TYPE_CHECKING:
    from bot.delivery.store import Store
    from bot.settings import Settings

_WHOSE: Final = "SELECT bot_id FROM bot_identity"
_CLAIM: Final = """
INSERT INTO bot_identity (one, bot_id) VALUES (1, %(bot_id)s) ON CONFLICT DO NOTHING
"""


def id_of(settings: Settings) -> int:
    """The id of the bot that the settings are for.

    Raises:
        SettingsError: there is no token.
    """
    return int(require_token(settings).get_secret_value().partition(":")[0])


async def owner_of(store: Store) -> int | None:
    """The bot whose database it is; `None` where none has worked with it."""
    rows = await store.rows(_WHOSE)
    return rows[0]["bot_id"] if rows else None


async def claim(store: Store, bot_id: int) -> None:
    """Make sure that a database is a bot's; a new one is from now on.

    Raises:
        SettingsError: it is another bot's.
    """
    owner = await owner_of(store)
    if owner is None:
        await store.execute(_CLAIM, bot_id=bot_id)  # of several at once, one does
        owner = await owner_of(store)
    if owner != bot_id:
        raise SettingsError(
            f"{variable('database_url')}: is the database of bot {owner}, and "
            f"{variable('telegram', 'token')} is of bot {bot_id}; each bot needs a database of its "
            "own: name another one, and `licence-bot move` copies everything there"
        )
