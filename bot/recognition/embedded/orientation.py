"""Which way the text runs: boxes of any direction -> quads in reading direction.

A page lies in a photo at any angle. The long sides of the boxes tell the angle but for half a
turn; the half turn is told by a small network, and by reading both ways where that one is unsure.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from bot.recognition.embedded import geometry, reading

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.recognition.embedded.geometry import Pixels, Points
    from bot.recognition.embedded.models import Models

_JUDGES: Final = 6  # the longest lines tell
_UNSURE: Final = (0.2, 0.8)
_READERS: Final = 3  # lines that are read both ways where the network is unsure
_LEAST_ASPECT: Final = 2.0  # below, a box tells no direction
_BINS: Final = 36


def upright(models: Models, pixels: Pixels, boxes: Sequence[Points]) -> list[Points]:
    """Turn every box so that it starts where its text starts."""
    if not boxes:
        return []
    direction = _direction(boxes)
    quads = [geometry.turned(box, direction) for box in boxes]
    longest = sorted(quads, key=geometry.width, reverse=True)[:_JUDGES]
    if _on_its_head(models, pixels, longest):
        quads = [np.roll(quad, 2, axis=0) for quad in quads]
    return quads


def _direction(boxes: Sequence[Points]) -> Points:
    """The unit vector along which most text runs, but for its sign."""
    sides = np.stack([box[1] - box[0] for box in boxes])
    others = np.stack([box[2] - box[1] for box in boxes])
    lengths, heights = np.linalg.norm(sides, axis=1), np.linalg.norm(others, axis=1)
    along = np.where((lengths >= heights)[:, None], sides, others)
    long, short = np.maximum(lengths, heights), np.minimum(lengths, heights)
    weights = np.where(long >= _LEAST_ASPECT * short, long, long / 20)
    angles = np.arctan2(along[:, 1], along[:, 0]) % np.pi
    counts, edges = np.histogram(angles, _BINS, (0, np.pi), weights=weights)
    # A peak next to its neighbours, and round the corner from 180 to 0 degrees.
    smooth = counts + np.roll(counts, 1) + np.roll(counts, -1)
    peak = edges[int(np.argmax(smooth))] + np.pi / _BINS / 2
    near = (angles - peak + np.pi / 2) % np.pi - np.pi / 2
    close = np.abs(near) < 3 * np.pi / _BINS
    mean = peak + float(np.average(near[close], weights=weights[close]))
    return np.array([np.cos(mean), np.sin(mean)])


def _on_its_head(models: Models, pixels: Pixels, quads: Sequence[Points]) -> bool:
    judged = float(np.mean(reading.upside_down(models.turner, pixels, quads)))
    if not _UNSURE[0] < judged < _UNSURE[1]:
        return judged >= _UNSURE[1]
    tried = quads[:_READERS]
    turned = [np.roll(quad, 2, axis=0) for quad in tried]
    return _legible(models, pixels, turned) > _legible(models, pixels, tried)


def _legible(models: Models, pixels: Pixels, quads: Sequence[Points]) -> float:
    """How sure the reader is of these lines, 0…1."""
    scores = [g.probability for line in reading.read(models, pixels, quads) for g in line.glyphs]
    return float(np.mean(scores)) if scores else 0.0
