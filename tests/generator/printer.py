"""The printer: text to a mask, smooth or in the dots of 24 pins."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import cv2
import numpy as np
from PIL import Image, ImageDraw

from tests.generator import fonts, raster

if TYPE_CHECKING:
    import random

    from tests.generator.fonts import Face
    from tests.generator.raster import Colour, Raster
    from tests.generator.tables import Part

_PINS: Final = 24
_CELL: Final = 5  # pixels that a pin's place is drawn with before it is brought to size
_BLANK: Final = 0.42  # of the size, at least: between ideographs no printer has a narrower one
_BASELINE: Final = 0.37  # of the size: from the middle of an ideograph down to its foot


@dataclass(frozen=True, slots=True)
class Printer:
    """How everything on one page is printed.

    Attributes:
        han: face of ideographs; `latin` of all else, often the same.
        scale: of all sizes.
        spacing: between characters, in sizes.
        pins: printed in dots.
        ink: colour, and `strength` of it, 0 to 1.
        ribbon: how uneven, 0 to 1.
    """

    han: Face
    latin: Face
    scale: float
    spacing: float
    pins: bool
    ink: Colour
    strength: float
    ribbon: float

    def line(self, text: str, pixels: float) -> Raster:
        """The mask of one line: twice as high as its size, the ideographs' middle in its middle."""
        return self._dotted(text, pixels) if self.pins else self._drawn(text, pixels)

    def _dotted(self, text: str, pixels: float) -> Raster:
        struck = self._drawn(text, _PINS) > 0.33
        height, width = struck.shape
        board = np.zeros((height * _CELL, width * _CELL), np.float32)
        board[_CELL // 2 :: _CELL, _CELL // 2 :: _CELL] = struck
        pin = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (_CELL + 2, _CELL + 2))
        board = np.asarray(cv2.dilate(board, pin), np.float32)
        ratio = pixels / _PINS
        return raster.resized(board, max(int(height * ratio), 1), max(int(width * ratio), 1))

    def _drawn(self, text: str, pixels: float) -> Raster:
        size = max(round(pixels), 4)
        faces = [(self.han if _is_han(sign) else self.latin).at(size) for sign in text]
        blank = _BLANK * size if any(sign >= "一" for sign in text) else 0
        steps = [
            max(font.getlength(sign), blank * sign.isspace()) + self.spacing * size
            for font, sign in zip(faces, text, strict=True)
        ]
        sheet = Image.new("L", (int(sum(steps)) + size, size * 2))
        pen, x = ImageDraw.Draw(sheet), size / 4
        for font, sign, step in zip(faces, text, steps, strict=True):
            pen.text((x, size * (1 + _BASELINE)), sign, 255, font, anchor="ls")
            x += step
        return np.asarray(np.asarray(sheet, np.float32) / 255, np.float32)


def choose(rng: random.Random, part: Part, text: str) -> Printer:
    """Any printer whose faces know the text."""
    han = fonts.choose(rng, part, "value", text)
    signs = "".join(sign for sign in text if not _is_han(sign))
    latin = fonts.choose(rng, part, "latin", signs) if rng.random() < 0.3 else han
    faded = rng.random() < 0.15
    dark = rng.uniform(10, 55)
    return Printer(
        han,
        latin,
        rng.uniform(0.94, 1.06) if rng.random() < 0.6 else rng.uniform(0.88, 1.12),
        rng.choice((0.0, 0.0, 0.0, rng.uniform(-0.03, 0.09))),
        han.name == "unifont" or rng.random() < 0.15,
        (dark, dark, dark + rng.choice((0, 0, 25))),
        rng.uniform(0.6, 0.8) if faded else rng.uniform(0.85, 1),
        rng.choice((0.0, 0.1, 0.35)),
    )


def plain(face: Face) -> Printer:
    """What a printing house prints with: one face, even and black."""
    return Printer(face, face, 1, 0, pins=False, ink=(0, 0, 0), strength=1, ribbon=0)


def _is_han(sign: str) -> bool:
    """Ideographs, and the signs that are drawn as wide as they are."""
    return sign > "\u2000" or sign == "·"


def ink_box(mask: Raster) -> tuple[int, int, int, int]:
    """Left, top, right and bottom of what is inked."""
    rows, columns = np.nonzero(mask.max(1) > 0.15)[0], np.nonzero(mask.max(0) > 0.15)[0]
    if not rows.size:
        return 0, 0, mask.shape[1], mask.shape[0]
    return int(columns[0]), int(rows[0]), int(columns[-1]) + 1, int(rows[-1]) + 1
