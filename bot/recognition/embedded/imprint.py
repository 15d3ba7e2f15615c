"""The inside of a seal: where its characters stand, by rows or by columns.

The square is cut out upright, `SIDE` pixels wide and high. Rows and columns are told by the bands
of ink that an equal division of the text leaves between its lines.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final, TypeAlias

import cv2
import numpy as np

from bot.recognition.embedded.reading import HEIGHT

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from bot.recognition.embedded.geometry import Pixels

Mask: TypeAlias = "npt.NDArray[np.uint8]"
Box: TypeAlias = "tuple[int, int, int, int]"
"""Left, top, right, bottom in pixels of the square."""

SIDE: Final = 240
"""Pixels of the square's side."""

_FRAME: Final = 0.12  # of the side, in which a frame may lie
_LINE: Final = 0.4  # of the side, from which ink in one line is a frame
_SOME: Final = 0.03  # of the side, from which ink in one line is text
_MOST: Final = 7  # rows or columns
_LEAST_CLEAR: Final = 0.9  # of the clearest division, where a finer one is taken
_PITCHES: Final = (0.92, 1.45)  # heights of a character in a column, by those of a row
_REACH: Final = 0.2  # of a part, by which a cut may miss an equal division
_EMPTY: Final = 0.1  # of the usual ink, below which a part is no line of text
_UNDIVIDED: Final = 0.3  # clearness of a single line
_MARGIN: Final = 4  # pixels around a cell
_WIDTH: Final = 40  # pixels of a cell in the line that is read


def interior(mask: Mask) -> Box:
    """The square without its frame."""
    left, right = _within(mask.mean(axis=0))
    top, bottom = _within(mask.mean(axis=1))
    return left, top, right, bottom


def rows(mask: Mask, box: Box) -> list[Box]:
    """The rows from top to bottom; all but the last are as wide as the text."""
    left, top, right, bottom = box
    inside = mask[top:bottom, left:right]
    ends = _extent(inside.mean(axis=0)) or (0, 0)
    found = bands(inside.mean(axis=1))
    last = _extent(inside[slice(*found[-1])].mean(axis=0)) if found else None
    widths = [ends] * (len(found) - 1) + [last or ends]
    return [
        (left + start, top + up, left + stop, top + down)
        for (up, down), (start, stop) in zip(found, widths, strict=False)
    ]


def columns(mask: Mask, box: Box) -> list[Box]:
    """The single characters of columns from right to left, each from top to bottom.

    All columns begin at the top, and only the last may end before the bottom, so that a character
    too faint for the mask has a cell all the same.
    """
    left, top, right, bottom = box
    inside = mask[top:bottom, left:right]
    found = bands(inside.mean(axis=0))[::-1]
    # The last column may hold fewer characters, spread over the whole height.
    lines = bands(inside[:, found[-2][0] if len(found) > 1 else 0 :].mean(axis=1))
    if not (lines and found):
        return []
    first, last = lines[0][0], lines[-1][1]
    cells = []
    for start, stop in found:
        profile = inside[:, start:stop].mean(axis=1)
        ends, counts = (first, last), range(len(lines), len(lines) + 1)
        if (start, stop) == found[-1]:
            ends = (first, (_extent(profile) or ends)[1])
            counts = _counts(ends[1] - first, (last - first) / len(lines))
        for up, down in bands(profile, counts, ends):
            cells.append((left + start, top + up, left + stop, top + down))
    return cells


def _counts(height: int, pitch: float) -> range:
    """How many characters there may be: those of a short column may be spread."""
    least, most = (round(height / (pitch * one)) for one in reversed(_PITCHES))
    return range(max(least, 1), max(most, 1) + 1)


def bands(
    profile: npt.NDArray[np.float64],
    counts: range = range(1, _MOST + 1),
    ends: tuple[int, int] | None = None,
) -> list[tuple[int, int]]:
    """Start and stop of each line of text.

    Args:
        profile: share of ink in each line of pixels.
        counts: how many lines there may be.
        ends: where the text begins and ends, where that is known.
    """
    start, stop = ends or _extent(profile) or (0, 0)
    if start >= stop:
        return []
    divided = {n: [start, *_division(profile, start, stop, n), stop] for n in counts}
    clear = {count: _clearness(profile, edges) for count, edges in divided.items()}
    best = max(clear.values())
    chosen = max(count for count in counts if clear[count] >= best * _LEAST_CLEAR)
    return list(pairwise(divided[chosen]))


def line_up(square: Pixels, boxes: Sequence[Box]) -> Pixels:
    """Boxes side by side in one line, as high as the reader wants it."""
    high, wide = square.shape[:2]
    parts = []
    for left, top, right, bottom in boxes:
        cut = square[
            max(top - _MARGIN, 0) : min(bottom + _MARGIN, high),
            max(left - _MARGIN, 0) : min(right + _MARGIN, wide),
        ]
        cells = max(1, round((right - left) / (bottom - top)))
        parts.append(cv2.resize(cut, (cells * _WIDTH, HEIGHT), interpolation=cv2.INTER_AREA))
    return np.asarray(np.hstack(parts), np.uint8)


def _within(profile: npt.NDArray[np.float64]) -> tuple[int, int]:
    """What is left of a side without the lines of a frame at its ends."""
    return _after_frame(profile), len(profile) - _after_frame(profile[::-1])


def _after_frame(profile: npt.NDArray[np.float64]) -> int:
    """Where the gap behind a frame is emptiest."""
    reach = round(len(profile) * _FRAME)
    at = next(
        (i for i in range(reach) if profile[i] > _LINE and profile[i] >= profile[i + 1]), None
    )
    if at is None:
        return 0
    return at + int(np.argmin(profile[at : at + reach // 2]))


def _extent(profile: npt.NDArray[np.float64]) -> tuple[int, int] | None:
    """Where text begins and ends."""
    filled = np.flatnonzero(profile > _SOME)
    return (int(filled[0]), int(filled[-1]) + 1) if len(filled) else None


def _division(profile: npt.NDArray[np.float64], start: int, stop: int, count: int) -> list[int]:
    """The emptiest lines of pixels near those that divide the text into equal parts."""
    part = (stop - start) / count
    reach = max(round(part * _REACH), 1)
    cuts = []
    for i in range(1, count):
        middle = round(start + i * part)
        near = profile[middle - reach : middle + reach + 1]
        empty = np.flatnonzero(near <= near.min() + _SOME / 3)
        # Of several equally empty lines, the one nearest to the middle of them all.
        cuts.append(middle - reach + int(empty[len(empty) // 2]))
    return cuts


def _clearness(profile: npt.NDArray[np.float64], edges: Sequence[int]) -> float:
    """1 where cuts are without ink, 0 where they are as full as the text, or a part is empty."""
    usual = float(profile[edges[0] : edges[-1]].mean())
    parts = [float(profile[a:b].mean()) if b > a else 0.0 for a, b in pairwise(edges)]
    if min(parts) < usual * _EMPTY:
        return 0.0
    cuts = [float(profile[cut]) for cut in edges[1:-1]]
    return 1 - sum(cuts) / len(cuts) / usual if cuts else _UNDIVIDED
