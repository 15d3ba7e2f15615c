"""Where python-telegram-bot puts updates, by polling and by webhook alike: into the store.

Both await `put()` before they tell Telegram that they have an update, so that a stored update is
never lost and one that could not be stored comes again.
"""

from __future__ import annotations

import asyncio
import math
import time
from typing import TYPE_CHECKING, Final

import structlog
from procrastinate.exceptions import ConnectorException
from telegram import Update
from telegram.error import NetworkError

from bot.logs import note
from bot.metrics import Metrics

if TYPE_CHECKING:
    from bot.delivery.sealing import Sealer
    from bot.delivery.store import Store

TASK: Final = "handle_update"
QUEUE: Final = "updates"

LANES: Final = 4
"""Presses of one chat that may be worked on at a time, beside what else the chat sends."""

_NEWEST: Final = 0x7FFF_FFFF
_SEE: Final = """
INSERT INTO bot_seen_updates (bot_id, update_id, seen_at)
VALUES (%(bot_id)s, %(update_id)s, %(now)s)
ON CONFLICT DO NOTHING RETURNING update_id
"""
_KEEP: Final = """
INSERT INTO bot_payloads (job_id, update_id, sealed)
VALUES (%(job_id)s, %(update_id)s, %(sealed)s)
"""

log = structlog.get_logger(__name__)


class Inbox(asyncio.Queue[object]):
    """A queue that commits updates to the store; what is no update stays in memory."""

    def __init__(
        self, store: Store, sealer: Sealer, bot_id: int, metrics: Metrics | None = None
    ) -> None:
        super().__init__()
        self._metrics = metrics or Metrics()
        self._bot_id = bot_id
        self._store = store
        self._sealer = sealer
        self._failed_at = -math.inf

    @property
    def failed(self) -> float:
        """Seconds since an update could not be stored; endless where that was not the last one."""
        return time.monotonic() - self._failed_at

    async def put(self, item: object) -> None:
        """Store an update once, however often it comes.

        Raises:
            NetworkError: it could not be stored, be it for a bug of ours. Polling waits and fetches
                it again; a webhook answers 503 and Telegram sends it again.
        """
        if not isinstance(item, Update):
            return await super().put(item)
        try:
            new = await self._keep(item)
            (self._metrics.updates.labels(kind_of(item)) if new else self._metrics.repeated).inc()
        except BaseException as error:
            self._failed(item, error)
            if isinstance(error, Exception):  # PTB pauses for this kind, and ends polling for most
                raise NetworkError("the update could not be stored") from None
            raise  # somebody lost patience, or the process stops
        self._failed_at = -math.inf
        return None

    def put_nowait(self, item: object) -> None:
        """For what is no update.

        Raises:
            TypeError: an update would be lost with this process.
        """
        if isinstance(item, Update):
            raise TypeError("an update waits in the store, not in memory")
        super().put_nowait(item)

    def _failed(self, update: Update, error: BaseException) -> None:
        self._failed_at = time.monotonic()
        cause = type(error.__cause__ or error).__name__
        log.error("update not stored", update=update.update_id, error=cause)
        if isinstance(error, Exception) and not isinstance(error, ConnectorException):
            note(error)  # of ours: where it was

    async def _keep(self, update: Update) -> bool:
        """Whether it is new."""
        sealed = self._sealer.seal(update.to_json(), update.update_id)
        async with self._store.transaction() as transaction:
            seen = {"bot_id": self._bot_id, "update_id": update.update_id, "now": int(time.time())}
            new = await transaction.rows(_SEE, **seen)
            if not new:
                return False
            job = self._store.app.configure_task(
                TASK,
                queue=QUEUE,
                lock=lock_of(update),
                priority=-(update.update_id & _NEWEST),  # in their order, however they arrive
                connection=transaction.connection,
            )
            job_id = await job.defer_async(update_id=update.update_id)
            await transaction.execute(
                _KEEP, job_id=job_id, update_id=update.update_id, sealed=sealed
            )
        return True


def lock_of(update: Update) -> str | None:
    """What may not be worked on at the same time.

    The messages of a chat are worked on in their order. A press need not wait for them: whoever
    presses has seen the message with the button, and so all that came before it. Presses of the
    same message keep their order, too; those of other messages go in a few lanes, so that one chat
    never takes all the places.
    """
    chat = update.effective_chat
    if chat is None:
        return None
    pressed = update.callback_query and update.callback_query.message
    return f"chat:{chat.id}:{pressed.message_id % LANES}" if pressed else f"chat:{chat.id}"


def kind_of(update: Update) -> str:
    """What an update is, in one of a few words for the count."""
    if update.callback_query:
        return "press"
    message = update.message
    if message is None:
        return "other"
    if message.photo:
        return "photo"
    if message.document:
        return "file"
    if message.text:
        return "command" if message.text.startswith("/") else "text"
    return "other"
