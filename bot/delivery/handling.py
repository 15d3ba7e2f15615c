"""The task that works on a stored update, and what becomes of one that cannot be worked on.

Telegram or its network may be out of order for a while: that is tried again, with longer and longer
pauses, and the person hears of it after the last try only. While Telegram is away altogether, tries
do not count: nobody could be told that it was the last one. Whatever else goes wrong would go wrong
again: it is tried once. What could not be done leaves a dead letter: an id, a moment and a code.
"""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

import structlog
from procrastinate import BaseRetryStrategy, RetryDecision
from procrastinate.exceptions import ConnectorException
from structlog.contextvars import bound_contextvars
from telegram.error import BadRequest, Forbidden, NetworkError, RetryAfter
from telegram.ext import Application, ApplicationHandlerStop, CallbackContext

from bot.delivery import steady
from bot.delivery.inbox import QUEUE, TASK
from bot.delivery.sealing import SealBrokenError
from bot.delivery.understanding import opened
from bot.logs import note
from bot.metrics import Metrics

if TYPE_CHECKING:
    from procrastinate import JobContext
    from procrastinate.jobs import Job
    from telegram import Update

    from bot.delivery.sealing import Sealer
    from bot.delivery.store import Store

TRIES: Final = 5
"""So often Telegram is asked before an update is given up; the pauses are 2, 4, 8 and 16 s."""

STARTS: Final = 10
"""An update during which the process died so often is not touched again."""

AWAY: Final = 10.0
"""Seconds after which errors of Telegram are an outage; the third pause ends after it began."""

DAY: Final = 86_400.0
"""Seconds for which an update waits for the end of an outage; Telegram keeps them as long."""

LONGEST_PAUSE: Final = 60.0
"""Seconds; so late somebody may hear that Telegram, or a database, is back."""

_PAYLOAD: Final = """
SELECT sealed, tries, deaths, (
    SELECT seen_at FROM bot_seen_updates
    WHERE bot_id = %(bot_id)s AND update_id = bot_payloads.update_id
) AS seen_at
FROM bot_payloads WHERE job_id = %(job_id)s
"""
_COUNT: Final = "UPDATE bot_payloads SET tries = %(tries)s WHERE job_id = %(job_id)s"
_BURY: Final = """
INSERT INTO bot_dead_letters (update_id, died_at, code, tries)
VALUES (%(update_id)s, %(now)s, %(code)s, %(tries)s) ON CONFLICT DO NOTHING
"""

BotApplication = Application[Any, Any, Any, Any, Any, Any]
Away = Callable[[], float]

log = structlog.get_logger(__name__)


class TryAgainError(Exception):
    """An update is to be worked on once more.

    Attributes:
        pause: seconds until then.
    """

    def __init__(self, pause: float) -> None:
        super().__init__()
        self.pause = pause


class DiedTooOftenError(Exception):
    """The process died each time that it worked on an update."""


@dataclass(slots=True)
class Try:
    """One go at an update.

    Attributes:
        number: counted from 1; goes count that failed while Telegram was there.
        deaths: goes during which the process died.
        seen_at: when the update was stored, in seconds since 1970.
        begun: when it began, by a clock that nobody sets.
        error: what a handler raised.
        counts: whether a go that failed was one of the few that there are.
        again: whether there is to be another one.
    """

    number: int = 1
    deaths: int = 0
    seen_at: float = field(default_factory=time.time)
    begun: float = field(default_factory=time.monotonic)
    error: BaseException | None = None
    counts: bool = True
    again: bool = False


class Patience(BaseRetryStrategy):
    """When a job is done again: when its task says so, or when it was cut short.

    That is told by a clock that nobody sets, and stored by that of the store.
    """

    def get_retry_decision(self, *, exception: BaseException, job: Job) -> RetryDecision | None:
        """At once after a stop, and after a pause where the database was away."""
        if isinstance(exception, TryAgainError):
            return RetryDecision(retry_at=steady.in_seconds(exception.pause))
        if isinstance(exception, asyncio.CancelledError):
            return RetryDecision(retry_at=steady.now())
        if isinstance(exception, ConnectorException):
            return RetryDecision(retry_at=steady.in_seconds(pause_after(job.attempts + 1)))
        return None


_current: ContextVar[Try | None] = ContextVar("current_try", default=None)


def here() -> float:
    """Telegram is never away, for whoever cannot tell."""
    return 0.0


