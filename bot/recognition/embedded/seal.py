"""The red square seal: who issued the page.

Its frame tells where the seal lies and how it is turned. Inside, characters stand in rows from left
to right or in columns from right to left. They are cut out and set in one line before they are
read: the reader knows words, and across columns there are none. The order in which the text is
built like an authority's name is the right one.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING, Final

import cv2
import numpy as np

from bot.licence.documents import FieldName
from bot.recognition.embedded import authority, imprint, reading, rectification, redness
from bot.recognition.embedded.confidence import GAP
from bot.recognition.embedded.fields import Reading
from bot.recognition.embedded.reading import Line

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bot.recognition.embedded.ctc import Glyph
    from bot.recognition.embedded.geometry import Pixels, Points
    from bot.recognition.embedded.models import Models
    from bot.recognition.embedded.pages import Zone
    from bot.recognition.embedded.pose import Pose

MISFIT: Final = 0.4
"""Factor where the text is not built as the name of an authority."""

_SCALE: Final = 8  # pixels for a millimetre, where the seal is looked for
_USUAL_MM: Final = 20  # of a seal's side (GA 37-2008)
_ROWS_SEEN: Final = 2  # words across, from which a seal is printed in rows
_SURE: Final = 0.85  # confidence from which a seal is not read again
_FEWEST: Final = 5  # characters; fewer are no name
_WORDS: Final = 0.5  # neighbours of that kind for a character, where the order is the right one
_APART: Final = (0.6, 1.6)  # usual distances, between which no character is lost or split
_LIKE: Final = 2  # neighbours that names of authorities have, too; with fewer it is no seal


@dataclass(frozen=True, slots=True, eq=False)
class Seal:
    """A seal that was found.

    Attributes:
        quad: its corners in the photo.
        square: its pixels, upright.
        mask: 1 where there is red ink.
        red: its red ink alone, dark on white.
    """

    quad: Points
    square: Pixels
    mask: imprint.Mask
    red: Pixels


def read(
    models: Models, pixels: Pixels, pose: Pose, zones: Iterable[Zone], lines: Iterable[Line]
) -> Reading | None:
    """What the seal of a page says; `None` where none is seen or nothing can be made out.

    Args:
        models: the reader.
        pixels: the photo.
        pose: how the page lies in it.
        zones: where on the page the seal is looked for, until it is found.
        lines: what was read in the photo; words among them tell that a seal is printed in rows.
    """
    for zone in zones:
        seal = find(pixels, pose, zone)
        if seal is not None:
            return _read(models, seal, lines)
    return None


def find(pixels: Pixels, pose: Pose, zone: Zone) -> Seal | None:
    """The seal in a zone of the page."""
    red = redness.redness(rectification.cut(pixels, pose, zone, _SCALE))
    frame = redness.square(redness.ink(red, _SCALE), _SCALE)
    if frame is None:
        return None
    quad = rectification.back(frame, pose, zone, _SCALE)
    side = imprint.SIDE
    # Not reckoned anew from the square: where ink is everywhere, nothing tells what paper is.
    inside = rectification.warped(red, frame, side, side)
    mask = redness.ink(inside, side / _USUAL_MM)
    square = rectification.warped(pixels, quad, side, side)
    return Seal(quad, square, mask, redness.print_of(inside))


def _read(models: Models, seal: Seal, lines: Iterable[Line]) -> Reading | None:
    """The likelier order first, then the other; last without the black print over the seal."""
    inside = imprint.interior(seal.mask)
    orders = [imprint.columns, imprint.rows]
    if _in_rows(seal.quad, lines):
        orders.reverse()
    cells = orders[0](seal.mask, inside)
    best = _tried(models, seal, seal.square, cells)
    if best is None or _words(best) < _WORDS * len(best.value):
        others = orders[1](seal.mask, inside)
        other = _tried(models, seal, seal.square, others)
        if _fit(other) > _fit(best):
            best, cells = other, others
    if best is None or best.confidence >= _SURE:
        return best
    return max(best, _tried(models, seal, seal.red, cells) or best, key=lambda one: one.confidence)


def _words(one: Reading | None) -> int:
    return authority.likeness(one.value) if one else 0


def _fit(one: Reading | None) -> tuple[bool, int]:
    return one is not None and authority.fits(one.value), _words(one)


def _in_rows(quad: Points, lines: Iterable[Line]) -> bool:
    """Whether there are words across the seal."""
    outline = quad.astype(np.float32)
    inside = (
        line
        for line in lines
        if cv2.pointPolygonTest(outline, line.quad.mean(axis=0).tolist(), measureDist=False) > 0
    )
    return sum(authority.likeness(line.text) for line in inside) >= _ROWS_SEEN


def _tried(
    models: Models, seal: Seal, pixels: Pixels, boxes: Sequence[imprint.Box]
) -> Reading | None:
    if not boxes:
        return None
    line = imprint.line_up(pixels, boxes)
    high, wide = line.shape[:2]
    whole = np.array([[0, 0], [wide, 0], [wide, high], [0, high]], np.float64)
    read_ones = reading.read(models, line, [whole])[0].glyphs
    glyphs = tuple(glyph for glyph in read_ones if "一" <= glyph.text <= "鿿")
    return _interpreted(glyphs, seal, lost=_lost(glyphs, boxes))


def _lost(glyphs: Sequence[Glyph], boxes: Sequence[imprint.Box]) -> bool:
    """Whether a character was dropped, or one taken for two."""
    apart = [right.centre - left.centre for left, right in pairwise(glyphs)]
    if not apart:
        return True
    least, most = (median(apart) * one for one in _APART)
    return not all(least < one < most for one in apart) or len(boxes) > len(glyphs)


def _interpreted(glyphs: Sequence[Glyph], seal: Seal, *, lost: bool) -> Reading | None:
    raw = "".join(glyph.text for glyph in glyphs)
    settled = authority.settle(glyphs)
    text = "".join(glyph.text for glyph in settled)
    if len(text) < _FEWEST or authority.likeness(text) < _LIKE:
        return None
    sure = min(glyph.probability for glyph in settled)
    sure *= (1.0 if authority.fits(text) else MISFIT) * (GAP if lost else 1.0)
    name = FieldName.ISSUING_AUTHORITY
    return Reading(name, "authority", raw, text, sure, (Line(seal.quad, settled),))
