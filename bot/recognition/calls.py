"""How often providers were asked for one photo: each call may cost its owner something."""

from __future__ import annotations

from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, Final

from bot.recognition.recogniser import Watched

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.licence.documents import DocumentType
    from bot.licence.recognition import Recognition
    from bot.recognition.photo import Photo
    from bot.recognition.recogniser import Recogniser

_calls: Final[ContextVar[list[str] | None]] = ContextVar("calls", default=None)


class Counted:
    """A recogniser whose calls are counted, also those that fail and are tried again."""

    def __init__(self, recogniser: Recogniser) -> None:
        self._recogniser = recogniser

    @property
    def name(self) -> str:
        """The recogniser's."""
        return self._recogniser.name

    @property
    def state(self) -> str:
        """Whether it is able to read; who cannot tell counts as able."""
        return self._recogniser.state if isinstance(self._recogniser, Watched) else "ok"

    async def recognise(self, photo: Photo, document_type: DocumentType) -> Recognition:
        """Note the call, and make it."""
        calls = _calls.get()
        if calls is not None:
            calls.append(self.name)
        return await self._recogniser.recognise(photo, document_type)

    async def aclose(self) -> None:
        """Close the recogniser."""
        await self._recogniser.aclose()


@contextmanager
def counting() -> Iterator[list[str]]:
    """The names of those that are asked while the block runs, in this task; it grows."""
    calls: list[str] = []
    token = _calls.set(calls)
    try:
        yield calls
    finally:
        _calls.reset(token)
