"""Lines of text on their way onto a page: broken, fitted into their room, and put down."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from tests.generator import printer
from tests.generator.sheet import SCALE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.generator.printer import Printer
    from tests.generator.raster import Raster

_MARGIN = 0.15  # mm around the ink


@dataclass(frozen=True, slots=True)
class Line:
    """One line to be printed.

    Attributes:
        mask: as the printer makes it.
        ink: left, top, right and bottom of the ink in it, in pixels.
        x, y: left end of the ink and middle of the ideographs, in mm on the page.
    """

    mask: Raster
    ink: tuple[int, int, int, int]
    x: float
    y: float

    @property
    def right(self) -> float:
        """Where the ink ends, in mm."""
        return self.x + (self.ink[2] - self.ink[0]) / SCALE

    def put(self, sheet: Raster) -> Raster:
        """Add the line to the mask of a page; the corners of its ink there, in pixels."""
        left, top, right, bottom = self.ink
        x, y = round(self.x * SCALE), round(self.y * SCALE) - self.mask.shape[0] // 2 + top
        ink = self.mask[top:bottom, left:right][max(-y, 0) :, max(-x, 0) :]
        inside = sheet[max(y, 0) :, max(x, 0) :][: ink.shape[0], : ink.shape[1]]
        np.maximum(inside, ink[: inside.shape[0], : inside.shape[1]], out=inside)
        return box(x, y, x + right - left, y + bottom - top)


def line(printing: Printer, text: str, size: float, at: tuple[float, float]) -> Line:
    """A line in its full size; size and place in mm."""
    mask = printing.line(text, size * SCALE)
    return Line(mask, printer.ink_box(mask), *at)


def centred(printing: Printer, text: str, size: float, at: tuple[float, float]) -> Line:
    """A line about a place."""
    whole = line(printing, text, size, at)
    return Line(whole.mask, whole.ink, at[0] - (whole.right - at[0]) / 2, at[1])


def fitted(
    printing: Printer, text: str, size: float, width: float, at: tuple[float, float]
) -> Line:
    """A line, printed smaller where there is no room for it."""
    wide = _wide(printing, text, size)
    return line(printing, text, size * min(1, width / wide), at)


def wrapped(printing: Printer, text: str, size: float, spec: Mapping[str, Any]) -> list[str]:
    """The text in as many rows as it needs and may have.

    Broken at a blank, so that nobody need guess whether there was one; else where a row is full.
    """
    rows: list[str] = []
    while text and len(rows) < spec.get("lines", 1) - 1:
        end = len(text)
        while _wide(printing, text[:end], size) > spec["width"]:
            end -= 1
        if end < len(text) and " " in text[: end + 1]:
            end = text.rindex(" ", 0, end + 1)
        rows.append(text[:end].rstrip())
        text = text[end:].lstrip()
    return [*rows, text] if text else rows


def box(left: float, top: float, right: float, bottom: float) -> Raster:
    """Corners, clockwise from the top left, a little outside."""
    margin = _MARGIN * SCALE
    left, top, right, bottom = left - margin, top - margin, right + margin, bottom + margin
    return np.array([[left, top], [right, top], [right, bottom], [left, bottom]], np.float32)


def _wide(printing: Printer, text: str, size: float) -> float:
    whole = line(printing, text, size, (0, 0))
    return whole.right
