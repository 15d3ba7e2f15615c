"""Connectionist temporal classification: probabilities at each step -> characters with places.

Source: Graves et al., ICML 2006. Greedy: the likeliest character of each step, repetitions
merged, blanks dropped.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, replace
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


_WORTH_KNOWING: Final = 0.001
"""Probability from which an alternative is kept."""


@dataclass(frozen=True, slots=True)
class Glyph:
    """One character as it was read.

    Attributes:
        text: the character.
        probability: 0…1, the network's own.
        left: where it begins, as a fraction of the strip's width.
        right: where it ends.
        others: what else it could be, with the probabilities.
        white: how wide the paper without ink is between the glyph before and this one, in heights
            of the strip.
    """

    text: str
    probability: float
    left: float
    right: float
    others: tuple[tuple[str, float], ...] = ()
    white: float = 0.0

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
    glyphs = []
    for column, first, last in read:
        step = probabilities[first + int(np.argmax(probabilities[first : last + 1, column]))]
        others = _others(step, alphabet, column)
        glyphs.append(Glyph(alphabet[column], min(float(step[column]), 1.0), 0.0, 1.0, others))
    return _placed(glyphs, centres, aspect)


def _others(
    step: npt.NDArray[np.float32], alphabet: Sequence[str], winner: int
) -> tuple[tuple[str, float], ...]:
    columns = np.flatnonzero(step > _WORTH_KNOWING)
    return tuple((alphabet[c], float(step[c])) for c in columns.tolist() if c not in {0, winner})


def _placed(glyphs: Sequence[Glyph], centres: Sequence[float], aspect: float) -> tuple[Glyph, ...]:
    """Glyphs as wide as their kind, but never into a neighbour."""
    middles = [0.0, *((a + b) / 2 for a, b in pairwise(centres)), 1.0]
    placed = []
    for i, (glyph, centre) in enumerate(zip(glyphs, centres, strict=True)):
        half = half_width(glyph.text) / aspect
        left, right = max(centre - half, middles[i]), min(centre + half, middles[i + 1])
        placed.append(replace(glyph, left=min(left, right), right=max(left, right)))
    return tuple(placed)


def half_width(text: str) -> float:
    """Half the width that a character usually takes, in heights of its box."""
    return _WIDE_HALF if is_wide(text) else _NARROW_HALF


def is_wide(text: str) -> bool:
    """Whether a character takes a square, as ideographs do."""
    return unicodedata.east_asian_width(text[0]) in "WF"
