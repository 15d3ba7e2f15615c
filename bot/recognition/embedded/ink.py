"""What the pixels of a line say besides its characters: white paper, glare, the colour of the ink.

The reader drops blanks, and what glare has swallowed is missing from a line that is otherwise read
at full score.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING, Final

import cv2
import numpy as np

from bot.recognition.embedded import geometry

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from bot.recognition.embedded.ctc import Glyph
    from bot.recognition.embedded.geometry import Pixels, Points

_PRINT: Final = 0.4  # of the usual contrast, from which a column holds print
_RED_HEIGHT: Final = 32  # pixels of a strip in which the colour of ink is looked for
_FAINTEST: Final = 5.0  # levels by which ink is darker than paper
_GLARE_HEIGHT: Final = 24  # pixels of a strip in which glare is looked for
_AROUND: Final = 1.0  # heights of print before and after it


def spaced(strip: Pixels, glyphs: Sequence[Glyph]) -> tuple[Glyph, ...]:
    """The glyphs of a strip, each with the white before it."""
    inked = _inked(strip)
    high, wide = strip.shape[:2]
    placed = list(glyphs)
    for i, (one, other) in enumerate(pairwise(glyphs), 1):
        between = inked[round(one.centre * wide) : round(other.centre * wide)]
        edges = np.flatnonzero(np.diff(np.concatenate(([0], ~between, [0])).astype(np.int8)))
        widest = int((edges[1::2] - edges[::2]).max()) if len(edges) else 0
        placed[i] = replace(other, white=widest / high)
    return tuple(placed)


def _inked(strip: Pixels) -> npt.NDArray[np.bool_]:
    """For each column of a strip whether there is print in it."""
    grey = np.asarray(cv2.cvtColor(strip, cv2.COLOR_BGR2GRAY), np.float32)
    grey = grey[len(grey) // 6 : -len(grey) // 6]
    paper = np.percentile(grey, 80, axis=0)
    darkest = np.percentile(grey, 8, axis=0)
    depth = paper - darkest
    return np.asarray(depth > _PRINT * np.percentile(depth, 90), np.bool_)


def redder(pixels: Pixels, quad: Points) -> float:
    """How much redder than its paper the ink of a line is, of how much darker it is.

    About 0 for black print, also under a seal; from 0.6 for the characters of the seal itself.
    """
    strip = geometry.strip(pixels, quad, _RED_HEIGHT).astype(np.float32)
    grey = cv2.cvtColor(strip, cv2.COLOR_BGR2GRAY)
    red = strip[:, :, 2] - strip[:, :, 1]
    paper, darkest = np.percentile(grey, 75), np.percentile(grey, 10)
    inked = grey <= (paper + darkest) / 2
    darker = np.maximum(paper - grey[inked], _FAINTEST)
    return float(np.median((red[inked] - np.median(red[grey >= paper])) / darker))


def glare(pixels: Pixels, quad: Points) -> float:
    """How much lighter the paper is somewhere under a line than under most of it, 0…1."""
    strip = geometry.strip(pixels, geometry.shrunk(quad, -_AROUND, 0), _GLARE_HEIGHT)
    grey = cv2.cvtColor(strip, cv2.COLOR_BGR2GRAY)
    paper = np.percentile(grey, 75, axis=0)
    smooth = cv2.blur(paper[None], (5, 1))
    return float(max(smooth.max() - np.median(smooth), 0.0)) / 255
