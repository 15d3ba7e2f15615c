"""How much print is lost in glare: places of a page that ought to hold print and are white.

White alone is no glare: paper that is exposed well is nearly white and can be read. So only those
places count that a page prints something at: its captions, and where its values begin.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

import cv2
import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.recognition.embedded.geometry import Pixels
    from bot.recognition.embedded.pages import Page

WHITE: Final = 248
"""Level of the darkest channel from which a pixel is blown out."""

_INK: Final = 60  # levels below white from which a pixel is print
_BLOWN: Final = 0.5  # share of a place that is blown out
_BARE: Final = 0.02  # share of a place that may still be print
_HALF: Final = 1.4  # mm above and below the middle of a line
_DASHED: Final = frozenset({"mass", "dimensions", "remarks", "record"})
_BRIGHTER: Final = 6  # levels by which glare stands out against the paper
_BEGINNING: Final = 8.0  # mm of a value; the shortest have as much


def lost(flat: Pixels, page: Page, scale: float) -> float:
    """The share (0…1) of a page's places of print that are white and bare.

    Args:
        flat: the page cut out upright, blue first.
        page: what is where on it.
        scale: pixels of `flat` for a millimetre.
    """
    darkest = flat.min(axis=2)
    overexposed = bool(np.median(darkest) >= WHITE - _BRIGHTER)
    expected = _places(page, with_dashes=not overexposed)
    places = [darkest[_rows(y, scale), _columns(left, right, scale)] for left, right, y in expected]
    return float(np.mean([_is_lost(place) for place in places]))


def spots(pixels: Pixels, across: int) -> float:
    """The share (0…1) of a picture that is blown out, in spots at least so many pixels across."""
    white = (pixels.min(axis=2) >= WHITE).astype(np.uint8)
    kernel = np.ones((across, across), np.uint8)
    return float(np.mean(cv2.morphologyEx(white, cv2.MORPH_OPEN, kernel)))


def _places(page: Page, *, with_dashes: bool) -> Iterator[tuple[float, float, float]]:
    """Left, right and middle of what is always printed; a caption with two places has either.

    A place of dashes is nearly bare by nature, and then only whiter than the paper in glare.
    """
    times = Counter(anchor.text for anchor in page.anchors)
    for anchor in page.anchors:
        if times[anchor.text] == 1:
            yield anchor.left, anchor.right, anchor.y
    for slot in page.slots:
        if with_dashes or slot.kind not in _DASHED:
            yield slot.left, min(slot.left + _BEGINNING, slot.right), slot.y


def _rows(y: float, scale: float) -> slice:
    return slice(max(round((y - _HALF) * scale), 0), max(round((y + _HALF) * scale), 1))


def _columns(left: float, right: float, scale: float) -> slice:
    return slice(max(round(left * scale), 0), max(round(right * scale), 1))


def _is_lost(place: Pixels) -> bool:
    blown = np.count_nonzero(place >= WHITE)
    ink = np.count_nonzero(place < WHITE - _INK)
    return bool(blown > place.size * _BLOWN and ink <= place.size * _BARE)
