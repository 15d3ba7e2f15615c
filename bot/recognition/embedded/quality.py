"""What is wrong with a photo: measured on the page where one was found, else on the whole picture.

The thresholds come from photos drawn by `tests/generator`, some of them made worse step by step:
each stands where values begin to be read wrong, and beyond what photos have that are read right
throughout. One in a hundred of those gets a warning; `docs/embedded-recogniser.md` has the table.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import cv2
import numpy as np

from bot.licence.recognition import QualityWarning
from bot.recognition.embedded import detection, geometry, glare, pose, sharpness

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bot.recognition.embedded.captions import Caption
    from bot.recognition.embedded.geometry import Pixels, Points
    from bot.recognition.embedded.models import Models
    from bot.recognition.embedded.pages import Page
    from bot.recognition.embedded.pose import Pose

SCALE: Final = 8
"""Pixels to a millimetre at which a page is looked at."""

_WIDTH, _HEIGHT = 88, 60  # mm of a page
_CORNERS: Final = np.array([[0, 0], [_WIDTH, 0], [_WIDTH, _HEIGHT], [0, _HEIGHT]], np.float64)

# on a page
_DARK: Final = 50  # grey level of its lighter parts; the darkest photo of any level has 112
_SMALL: Final = 3.3  # pixels to a millimetre: print is 8 pixels high. Wrong values begin at 3
_SOFT: Final = 0.9  # mm of an edge of print. Up to 0.8 all may be read; from 1.0 half of it is not
_GLARE: Final = 0.095  # of the places of print: two of twenty, for one may be a stain
_OUTSIDE: Final = 3.5  # mm of the middle of a side; the margin without print has 4
_CORNER_OUTSIDE: Final = 6.0  # mm; where a corner lies is known less exactly, by up to 4.6

# on a picture in which no page could be laid
_NIGHT: Final = 60  # grey level of its lightest parts; the darkest photo of any level has 135
_VAGUE, _HAZY = 1.2, 1.9  # crispness of a blurred picture, and of one that may only be empty
_FINE: Final = 20  # pixels of the height of a box of print that is too small to be read
_FINE_LINES: Final = 3  # sharp scenes without a licence have none
_SPOT: Final = 25  # pixels across the smallest spot of glare
_SPOTTED, _FLOODED = 0.15, 0.3  # of the picture; light paper in a blurred one is white as well
_BLANK: Final = 0.6  # of the picture, from which it is white by nature
_HINTS: Final = 3  # captions that hint at how a page lies, too few to read it by
_FAR_OUTSIDE: Final = 8  # mm; a hint is that inexact


def look(
    models: Models,
    pixels: Pixels,
    page: Page,
    laid: Pose | None,
    captions: Sequence[Caption] = (),
) -> tuple[QualityWarning, ...]:
    """What is wrong with a photo.

    Args:
        models: the detector, which looks for small print where no page was found.
        pixels: the photo.
        page: the one that was asked for.
        laid: how it lies in the photo, or `None` where that could not be told.
        captions: those of it that were read nevertheless.
    """
    found = set(
        _of_page(pixels, page, laid) if laid else _of_picture(models, pixels, page, captions)
    )
    return tuple(warning for warning in QualityWarning if warning in found)


def _of_page(pixels: Pixels, page: Page, laid: Pose) -> Iterator[QualityWarning]:
    corners = geometry.mapped(laid.to_photo, _CORNERS)
    scale = float(np.sqrt(cv2.contourArea(corners.astype(np.float32)) / (_WIDTH * _HEIGHT)))
    middles = (corners + np.roll(corners, -1, axis=0)) / 2
    outside = _outside(corners, pixels), _outside(middles, pixels)
    if outside[0] > _CORNER_OUTSIDE * scale or outside[1] > _OUTSIDE * scale:
        yield QualityWarning.CUT_OFF
    flat = _flat(pixels, corners)
    grey = cv2.cvtColor(flat, cv2.COLOR_BGR2GRAY).astype(np.float32)
    if np.percentile(grey[::4, ::4], 90) < _DARK:  # and the rest is noise
        yield QualityWarning.DARK
        return
    if glare.lost(flat, page, SCALE) >= _GLARE:
        yield QualityWarning.GLARE
    if scale < _SMALL:  # and an edge is as wide as a pixel
        yield QualityWarning.TOO_SMALL
    elif sharpness.edge_width(list(_captions(grey, laid))) > _SOFT * SCALE:
        yield QualityWarning.BLUR


def _outside(points: Points, pixels: Pixels) -> float:
    """Pixels between the frame and the point farthest beyond it; negative where all are inside."""
    high, wide = pixels.shape[:2]
    return float(np.max([-points, points - [wide, high]]))


def _flat(pixels: Pixels, corners: Points) -> Pixels:
    """The page cut out upright; black where the photo ends."""
    size = (_WIDTH * SCALE, _HEIGHT * SCALE)
    target = (_CORNERS * SCALE).astype(np.float32)
    matrix = cv2.getPerspectiveTransform(corners.astype(np.float32), target)
    return np.asarray(cv2.warpPerspective(pixels, matrix, size), np.uint8)


def _captions(grey: sharpness.Grey, laid: Pose) -> Iterator[sharpness.Grey]:
    """The captions that were read: the same texts in every photo, and spread over the page."""
    for caption in laid.captions:
        quad = laid.on_page(caption.line.quad) * SCALE
        left, top = np.maximum(np.floor(quad.min(axis=0)), 0).astype(int)
        right, bottom = np.ceil(quad.max(axis=0)).astype(int)
        yield grey[top:bottom, left:right]


def _of_picture(
    models: Models, pixels: Pixels, page: Page, captions: Sequence[Caption]
) -> Iterator[QualityWarning]:
    """The first that holds: each takes it for granted that the ones before do not."""
    side = min(1.0, sharpness.SIDE / max(pixels.shape[:2]))
    seen = np.asarray(cv2.resize(pixels, None, fx=side, fy=side, interpolation=cv2.INTER_AREA))
    grey = cv2.cvtColor(seen, cv2.COLOR_BGR2GRAY).astype(np.float32)
    crispness, spots = sharpness.crispness(grey), glare.spots(seen.astype(np.uint8), _SPOT)
    if np.percentile(grey[::4, ::4], 99) < _NIGHT:
        yield QualityWarning.DARK
    elif crispness < _VAGUE:
        yield QualityWarning.BLUR
    elif captions and (hint := _of_captions(pixels, page, captions)):
        yield hint
    elif (fine := _fine_lines(models, seen.astype(np.uint8))) >= _FINE_LINES:
        yield QualityWarning.TOO_SMALL
    elif captions and (_FLOODED if crispness < _HAZY else _SPOTTED) < spots < _BLANK:
        yield QualityWarning.GLARE
    elif crispness < _HAZY and not fine:
        yield QualityWarning.BLUR


def _of_captions(pixels: Pixels, page: Page, captions: Sequence[Caption]) -> QualityWarning | None:
    """What a few captions tell, by how large they should be and where."""
    spans = {anchor.text: anchor.right - anchor.left for anchor in page.anchors}
    scale = float(np.median([geometry.width(one.line.quad) / spans[one.text] for one in captions]))
    if scale < _SMALL:
        return QualityWarning.TOO_SMALL
    if sharpness.edge_width([_strip(pixels, one) for one in captions]) > _SOFT * scale:
        return QualityWarning.BLUR
    laid = pose.find(page, captions)
    if laid is None or len(laid.captions) < _HINTS:
        return None
    outside = _outside(geometry.mapped(laid.to_photo, _CORNERS), pixels)
    return QualityWarning.CUT_OFF if outside > _FAR_OUTSIDE * scale else None


def _strip(pixels: Pixels, caption: Caption) -> sharpness.Grey:
    quad = caption.line.quad
    strip = geometry.strip(pixels, quad, max(round(geometry.height(quad)), 8))
    return np.asarray(cv2.cvtColor(strip, cv2.COLOR_BGR2GRAY), np.float32)


def _fine_lines(models: Models, seen: Pixels) -> int:
    """Lines of print too small to be read, which the detector finds when it looks closer."""
    boxes = detection.detect(models.detector, seen, sharpness.SIDE)
    heights = (float(np.linalg.norm(np.diff(box, axis=0), axis=1).min()) for box in boxes)
    return sum(height < _FINE for height in heights)
