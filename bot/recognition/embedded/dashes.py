"""Dashes: what a page prints where there is nothing to say, and no reader knows.

A dash belongs to no character. The detector hardly sees it, and the reader makes a letter of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import cv2
import numpy as np

from bot.recognition.embedded import rectification
from bot.recognition.embedded.pages import Zone

if TYPE_CHECKING:
    from bot.recognition.embedded.geometry import Pixels
    from bot.recognition.embedded.pose import Pose

_SCALE: Final = 10  # pixels for a millimetre
_PAPER: Final = 61  # pixels of the square whose median is paper
_LEAST_INK: Final = 14  # levels of grey by which ink is darker than paper
_INKED: Final = 0.45  # of the darkest ink
_BEFORE: Final = 1.5  # mm before the place of a value, and after
_AFTER: Final = 8.0
_HALF: Final = 2.4  # mm above and below the middle of a line
_OFF: Final = 1.4  # mm by which a dash may miss the middle
_HIGH: Final = 1.1  # mm of a dash's stroke at most, blur included
_WIDE: Final = (0.5, 4.5)  # mm of a dash's length
_TALL: Final = 1.5  # mm from which a stroke is part of a character


def seen(pixels: Pixels, pose: Pose, left: float, y: float) -> bool:
    """Whether dashes are printed where a value should begin, and nothing else.

    Args:
        pixels: the photo.
        pose: how the page lies in it.
        left: millimetres; where the value should begin.
        y: millimetres; the middle of its line.
    """
    zone = Zone(left - _BEFORE, left + _AFTER, y - _HALF, y + _HALF)
    marks = _marks(rectification.cut(pixels, pose, zone, _SCALE), zone)
    if any(high > _TALL for _, _, high in marks):
        return False
    dashes = [
        middle
        for middle, wide, high in marks
        if _WIDE[0] <= wide <= _WIDE[1] and high <= min(_HIGH, wide) and abs(middle) <= _OFF
    ]
    return bool(dashes) and float(np.ptp(dashes)) < _HIGH


def _marks(cut: Pixels, zone: Zone) -> list[tuple[float, float, float]]:
    """Connected ink: how far below the middle, how wide and how high, in millimetres."""
    grey = np.asarray(cv2.cvtColor(cut, cv2.COLOR_BGR2GRAY), np.uint8)
    darker = cv2.subtract(np.asarray(cv2.medianBlur(grey, _PAPER), np.uint8), grey)
    ink = darker > max(_LEAST_INK, _INKED * float(darker.max()))
    _, _, stats, centres = cv2.connectedComponentsWithStats(ink.astype(np.uint8))
    high, wide = ink.shape
    marks = []
    for (x, y, width, height, _), (_, middle) in zip(stats[1:], centres[1:], strict=True):
        # What runs over the edge belongs to a caption, to a ruled line or to the next row.
        if x > 0 and y > 0 and x + width < wide and y + height < high:
            offset = float(middle) / _SCALE - zone.height / 2
            marks.append((offset, float(width) / _SCALE, float(height) / _SCALE))
    return marks
