"""The whole way of one photo, synchronous: photo -> fields, or photo -> which page.

In go a photo's pixels and the page asked for, out come frozen values; nothing is kept.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import cv2
import numpy as np

from bot.errors import PhotoError
from bot.licence.recognition import Box, Field
from bot.recognition.embedded import (
    detection,
    evidence,
    extraction,
    fields,
    geometry,
    marks,
    orientation,
    pose,
    reading,
    second_look,
)
from bot.recognition.embedded.pages import pages

if TYPE_CHECKING:
    from bot.licence.documents import DocumentType
    from bot.recognition.embedded.fields import Reading
    from bot.recognition.embedded.geometry import Pixels, Points
    from bot.recognition.embedded.models import Models
    from bot.recognition.embedded.reading import Line
    from bot.recognition.photo import Photo

DETECTOR_SIDE: Final = 960
"""Pixels of the long side that the detector sees."""

GLANCE_SIDE: Final = 736
"""The same, where only the page is to be told."""

_GLANCED: Final = 4  # lines that are read at a time until the page is told
_MOST_GLANCED: Final = 24
_AGREEING: Final = 4  # captions at their places, from which a pose is believed
_MADE_OUT: Final = 0.2  # confidence of a field below which it is a guess
_MARGIN: Final = 0.15  # heights of box that are not text, above and below


def read(models: Models, photo: Photo, document_type: DocumentType) -> tuple[Field, ...]:
    """Read one page.

    Raises:
        PhotoError: `no-licence`, `other-page` or `unreadable`.
    """
    pixels = pixels_of(photo)
    lines = lines_of(models, pixels)
    parted = evidence.part(lines)
    evidence.require(document_type, evidence.weigh(lines, parted), lines)
    page, mine = pages()[document_type], parted[document_type]
    laid = pose.find(page, mine.captions)
    if laid is None or len(laid.captions) < _AGREEING:
        raise PhotoError("unreadable")
    found = extraction.extract(page, laid, mine, fields.worth)
    readings = second_look.look_again(models, pixels, laid, found)
    if sum(one.confidence >= _MADE_OUT for one in readings) < len(page.slots) / 2:
        raise PhotoError("unreadable")
    carried = marks.read(models, pixels, laid, page, lines)
    return (
        *(_field(one, photo.scale, _MARGIN) for one in readings),
        *(_field(one, photo.scale, 0) for one in carried),
    )


def classify(models: Models, photo: Photo) -> DocumentType | None:
    """Which page a photo shows, or `None`.

    Large print first, and no more of it than is needed: the title alone mostly tells.
    """
    pixels = pixels_of(photo)
    quads = _quads(models, pixels, GLANCE_SIDE)
    quads.sort(key=lambda quad: geometry.width(quad) * geometry.height(quad), reverse=True)
    lines: list[Line] = []
    for start in range(0, min(len(quads), _MOST_GLANCED), _GLANCED):
        lines += reading.read(models, pixels, quads[start : start + _GLANCED])
        told = evidence.told(evidence.weigh(lines, evidence.part(lines)))
        if told is not None:
            return told
    return None


def pixels_of(photo: Photo) -> Pixels:
    """A photo as the networks want it: H×W×3, blue first."""
    return np.asarray(cv2.cvtColor(np.asarray(photo.image), cv2.COLOR_RGB2BGR), np.uint8)


def lines_of(models: Models, pixels: Pixels) -> list[Line]:
    """All text of a photo, whatever it belongs to."""
    return reading.read(models, pixels, _quads(models, pixels, DETECTOR_SIDE))


def _quads(models: Models, pixels: Pixels, long_side: int) -> list[Points]:
    boxes = detection.detect(models.detector, pixels, long_side)
    return orientation.upright(models, pixels, boxes)


def _field(one: Reading, scale: float, margin: float) -> Field:
    quad = geometry.shrunk(one.quad, 0, margin) * scale
    left, top = np.floor(quad.min(axis=0)).astype(int).tolist()
    right, bottom = np.ceil(quad.max(axis=0)).astype(int).tolist()
    left, top = max(left, 0), max(top, 0)
    box = Box(left, top, max(right - left, 0), max(bottom - top, 0))
    return Field(one.name, one.value, one.raw, round(one.confidence, 4), box, one.derived)
