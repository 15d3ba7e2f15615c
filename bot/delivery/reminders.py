"""Reminders: a row that says what is to be said, and a job that wakes up when.

The job holds the reminder's id only and has no lock of a chat, for it would hold the chat up until
its day has come. Whoever waits in the chat goes before: at nine in the morning many are due.
"""

from __future__ import annotations

import secrets
import time
from datetime import date
from typing import TYPE_CHECKING, Any, Final, Literal

import structlog
from procrastinate.exceptions import ConnectorException
from telegram.error import BadRequest, Forbidden

from bot.delivery.handling import Patience, TryAgainError, is_transient
from bot.licence.documents import DocumentType
from bot.logs import note
from bot.metrics import Metrics
from bot.records import Reminder

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping
    from datetime import datetime

    from procrastinate import JobContext

    from bot.delivery.store import Store
    from bot.records import Kept

TASK: Final = "remind"
QUEUE: Final = "reminders"
LAST: Final = -0x8000_0000
"""A priority below that of every update."""

MOST: Final = 36
"""Reminders of one chat: as many as a message can list, whatever their names."""

TRIES: Final = 21
"""So often Telegram is asked to take a reminder; the pauses grow to an hour, twelve in all."""

EARLY: Final = 60
"""Seconds by which a clock may be wrong before a job that is begun has to wait."""

_LONGEST_PAUSE: Final = 3600.0
_ID_BITS: Final = 48

_KEEP: Final = """
INSERT INTO bot_reminders (id, chat, document_type, until, alias, day, language)
VALUES (%(id)s, %(chat)s, %(document_type)s, %(until)s, %(alias)s, %(day)s, %(language)s)
ON CONFLICT DO NOTHING RETURNING id
"""
_COLUMNS: Final = "id, chat, document_type, until, alias, day, language"
_COUNT: Final = "SELECT count(*) AS count FROM bot_reminders WHERE chat = %(chat)s"
_OF: Final = f"""
SELECT {_COLUMNS} FROM bot_reminders WHERE chat = %(chat)s ORDER BY day, until, alias
"""  # noqa: S608 - no value stands in it
_ONE: Final = f"SELECT {_COLUMNS} FROM bot_reminders WHERE id = %(id)s"  # noqa: S608 - likewise
_DONE: Final = "DELETE FROM bot_reminders WHERE id = %(id)s"
_CANCEL: Final = """
DELETE FROM bot_reminders WHERE id = %(id)s AND chat = %(chat)s RETURNING id
"""
_DROP: Final = "DELETE FROM bot_reminders WHERE chat = %(chat)s RETURNING id"

log = structlog.get_logger(__name__)


