"""How much print is lost in glare."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np
import pytest

from bot.licence.documents import DocumentType
from bot.recognition.embedded import glare
from bot.recognition.embedded.pages import pages

if TYPE_CHECKING:
    from bot.recognition.embedded.geometry import Pixels

SCALE = 8


def flat(page: DocumentType, paper: int) -> Pixels:
    """A page of that paper with a bar of print in each place, and dashes where there may be."""
    picture = np.full((60 * SCALE, 88 * SCALE, 3), paper, np.uint8)
    for anchor in pages()[page].anchors:
        bar(picture, anchor.left, anchor.right, anchor.y)
    for slot in pages()[page].slots:
        dashed = slot.kind in {"mass", "dimensions", "remarks", "record"}
        bar(picture, slot.left, slot.left + (0.3 if dashed else 8), slot.y)
    return picture


def bar(picture: Pixels, left: float, right: float, y: float) -> None:
    """Print, a third as high as its line."""
    top, bottom = (round((y + side) * SCALE) for side in (-0.4, 0.4))
    picture[top:bottom, round(left * SCALE) : round(right * SCALE)] = 30


def shone(picture: Pixels, x: float, y: float, radius: float) -> Pixels:
    """A lamp in the film over a circle in millimetres."""
    centre = round(x * SCALE), round(y * SCALE)
    lit = cv2.circle(picture.copy(), centre, round(radius * SCALE), (255, 255, 255), -1)
    return np.asarray(lit, np.uint8)


@pytest.mark.parametrize("page", DocumentType)
@pytest.mark.parametrize("paper", [120, 200, 240, 255])
def test_print_on_any_paper_is_not_lost(page: DocumentType, paper: int) -> None:
    """White paper is no glare as long as there is print on it."""
    if paper < glare.WHITE - 6 or page is not DocumentType.VEHICLE_LICENCE_BACK:
        assert glare.lost(flat(page, paper), pages()[page], SCALE) == 0
    assert glare.lost(flat(page, paper), pages()[page], SCALE) < 0.02


@pytest.mark.parametrize("page", DocumentType)
def test_a_larger_spot_takes_more(page: DocumentType) -> None:
    """From a stain to most of the page."""
    shares = [
        glare.lost(shone(flat(page, 210), 44, 30, radius), pages()[page], SCALE)
        for radius in (1, 15, 30, 60)
    ]
    assert shares == sorted(shares)
    assert shares[0] == 0
    assert shares[2] > 0.2
    assert shares[3] == 1


def test_glare_on_white_paper_is_seen_where_print_is_gone() -> None:
    """It cannot be told by its brightness there."""
    page = DocumentType.DRIVING_LICENCE
    assert glare.lost(shone(flat(page, 250), 30, 20, 20), pages()[page], SCALE) > 0.2


def test_dashes_on_white_paper_are_not_taken_for_glare() -> None:
    """A place with dashes is nearly bare by nature."""
    page = DocumentType.VEHICLE_LICENCE_BACK
    assert glare.lost(flat(page, 252), pages()[page], SCALE) == 0


def test_only_spots_of_some_size_count_in_a_picture() -> None:
    """White print and the threads of a cloth are no lamp."""
    picture = np.zeros((400, 400, 3), np.uint8)
    picture[::4] = 255
    assert glare.spots(picture, 25) == 0
    picture[100:300, 100:300] = 255
    assert glare.spots(picture, 25) == pytest.approx(0.25, abs=0.02)
