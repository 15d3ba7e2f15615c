"""Quadrilaterals in a photo, and the strips of pixels under them.

A quad is a 4×2 array of pixels: top left, top right, bottom right, bottom left, as somebody
reading the text sees them, whichever way the photo is turned.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias, cast

import cv2
import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

Points: TypeAlias = "npt.NDArray[np.float64]"
Pixels: TypeAlias = "npt.NDArray[np.uint8]"


def width(quad: Points) -> float:
    """Length of a quad in reading direction, in pixels."""
    return float(np.linalg.norm(quad[1] + quad[2] - quad[0] - quad[3]) / 2)


def height(quad: Points) -> float:
    """Height of the text of a quad, in pixels."""
    return float(np.linalg.norm(quad[3] + quad[2] - quad[0] - quad[1]) / 2)


def turned(quad: Points, direction: Points) -> Points:
    """The same corners, starting where somebody reading along `direction` starts."""
    tops = np.roll(quad, -1, axis=0) - quad
    return np.roll(quad, -int(np.argmax(tops @ direction)), axis=0)


def slice_of(quad: Points, left: float, right: float) -> Points:
    """The part of a quad between two fractions (0…1) of its width."""
    top, bottom = quad[1] - quad[0], quad[2] - quad[3]
    ends = (top * left, top * right, bottom * right, bottom * left)
    return np.asarray(quad[[0, 0, 3, 3]] + np.stack(ends), np.float64)


def shrunk(quad: Points, x: float, y: float) -> Points:
    """The quad without a margin of `x` and `y` heights at each side."""
    along, down = _axes(quad)
    size = height(quad)
    step_x, step_y = along * min(size * x, width(quad) / 2), down * min(size * y, size / 2)
    return quad + np.stack([step_x + step_y, -step_x + step_y, -step_x - step_y, step_x - step_y])


def heightened(quad: Points, ratio: float) -> Points:
    """The quad with its height times `ratio`, about the same middle line."""
    down = (quad[3] + quad[2] - quad[0] - quad[1]) / 2 * (ratio - 1) / 2
    return np.asarray(quad + np.stack([-down, -down, down, down]), np.float64)


def _axes(quad: Points) -> tuple[Points, Points]:
    along = quad[1] + quad[2] - quad[0] - quad[3]
    down = quad[3] + quad[2] - quad[0] - quad[1]
    return along / (np.linalg.norm(along) or 1), down / (np.linalg.norm(down) or 1)


def hull(quads: list[Points]) -> Points:
    """The four corners around several quads that stand in reading direction."""
    along, down = _axes(quads[0])
    points = np.concatenate(quads)
    x, y = points @ along, points @ down
    corners = [(x.min(), y.min()), (x.max(), y.min()), (x.max(), y.max()), (x.min(), y.max())]
    basis = np.linalg.inv(np.stack([along, down]))
    return np.asarray([basis @ np.array(corner) for corner in corners])


def mapped(matrix: Points, points: Points) -> Points:
    """Points through a 3×3 homography."""
    homogeneous = np.column_stack([points, np.ones(len(points))]) @ matrix.T
    return homogeneous[:, :2] / homogeneous[:, 2:]


def strip(pixels: Pixels, quad: Points, pixel_height: int) -> Pixels:
    """The pixels under a quad, upright, `pixel_height` high and in proportion wide.

    Cut at the photo's own resolution first and then averaged down: a warp straight to the small
    size would skip pixels of thin strokes.
    """
    wide, high = max(width(quad), 1.0), max(height(quad), 1.0)
    cut_height = max(round(high), 8)
    cut_width = max(round(wide * cut_height / high), 8)
    corners = np.array([[0, 0], [cut_width, 0], [cut_width, cut_height], [0, cut_height]])
    matrix = cv2.getPerspectiveTransform(quad.astype(np.float32), corners.astype(np.float32))
    cut = cv2.warpPerspective(
        pixels,
        matrix,
        (cut_width, cut_height),
        flags=cv2.INTER_LINEAR,
        borderMode=cv2.BORDER_REPLICATE,
    )
    size = (max(round(wide * pixel_height / high), 8), pixel_height)
    shrinks = pixel_height < cut_height
    return cast(
        "Pixels",
        cv2.resize(cut, size, interpolation=cv2.INTER_AREA if shrinks else cv2.INTER_CUBIC),
    )