class Reminders:
    """Keeps reminders, and has them said when their hour has come.

    Args:
        store: where they wait.
        hour: the moment of a day at which they are said.
        clock: seconds since 1970.
        metrics: count what became of them.
    """

    def __init__(
        self,
        store: Store,
        hour: Callable[[date], datetime],
        clock: Callable[[], float] = time.time,
        metrics: Metrics | None = None,
    ) -> None:
        self._metrics = metrics or Metrics()
        self._store = store
        self.hour = hour
        self._clock = clock
        self._tell: Callable[[Reminder], Awaitable[None]] | None = None
        store.app.task(name=TASK, queue=QUEUE, pass_context=True, retry=Patience())(self.remind)

    def tell_with(self, tell: Callable[[Reminder], Awaitable[None]]) -> None:
        """Who says a reminder; before the worker starts."""
        self._tell = tell

    async def keep(self, wanted: Reminder) -> Kept:
        """Remind somebody; twice the same is once."""
        number = secrets.randbits(_ID_BITS)
        row = {
            "chat": wanted.chat,
            "document_type": int(wanted.document_type),
            "until": wanted.until.isoformat(),
            "alias": wanted.alias,
            "day": wanted.day.isoformat(),
            "language": wanted.language,
        }
        async with self._store.transaction() as transaction:
            (counted,) = await transaction.rows(_COUNT, chat=wanted.chat)
            if counted["count"] >= MOST:
                return "full"
            if not await transaction.rows(_KEEP, id=number, **row):
                return "known"
            job = self._store.app.configure_task(
                TASK,
                queue=QUEUE,
                queueing_lock=lock_of(number),
                schedule_at=self.hour(wanted.day),
                priority=LAST,
                connection=transaction.connection,
            )
            await job.defer_async(reminder_id=number)
        return "kept"

    async def of(self, chat: int) -> tuple[Reminder, ...]:
        """Those of a chat, the next one first."""
        return tuple(map(_reminder, await self._store.rows(_OF, chat=chat)))

    async def cancel(self, chat: int, reminder_id: int) -> bool:
        """Call one off; whether that chat had it."""
        gone = await self._store.rows(_CANCEL, id=reminder_id, chat=chat)
        await self._call_off(gone)
        return bool(gone)

    async def drop(self, chat: int) -> int:
        """Call off all of a chat; how many there were."""
        gone = await self._store.rows(_DROP, chat=chat)
        await self._call_off(gone)
        return len(gone)

    async def remind(self, context: JobContext, reminder_id: int) -> None:
        """The hour of a reminder has come, or went by while nobody was here.

        Raises:
            TryAgainError: later.
            ConnectorException: the database is away.
        """
        rows = await self._store.rows(_ONE, id=reminder_id)
        if not rows:  # called off at the last moment
            return
        reminder = _reminder(rows[0])
        early = self.hour(reminder.day).timestamp() - self._clock()
        if early > EARLY:  # a clock was wrong, here or there
            raise TryAgainError(early)
        if await self._told(reminder, context.job.attempts + 1):
            await self._store.execute(_DONE, id=reminder_id)

    async def _told(self, reminder: Reminder, number: int) -> bool:
        """Whether nothing more is to be done about it."""
        if self._tell is None:
            raise TypeError("nobody says reminders")
        try:
            await self._tell(reminder)
        except ConnectorException:
            raise
        except Exception as error:  # noqa: BLE001 - a bug costs one reminder, and is noted
            if _is_gone(error):
                await self.drop(reminder.chat)
                self._count("nobody-there")
            elif is_transient(error) and number < TRIES:
                self._count("tried-again")
                raise TryAgainError(pause_after(number)) from None
            else:
                note(error)
                log.error("reminder given up", error=type(error).__name__, tries=number)  # noqa: TRY400 - no text
                self._count("given-up")
        else:
            self._count("done")
        return True

    def _count(self, result: Literal["done", "nobody-there", "tried-again", "given-up"]) -> None:
        self._metrics.reminders.labels(result).inc()

    async def _call_off(self, rows: list[dict[str, Any]]) -> None:
        """The rows are gone, so that a job that begins meanwhile says nothing."""
        manager = self._store.app.job_manager
        for row in rows:
            for job in await manager.list_jobs_async(queueing_lock=lock_of(row["id"])):
                if job.id is not None:
                    await manager.cancel_job_by_id_async(job.id, delete_job=True)


def lock_of(reminder_id: int) -> str:
    """The queueing lock of its job."""
    return f"reminder:{reminder_id}"


def pause_after(number: int) -> float:
    """Seconds until the next try."""
    return min(2.0**number * 4, _LONGEST_PAUSE)


def _is_gone(error: Exception) -> bool:
    """Whether the person has blocked the bot, or is no longer there."""
    return isinstance(error, Forbidden) or (
        isinstance(error, BadRequest) and "chat not found" in error.message.lower()
    )


def _reminder(row: Mapping[str, Any]) -> Reminder:
    return Reminder(
        chat=row["chat"],
        document_type=DocumentType(row["document_type"]),
        until=date.fromisoformat(row["until"]),
        day=date.fromisoformat(row["day"]),
        alias=row["alias"],
        language=row["language"],
        id=row["id"],
    )
