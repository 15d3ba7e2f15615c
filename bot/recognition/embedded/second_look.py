"""Doubtful and missing fields are read again from where they should stand.

The detector may have lost the first character or the whole value, or a seal may lie over it. So
the strip is cut anew: tight, wider, and from the red channel alone where there is red ink, which
vanishes in it. What the seal itself says is no value and is put aside first.
A value that two readings agree on is believed sooner than one that was seen once.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import compress
from typing import TYPE_CHECKING, Final

import cv2
import numpy as np

from bot.recognition.embedded import confidence, dashes, geometry, ink, reading
from bot.recognition.embedded.extraction import Found
from bot.recognition.embedded.fields import Reading, interpret
from bot.recognition.embedded.normalisation import DASHES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from bot.licence.documents import FieldName
    from bot.recognition.embedded.geometry import Pixels, Points
    from bot.recognition.embedded.models import Models
    from bot.recognition.embedded.pose import Pose

SURE: Final = 0.985
"""Score from which a field is not read again."""

SURE_IN_RED: Final = 0.995
"""The same where there is red ink, under which a reader takes one digit for another."""

AGREED: Final = 0.85
"""Score from which it is not read again once a further reading said the same."""

_DASHED: Final = frozenset({"mass", "dimensions", "remarks", "record", "seats"})
"""Kinds for which a page prints dashes, which the detector hardly sees."""

_SEEN_DASHED: Final = _DASHED | {"engine"}
"""Kinds that are dashes where some are seen; an empty place means nothing for all of them."""

_SEEN: Final = 0.9
"""Score of dashes that were seen, but not by the reader."""

_SCRAP: Final = 3
"""Characters up to which a text of the wrong form is what a reader makes of dashes."""

_FREE: Final = frozenset({"address", "name", "owner", "model", "remarks", "engine", "ideographs"})
"""Kinds whose form says little: a shorter reading has probably lost something."""

_MORE: Final = 1.0
"""Characters, each counted by how much likelier it is right than not, that make up for doubt."""

_DELIMITED: Final = frozenset({"date", "term", "mass", "dimensions"})
"""Kinds whose values are found among other text, so that a strip may reach too far."""

_OVERRUN: Final = 4.0  # mm that a value may run on over the next caption
_BEFORE: Final = 0.8  # mm before the place of a value
_HALF: Final = 2.1  # mm above and below the middle of a row

_OF_A_SEAL: Final = 0.58  # redness of its ink, from which a line is of the seal

_RED_HEIGHT: Final = 16  # pixels of a strip in which red ink is looked for
_REDDER: Final = 28  # levels by which it is redder than the paper
_RED_SHARE: Final = 0.01  # of the strip


def look_again(
    models: Models, pixels: Pixels, pose: Pose, found: Sequence[Found]
) -> tuple[Reading, ...]:
    """The readings of all slots, the doubtful ones after further tries."""
    red = cv2.cvtColor(pixels[:, :, 2], cv2.COLOR_GRAY2BGR).astype(np.uint8)
    readings: list[Reading] = []
    for slot in found:
        readings += _slot(models, (pixels, red), pose, _printed(pixels, slot))
    return tuple(readings)


def _printed(pixels: Pixels, found: Found) -> Found:
    """Without lines in red ink."""
    black = [ink.redder(pixels, line.quad) < _OF_A_SEAL for line in found.lines]
    if all(black):
        return found
    return Found(
        found.place, tuple(compress(found.lines, black)), tuple(compress(found.rows, black))
    )


def _slot(
    models: Models, channels: tuple[Pixels, Pixels], pose: Pose, found: Found
) -> Iterable[Reading]:
    slot = found.place.slot
    seen: dict[FieldName, list[Reading]] = {name: [] for name in slot.names}
    red = _in_red(channels[0], pose, found)
    seen_or_sought = found if found.lines else _sought(models, channels[red], pose, found)
    _collect(seen, interpret(seen_or_sought))
    for pixels, quads in _tries(channels, pose, seen_or_sought, red=red):
        if all(_settled(readings, SURE_IN_RED if red else SURE) for readings in seen.values()):
            break
        lines = reading.read(models, pixels, quads)
        _collect(seen, interpret(Found(found.place, tuple(lines), tuple(range(len(lines))))))
    chosen = {name: _chosen(readings) for name, readings in seen.items() if readings}
    if slot.kind in _SEEN_DASHED and all(_is_scrap(one) for one in chosen.values()):
        concluded = _dashes(slot.names[0], pose, found, channels[0])
        chosen = {slot.names[0]: concluded} if concluded else chosen
    return [_measured(one, pose, found) for one in chosen.values()]


def _measured(one: Reading, pose: Pose, found: Found) -> Reading:
    """With how far behind its place it begins: glare takes the first characters without a trace."""
    if one.name != found.place.slot.names[0]:
        return one
    left = float(pose.on_page(one.lines[0].quad)[[0, 3], 0].mean())
    return replace(one, late=left - found.place.left)


def _collect(seen: dict[FieldName, list[Reading]], readings: Iterable[Reading]) -> None:
    for one in readings:
        seen[one.name].append(one)


def _settled(readings: Sequence[Reading], sure: float) -> bool:
    """Whether nothing is to be gained from reading once more."""
    if not readings:
        return False
    best = _chosen(readings)
    return best.confidence >= (AGREED if best.agreeing else sure)


def _chosen(readings: Sequence[Reading]) -> Reading:
    """The best reading, with how many of the others say the same."""
    best = readings[0]
    for one in readings[1:]:
        best = _better(best, one)
    same = sum(one.value == best.value for one in readings)
    return replace(best, agreeing=same - 1, differing=len(readings) - same)


def _sought(models: Models, pixels: Pixels, pose: Pose, found: Found) -> Found:
    """What stands at a place where the detector saw nothing, with as much room as it takes."""
    lines = reading.read(models, pixels, _wide(pose, found))
    tight = tuple(line.cut(0, len(line.glyphs)) for line in lines if line.glyphs)
    return Found(found.place, tight, (0,) * len(tight))


def _tries(
    channels: tuple[Pixels, Pixels], pose: Pose, found: Found, *, red: bool
) -> Iterator[tuple[Pixels, list[Points]]]:
    colour, without_red = channels
    wide = _wide(pose, found)
    if found.lines:
        tight = _tight(pose, found)
        yield colour, tight
        if red:
            yield without_red, tight
    yield colour, wide
    if red:
        yield without_red, wide
    if found.lines and found.place.slot.kind in _DELIMITED:
        yield colour, _wide(pose, found, after=_OVERRUN)


def _in_red(pixels: Pixels, pose: Pose, found: Found) -> bool:
    """Whether there is red ink where a value stands."""
    strips = _wide(pose, found) + (_tight(pose, found) if found.lines else [])
    return any(_has_red(pixels, quad) for quad in strips)


def _has_red(pixels: Pixels, quad: Points) -> bool:
    """Whether there is red ink under a quad, by how much redder than the paper it is."""
    strip = geometry.strip(pixels, quad, _RED_HEIGHT).astype(np.int16)
    red = strip[:, :, 2] - strip[:, :, 1]
    return bool(np.mean(red > np.median(red) + _REDDER) > _RED_SHARE)


def _tight(pose: Pose, found: Found) -> list[Points]:
    """One strip for each row: as far as text was seen, and from where it should begin."""
    strips = []
    for row in sorted(set(found.rows)):
        quads = [
            pose.on_page(line.quad)
            for line, at in zip(found.lines, found.rows, strict=True)
            if at == row
        ]
        points = np.concatenate(quads)
        left = min(float(points[:, 0].min()) - 0.5, found.place.left - _BEFORE)
        right = float(points[:, 0].max()) + 1.0
        middle = float(points[:, 1].mean())
        half = max(float(np.ptp(quads[0][:, 1])) / 2, _HALF * 0.8)
        strips.append(pose.in_photo(left, right, middle - half, middle + half))
    return strips


def _wide(pose: Pose, found: Found, after: float = -0.5) -> list[Points]:
    """One strip for each row that was seen, as wide as the slot; the first where none was."""
    place = found.place
    rows = range(max(found.rows, default=0) + 1)
    middles = [place.y + row * place.slot.pitch for row in rows]
    return [
        pose.in_photo(place.left - _BEFORE, place.right + after, y - _HALF, y + _HALF)
        for y in middles
    ]


def _better(old: Reading, new: Reading) -> Reading:
    if new.kind in _FREE and len(new.value) < len(old.value):
        return old
    if new.kind in _FREE and len(new.value) > len(old.value) and _said(new) > _said(old) + _MORE:
        return new
    return new if new.confidence > old.confidence else old


def _said(one: Reading) -> float:
    """How many characters it has, a doubtful one counted less: a scrap is easily sure."""
    return sum(glyph.probability - 0.5 for line in one.lines for glyph in line.glyphs)


def _is_scrap(one: Reading) -> bool:
    """Whether a text is none of its kind and so short that it may be a dash."""
    return len(one.value) <= _SCRAP and not confidence.well_formed(one.kind, one.value)


def _dashes(name: FieldName, pose: Pose, found: Found, pixels: Pixels) -> Reading | None:
    """Dashes where they are seen, or where the place is in the photo and empty."""
    place = found.place
    quad = pose.in_photo(place.left - _BEFORE, place.left + 6, place.y - 1.5, place.y + 1.5)
    high, wide = pixels.shape[:2]
    if not (np.all(quad >= 0) and np.all(quad < [wide, high])):
        return None
    lines = (reading.Line(quad, ()),)
    kind = place.slot.kind
    if dashes.seen(pixels, pose, place.left, place.y):
        return Reading(name, kind, DASHES, DASHES, _SEEN, lines)
    if found.lines or kind not in _DASHED:
        return None
    return Reading(name, kind, "", DASHES, confidence.DERIVED, lines, derived=True)
