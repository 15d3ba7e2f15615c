"""Parts of the page cut out upright, whichever way the page lies in the photo."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

import cv2
import numpy as np

from bot.recognition.embedded import geometry

if TYPE_CHECKING:
    import numpy.typing as npt

    from bot.recognition.embedded.geometry import Pixels, Points
    from bot.recognition.embedded.pages import Zone
    from bot.recognition.embedded.pose import Pose

_Value = TypeVar("_Value", np.uint8, np.float32)


def cut(pixels: Pixels, pose: Pose, zone: Zone, scale: float) -> Pixels:
    """A zone of the page, `scale` pixels for a millimetre."""
    quad = pose.in_photo(zone.left, zone.right, zone.top, zone.bottom)
    return warped(pixels, quad, zone.width * scale, zone.height * scale)


def back(quad: Points, pose: Pose, zone: Zone, scale: float) -> Points:
    """A quad of such a cut, in pixels of the photo."""
    return geometry.mapped(pose.to_photo, quad / scale + [zone.left, zone.top])


def warped(
    pixels: npt.NDArray[_Value], quad: Points, width: float, height: float
) -> npt.NDArray[_Value]:
    """What is under a quad, as an upright rectangle of that size."""
    wide, high = round(width), round(height)
    corners = np.array([[0, 0], [wide, 0], [wide, high], [0, high]], np.float32)
    matrix = cv2.getPerspectiveTransform(quad.astype(np.float32), corners)
    flat = cv2.warpPerspective(
        pixels, matrix, (wide, high), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE
    )
    return np.asarray(flat, pixels.dtype)
