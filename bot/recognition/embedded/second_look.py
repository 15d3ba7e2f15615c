"""Doubtful and missing fields are read again from where they should stand.

The detector may have lost the first character or the whole value, or a seal may lie over it. So
the strip is cut anew: tight, from the red channel alone (in which red ink vanishes), and wider.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import cv2
import numpy as np

from bot.recognition.embedded import confidence, geometry, reading
from bot.recognition.embedded.extraction import Found
from bot.recognition.embedded.fields import Reading, interpret
from bot.recognition.embedded.normalisation import DASHES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from bot.licence.documents import FieldName
    from bot.recognition.embedded.geometry import Pixels, Points
    from bot.recognition.embedded.models import Models
    from bot.recognition.embedded.pose import Pose

SURE: Final = 0.85
"""Confidence from which a field is not read again."""

_RATIOS: Final = (0.8, 1.25)
"""Heights of further strips: print of another size makes another picture for the reader."""

_DASHED: Final = frozenset({"mass", "dimensions", "remarks", "record"})
"""Kinds for which a page prints dashes, which the detector hardly sees."""

_FREE: Final = frozenset({"address", "name", "owner", "model", "remarks", "engine", "ideographs"})
"""Kinds whose form says little: a shorter second reading has probably lost something."""

_DELIMITED: Final = frozenset({"date", "term", "mass", "dimensions"})
"""Kinds whose values are found among other text, so that a strip may reach too far."""

_OVERRUN: Final = 4.0  # mm that a value may run on over the next caption
_BEFORE: Final = 0.8  # mm before the place of a value
_HALF: Final = 2.1  # mm above and below the middle of a row


def look_again(
    models: Models, pixels: Pixels, pose: Pose, found: Sequence[Found]
) -> tuple[Reading, ...]:
    """The readings of all slots, the doubtful ones after further tries."""
    red = cv2.cvtColor(pixels[:, :, 2], cv2.COLOR_GRAY2BGR).astype(np.uint8)
    readings: list[Reading] = []
    for slot in found:
        readings += _slot(models, (pixels, red), pose, slot)
    return tuple(readings)


def _slot(
    models: Models, channels: tuple[Pixels, Pixels], pose: Pose, found: Found
) -> Iterable[Reading]:
    best = {r.name: r for r in interpret(found)}
    names = found.place.slot.names
    for pixels, quads in _tries(channels, pose, found):
        if all(name in best and best[name].confidence >= SURE for name in names):
            break
        lines = reading.read(models, pixels, quads)
        again = Found(found.place, tuple(lines), tuple(range(len(lines))))
        for tried in interpret(again):
            best[tried.name] = _better(best.get(tried.name), tried)
    if not best and found.place.slot.kind in _DASHED:
        best = _dashes(names[0], pose, found, channels[0])
    return best.values()


def _tries(
    channels: tuple[Pixels, Pixels], pose: Pose, found: Found
) -> Iterator[tuple[Pixels, list[Points]]]:
    colour, red = channels
    wide, tight = _wide(pose, found), _tight(pose, found)
    if found.lines:
        yield colour, tight
        yield red, tight
    yield colour, wide
    yield red, wide
    if found.lines:
        for ratio in _RATIOS:
            yield colour, [geometry.heightened(quad, ratio) for quad in tight]
    if found.place.slot.kind in _DELIMITED:
        yield colour, _wide(pose, found, after=_OVERRUN)


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
    rows = sorted(set(found.rows)) or [0]
    middles = [place.y + row * place.slot.pitch for row in rows]
    return [
        pose.in_photo(place.left - _BEFORE, place.right + after, y - _HALF, y + _HALF)
        for y in middles
    ]


def _better(old: Reading | None, new: Reading) -> Reading:
    if old is None:
        return new
    if new.kind in _FREE and len(new.value) < len(old.value):
        return old
    return new if new.confidence > old.confidence else old


def _dashes(name: FieldName, pose: Pose, found: Found, pixels: Pixels) -> dict[FieldName, Reading]:
    """Dashes where the place is in the photo and empty."""
    place = found.place
    quad = pose.in_photo(place.left - _BEFORE, place.left + 6, place.y - 1.5, place.y + 1.5)
    high, wide = pixels.shape[:2]
    if not (np.all(quad >= 0) and np.all(quad < [wide, high])):
        return {}
    line = reading.Line(quad, ())
    kind = place.slot.kind
    return {
        name: Reading(name, kind, "", DASHES, confidence.derived(DASHES), (line,), derived=True)
    }
