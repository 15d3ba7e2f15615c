"""Connectionist temporal classification: probabilities at each step -> characters with places.

Source: Graves et al., ICML 2006. Greedy: the likeliest character of each step, repetitions
merged, blanks dropped.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

_WIDE_HALF: Final = 0.38
"""Half the width of an ideograph, in heights of a detected box (which has a margin)."""

_NARROW_HALF: Final = 0.2
"""Half the width of a Latin letter or digit, likewise."""


@dataclass(frozen=True, slots=True)
class Glyph:
    """One character as it was read.

    Attributes:
        text: the character.
        probability: 0…1, the network's own.
        left: where it begins, as a fraction of the strip's width.
        right: where it ends.
    """

    text: str
    probability: float
    left: float
    right: float

    @property
    def centre(self) -> float:
        """The middle, as a fraction of the strip's width."""
        return (self.left + self.right) / 2


def decode(
    probabilities: npt.NDArray[np.float32],
    alphabet: Sequence[str],
    weights: npt.NDArray[np.float32],
    *,
    steps: float,
    aspect: float,
) -> tuple[Glyph, ...]:
    """Turn steps into characters.

    Args:
        probabilities: steps × characters; column 0 is the blank.
        alphabet: the character of each column.
        weights: belief in each column; it decides who wins, not what the winner's score is.
        steps: how many steps the strip covers; what follows is padding.
        aspect: width of the strip in heights.
    """
    winners = np.argmax(probabilities * weights, axis=1)
    runs: list[tuple[int, int, int]] = []  # column, first step, last step
    for step, column in enumerate(winners.tolist()):
        if runs and runs[-1][0] == column:
            runs[-1] = (column, runs[-1][1], step)
        else:
            runs.append((column, step, step))
    read = [run for run in runs if run[0]]
    centres = [((first + last + 1) / 2) / steps for _, first, last in read]
    scores = [float(probabilities[first : last + 1, c].max()) for c, first, last in read]
    texts = [alphabet[column] for column, _, _ in read]
    return _placed(texts, scores, centres, aspect)


def _placed(
    texts: Sequence[str], scores: Sequence[float], centres: Sequence[float], aspect: float
) -> tuple[Glyph, ...]:
    """Glyphs as wide as their kind, but never into a neighbour."""
    middles = [0.0, *((a + b) / 2 for a, b in pairwise(centres)), 1.0]
    glyphs = []
    for i, (text, score, centre) in enumerate(zip(texts, scores, centres, strict=True)):
        half = half_width(text) / aspect
        left, right = max(centre - half, middles[i]), min(centre + half, middles[i + 1])
        glyphs.append(Glyph(text, min(score, 1.0), min(left, right), max(left, right)))
    return tuple(glyphs)


def half_width(text: str) -> float:
    """Half the width that a character usually takes, in heights of its box."""
    return _WIDE_HALF if is_wide(text) else _NARROW_HALF


def is_wide(text: str) -> bool:
    """Whether a character takes a square, as ideographs do."""
    return unicodedata.east_asian_width(text[0]) in "WF"
