"""Doubtful and missing fields are read again."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from bot.licence.documents import DocumentType, FieldName
from bot.recognition.embedded import (
    evidence,
    extraction,
    fields,
    pipeline,
    pose,
    reading,
    second_look,
)
from bot.recognition.embedded.extraction import Found
from bot.recognition.embedded.pages import pages

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.recognition.embedded.geometry import Pixels
    from bot.recognition.embedded.models import Models
    from bot.recognition.embedded.pose import Pose
    from bot.recognition.embedded.reading import Line


@pytest.fixture(scope="module")
def scene(
    specimen: Callable[..., Any], read_all: Callable[[Pixels], list[Line]]
) -> tuple[Pixels, Pose, dict[FieldName, Found]]:
    """A back page, how it lies, and what the first look found."""
    kind = DocumentType.VEHICLE_LICENCE_BACK
    pixels = pipeline.pixels_of(specimen("vb_clean_004").photo)
    parted = evidence.part(read_all(pixels))[kind]
    laid = pose.find(pages()[kind], parted.captions)
    assert laid is not None
    found = extraction.extract(pages()[kind], laid, parted, fields.worth)
    return pixels, laid, {name: one for one in found for name in one.place.slot.names}


def again(loaded: Models, pixels: Pixels, laid: Pose, found: Found) -> dict[FieldName, str]:
    """The values after a second look at one slot."""
    readings = second_look.look_again(loaded, pixels, laid, [found])
    return {reading.name: reading.value for reading in readings}


def test_a_lost_value_is_found_at_its_place(
    loaded: Models, scene: tuple[Pixels, Pose, dict[FieldName, Found]]
) -> None:
    """Where the detector saw nothing the strip at the slot's place is read."""
    pixels, laid, found = scene
    lost = replace(found[FieldName.KERB_MASS], lines=(), rows=())

    assert again(loaded, pixels, laid, lost) == {FieldName.KERB_MASS: "7234kg"}


def test_a_lost_first_character_is_found(
    loaded: Models, scene: tuple[Pixels, Pose, dict[FieldName, Found]]
) -> None:
    """A value of the wrong form is read again from where it should begin."""
    pixels, laid, found = scene
    plate = found[FieldName.PLATE_NUMBER]
    (line,) = plate.lines
    cut = replace(plate, lines=(line.cut(1, len(line.glyphs)),))

    assert again(loaded, pixels, laid, cut) == {FieldName.PLATE_NUMBER: "闽DD64565"}


def test_red_ink_over_a_value_is_seen_through(
    loaded: Models, scene: tuple[Pixels, Pose, dict[FieldName, Found]]
) -> None:
    """A seal's red strokes vanish in the red channel."""
    pixels, laid, found = scene
    number = found[FieldName.FILE_NUMBER]
    stamped = pixels.copy()
    quad = np.clip(number.lines[0].quad, 0, None).astype(int)
    left, top = quad.min(axis=0)
    right, bottom = quad.max(axis=0)
    for x in range(left, right, 9):
        stroke = stamped[top:bottom, x : x + 4]
        stroke[:, :, :2] = np.minimum(stroke[:, :, :2], 60)
    hidden = replace(number, lines=(), rows=())

    assert again(loaded, stamped, laid, hidden) == {FieldName.FILE_NUMBER: "350200321927"}


def test_an_empty_place_means_dashes(
    loaded: Models, scene: tuple[Pixels, Pose, dict[FieldName, Found]]
) -> None:
    """Where a mass should stand and paper is, dashes are concluded, and it is said so."""
    pixels, laid, found = scene
    mass = replace(found[FieldName.TOWED_MASS], lines=(), rows=())
    blank = np.full_like(pixels, 235)

    (reading,) = second_look.look_again(loaded, blank, laid, [mass])

    assert (reading.value, reading.raw, reading.derived) == ("--", "", True)
    assert reading.confidence <= 0.6


