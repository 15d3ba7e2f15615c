"""Flat things that lie before the camera, with the places of what is printed on them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import numpy as np

from tests.generator import raster

if TYPE_CHECKING:
    import random
    from collections.abc import Sequence

    import numpy.typing as npt

    from tests.generator.raster import Raster
    from tests.generator.value import Value

SCALE: Final = 15
"""Pixels of a sheet to a millimetre."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A printed value and the corners of each of its lines, in pixels of what it lies on."""

    value: Value
    polygons: tuple[Raster, ...]

    def through(self, matrix: npt.NDArray[np.float64]) -> Placed:
        """Seen through a homography."""
        return replace(self, polygons=tuple(raster.moved(one, matrix) for one in self.polygons))


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a licence: its corners, clockwise from the top left, and its fields."""

    page: str
    corners: Raster
    fields: dict[str, Placed]
    faces: tuple[str, str]

    def through(self, matrix: npt.NDArray[np.float64]) -> Page:
        """Seen through a homography."""
        fields = {name: placed.through(matrix) for name, placed in self.fields.items()}
        return replace(self, corners=raster.moved(self.corners, matrix), fields=fields)


@dataclass(frozen=True, slots=True)
class Sheet:
    """Something flat. Where the mask is 0 one sees what lies below."""

    pixels: Raster
    mask: Raster
    pages: tuple[Page, ...] = ()

    @property
    def size(self) -> tuple[int, int]:
        """Height and width."""
        return self.mask.shape[0], self.mask.shape[1]


def shift(x: float, y: float) -> npt.NDArray[np.float64]:
    """The homography that moves."""
    return np.array([[1, 0, x], [0, 1, y], [0, 0, 1]], np.float64)


def laid(rng: random.Random, sheets: Sequence[Sheet], *, below: bool) -> Sheet:
    """Several sheets on one, side by side or one below the other, now and then in a dark folder."""
    gap = round(rng.uniform(0.5, 7) * SCALE)
    heights, widths = zip(*(one.size for one in sheets), strict=True)
    height = sum(heights) + gap * (len(sheets) + 1) if below else max(heights) + gap * 2
    width = max(widths) + gap * 2 if below else sum(widths) + gap * (len(sheets) + 1)
    pixels = raster.plain(height, width, raster.shade(rng, 15, 60))
    mask = np.full((height, width), float(rng.random() < 0.5), np.float32)
    pages: list[Page] = []
    at = gap
    for one in sheets:
        y, x = (at, gap) if below else (gap, at)
        inside = np.s_[y : y + one.size[0], x : x + one.size[1]]
        pixels[inside] = raster.over(pixels[inside], one.pixels, one.mask)
        mask[inside] = np.maximum(mask[inside], one.mask)
        pages += [page.through(shift(x, y)) for page in one.pages]
        at += one.size[0 if below else 1] + gap
    return Sheet(pixels, mask, tuple(pages))


def rounded(height: int, width: int, radius: float) -> Raster:
    """The mask of a card with round corners."""
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    dx = np.maximum(np.maximum(radius - x, x - (width - 1 - radius)), 0)
    dy = np.maximum(np.maximum(radius - y, y - (height - 1 - radius)), 0)
    return np.asarray(np.clip(radius + 0.5 - np.hypot(dx, dy), 0, 1), np.float32)
