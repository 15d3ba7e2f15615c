"""The paper of a page: a pale colour under waves of fine lines."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

import numpy as np

from tests.generator import raster

if TYPE_CHECKING:
    import random

    from tests.generator.raster import Colour, Raster

_PAPERS: Final[tuple[Colour, ...]] = (
    (232, 244, 232), (226, 246, 236), (230, 240, 248), (240, 238, 250), (250, 240, 240),
    (250, 247, 228), (238, 250, 250), (246, 246, 242), (222, 238, 230),
)  # fmt: skip


def draw(rng: random.Random, height: int, width: int) -> Raster:
    """Any paper; `height` and `width` in pixels, fifteen of them to a millimetre."""
    paper = rng.choice(_PAPERS)
    sheet = raster.plain(height, width, paper)
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    for _ in range(rng.randrange(2, 5)):
        sheet = raster.over(sheet, _ink(rng, paper), _waves(rng, x, y) * rng.uniform(0.05, 0.3))
    if rng.random() < 0.4:
        sheet = raster.over(sheet, _ink(rng, paper), _rosette(rng, x, y) * rng.uniform(0.05, 0.22))
    return np.clip(sheet + raster.noise(rng, height, width, 1) * rng.uniform(0, 1.5), 0, 255)


def _ink(rng: random.Random, paper: Colour) -> Colour:
    red, green, blue = (part - rng.uniform(8, 75) for part in paper)
    return red, green, blue


def _waves(rng: random.Random, x: Raster, y: Raster) -> Raster:
    """Parallel lines that sway."""
    angle, pitch = rng.uniform(-0.5, 0.5), rng.uniform(9, 30)
    along, across = (
        x * math.cos(angle) + y * math.sin(angle),
        y * math.cos(angle) - x * math.sin(angle),
    )
    sway = rng.uniform(4, 40) * np.sin(along / rng.uniform(25, 120) + rng.uniform(0, 6))
    return _lines(np.asarray(across + sway, np.float32), pitch)


def _rosette(rng: random.Random, x: Raster, y: Raster) -> Raster:
    """Rings with petals around some point."""
    dx, dy = x - rng.uniform(300, 1000), y - rng.uniform(200, 700)
    radius, turn = np.hypot(dx, dy), np.arctan2(dy, dx)
    petals = np.sin(turn * rng.randrange(6, 16)) * rng.uniform(8, 45)
    rings = np.asarray(radius + petals, np.float32)
    return np.asarray(
        _lines(rings, rng.uniform(10, 22)) * (radius < rng.uniform(150, 380)), np.float32
    )


def _lines(distance: Raster, pitch: float) -> Raster:
    return np.asarray(np.clip(np.cos(distance * (2 * np.pi / pitch)) * 2 - 0.8, 0, 1), np.float32)
