"""Who reads the photos of a soak: an engine of ours that needs no time, and may fail."""

from __future__ import annotations

import random
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Final

from bot.errors import ProviderError
from bot.licence.documents import PRINTED_FIELDS, FieldName
from bot.licence.recognition import Field, Recognition
from bot.recognition.drivinglicence.server import PATH, Limits, engine
from bot.serving import serving

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from bot.licence.documents import DocumentType
    from bot.recognition.photo import Photo

VALUES: Final = {
    FieldName.NAME: "欧阳浸泡",
    FieldName.ADDRESS: "深圳市南山区浸泡测试大厦",
    FieldName.VALID_FROM: "2014-12-25",
    FieldName.VALID_UNTIL: "2020-12-25",
}
"""What stands on each page; only the dates may be found anywhere but in the chat."""


class Reader:
    """Reads the same on every photo.

    Attributes:
        failing: how many of its calls fail, 0…1.
    """

    name = "drivinglicence"

    def __init__(self) -> None:
        self.failing = 0.0

    async def recognise(self, _: Photo, document_type: DocumentType) -> Recognition:
        """A licence that ended in 2020, or nothing."""
        if random.random() < self.failing:  # noqa: S311 - no secret
            raise ProviderError("provider-failed")
        fields = tuple(
            Field(name, value, value, 0.99)
            for name in PRINTED_FIELDS[document_type]
            for value in [VALUES.get(name, "--")]
        )
        return Recognition(document_type, fields, self.name)

    async def aclose(self) -> None:
        """Nothing to let go of."""


@asynccontextmanager
async def reading(reader: Reader) -> AsyncIterator[str]:
    """An engine on this machine, unsigned; its address for the settings."""
    app = engine(reader, [], unsigned=True, limits=Limits(places=32, waiting=256))
    async with serving(app, "127.0.0.1", 0) as url:
        yield f"{url}{PATH}"
