"""A photo as a file for somebody else: as good as a limit allows."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Final

from PIL import Image

if TYPE_CHECKING:
    from bot.recognition.photo import Photo

QUALITIES: Final = (92, 85, 75, 65)
"""JPEG qualities, the best first; below the last one print suffers more than from fewer pixels."""

_SHRINK: Final = 0.8


@dataclass(frozen=True, slots=True)
class Fitted:
    """A JPEG file of a photo.

    Attributes:
        data: its bytes.
        scale: pixels of the photo as it was sent for each pixel of this file.
    """

    data: bytes
    scale: float


async def fit(photo: Photo, limit: int, least: tuple[int, int]) -> Fitted:
    """Encode off the event loop; see `encode`."""
    return await asyncio.to_thread(encode, photo, limit, least)


def encode(photo: Photo, limit: int, least: tuple[int, int]) -> Fitted:
    """Encode a photo as a JPEG of at most `limit` bytes: quality gives way first, then size.

    Args:
        photo: the photo.
        limit: bytes.
        least: the sides in pixels, short and long, below which it is never made smaller; a
            photo that is smaller already keeps its size. Where even that does not fit, the
            lowest quality at that size is returned.
    """
    image = photo.image
    while True:
        files = (_jpeg(image, quality) for quality in QUALITIES)
        data = next((data for data in files if len(data) <= limit), None)
        smaller = _smaller(image, least) if data is None else None
        if smaller is None:
            return Fitted(data or _jpeg(image, QUALITIES[-1]), photo.width / image.width)
        image = smaller


def _smaller(image: Image.Image, least: tuple[int, int]) -> Image.Image | None:
    width, height = (round(side * _SHRINK) for side in image.size)
    short, long = sorted((width, height))
    if short < least[0] or long < least[1]:
        return None
    return image.resize((width, height), Image.Resampling.LANCZOS)


def _jpeg(image: Image.Image, quality: int) -> bytes:
    file = BytesIO()
    image.save(file, "JPEG", quality=quality)
    return file.getvalue()
