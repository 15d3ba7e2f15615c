"""The embedded recogniser as the rest of the program sees it: asynchronous, one photo at a time."""

from __future__ import annotations

import asyncio
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from traceback import extract_tb
from typing import TYPE_CHECKING, Final, TypeVar

import structlog

from bot.errors import ProviderError, RecognitionError
from bot.licence.recognition import Recognition
from bot.recognition.embedded import models, pipeline

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.licence.documents import DocumentType
    from bot.licence.recognition import Field
    from bot.recognition.embedded.models import Models
    from bot.recognition.photo import Photo

_T = TypeVar("_T")
_log = structlog.get_logger()

NAME: Final = "embedded"


class Reader:
    """The synchronous heart: a photo goes in, frozen values come out. For one thread at a time.

    Args:
        threads: processors that one photo may use.
    """

    def __init__(self, threads: int) -> None:
        self._threads = threads
        self._models: Models | None = None

    def load(self) -> Models:
        """The models, loaded on first use."""
        if self._models is None:
            self._models = models.load(self._threads)
        return self._models

    def unload(self) -> None:
        """Let the models go."""
        self._models = None

    def read(self, photo: Photo, document_type: DocumentType) -> tuple[Field, ...]:
        """See `pipeline.read`."""
        return pipeline.read(self.load(), photo, document_type)

    def classify(self, photo: Photo) -> DocumentType | None:
        """See `pipeline.classify`."""
        return pipeline.classify(self.load(), photo)


class EmbeddedRecogniser:
    """Reads pages on this machine; satisfies `Recogniser` and `Classifier`.

    Photos are read one after another in a thread of its own. One that nobody waits for any more
    is not begun; one that was begun is finished, and its answer dropped.

    Args:
        threads: processors that one photo may use.
    """

    name = NAME

    def __init__(self, *, threads: int = 2) -> None:
        self._reader = Reader(threads)
        self._executor = ThreadPoolExecutor(max_workers=1, thread_name_prefix=NAME)

    async def start(self) -> None:
        """Load the models, so that the first photo need not wait for them.

        Raises:
            ProviderError: `engine-failed`, where they are missing or broken.
        """
        await self._run(self._reader.load)

    async def recognise(self, photo: Photo, document_type: DocumentType) -> Recognition:
        """Read that page.

        Raises:
            PhotoError: `no-licence`, `other-page` or `unreadable`.
            ProviderError: `engine-failed`.
        """
        begun = time.monotonic()
        fields = await self._run(lambda: self._reader.read(photo, document_type))
        return Recognition(document_type, fields, NAME, elapsed=time.monotonic() - begun)

    async def classify(self, photo: Photo) -> DocumentType | None:
        """The page that the photo shows, or `None`.

        Raises:
            ProviderError: `engine-failed`.
        """
        return await self._run(lambda: self._reader.classify(photo))

    async def aclose(self) -> None:
        """Drop what waits, wait for what runs, and let the models go."""
        await asyncio.to_thread(self._executor.shutdown, cancel_futures=True)
        self._reader.unload()

    async def _run(self, work: Callable[[], _T]) -> _T:
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._executor, _translated, work)


def _translated(work: Callable[[], _T]) -> _T:
    """Every surprise becomes `engine-failed`; neither it nor the log holds a value of a page."""
    try:
        return work()
    except RecognitionError:
        raise
    except Exception as error:  # noqa: BLE001 - the border: whatever a photo stirs up inside
        frame = extract_tb(error.__traceback__)[-1]
        place = f"{Path(frame.filename).name}:{frame.lineno}"
        _log.error("engine failed", error=type(error).__name__, at=place)
        raise ProviderError("engine-failed") from None
