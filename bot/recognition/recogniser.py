"""The one interface behind which every recognition system stands."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, runtime_checkable

if TYPE_CHECKING:
    from bot.licence.documents import DocumentType
    from bot.licence.recognition import Recognition
    from bot.recognition.photo import Photo


class Recogniser(Protocol):
    """Anything that reads a page from a photo."""

    @property
    def name(self) -> str:
        """The recogniser's word in the settings."""

    async def recognise(self, photo: Photo, document_type: DocumentType) -> Recognition:
        """Read that page; every failure is a `RecognitionError`."""

    async def aclose(self) -> None:
        """Let go of connections, threads and models."""


@runtime_checkable
class Watched(Protocol):
    """A recogniser that can tell whether it is able to read."""

    @property
    def state(self) -> str:
        """`ok`, or a code for what is in the way."""


class Classifier(Protocol):
    """Anything that tells which page a photo shows."""

    async def classify(self, photo: Photo) -> DocumentType | None:
        """The page it shows, or `None` where it shows none."""
