"""Pictures: RGB, 0 to 255, floating point until they are written. Masks: one plane, 0 to 1."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import cv2
import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    import random

Raster: TypeAlias = npt.NDArray[np.float32]
Colour: TypeAlias = tuple[float, float, float]


def plain(height: int, width: int, colour: Colour) -> Raster:
    """A picture of one colour."""
    return np.full((height, width, 3), colour, np.float32)


def noise(rng: random.Random, *shape: int) -> Raster:
    """Numbers around 0 with a deviation of 1."""
    return np.random.default_rng(rng.getrandbits(64)).standard_normal(shape, np.float32)


def cloud(rng: random.Random, height: int, width: int, across: float, down: float = 0) -> Raster:
    """A mask of soft spots, `across` pixels wide and `down` high (as high as wide if 0)."""
    grid = np.random.default_rng(rng.getrandbits(64)).random(
        (int(height / (down or across)) + 3, int(width / across) + 3), np.float32
    )
    return np.clip(resized(grid, height, width, cv2.INTER_CUBIC), 0, 1)


def resized(one: Raster, height: int, width: int, how: int = cv2.INTER_AREA) -> Raster:
    """In another size."""
    return np.asarray(cv2.resize(one, (width, height), interpolation=how), np.float32)


def blurred(one: Raster, sigma: float) -> Raster:
    """Out of focus."""
    return np.asarray(cv2.GaussianBlur(one, (0, 0), sigma), np.float32)


def over(ground: Raster, above: Raster | Colour, mask: Raster) -> Raster:
    """Another picture or colour over this one, as far as the mask says."""
    share = mask[..., None]
    return np.asarray(ground + (np.asarray(above, np.float32) - ground) * share, np.float32)


def warped(one: Raster, matrix: npt.NDArray[np.float64], height: int, width: int) -> Raster:
    """Seen through a homography."""
    seen = cv2.warpPerspective(one, matrix, (width, height), flags=cv2.INTER_CUBIC)
    return np.asarray(seen, np.float32)


def moved(points: Raster, matrix: npt.NDArray[np.float64]) -> Raster:
    """Points through the same homography."""
    return np.asarray(
        cv2.perspectiveTransform(points.reshape(1, -1, 2).astype(np.float64), matrix)[0], np.float32
    )


def polygon(height: int, width: int, points: Raster) -> Raster:
    """A mask that is 1 inside the points."""
    mask = np.zeros((height, width), np.uint8)
    cv2.fillPoly(mask, [np.round(points * 16).astype(np.int32)], 255, cv2.LINE_AA, 4)
    return np.asarray(mask.astype(np.float32) / 255, np.float32)


def shade(rng: random.Random, low: float, high: float) -> Colour:
    """Any colour whose parts lie between two bounds."""
    return (rng.uniform(low, high), rng.uniform(low, high), rng.uniform(low, high))
