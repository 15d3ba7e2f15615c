"""The red square seal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import cv2
import numpy as np
import pytest

from bot.licence.documents import DocumentType, FieldName
from bot.recognition.embedded import imprint, pipeline, seal
from bot.recognition.embedded.pages import pages
from bot.recognition.embedded.pose import Pose

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.recognition.embedded.models import Models
    from bot.recognition.embedded.reading import Line

SCALE = 12
TO_PHOTO = np.diag([SCALE, SCALE, 1.0])
LAID = Pose(TO_PHOTO, np.linalg.inv(TO_PHOTO), ())
PAGE = pages()[DocumentType.VEHICLE_LICENCE]
PAPER = (240, 246, 244)


@pytest.fixture(scope="module")
def stamped(specimen: Callable[[str], Any]) -> tuple[np.ndarray, str]:
    """A seal printed in columns, upright, and its text."""
    chosen = specimen("vl_clean_003")
    x, y, width, height = chosen.truth["fields"]["红章"]["box"]
    cut = pipeline.pixels_of(chosen.photo)[y : y + height, x : x + width]
    size = (imprint.SIDE, imprint.SIDE)
    return cv2.resize(cut, size, interpolation=cv2.INTER_CUBIC), chosen.text("红章")


def page(square: np.ndarray, left: float = 6, top: float = 34, angle: float = 0) -> np.ndarray:
    """A page with nothing but that seal."""
    pixels = np.full((60 * SCALE, 88 * SCALE, 3), PAPER, np.uint8)
    size = square.shape[0]
    matrix = cv2.getRotationMatrix2D((size / 2, size / 2), angle, 1)
    matrix[:, 2] += np.array([left, top]) * SCALE
    high, wide = pixels.shape[:2]
    cv2.warpAffine(square, matrix, (wide, high), pixels, cv2.INTER_LINEAR, cv2.BORDER_TRANSPARENT)
    return pixels


def in_rows(square: np.ndarray) -> np.ndarray:
    """The same characters from left to right."""
    laid = page(square)
    found = seal.find(laid, LAID, PAGE.seal[0])
    assert found is not None
    cells = imprint.columns(found.mask, imprint.interior(found.mask))
    printed = np.full_like(square, PAPER)
    cv2.rectangle(printed, (2, 2), (237, 237), (40, 40, 200), 5)
    for i, (left, top, right, bottom) in enumerate(cells):
        x, y = 20 + i % 4 * 50, 20 + i // 4 * 50
        printed[y : y + 46, x : x + 46] = cv2.resize(found.square[top:bottom, left:right], (46, 46))
    return printed


@pytest.mark.parametrize("place", [(4, 38, 5), (12, 31, -6), (60, 20, 0)], ids=str)
def test_a_seal_is_read_wherever_it_was_stamped(
    loaded: Models, stamped: tuple[np.ndarray, str], place: tuple[float, float, float]
) -> None:
    """By hand, a little turned, or where nobody expects it."""
    square, text = stamped

    read = seal.read(loaded, page(square, *place), LAID, PAGE.seal, ())

    assert read is not None
    assert (read.name, read.value) == (FieldName.ISSUING_AUTHORITY, text)
    assert read.confidence > 0.8
    x, y = LAID.on_page(read.quad).mean(axis=0)
    assert (x, y) == pytest.approx((place[0] + 10, place[1] + 10), abs=1)


def test_a_seal_in_rows_is_read_in_rows(
    loaded: Models, stamped: tuple[np.ndarray, str], line: Callable[..., Line]
) -> None:
    """Whether the words across it were seen before or not."""
    square, text = stamped
    pixels = page(in_rows(square))
    words = line("公安局交", left=8 * SCALE, right=24 * SCALE, y=42 * SCALE)

    for lines in ((), (words,)):
        read = seal.read(loaded, pixels, LAID, PAGE.seal, lines)

        assert read is not None
        assert read.value == text


def test_black_print_over_a_seal_does_no_harm(
    loaded: Models, stamped: tuple[np.ndarray, str]
) -> None:
    """The red ink alone still tells."""
    square, text = stamped
    pixels = page(square)
    for y in (405, 530):
        cv2.putText(pixels, "2023-02-18", (90, y), cv2.FONT_HERSHEY_SIMPLEX, 1.1, (60, 60, 60), 2)

    read = seal.read(loaded, pixels, LAID, PAGE.seal, ())

    assert read is not None
    assert read.value == text or read.confidence < 0.7


def test_a_lost_character_is_doubted(loaded: Models, stamped: tuple[np.ndarray, str]) -> None:
    """The place where it stood is empty, and the others are sure of themselves."""
    square, text = stamped
    worn = square.copy()
    worn[70:116, 178:228] = PAPER

    read = seal.read(loaded, page(worn), LAID, PAGE.seal, ())

    assert read is not None
    assert read.value != text
    assert read.confidence < 0.7


def test_a_page_without_a_seal_has_none(loaded: Models) -> None:
    """Nothing red, nothing said."""
    assert (
        seal.read(loaded, page(np.full((240, 240, 3), PAPER, np.uint8)), LAID, PAGE.seal, ())
        is None
    )


def test_red_squares_without_a_name_are_no_seals(loaded: Models) -> None:
    """A frame with nothing in it, and one with a picture."""
    empty = np.full((240, 240, 3), PAPER, np.uint8)
    cv2.rectangle(empty, (3, 3), (236, 236), (40, 40, 200), 6)
    picture = empty.copy()
    cv2.circle(picture, (120, 120), 70, (40, 40, 200), 12)

    for square in (empty, picture):
        assert seal.read(loaded, page(square), LAID, PAGE.seal, ()) is None
