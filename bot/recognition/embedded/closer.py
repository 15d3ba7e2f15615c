"""A closer look at a part of a photo: turned upright, and as large as the detector likes print.

In a whole photo a page may be small, turned and slanted, and then the detector overlooks lines
that anybody can read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import cv2
import numpy as np

from bot.recognition.embedded import detection, geometry

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.recognition.embedded.geometry import Pixels, Points
    from bot.recognition.embedded.models import Models

SIDE: Final = 960
"""Pixels of the long side at which the part is seen."""

_WIDER: Final = 1.25  # times: the text that was seen is not all there is
_LARGEST: Final = 2.0  # times; print grows no clearer by more
_PARALLEL: Final = np.cos(np.radians(12))
_UPRIGHT: Final = np.array([1.0, 0.0])


def around(quads: Sequence[Points], like: Points) -> Points:
    """The quad around the lines of text that run as one of them does, and a little more."""
    along = _direction(like)
    parallel = [quad for quad in quads if _direction(quad) @ along > _PARALLEL]
    hull = geometry.hull([like, *parallel])
    middle = hull.mean(axis=0)
    return np.asarray(middle + (hull - middle) * _WIDER, np.float64)


def detect(models: Models, pixels: Pixels, part: Points, *, even: bool = False) -> list[Points]:
    """The lines of text under a quad, in pixels of the photo and in its direction.

    Args:
        models: the detector.
        pixels: the photo.
        part: where to look; its own direction is that of the text.
        even: as for `detection.detect`.
    """
    wide, high = geometry.width(part), geometry.height(part)
    scale = min(SIDE / max(wide, high), _LARGEST)
    size = max(round(wide * scale), 1), max(round(high * scale), 1)
    corners = np.array([[0, 0], [size[0], 0], [size[0], size[1]], [0, size[1]]], np.float64)
    there = cv2.getPerspectiveTransform(part.astype(np.float32), corners.astype(np.float32))
    view = cv2.warpPerspective(
        pixels, there, size, flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE
    )
    back = np.asarray(np.linalg.inv(there), np.float64)
    boxes = detection.detect(models.detector, np.asarray(view, np.uint8), SIDE, even=even)
    return [geometry.mapped(back, geometry.turned(box, _UPRIGHT)) for box in boxes]


def _direction(quad: Points) -> Points:
    along = quad[1] + quad[2] - quad[0] - quad[3]
    return np.asarray(along / (np.linalg.norm(along) or 1.0), np.float64)
