"""The number of the back page's barcode."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import cv2
import numpy as np
import pytest
import zxingcpp

from bot.licence.documents import DocumentType, FieldName
from bot.recognition.embedded import barcode
from bot.recognition.embedded.pages import pages
from bot.recognition.embedded.pose import Pose

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.recognition.embedded.fields import Reading
    from bot.recognition.embedded.reading import Line

SCALE = 12
TO_PHOTO = np.array([[SCALE, 0.0, 60.0], [0.0, SCALE, 60.0], [0.0, 0.0, 1.0]])
LAID = Pose(TO_PHOTO, np.linalg.inv(TO_PHOTO), ())
ZONES = pages()[DocumentType.VEHICLE_LICENCE_BACK].barcode
NUMBER = "5107311000463"
PRINT = {"left": 20 * SCALE, "right": 60 * SCALE, "y": 61 * SCALE}
CODE_128 = zxingcpp.BarcodeFormat.Code128
CODE_39 = zxingcpp.BarcodeFormat.Code39


def photo(
    number: str | None = NUMBER, form: zxingcpp.BarcodeFormat = CODE_128, top: float = 50
) -> np.ndarray:
    """A page with bars of 45 × 6 mm."""
    pixels = np.full((70 * SCALE, 98 * SCALE, 3), 235, np.uint8)
    if number is not None:
        bars = np.asarray(zxingcpp.create_barcode(number, form).to_image(scale=2))
        size = (45 * SCALE, 6 * SCALE)
        bars = cv2.resize(bars[: bars.shape[0] // 2], size, interpolation=cv2.INTER_AREA)
        y, x = round(top * SCALE) + 60, 15 * SCALE + 60
        pixels[y : y + size[1], x : x + size[0]] = np.minimum(bars, 235)[:, :, None]
    return pixels


def read(pixels: np.ndarray, *lines: Line) -> Reading | None:
    """What the barcode of that page says."""
    return barcode.read(np.asarray(pixels, np.uint8), LAID, ZONES, lines)


@pytest.mark.parametrize("top", [47.0, 53.5, 20.0])
def test_bars_with_a_check_character_are_believed(top: float) -> None:
    """At their place and, where that is empty, elsewhere."""
    seen = read(photo(top=top))

    assert seen is not None
    assert (seen.name, seen.value) == (FieldName.BARCODE_NUMBER, NUMBER)
    assert seen.confidence == barcode.CHECKED
    x, y = LAID.on_page(seen.quad).mean(axis=0)
    assert (x, y) == pytest.approx((37.5, top + 3), abs=3)


def test_bars_without_a_check_character_are_believed_less() -> None:
    """Code 39 has none."""
    seen = read(photo(form=CODE_39))

    assert seen is not None
    assert (seen.value, seen.confidence) == (NUMBER, barcode.BARS)


@pytest.mark.parametrize(
    ("digits", "confidence"),
    [("*5107311000463*", barcode.CHECKED), ("*5107311000468*", barcode.DISPUTED)],
)
def test_digits_confirm_or_dispute_such_bars(
    line: Callable[..., Line], digits: str, confidence: float
) -> None:
    """What is printed below says the same, or somebody should look."""
    seen = read(photo(form=CODE_39), line(digits, **PRINT))

    assert seen is not None
    assert (seen.value, seen.confidence) == (NUMBER, confidence)


@pytest.mark.parametrize("text", ["5107311000463", "*5107311000463*", "* 5107311 000463 *"])
def test_digits_stand_in_for_bars(line: Callable[..., Line], text: str) -> None:
    """With the confidence of a reading."""
    seen = read(photo(None), line(text, **PRINT, probability=0.8))

    assert seen is not None
    assert (seen.value, seen.confidence) == (NUMBER, 0.8)


@pytest.mark.parametrize(
    "text", ["510731100046", "9907311000463", "51073110004635", "*51O7311000463*"]
)
def test_digits_of_another_form_are_left_out(line: Callable[..., Line], text: str) -> None:
    """One lost, an unknown province, one too many, a letter."""
    assert read(photo(None), line(text, **PRINT)) is None


def test_doubtful_digits_are_left_out(line: Callable[..., Line]) -> None:
    """No number is better than a wrong one."""
    assert read(photo(None), line(NUMBER, **PRINT, probability=0.5)) is None


def test_digits_elsewhere_are_another_number(line: Callable[..., Line]) -> None:
    """A file number may have thirteen digits too."""
    assert read(photo(None), line(NUMBER, **{**PRINT, "y": 16 * SCALE})) is None


def test_bars_of_another_form_are_doubted() -> None:
    """The check character holds, and yet it may be another barcode."""
    seen = read(photo("HN202611A"))

    assert seen is not None
    assert seen.value == "HN202611A"
    assert seen.confidence < 0.5


def test_blurred_bars_are_read_at_the_second_try() -> None:
    """Noise is averaged away along the bars."""
    noise = np.random.default_rng(3).normal(0, 60, photo().shape)
    noisy = np.clip(photo() + noise, 0, 255).astype(np.uint8)
    tried = replace(ZONES[0])

    seen = barcode.read(noisy, LAID, (tried,), ())

    assert seen is not None
    assert seen.value == NUMBER
