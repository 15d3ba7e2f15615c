"""Which way the text runs: boxes of any direction -> quads in reading direction.

A page lies in a photo at any angle, and whatever it lies on may have text of its own. The long
sides of the boxes tell the angle but for half a turn, and whether there is text across. The half
turn is told by a small network, and by reading both ways where that one is unsure; where parts of
the text stand on their heads, a line goes with its neighbours.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from bot.recognition.embedded import geometry, reading

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from bot.recognition.embedded.geometry import Pixels, Points
    from bot.recognition.embedded.models import Models

_JUDGES: Final = 6  # the longest lines tell
_UNSURE: Final = (0.2, 0.8)
_READERS: Final = 3  # lines that are read both ways where the network is unsure
_LEAST_ASPECT: Final = 2.0  # below, a box tells no direction
_BINS: Final = 36
_ACROSS: Final = 0.06  # of the length of all text, from which text across the rest is no seal
_LINES_ACROSS: Final = 6  # a seal has fewer columns

_VOTE: Final = 0.1  # from 0 or 1: up to here the network is sure of a single line
_DISSENTERS: Final = 4  # sure lines that stand against the rest, not by mistake
_NEIGHBOURS: Final = 5
_PARALLEL: Final = np.cos(np.radians(4))


def upright(models: Models, pixels: Pixels, boxes: Sequence[Points]) -> list[Points]:
    """Turn every box so that it starts where its text starts."""
    quads = list(boxes)
    for members in _groups(boxes):
        direction = _direction([boxes[i] for i in members])
        turned = [geometry.turned(boxes[i], direction) for i in members]
        for i, quad in zip(members, _right_way_up(models, pixels, turned), strict=True):
            quads[i] = quad
    return quads


def _groups(boxes: Sequence[Points]) -> list[list[int]]:
    """The boxes along most of the text, and those across it, where that is text as well."""
    if not boxes:
        return []
    angles, lengths, lean = _sides(boxes)
    along, down = _direction(boxes)
    off = (angles - np.arctan2(down, along) + np.pi / 2) % np.pi - np.pi / 2
    across = lean & (np.abs(off) > np.pi / 4)
    if lengths[across].sum() < _ACROSS * lengths.sum() or across.sum() < _LINES_ACROSS:
        return [list(range(len(boxes)))]
    # A single character has no direction of its own and takes that of the nearest line.
    centres = np.stack([box.mean(axis=0) for box in boxes])
    lines = np.flatnonzero(lean)
    for i in np.flatnonzero(~lean):
        distances = np.linalg.norm(centres[lines] - centres[i], axis=1)
        across[i] = across[lines[int(np.argmin(distances))]]
    return [np.flatnonzero(~across).tolist(), np.flatnonzero(across).tolist()]


def _sides(boxes: Sequence[Points]) -> tuple[Points, Points, npt.NDArray[np.bool_]]:
    """The angle of each box's long side (0…π), its length, and whether it tells a direction."""
    sides = np.stack([box[1] - box[0] for box in boxes])
    others = np.stack([box[2] - box[1] for box in boxes])
    lengths, heights = np.linalg.norm(sides, axis=1), np.linalg.norm(others, axis=1)
    along = np.where((lengths >= heights)[:, None], sides, others)
    long, short = np.maximum(lengths, heights), np.minimum(lengths, heights)
    return np.arctan2(along[:, 1], along[:, 0]) % np.pi, long, long >= _LEAST_ASPECT * short


def _direction(boxes: Sequence[Points]) -> Points:
    """The unit vector along which most text runs, but for its sign."""
    angles, long, lean = _sides(boxes)
    weights = np.where(lean, long, long / 20)
    counts, edges = np.histogram(angles, _BINS, (0, np.pi), weights=weights)
    # A peak next to its neighbours, and round the corner from 180 to 0 degrees.
    smooth = counts + np.roll(counts, 1) + np.roll(counts, -1)
    peak = edges[int(np.argmax(smooth))] + np.pi / _BINS / 2
    near = (angles - peak + np.pi / 2) % np.pi - np.pi / 2
    close = np.abs(near) < 3 * np.pi / _BINS
    mean = peak + float(np.average(near[close], weights=weights[close]))
    return np.array([np.cos(mean), np.sin(mean)])


def _right_way_up(models: Models, pixels: Pixels, quads: Sequence[Points]) -> list[Points]:
    """Quads along one direction, those that stand on their heads turned by 180 degrees."""
    judged = np.array(reading.upside_down(models.turner, pixels, quads))
    lean = np.array([geometry.width(q) > _LEAST_ASPECT * geometry.height(q) for q in quads])
    turned, upright_ = lean & (judged > 1 - _VOTE), lean & (judged < _VOTE)
    if min(turned.sum(), upright_.sum()) >= _DISSENTERS:
        heads = _with_neighbours(quads, turned, upright_)
    else:
        longest = sorted(range(len(quads)), key=lambda i: -geometry.width(quads[i]))[:_JUDGES]
        heads = np.full(len(quads), _on_its_head(models, pixels, quads, judged, longest))
    return [
        np.roll(quad, 2, axis=0) if head else quad for quad, head in zip(quads, heads, strict=True)
    ]


def _with_neighbours(
    quads: Sequence[Points], turned: npt.NDArray[np.bool_], upright_: npt.NDArray[np.bool_]
) -> npt.NDArray[np.bool_]:
    """For each line what most of the nearest sure ones say that are parallel to it."""
    along = np.stack([quad[1] - quad[0] for quad in quads])
    along /= np.maximum(np.linalg.norm(along, axis=1, keepdims=True), 1e-6)
    centres = np.stack([quad.mean(axis=0) for quad in quads])
    sure = turned | upright_
    heads = np.zeros(len(quads), bool)
    for i, centre in enumerate(centres):
        distances = np.linalg.norm(centres - centre, axis=1)
        # Others may have a vote, but after all parallel ones.
        distances += np.where(along @ along[i] > _PARALLEL, 0.0, 1e6) + np.where(sure, 0.0, 1e9)
        nearest = np.argsort(distances)[:_NEIGHBOURS]
        heads[i] = turned[nearest].sum() > upright_[nearest].sum()
    return heads


def _on_its_head(
    models: Models,
    pixels: Pixels,
    quads: Sequence[Points],
    judged: Points,
    judges: Sequence[int],
) -> bool:
    """What the longest lines say, and the reader where they are unsure."""
    mean = float(np.mean(judged[judges]))
    if not _UNSURE[0] < mean < _UNSURE[1]:
        return mean >= _UNSURE[1]
    tried = [quads[i] for i in judges[:_READERS]]
    turned = [np.roll(quad, 2, axis=0) for quad in tried]
    return _legible(models, pixels, turned) > _legible(models, pixels, tried)


def _legible(models: Models, pixels: Pixels, quads: Sequence[Points]) -> float:
    """How sure the reader is of these lines, 0…1."""
    scores = [g.probability for line in reading.read(models, pixels, quads) for g in line.glyphs]
    return float(np.mean(scores)) if scores else 0.0