class Handling:
    """Works on stored updates with the handlers of an application.

    Its error handlers are told of an error only when nothing more will be tried.

    Args:
        store: where they wait.
        sealer: opens them.
        application: handles them.
        metrics: count what is given up.
        away: tells for how many seconds Telegram has been away.
    """

    def __init__(
        self,
        store: Store,
        sealer: Sealer,
        application: BotApplication,
        metrics: Metrics | None = None,
        away: Away = here,
    ) -> None:
        self._away = away
        self._bot_id = int(application.bot.token.partition(":")[0])
        self._metrics = metrics or Metrics()
        self._store = store
        self._sealer = sealer
        self._application = application
        _refuse_early_returns(application)
        told = dict(application.error_handlers)
        for handler in told:
            application.remove_error_handler(handler)
        application.add_error_handler(self._collect)  # before the others
        for handler, block in told.items():
            application.add_error_handler(handler, block)
        store.app.task(name=TASK, queue=QUEUE, pass_context=True, retry=Patience())(self.handle)

    async def handle(self, context: JobContext, update_id: int) -> None:
        """Work on an update; every line that is logged meanwhile names it.

        Raises:
            TryAgainError: later, and there is a later.
            ConnectorException: the database is away.
        """
        with bound_contextvars(update=update_id):
            await self._handle(context, update_id)

    async def _handle(self, context: JobContext, update_id: int) -> None:
        turn = Try()
        _current.set(turn)
        try:
            update = await self._update(context.job, update_id, turn)
            if update is not None and turn.deaths >= STARTS:
                await self._application.process_error(update, DiedTooOftenError())
            elif update is not None:
                await self._application.process_update(update)
        except ConnectorException:
            raise
        except Exception as error:  # noqa: BLE001 - of ours: a bug costs one update, and is told
            note(error)
            self._judge(turn, error)
        if turn.error is not None and not isinstance(turn.error, Forbidden):
            await self._failed(turn, turn.error, context.job, update_id)

    async def _update(self, job: Job, update_id: int, turn: Try) -> Update | None:
        rows = await self._store.rows(_PAYLOAD, job_id=job.id, bot_id=self._bot_id)
        if not rows:  # another replica took it for dead and was quicker
            return None
        (row,) = rows
        turn.number, turn.deaths = row["tries"] + 1, row["deaths"]
        turn.seen_at = row["seen_at"] or turn.seen_at
        text = self._sealer.open(bytes(row["sealed"]), update_id)
        return opened(json.loads(text), self._application.bot)

    async def _collect(self, _: object, context: CallbackContext[Any, Any, Any, Any]) -> None:
        """PTB swallows what a handler raises: keep it, and let nobody tell of it too early."""
        turn = _current.get()
        if turn is None or context.error is None:
            return
        self._judge(turn, context.error)
        if turn.again:
            raise ApplicationHandlerStop

    def _judge(self, turn: Try, error: BaseException) -> None:
        """Decide once what follows from an error: Telegram may be back a moment later."""
        turn.error = error
        turn.counts = not self._is_outage(turn, error)
        turn.again = is_transient(error) and (turn.number < TRIES or not turn.counts)

    def _is_outage(self, turn: Try, error: BaseException) -> bool:
        """Whether Telegram has answered nobody, neither for some time nor during this go.

        A go during which it answered counts: a photo was perhaps read, and paid for.
        """
        if not isinstance(error, NetworkError) or isinstance(error, BadRequest):
            return False
        away = self._away() > max(AWAY, time.monotonic() - turn.begun)
        return away and time.time() - turn.seen_at < DAY

    async def _failed(self, turn: Try, error: BaseException, job: Job, update_id: int) -> None:
        kind, number = type(error).__name__, turn.number
        if turn.again and turn.counts:
            await self._store.execute(_COUNT, job_id=job.id, tries=number)
            log.warning("update is tried again", update=update_id, error=kind, tries=number)
            raise TryAgainError(pause_after(number, error))
        if turn.again:
            log.warning("update waits for telegram", update=update_id, error=kind)
            raise TryAgainError(pause_after(job.attempts + 1))
        if isinstance(error, DiedTooOftenError):
            number = turn.deaths
        log.error("update given up", update=update_id, error=kind, tries=number)
        values = {"update_id": update_id, "now": int(time.time()), "code": kind, "tries": number}
        await self._store.execute(_BURY, **values)
        self._metrics.dead.labels(kind).inc()


def pause_after(number: int, error: BaseException | None = None) -> float:
    """Seconds until the next try, or as many as Telegram wants."""
    pause = min(2.0 ** min(number, TRIES + 1), LONGEST_PAUSE)
    if isinstance(error, RetryAfter):
        wanted = error.retry_after
        pause = max(pause, wanted.total_seconds() if isinstance(wanted, timedelta) else wanted)
    return pause


def is_transient(error: BaseException) -> bool:
    """Whether the same thing may work a little later."""
    if isinstance(error, BadRequest):  # a network error by its class
        return False
    away = NetworkError | RetryAfter | ConnectorException | ConnectionError | TimeoutError
    return isinstance(error, away | SealBrokenError)  # another replica may have the key


def _refuse_early_returns(application: BotApplication) -> None:
    """An update would count as done while such a handler still works on it."""
    handlers = (handler for group in application.handlers.values() for handler in group)
    if not all(handler.block for handler in handlers):
        raise ValueError("handlers of stored updates must block")
