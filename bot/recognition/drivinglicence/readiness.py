"""Whether an engine can take a photo now, for whoever shares the photos out."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Final, Literal, Protocol, runtime_checkable

import structlog

from bot.errors import RecognitionError

if TYPE_CHECKING:
    from bot.recognition.drivinglicence.admission import Admission
    from bot.recognition.recogniser import Recogniser

_log = structlog.get_logger()

AGAIN: Final = 30.0
"""Seconds until a recogniser that could not be loaded is tried again."""

State = Literal["ok", "loading", "failed", "stuck"]


@runtime_checkable
class Startable(Protocol):
    """A recogniser that has something to load."""

    async def start(self) -> None:
        """Load it, so that the first photo need not wait."""


class Readiness:
    """What `GET /healthz` says.

    Args:
        recogniser: loaded by `load`, where it has anything to load.
        admission: where photos are read.
        patience: seconds after which a photo that is still being read counts as stuck.
        again: seconds until a recogniser that could not be loaded is tried again.
    """

    def __init__(
        self,
        recogniser: Recogniser,
        admission: Admission,
        patience: float,
        again: float = AGAIN,
    ) -> None:
        self._recogniser = recogniser
        self._admission = admission
        self._patience = patience
        self._again = again
        self._loaded: State = "loading"

    async def load(self) -> None:
        """Start the recogniser, again and again; a failure is a state, not an exception."""
        while not await self._started():
            self._loaded = "failed"
            await asyncio.sleep(self._again)
        self._loaded = "ok"

    async def _started(self) -> bool:
        try:
            if isinstance(self._recogniser, Startable):
                await self._recogniser.start()
        except RecognitionError as error:
            _log.error("engine not loaded", error=error.code)
            return False
        return True

    @property
    def state(self) -> State:
        """`ok` where the next photo will be read."""
        if self._loaded == "ok" and self._admission.longest > self._patience:
            return "stuck"
        return self._loaded