def test_no_dashes_are_concluded_for_names_or_outside_the_photo(
    loaded: Models, scene: tuple[Pixels, Pose, dict[FieldName, Found]]
) -> None:
    """An empty plate number is missing, and so is a mass beyond the picture's edge."""
    pixels, laid, found = scene
    plate = replace(found[FieldName.PLATE_NUMBER], lines=(), rows=())
    mass = replace(found[FieldName.TOWED_MASS], lines=(), rows=())
    blank = np.full_like(pixels, 235)

    assert second_look.look_again(loaded, blank, laid, [plate]) == ()
    assert second_look.look_again(loaded, blank[:, :200], laid, [mass]) == ()


def test_sure_fields_are_left_alone(
    loaded: Models,
    scene: tuple[Pixels, Pose, dict[FieldName, Found]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """What is well formed and sure costs no second reading."""
    pixels, laid, found = scene
    monkeypatch.setattr(reading, "read", lambda *_: pytest.fail("was read again"))

    assert again(loaded, pixels, laid, found[FieldName.FILE_NUMBER]) == {
        FieldName.FILE_NUMBER: "350200321927"
    }


def test_a_shorter_reading_of_free_text_is_not_better(line: Callable[..., Any]) -> None:
    """A strip that lost the end of an address may be surer and is still worse."""
    one = line("北京市东城区东街1号", probability=0.5)
    other = line("北京市东城区东街", probability=0.99)
    slot = next(
        s for s in pages()[DocumentType.DRIVING_LICENCE].slots if s.names == (FieldName.ADDRESS,)
    )
    place = extraction.Place(slot, 0, 80, 10)
    old, new = (fields.interpret(Found(place, (x,), (0,)))[0] for x in (one, other))

    assert second_look._better(old, new) is old
    assert second_look._better(new, old) is new


def test_a_scrap_is_not_better_than_the_whole(line: Callable[..., Any]) -> None:
    """Two sure characters of a model are worth less than all of them with a doubtful one."""
    scrap = line("0A", probability=0.6)
    whole = line("福田牌BJ1043V9JDA-FA", probability=0.9)
    doubtful = (replace(whole.glyphs[0], probability=0.1), *whole.glyphs[1:])
    slot = next(
        s for s in pages()[DocumentType.VEHICLE_LICENCE].slots if s.names == (FieldName.MODEL,)
    )
    place = extraction.Place(slot, 0, 80, 10)
    lines = scrap, replace(whole, glyphs=doubtful)
    old, new = (fields.interpret(Found(place, (x,), (0,)))[0] for x in lines)

    assert old.confidence > new.confidence
    assert second_look._better(old, new) is new
    assert second_look._better(new, old) is new


def test_what_the_seal_says_is_no_value(
    scene: tuple[Pixels, Pose, dict[FieldName, Found]],
) -> None:
    """A row in red ink is put aside; the same row in black belongs to the value."""
    pixels, _, found = scene
    remarks = found[FieldName.REMARKS]
    other = found[FieldName.FILE_NUMBER].lines[0]
    both = Found(remarks.place, (remarks.lines[0], other), (0, 1))
    stamped = pixels.copy()
    left, top = np.clip(other.quad.min(axis=0), 0, None).astype(int)
    right, bottom = other.quad.max(axis=0).astype(int)
    stamped[top:bottom, left:right, 2] = 230

    assert second_look._printed(pixels, both) is both
    assert second_look._printed(stamped, both).lines == remarks.lines[:1]


@pytest.mark.parametrize(("ink", "red"), [((60, 60, 200), True), ((40, 40, 40), False)])
def test_red_ink_is_told_from_black(ink: tuple[int, int, int], red: bool) -> None:
    """Only where there is red ink the red channel says anything new."""
    pixels = np.full((40, 200, 3), (200, 210, 220), np.uint8)
    pixels[10:30, 60:80] = ink
    quad = np.array([[0, 0], [200, 0], [200, 40], [0, 40]], np.float64)

    assert second_look._has_red(pixels, quad) is red
