"""The barcode of the back page: the number of the card itself (证芯编号), as bars and as digits.

Bars carry their own proof: Code 128 has a check character, Code 39 none, but each of its characters
is wrong in itself where a bar is. Digits printed below are read with everything else; they confirm
bars without a check character, and stand in for bars that are blurred.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import cv2
import numpy as np
import zxingcpp

from bot.licence.documents import FieldName
from bot.recognition.embedded import rectification
from bot.recognition.embedded.confidence import MISFORM
from bot.recognition.embedded.fields import Reading
from bot.recognition.embedded.reading import Line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from bot.recognition.embedded.geometry import Pixels, Points
    from bot.recognition.embedded.pages import Zone
    from bot.recognition.embedded.pose import Pose

CHECKED: Final = 0.99
"""Confidence of a number whose check character holds, or which bars and digits say alike."""

BARS: Final = 0.9
"""Confidence of bars without a check character."""

DISPUTED: Final = 0.3
"""Confidence of bars without a check character where the digits below say something else."""

DIGITS: Final = 0.9
"""The most that digits alone can have."""

_LEGIBLE: Final = 0.6  # confidence of digits below which they are left out
_FORMATS: Final = zxingcpp.BarcodeFormats(
    [zxingcpp.BarcodeFormat.Code128, zxingcpp.BarcodeFormat.Code39]
)
_TEXT: Final = re.compile(r"[0-9A-Z]{8,20}")
_DIGITS: Final = re.compile(r"\*?((?:1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5])\d{11})\*?")
"""Thirteen digits, the first two of them a province's (GB/T 2260), and Code 39's asterisks."""

_SCALE: Final = 12  # pixels for a millimetre
_CLOSE_SCALE: Final = 24
_ALONG_MM: Final = 1.3  # of the bars' height that is averaged: it is six and more


@dataclass(frozen=True, slots=True, eq=False)
class _Seen:
    number: str
    confidence: float
    quad: Points


def read(
    pixels: Pixels, pose: Pose, zones: Sequence[Zone], lines: Iterable[Line]
) -> Reading | None:
    """The number of the barcode, or `None` where neither bars nor digits can be made out.

    Args:
        pixels: the photo.
        pose: how the page lies in it.
        zones: where on the page the bars are looked for, the likeliest first.
        lines: what was read in the photo.
    """
    digits = _digits(pose, zones, lines)
    bars = _bars(pixels, pose, zones[:1] if digits else zones)
    seen = _agreed(bars, digits)
    if seen is None:
        return None
    name = FieldName.BARCODE_NUMBER
    line = Line(seen.quad, ())
    return Reading(name, "barcode", seen.number, seen.number, seen.confidence, (line,))


def _agreed(bars: _Seen | None, digits: _Seen | None) -> _Seen | None:
    if bars is None:
        return digits if digits and digits.confidence >= _LEGIBLE else None
    if bars.confidence >= CHECKED or digits is None:
        return bars
    confidence = CHECKED if bars.number == digits.number else DISPUTED
    return _Seen(bars.number, confidence, bars.quad)


def _digits(pose: Pose, zones: Sequence[Zone], lines: Iterable[Line]) -> _Seen | None:
    """The digits that were read where the bars are expected."""
    for line in lines:
        found = _DIGITS.fullmatch("".join(line.text.split()))
        if found and any(zone.holds(pose.on_page(line.quad)) for zone in zones[:1]):
            sure = min(glyph.probability for glyph in line.glyphs if glyph.text.strip())
            return _Seen(found[1], min(sure, DIGITS), line.quad)
    return None


def _bars(pixels: Pixels, pose: Pose, zones: Sequence[Zone]) -> _Seen | None:
    for zone in zones:
        for flat, scale in _tries(pixels, pose, zone, thorough=zone is zones[0]):
            for code in zxingcpp.read_barcodes(
                flat, formats=_FORMATS, try_rotate=False, try_invert=False
            ):
                if code.valid and _TEXT.fullmatch(code.text):
                    quad = rectification.back(_corners(code.position), pose, zone, scale)
                    return _Seen(code.text, _confidence(code), quad)
    return None


def _confidence(code: zxingcpp.Barcode) -> float:
    checked = code.format == zxingcpp.BarcodeFormat.Code128
    form = 1.0 if _DIGITS.fullmatch(code.text) else MISFORM
    return form * (CHECKED if checked else BARS)


def _tries(
    pixels: Pixels, pose: Pose, zone: Zone, *, thorough: bool
) -> Iterator[tuple[Pixels, int]]:
    """The zone upright; and larger, averaged along the bars, and its contrast stretched."""
    yield _upright(pixels, pose, zone, _SCALE), _SCALE
    if thorough:
        large = _upright(pixels, pose, zone, _CLOSE_SCALE)
        smooth = cv2.blur(large, (1, round(_ALONG_MM * _CLOSE_SCALE)))
        yield np.asarray(smooth, np.uint8), _CLOSE_SCALE
        stretched = cv2.createCLAHE(3, (8, 2)).apply(large)
        yield np.asarray(stretched, np.uint8), _CLOSE_SCALE


def _upright(pixels: Pixels, pose: Pose, zone: Zone, scale: int) -> Pixels:
    flat = rectification.cut(pixels, pose, zone, scale)
    return np.asarray(cv2.cvtColor(flat, cv2.COLOR_BGR2GRAY), np.uint8)


def _corners(position: zxingcpp.Position) -> Points:
    ends = (position.top_left, position.top_right, position.bottom_right, position.bottom_left)
    return np.array([[corner.x, corner.y] for corner in ends], np.float64)
