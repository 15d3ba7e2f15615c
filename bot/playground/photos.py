"""What Telegram makes of a picture that is sent as a photo."""

from __future__ import annotations

import warnings
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING

import pillow_heif
from PIL import Image, ImageOps

if TYPE_CHECKING:
    from collections.abc import Iterator

pillow_heif.register_heif_opener()

BOXES = (90, 320, 800, 1280)
"""Longest sides in pixels; what bots see of the server's sizes s, m, x and y."""

QUALITY = 87
"""JPEG quality of Telegram's own apps (tdesktop, ``localimageloader.cpp``)."""

FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "BMP", "TIFF", "HEIF", "AVIF")
MOST_PIXELS = 80_000_000
THUMBNAIL = 320


class NotAPicture(Exception):  # noqa: N818 - a finding about somebody's file, not a failure
    """The bytes cannot be decoded as a picture, or not with reasonable effort."""


@dataclass(frozen=True, slots=True)
class Rendition:
    """One size of a photo: pixels and JPEG bytes."""

    width: int
    height: int
    data: bytes


def renditions(data: bytes) -> list[Rendition]:
    """A picture in Telegram's sizes, upright and without metadata, never enlarged.

    Raises:
        NotAPicture: if it cannot be decoded.
    """
    with _opened(data) as picture:
        upright = _upright(picture, max(BOXES))
    sizes: list[Rendition] = []
    for box in BOXES:
        sizes.append(_fitted(upright, box))
        if box >= max(upright.size):
            break
    return sizes


def thumbnail(data: bytes) -> Rendition | None:
    """A small picture of a document, ``None`` where there is nothing to see."""
    try:
        with _opened(data) as picture:
            return _fitted(_upright(picture, THUMBNAIL), THUMBNAIL)
    except NotAPicture:
        return None


def dimensions(data: bytes) -> tuple[int, int]:
    """Width and height in pixels as they are stored.

    Raises:
        NotAPicture: if it cannot be opened.
    """
    with _opened(data) as picture:
        return picture.size


def animation(data: bytes) -> tuple[int, int, int]:
    """Width, height and duration in whole seconds of a GIF.

    Raises:
        NotAPicture: if it is none.
    """
    with _opened(data, ("GIF",)) as picture:
        frames = getattr(picture, "n_frames", 1)
        return *picture.size, round(frames * picture.info.get("duration", 0) / 1000)


@contextmanager
def _opened(data: bytes, formats: tuple[str, ...] = FORMATS) -> Iterator[Image.Image]:
    """Everything Pillow raises about foreign bytes becomes one error."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about damaged metadata and many pixels, see below
            with Image.open(BytesIO(data), formats=formats) as picture:
                _check_pixels(*picture.size)
                yield picture
    except Exception as error:
        raise NotAPicture("cannot be decoded") from error


def _check_pixels(width: int, height: int) -> None:
    if width * height > MOST_PIXELS:
        raise NotAPicture("more pixels than anybody's camera has")


def _upright(picture: Image.Image, side: int) -> Image.Image:
    picture.draft("RGB", (side, side))  # lets the JPEG decoder skip what would be thrown away
    upright = ImageOps.exif_transpose(picture)
    if upright.mode in {"RGBA", "LA", "PA"} or "transparency" in upright.info:
        upright = upright.convert("RGBA")
        paper = Image.new("RGBA", upright.size, "white")
        upright = Image.alpha_composite(paper, upright)
    return upright.convert("RGB")


def _fitted(picture: Image.Image, box: int) -> Rendition:
    scale = min(1.0, box / max(picture.size))
    width, height = (max(1, round(side * scale)) for side in picture.size)
    small = picture.resize((width, height), Image.Resampling.LANCZOS) if scale < 1 else picture
    out = BytesIO()
    small.save(out, "JPEG", quality=QUALITY, progressive=True, optimize=True)
    return Rendition(width, height, out.getvalue())
