"""Red ink on a page: where it is, and the square that a seal's frame makes of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import cv2
import numpy as np

from bot.recognition.embedded import geometry

if TYPE_CHECKING:
    import numpy.typing as npt

    from bot.recognition.embedded.geometry import Pixels, Points

_DARK: Final = 8.0
"""Added to every channel, so that the noise of dark pixels has no colour."""

_FAINTEST: Final = 0.06  # redness that is still ink
_FAINT: Final = 0.2  # of the reddest parts, below which nothing is ink
_SHARE: Final = 0.35  # of the reddest parts around, from which a pixel is ink
_AROUND_MM: Final = 4.5  # the space of a character
_SMOOTH_MM: Final = 0.1  # pictures keep colour at half their resolution, with noise
_CLOSED_MM: Final = 3.2  # gaps that a seal has between its characters
_SPECK_MM2: Final = 0.25  # less is noise
_SIDES_MM: Final = (13.0, 26.0)
_MOST_ASPECT: Final = 1.3  # a square, misjudged


def redness(pixels: Pixels) -> npt.NDArray[np.float32]:
    """How much of the green and blue each pixel swallows, against the paper: 0…1.

    Only ratios count, so black print, shadow and tinted paper vanish, and coloured light too.
    """
    blue, green, red = np.moveaxis(pixels.astype(np.float32) + _DARK, 2, 0)
    ratio = np.sqrt(blue * green) / red
    return np.asarray(np.clip(1 - ratio / np.median(ratio), 0, 1), np.float32)


def ink(red: npt.NDArray[np.float32], scale: float) -> npt.NDArray[np.uint8]:
    """1 where there is red ink, 0 elsewhere: redder than half way to the reddest around it.

    Glare and worn ink are fainter than the rest of the same seal, so each place has its own mark.
    """
    size = round(_AROUND_MM * scale) | 1
    smooth = cv2.GaussianBlur(red, (0, 0), _SMOOTH_MM * scale)
    around = cv2.blur(cv2.dilate(smooth, np.ones((size, size), np.uint8)), (size, size))
    least = np.maximum(_SHARE * around, max(_FAINTEST, _FAINT * float(np.percentile(red, 99))))
    return np.asarray(smooth > least, np.uint8)


def square(mask: npt.NDArray[np.uint8], scale: float) -> Points | None:
    """The corners of the largest red square, upright within an eighth of a turn; or `None`.

    Args:
        mask: 1 where there is ink.
        scale: pixels for a millimetre.
    """
    kept = _without_specks(mask, scale)
    size = round(_CLOSED_MM * scale) | 1
    closed = cv2.morphologyEx(kept, cv2.MORPH_CLOSE, np.ones((size, size), np.uint8))
    shapes, _ = cv2.findContours(closed, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    for shape in sorted(shapes, key=lambda one: cv2.contourArea(cv2.convexHull(one)))[:-3:-1]:
        centre, (wide, high), angle = cv2.minAreaRect(shape)
        least, most = sorted((wide / scale, high / scale))
        if _SIDES_MM[0] < least and most < _SIDES_MM[1] and most < least * _MOST_ASPECT:
            corners = cv2.boxPoints((centre, (wide, high), angle)).astype(np.float64)
            return geometry.turned(corners, np.array([1.0, 0.0]))
    return None


def _without_specks(mask: npt.NDArray[np.uint8], scale: float) -> npt.NDArray[np.uint8]:
    """The ink without noise, and without what comes in from the edge: a red table, a finger."""
    count, labels, boxes, _ = cv2.connectedComponentsWithStats(mask)
    high, wide = mask.shape
    left, top, width, height, area = boxes.T
    inside = (left > 0) & (top > 0) & (left + width < wide) & (top + height < high)
    kept = inside & (area >= _SPECK_MM2 * scale**2)
    kept[0] = False
    return kept[labels].astype(np.uint8) if count > 1 else mask


def print_of(red: npt.NDArray[np.float32]) -> Pixels:
    """The red ink as a picture of its own, dark on white."""
    full = max(float(np.percentile(red, 97)), _FAINTEST)
    grey = (255 * (1 - np.clip(red / full, 0, 1))).astype(np.uint8)
    return np.asarray(cv2.cvtColor(grey, cv2.COLOR_GRAY2BGR), np.uint8)
