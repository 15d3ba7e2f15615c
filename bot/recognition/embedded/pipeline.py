"""The whole way of one photo, synchronous: photo -> fields, or photo -> which page.

In go a photo's pixels and the page asked for, out come frozen values; nothing is kept.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import cv2
import numpy as np

from bot.errors import PhotoError
from bot.licence.recognition import Box, Field
from bot.recognition.embedded import (
    attention,
    closer,
    detection,
    evidence,
    extraction,
    fields,
    geometry,
    marks,
    orientation,
    pose,
    quality,
    reading,
    second_look,
    trust,
)
from bot.recognition.embedded.pages import pages

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from bot.licence.documents import DocumentType
    from bot.licence.recognition import QualityWarning
    from bot.recognition.embedded.captions import Parted
    from bot.recognition.embedded.fields import Reading
    from bot.recognition.embedded.geometry import Pixels, Points
    from bot.recognition.embedded.messages import Note
    from bot.recognition.embedded.models import Models
    from bot.recognition.embedded.pages import Page
    from bot.recognition.embedded.pose import Pose
    from bot.recognition.embedded.reading import Line
    from bot.recognition.photo import Photo

DETECTOR_SIDE: Final = 960
"""Pixels of the long side that the detector sees."""

GLANCE_SIDE: Final = 736
"""The same, where only the page is to be told."""

_GLANCED: Final = 4  # lines that are read at a time until the page is told
_MOST_GLANCED: Final = 32
_LONGEST: Final = 14  # heights of a title; lines of a letter are longer
_AGREEING: Final = 4  # captions at their places, from which a pose is believed
_SENSE: Final = 0.6  # mean score of all slots, from which one caption fewer will do
_MADE_OUT: Final = 0.2  # confidence of a field below which it is a guess
_MARGIN: Final = 0.15  # heights of box that are not text, above and below


@dataclass(frozen=True, slots=True)
class Read:
    """A page as it was read.

    Attributes:
        fields: what it says.
        quality: what is wrong with the photo.
        notes: what was left out because looking at it failed.
    """

    fields: tuple[Field, ...]
    quality: tuple[QualityWarning, ...]
    notes: tuple[Note, ...] = ()


def read(models: Models, photo: Photo, document_type: DocumentType) -> Read:
    """Read one page, as far as it can be made out.

    Raises:
        PhotoError: `no-licence`, `other-page` or `unreadable`; the first and the last with `why`,
            a `QualityWarning`, where something is wrong with the photo.
    """
    pixels, page = pixels_of(photo), pages()[document_type]
    lines, parted, laid = _laid(models, pixels, page)
    mine = parted[document_type]
    try:
        if laid is None:
            evidence.require(document_type, evidence.weigh(lines, parted), lines)
        readings = _readings(models, pixels, page, laid, mine)
    except PhotoError as error:
        if error.code == "other-page":
            raise
        why = quality.look(models, pixels, page, laid, mine.captions)
        raise _explained(error, why) from None
    carried = marks.read(models, pixels, laid, page, lines) if laid else marks.Marks((), ())
    return Read(
        (
            *(_field(one, photo.scale, _MARGIN) for one in readings),
            *(_field(one, photo.scale, 0) for one in carried.readings),
        ),
        quality.look(models, pixels, page, laid),
        carried.notes,
    )


def _readings(
    models: Models, pixels: Pixels, page: Page, laid: Pose | None, mine: Parted
) -> tuple[Reading, ...]:
    if laid is None:
        raise PhotoError("unreadable")
    found = extraction.extract(page, laid, mine, fields.worth)
    readings = second_look.look_again(models, pixels, laid, found)
    if sum(one.confidence >= _MADE_OUT for one in readings) < len(page.slots) / 2:
        raise PhotoError("unreadable")
    return trust.weigh(pixels, readings)


def _laid(
    models: Models, pixels: Pixels, page: Page
) -> tuple[list[Line], Mapping[DocumentType, Parted], Pose | None]:
    """What is read, the same by pages, and how the page lies, where that can be believed.

    Where it cannot, but there is some sign of a page, the photo is looked at in other ways.
    """
    seen = _looked(models, pixels, page, _quads(models, pixels, DETECTOR_SIDE))
    if seen[2]:
        return seen
    others = (_looked(models, pixels, page, quads) for quads in _again(models, pixels, seen[0]))
    return next((other for other in others if other[2]), seen)


def _again(models: Models, pixels: Pixels, lines: Sequence[Line]) -> Iterator[list[Points]]:
    """Boxes from other looks, where there is some sign of a page: closer, or in even light."""
    signs = [one.line for parted in evidence.part(lines).values() for one in parted.captions]
    if not signs:
        return
    longest = max(signs, key=lambda line: geometry.width(line.quad))
    part = closer.around([line.quad for line in lines if line.glyphs], longest.quad)
    yield closer.detect(models, pixels, part)
    yield closer.detect(models, pixels, part, even=True)
    yield _quads(models, pixels, DETECTOR_SIDE, even=True)


def _looked(
    models: Models, pixels: Pixels, page: Page, quads: Sequence[Points]
) -> tuple[list[Line], Mapping[DocumentType, Parted], Pose | None]:
    lines = attention.read(models, pixels, page, quads)
    parted = evidence.part(lines)
    laid = pose.find(page, parted[page.document_type].captions)
    mine = parted[page.document_type]
    return lines, parted, laid if _believed(laid) or _makes_sense(page, laid, mine) else None


def _believed(laid: Pose | None) -> bool:
    """Whether enough captions are at their places: a few are on many a form."""
    return laid is not None and len(laid.captions) >= _AGREEING


def _makes_sense(page: Page, laid: Pose | None, parted: Parted) -> bool:
    """Whether nearly enough captions are at their places, and most values have their form."""
    if laid is None or len(laid.captions) < _AGREEING - 1:
        return False
    found = extraction.extract(page, laid, parted, fields.worth)
    return fields.worth(found) >= len(page.slots) * _SENSE


def classify(models: Models, photo: Photo) -> DocumentType | None:
    """Which page a photo shows, or `None`.

    Large print first, and no more of it than is needed: the title alone mostly tells.
    """
    pixels = pixels_of(photo)
    told, lines = _glanced(models, pixels, _quads(models, pixels, GLANCE_SIDE))
    if told is not None:
        return told
    others = (_glanced(models, pixels, quads)[0] for quads in _again(models, pixels, lines))
    return next((other for other in others if other is not None), None)


def _glanced(
    models: Models, pixels: Pixels, quads: Sequence[Points]
) -> tuple[DocumentType | None, list[Line]]:
    """The page, and what was read to tell it."""
    quads = sorted(quads, key=_glance)
    lines: list[Line] = []
    for start in range(0, min(len(quads), _MOST_GLANCED), _GLANCED):
        lines += reading.read(models, pixels, quads[start : start + _GLANCED])
        parted = evidence.part(lines)
        told = evidence.told(evidence.weigh(lines, parted))
        if told is not None and _is_page(told, lines, parted[told]):
            return told, lines
    return None, lines


def _is_page(told: DocumentType, lines: Sequence[Line], parted: Parted) -> bool:
    """Whether the title is there or the captions are at their places: forms have the same words."""
    laid = pose.find(pages()[told], parted.captions)
    return _believed(laid) or evidence.titled(lines) == told


def _glance(quad: Points) -> tuple[bool, float]:
    """Titles and captions first: no line of a letter is as short, and titles are large."""
    wide, high = geometry.width(quad), geometry.height(quad)
    return wide > _LONGEST * high, -wide * high


def pixels_of(photo: Photo) -> Pixels:
    """A photo as the networks want it: H×W×3, blue first."""
    return np.asarray(cv2.cvtColor(np.asarray(photo.image), cv2.COLOR_RGB2BGR), np.uint8)


def _quads(models: Models, pixels: Pixels, long_side: int, *, even: bool = False) -> list[Points]:
    boxes = detection.detect(models.detector, pixels, long_side, even=even)
    return orientation.upright(models, pixels, boxes)


def _explained(error: PhotoError, why: tuple[QualityWarning, ...]) -> PhotoError:
    return PhotoError(error.code, why=str(why[0])) if why else error


def _field(one: Reading, scale: float, margin: float) -> Field:
    quad = geometry.shrunk(one.quad, 0, margin) * scale
    left, top = np.floor(quad.min(axis=0)).astype(int).tolist()
    right, bottom = np.ceil(quad.max(axis=0)).astype(int).tolist()
    left, top = max(left, 0), max(top, 0)
    box = Box(left, top, max(right - left, 0), max(bottom - top, 0))
    return Field(one.name, one.value, one.raw, round(one.confidence, 4), box, one.derived)
