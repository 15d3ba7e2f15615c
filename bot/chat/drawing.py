"""The page on a photo, upright, with numbered frames. Nothing but digits is written."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import cycle
from statistics import median
from typing import TYPE_CHECKING, Final

from PIL import Image, ImageDraw, ImageFont

from bot.recognition.fitting import encode
from bot.recognition.photo import Photo

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.licence.recognition import Box

    Corners = tuple[float, float, float, float]  # left, top, right, bottom

PALETTE: Final = ("#D55E00", "#0072B2", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#F0E442")
"""Okabe and Ito's colours, which the colour-blind tell apart too (jfly.uni-koeln.de/color), those
first that stand out most on the paper of a licence."""

MAX_BYTES: Final = 10 * 2**20
MAX_RATIO: Final = 20
"""What Telegram takes as a photo (Bot API, `sendPhoto`); the sum of its sides is always small
enough."""

LEAST_SIDE: Final = 1000
"""Pixels of the long side that leave room for digits; a smaller photo is enlarged."""

_DIGITS: Final = 30  # of the long side: the height of a digit, some 12 points on a phone
_FEW: Final = 4  # places that do not tell how a page lies
_MARGIN: Final = 0.2  # of what the fields take up: the rest of a page around them
_SURE: Final = 0.6  # correlation from which on the order of places tells it
_BRIGHT: Final = 140  # of 255: on it, black digits are read better than white ones
_TURNS: Final = {
    1: Image.Transpose.ROTATE_270,
    2: Image.Transpose.ROTATE_180,
    3: Image.Transpose.ROTATE_90,
}


@dataclass(frozen=True, slots=True)
class _Canvas:
    image: Image.Image
    places: tuple[Corners, ...]


def draw(photo: Photo, boxes: Sequence[Box], page: Sequence[Box]) -> bytes:
    """A JPEG file of the page on a photo, upright, with those boxes framed and numbered from 1.

    Args:
        photo: the photo.
        boxes: what is framed, in pixels of the photo as it was sent.
        page: where the fields stand, in the order in which they are printed.
    """
    canvas = _turned(_enlarged(_cut(_scaled(photo, boxes), photo, page)), turns_of(page))
    image, size = canvas.image, max(canvas.image.size) // _DIGITS
    pen = ImageDraw.Draw(image)
    places = [_padded(place, size, image.size) for place in canvas.places]
    for place, colour in zip(places, cycle(PALETTE), strict=False):
        _frame(pen, place, colour, max(2, size // 9))
    numbers = enumerate(zip(places, cycle(PALETTE), strict=False), 1)
    for number, (place, colour) in numbers:  # after all frames, so that none crosses a number
        _number(pen, place, colour, f"{number}", size)
    image = _widened(image)
    return encode(Photo(image, *image.size), MAX_BYTES, (0, 0)).data


def turns_of(boxes: Sequence[Box]) -> int:
    """Quarter turns clockwise that set a page upright.

    On every page the fields follow each other from top to bottom, and print is wider than high.

    Args:
        boxes: of the fields, in the order in which they are printed.
    """
    if len(boxes) < _FEW:
        return 0
    ranks = range(len(boxes))
    sideways = median(box.height / max(1, box.width) for box in boxes) > 1
    centres = [box.x + box.width / 2 if sideways else box.y + box.height / 2 for box in boxes]
    grows = _correlation(ranks, centres)
    if sideways:  # the first field on the right: the page was turned clockwise
        return 0 if abs(grows) < _SURE else (1 if grows > 0 else 3)
    return 2 if grows < -_SURE else 0


def _correlation(ranks: Sequence[float], values: Sequence[float]) -> float:
    mean, other = sum(ranks) / len(ranks), sum(values) / len(values)
    pairs = [(rank - mean, value - other) for rank, value in zip(ranks, values, strict=True)]
    spread = (sum(a * a for a, _ in pairs) * sum(b * b for _, b in pairs)) ** 0.5
    return sum(a * b for a, b in pairs) / spread if spread else 0.0


def _scaled(photo: Photo, boxes: Sequence[Box]) -> _Canvas:
    x, y = photo.image.width / photo.width, photo.image.height / photo.height
    places = ((b.x * x, b.y * y, (b.x + b.width) * x, (b.y + b.height) * y) for b in boxes)
    return _Canvas(photo.image, tuple(places))


def _cut(canvas: _Canvas, photo: Photo, page: Sequence[Box]) -> _Canvas:
    """The part that the fields lie in, and around it as much as a page has beside them."""
    if len(page) < _FEW:
        return canvas
    lefts, tops, rights, bottoms = zip(*_scaled(photo, page).places, strict=True)
    width, height = max(rights) - min(lefts), max(bottoms) - min(tops)
    margin = max(width, height) * _MARGIN
    x, y = (max(0, int(min(edges) - margin)) for edges in (lefts, tops))
    right = min(canvas.image.width, int(max(rights) + margin))
    bottom = min(canvas.image.height, int(max(bottoms) + margin))
    if right - x < 1 or bottom - y < 1:  # boxes outside of the photo
        return canvas
    places = ((left - x, t - y, r - x, b - y) for left, t, r, b in canvas.places)
    return _Canvas(canvas.image.crop((x, y, right, bottom)), tuple(places))


def _enlarged(canvas: _Canvas) -> _Canvas:
    factor = max(1.0, LEAST_SIDE / max(canvas.image.size))
    width, height = (max(1, round(side * factor)) for side in canvas.image.size)
    image = canvas.image.resize((width, height), Image.Resampling.LANCZOS)
    places = ((x * factor, y * factor, r * factor, b * factor) for x, y, r, b in canvas.places)
    return _Canvas(image, tuple(places))


def _turned(canvas: _Canvas, turns: int) -> _Canvas:
    if turns not in _TURNS:
        return canvas
    places = canvas.places
    for turn in range(turns):
        height = canvas.image.size[(turn + 1) % 2]
        places = tuple((height - b, left, height - t, right) for left, t, right, b in places)
    return _Canvas(canvas.image.transpose(_TURNS[turns]), places)


def _padded(place: Corners, size: int, limits: tuple[int, int]) -> Corners:
    """A little larger than the print, and never outside the picture."""
    pad, (width, height) = size / 5, limits
    left, top, right, bottom = place
    left, top = (
        min(max(0.0, edge - pad), side - 1) for edge, side in ((left, width), (top, height))
    )
    right = min(max(left, right + pad), width - 1)
    return left, top, right, min(max(top, bottom + pad), height - 1)


def _frame(pen: ImageDraw.ImageDraw, place: Corners, colour: str, line: int) -> None:
    """With a white seam, so that it stands out on any ground."""
    left, top, right, bottom = place
    seam = line / 2
    outer = (left - seam, top - seam, right + seam, bottom + seam)
    pen.rounded_rectangle(outer, line * 2, outline="white", width=line * 2)
    pen.rounded_rectangle(place, line * 2, outline=colour, width=line)


def _number(pen: ImageDraw.ImageDraw, place: Corners, colour: str, text: str, size: int) -> None:
    """Beside the frame, where the label is printed; on its right where there is no room."""
    font = ImageFont.load_default(size)
    left, top, right, bottom = place
    height = size * 1.25
    width = max(height, pen.textlength(text, font) + size * 0.6)
    x = left - width if left >= width else right
    y = min(max(0.0, (top + bottom - height) / 2), pen.im.size[1] - height)
    pen.rounded_rectangle((x, y, x + width, y + height), size // 4, colour, "white", size // 14)
    ink = "black" if _brightness(colour) > _BRIGHT else "white"
    pen.text((x + width / 2, y + height / 2), text, ink, font, "mm")


def _brightness(colour: str) -> float:
    """0…255 (ITU-R BT.601)."""
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return 0.299 * red + 0.587 * green + 0.114 * blue


def _widened(image: Image.Image) -> Image.Image:
    """Telegram refuses very long and narrow photos: those get white margins."""
    width, height = image.size
    least = -(-max(width, height) // MAX_RATIO)
    if min(width, height) >= least:
        return image
    paper = Image.new("RGB", (max(width, least), max(height, least)), "white")
    paper.paste(image, ((paper.width - width) // 2, (paper.height - height) // 2))
    return paper
