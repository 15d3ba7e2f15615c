"""A photo as people send it: decode it safely, turn it upright, strip its metadata."""

from __future__ import annotations

import asyncio
import warnings
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from io import BytesIO
from typing import Final

import pillow_heif
from PIL import ExifTags, Image

from bot.errors import PhotoError

MAX_BYTES: Final = 20 * 2**20
"""What Telegram lets a bot download (telegram-bot-api, `Client.h`)."""

MAX_PIXELS: Final = 50_000_000
"""What the 48-megapixel cameras of today make; 150 MB once decoded."""

MIN_SIDE: Final = 200
"""Pixels of the long side below which no print on the page can be made out."""

KEPT_SIDE: Final = 2560
"""Pixels of the long side that are kept: the print of a page needs no more."""

_FORMATS: Final = ("JPEG", "PNG", "WEBP", "BMP", "TIFF", "GIF", "HEIF", "AVIF")
_MOVING: Final = frozenset({"GIF", "PNG", "WEBP"})  # the frames of the others do not move
_SIGNATURES: Final = (b"\xff\xd8\xff", b"\x89PNG", b"GIF8", b"BM", b"II*\0", b"MM\0*")
_REDUCIBLE: Final = frozenset({"L", "LA", "RGB", "RGBA", "CMYK", "YCbCr", "LAB"})
_DEEP: Final = frozenset({"I;16", "I;16B", "I;16L", "I"})
_T: Final = Image.Transpose
_TURNS: Final = {  # EXIF orientation -> what makes the picture upright
    2: _T.FLIP_LEFT_RIGHT,
    3: _T.ROTATE_180,
    4: _T.FLIP_TOP_BOTTOM,
    5: _T.TRANSPOSE,
    6: _T.ROTATE_270,
    7: _T.TRANSVERSE,
    8: _T.ROTATE_90,
}
_SIDEWAYS: Final = frozenset({_T.TRANSPOSE, _T.ROTATE_270, _T.TRANSVERSE, _T.ROTATE_90})
_WEBP: Final = (b"RIFF", b"WEBP")
_HEIF_BRANDS: Final = frozenset({b"heic", b"heix", b"heim", b"heis", b"mif1", b"avif"})

Image.init()  # a list of formats finds only those whose plugins are loaded
_DECODERS: Final = ThreadPoolExecutor(max_workers=1, thread_name_prefix="decode")

pillow_heif.register_heif_opener(thumbnails=False)
Image.MAX_IMAGE_PIXELS = MAX_PIXELS  # Pillow then refuses by itself what lies about its size
warnings.simplefilter("error", Image.DecompressionBombWarning)  # and never only warns


@dataclass(frozen=True, slots=True)
class Photo:
    """A decoded photo, upright, without metadata.

    Attributes:
        image: RGB pixels, at most `KEPT_SIDE` long.
        width: pixels of the upright photo as it was sent.
        height: likewise.
    """

    image: Image.Image
    width: int
    height: int

    @property
    def scale(self) -> float:
        """Pixels as sent for each pixel of `image`; at least 1."""
        return self.width / self.image.width


async def open_photo(data: bytes) -> Photo:
    """Decode off the event loop, one at a time for the sake of memory; see `decode`."""
    return await asyncio.get_running_loop().run_in_executor(_DECODERS, decode, data)


def decode(data: bytes) -> Photo:
    """Decode one still picture.

    Args:
        data: the bytes of a JPEG, PNG, WebP, BMP, TIFF, HEIC or AVIF file.

    Raises:
        PhotoError: the bytes are no such picture, or one that is not worth decoding.
    """
    _refuse_by_bytes(data)
    try:
        with Image.open(BytesIO(data), formats=_FORMATS) as image:
            _refuse_by_header(image)
            return _upright(image)
    except PhotoError:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise _too_many_pixels() from None
    except Exception:  # noqa: BLE001 - decoders raise whatever they trip over in broken bytes
        raise PhotoError("damaged" if _is_picture(data) else "not-a-picture") from None


def _is_picture(data: bytes) -> bool:
    """Whether bytes begin as one of the known formats does."""
    webp = (data[:4], data[8:12]) == _WEBP
    return webp or data.startswith(_SIGNATURES) or data[8:12] in _HEIF_BRANDS


def _refuse_by_bytes(data: bytes) -> None:
    if not data:
        raise PhotoError("empty")
    if len(data) > MAX_BYTES:
        raise PhotoError("too-large", megabytes=MAX_BYTES // 2**20)
    if b"%PDF-" in data[:1024]:
        raise PhotoError("pdf")


def _refuse_by_header(image: Image.Image) -> None:
    width, height = image.size
    if width * height > MAX_PIXELS:
        raise _too_many_pixels()
    if max(width, height) < MIN_SIDE:
        raise PhotoError("too-small", pixels=MIN_SIDE)
    if image.format in _MOVING and getattr(image, "is_animated", False):
        raise PhotoError("animated")


def _too_many_pixels() -> PhotoError:
    return PhotoError("too-many-pixels", megapixels=MAX_PIXELS // 1_000_000)


def _upright(image: Image.Image) -> Photo:
    width, height = image.size
    turn = _TURNS.get(image.getexif().get(ExifTags.Base.Orientation, 1))
    image.draft("RGB", (KEPT_SIDE, KEPT_SIDE))  # a large JPEG is decoded at half its size or less
    plain = _plain(_reduced(image))
    plain.thumbnail((KEPT_SIDE, KEPT_SIDE), reducing_gap=2.0)
    if turn is not None:
        plain = plain.transpose(turn)
    if turn in _SIDEWAYS:
        width, height = height, width
    plain = plain.copy()  # leaves the file behind
    plain.info.clear()
    plain.getexif().clear()
    return Photo(plain, width, height)


def _reduced(image: Image.Image) -> Image.Image:
    """Half the size, a third …, while that is enough: what follows works on fewer pixels."""
    factor = max(image.size) // KEPT_SIDE
    return image.reduce(factor) if factor > 1 and image.mode in _REDUCIBLE else image


def _plain(image: Image.Image) -> Image.Image:
    """RGB pixels: sixteen bits become eight, and what is transparent becomes paper."""
    if image.mode in _DEEP:
        return image.convert("I").point(lambda value: value / 256).convert("L").convert("RGB")
    if image.has_transparency_data:
        layer = image.convert("RGBA")
        paper = Image.new("RGBA", layer.size, "white")
        paper.alpha_composite(layer)
        image = paper
    return image if image.mode == "RGB" else image.convert("RGB")
