"""The embedded recogniser as the rest of the program sees it: asynchronous, and out of its way.

Photos are read in processes of their own; see `docs/decisions/0006-the-engine-is-a-process.md`.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final

from bot.errors import PhotoError, ProviderError
from bot.licence.recognition import Recognition
from bot.recognition.embedded.messages import Done, Failed, Refused
from bot.recognition.embedded.workers import Workers

if TYPE_CHECKING:
    from bot.licence.documents import DocumentType
    from bot.recognition.embedded.messages import Answer
    from bot.recognition.photo import Photo

NAME: Final = "embedded"


class EmbeddedRecogniser:
    """Reads pages on this machine; satisfies `Recogniser` and `Classifier`.

    Args:
        workers: photos read at a time, each in a process of about 400 MB.
        threads: processors that one photo may use.
        seconds: after which a photo is given up, counted from where its reading begins.
        waiting: photos that may wait besides those that are being read.
    """

    name = NAME

    def __init__(
        self, *, workers: int = 1, threads: int = 2, seconds: float = 20.0, waiting: int = 32
    ) -> None:
        self._workers = Workers(workers, threads, seconds, waiting)

    @property
    def state(self) -> str:
        """`ok`, `loading` before the models are there, `dying` while its processes are."""
        return self._workers.state

    async def start(self) -> None:
        """Load the models, so that the first photo need not wait for them.

        Raises:
            ProviderError: `engine-failed`, where they are missing or broken.
        """
        await self._workers.start()

    async def recognise(self, photo: Photo, document_type: DocumentType) -> Recognition:
        """Read that page.

        Raises:
            PhotoError: `no-licence`, `other-page` or `unreadable`.
            ProviderError: `busy`, `engine-failed` or `too-slow`.
        """
        begun = time.monotonic()
        done = _done(await self._workers.ask(photo, document_type))
        elapsed = time.monotonic() - begun
        return Recognition(document_type, done.fields, NAME, done.quality, elapsed=elapsed)

    async def classify(self, photo: Photo) -> DocumentType | None:
        """The page that the photo shows, or `None`.

        Raises:
            ProviderError: `busy`, `engine-failed` or `too-slow`.
        """
        return _done(await self._workers.ask(photo, None)).page

    async def aclose(self) -> None:
        """Drop what waits, wait briefly for what is being read, and let the models go."""
        await self._workers.aclose()


def _done(answer: Answer) -> Done:
    """What was read, or whose fault it is that nothing was."""
    if isinstance(answer, Refused):
        error = PhotoError(answer.code)
        error.params = answer.params
        raise error
    if isinstance(answer, Failed):
        raise ProviderError("engine-failed", detail=answer.error)
    return answer
