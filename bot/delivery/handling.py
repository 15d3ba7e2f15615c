"""The task that works on a stored update, and what becomes of one that cannot be worked on.

Telegram or its network may be out of order for a while: that is tried again, with longer and longer
pauses, and the person hears of it after the last try only. Whatever else goes wrong would go wrong
again: it is tried once. What could not be done leaves a dead letter: an id, a moment and a code.
"""

from __future__ import annotations

import asyncio
import json
import time
from contextvars import ContextVar
from dataclasses import dataclass
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

_PAYLOAD: Final = "SELECT sealed FROM bot_payloads WHERE job_id = %(job_id)s"
_BURY: Final = """
INSERT INTO bot_dead_letters (update_id, died_at, code, tries)
VALUES (%(update_id)s, %(now)s, %(code)s, %(tries)s) ON CONFLICT DO NOTHING
"""

BotApplication = Application[Any, Any, Any, Any, Any, Any]

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
        number: counted from 1; starts that a crash or a stop has cut short count, too.
        error: what a handler raised.
    """

    number: int
    error: BaseException | None = None


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


class Handling:
    """Works on stored updates with the handlers of an application.

    Its error handlers are told of an error only when nothing more will be tried.
    """

    def __init__(
        self,
        store: Store,
        sealer: Sealer,
        application: BotApplication,
        metrics: Metrics | None = None,
    ) -> None:
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
        turn = Try(context.job.attempts + 1)
        _current.set(turn)
        try:
            update = await self._update(context.job, update_id)
            if update is not None and turn.number > STARTS:
                await self._application.process_error(update, DiedTooOftenError())
            elif update is not None:
                await self._application.process_update(update)
        except ConnectorException:
            raise
        except Exception as error:  # noqa: BLE001 - of ours: a bug costs one update, and is told
            note(error)
            turn.error = error
        if turn.error is not None and not isinstance(turn.error, Forbidden):
            await self._failed(turn.error, turn.number, update_id)

    async def _update(self, job: Job, update_id: int) -> Update | None:
        rows = await self._store.rows(_PAYLOAD, job_id=job.id)
        if not rows:  # another replica took it for dead and was quicker
            return None
        text = self._sealer.open(bytes(rows[0]["sealed"]), update_id)
        return opened(json.loads(text), self._application.bot)

    async def _collect(self, _: object, context: CallbackContext[Any, Any, Any, Any]) -> None:
        """PTB swallows what a handler raises: keep it, and let nobody tell of it too early."""
        turn = _current.get()
        if turn is None or context.error is None:
            return
        turn.error = context.error
        if _is_tried_again(context.error, turn.number):
            raise ApplicationHandlerStop

    async def _failed(self, error: BaseException, number: int, update_id: int) -> None:
        kind = type(error).__name__
        if _is_tried_again(error, number):
            pause = pause_after(number, error)
            log.warning("update is tried again", update=update_id, error=kind, tries=number)
            raise TryAgainError(pause)
        log.error("update given up", update=update_id, error=kind, tries=number)
        values = {"update_id": update_id, "now": int(time.time()), "code": kind, "tries": number}
        await self._store.execute(_BURY, **values)
        self._metrics.dead.labels(kind).inc()


def pause_after(number: int, error: BaseException | None = None) -> float:
    """Seconds until the next try, or as many as Telegram wants."""
    pause: float = 2 ** min(number, TRIES)
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


def _is_tried_again(error: BaseException, number: int) -> bool:
    return is_transient(error) and number < TRIES


def _refuse_early_returns(application: BotApplication) -> None:
    """An update would count as done while such a handler still works on it."""
    handlers = (handler for group in application.handlers.values() for handler in group)
    if not all(handler.block for handler in handlers):
        raise ValueError("handlers of stored updates must block")
