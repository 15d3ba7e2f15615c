"""What light, lens and sensor do to a photo. Every effect: picture -> picture."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import cv2
import numpy as np

from tests.generator import raster

if TYPE_CHECKING:
    import random

    from tests.generator.raster import Raster


def uneven(rng: random.Random, photo: Raster, depth: float) -> Raster:
    """Brighter on one side, with a tint of the lamp's colour."""
    height, width = photo.shape[:2]
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    angle = rng.uniform(0, 6.28)
    slope = (x / width - 0.5) * math.cos(angle) + (y / height - 0.5) * math.sin(angle)
    tint = np.array([1 + rng.uniform(-depth, depth) / 4 for _ in range(3)], np.float32)
    return np.asarray(photo * (1 + slope * depth)[..., None] * tint, np.float32)


def shadow(rng: random.Random, photo: Raster, dark: float) -> Raster:
    """The shadow of a hand, a phone or a window's frame."""
    height, width = photo.shape[:2]
    across = max(height, width)
    middle = np.array((rng.uniform(0, width), rng.uniform(0, height)))
    angle, half = rng.uniform(0, 3.14), across * rng.uniform(0.12, 0.4)
    along = np.array((math.cos(angle), math.sin(angle))) * across * 2
    aside = np.array((-math.sin(angle), math.cos(angle))) * half
    band = np.array(
        (
            middle - along - aside,
            middle + along - aside,
            middle + along + aside,
            middle - along + aside,
        )
    )
    mask = raster.blurred(
        raster.polygon(height, width, band.astype(np.float32)), rng.uniform(4, 45)
    )
    return np.asarray(photo * (1 - (1 - dark) * mask)[..., None], np.float32)


def glare(rng: random.Random, photo: Raster, where: Raster, size: float, strength: float) -> Raster:
    """A lamp in the film: a spot somewhere inside four corners, `size` of their breadth."""
    height, width = photo.shape[:2]
    u, v = rng.uniform(0.1, 0.9), rng.uniform(0.1, 0.9)
    top, bottom = where[0] + (where[1] - where[0]) * u, where[3] + (where[2] - where[3]) * u
    x0, y0 = top + (bottom - top) * v
    reach = float(np.linalg.norm(where[1] - where[0])) * size
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    angle, flat = rng.uniform(0, 3.14), rng.uniform(0.25, 1)
    along = (x - x0) * math.cos(angle) + (y - y0) * math.sin(angle)
    aside = ((y - y0) * math.cos(angle) - (x - x0) * math.sin(angle)) / flat
    spot = np.exp(-((along**2 + aside**2) / (2 * reach**2)))
    return raster.over(photo, (255, 255, 252), np.clip(spot * strength, 0, 1).astype(np.float32))


def defocused(photo: Raster, sigma: float) -> Raster:
    """Out of focus."""
    return raster.blurred(photo, sigma)


def shaken(rng: random.Random, photo: Raster, pixels: float) -> Raster:
    """Moved while the shutter was open."""
    side = math.ceil(pixels) | 1
    angle, middle = rng.uniform(0, 3.14), side // 2
    dx, dy = math.cos(angle) * pixels / 2, math.sin(angle) * pixels / 2
    kernel = np.zeros((side, side), np.float32)
    ends = [
        (round((middle + sign * dx) * 16), round((middle + sign * dy) * 16)) for sign in (-1, 1)
    ]
    cv2.line(kernel, ends[0], ends[1], 1, 1, cv2.LINE_AA, 4)
    return np.asarray(cv2.filter2D(photo, -1, kernel / kernel.sum()), np.float32)


def moire(rng: random.Random, photo: Raster, depth: float) -> Raster:
    """Fine lines of a screen against the sensor's."""
    height, width = photo.shape[:2]
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    for _ in range(2):
        angle, pitch = rng.uniform(0, 3.14), rng.uniform(3, 9)
        wave = np.sin((x * math.cos(angle) + y * math.sin(angle)) * (6.28 / pitch))
        photo = np.asarray(photo * (1 + depth * wave)[..., None], np.float32)
    return photo


def grain(rng: random.Random, photo: Raster, sigma: float) -> Raster:
    """Noise of the sensor, coarser in colour than in brightness."""
    height, width = photo.shape[:2]
    fine = raster.noise(rng, height, width, 1) * sigma
    coarse = raster.resized(
        raster.noise(rng, height // 3, width // 3, 3), height, width, cv2.INTER_LINEAR
    )
    return np.asarray(photo + fine + coarse * sigma * 0.5, np.float32)
