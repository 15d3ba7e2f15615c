"""Which way the text runs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import cv2
import numpy as np
import pytest

from bot.recognition.embedded import detection, geometry, orientation, pipeline, reading

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bot.recognition.embedded.geometry import Pixels, Points
    from bot.recognition.embedded.models import Models

TURNS = {
    0: None,
    90: cv2.ROTATE_90_CLOCKWISE,
    180: cv2.ROTATE_180,
    270: cv2.ROTATE_90_COUNTERCLOCKWISE,
}


def turned(pixels: Pixels, degrees: int) -> Pixels:
    """The picture after so many degrees clockwise."""
    turn = TURNS[degrees]
    return pixels if turn is None else np.asarray(cv2.rotate(pixels, turn), np.uint8)


@pytest.mark.parametrize("degrees", TURNS)
def test_every_turn_is_found(loaded: Models, specimen: Callable[..., Any], degrees: int) -> None:
    """However the photo is turned, the reading direction is the page's own."""
    pixels = turned(pipeline.pixels_of(specimen("vl_clean_003").photo), degrees)
    boxes = detection.detect(loaded.detector, pixels, 736)

    longest = max(orientation.upright(loaded, pixels, boxes), key=geometry.width)

    along = longest[1] - longest[0]
    angle = np.degrees(np.arctan2(along[1], along[0]))
    assert abs((angle - degrees + 180) % 360 - 180) < 5


@pytest.mark.parametrize("on_its_head", [False, True])
def test_reading_both_ways_settles_a_doubt(
    loaded: Models,
    specimen: Callable[..., Any],
    monkeypatch: pytest.MonkeyPatch,
    *,
    on_its_head: bool,
) -> None:
    """Where the turner shrugs, the way that can be read is taken."""

    def shrug(_turner: object, _pixels: Pixels, quads: Sequence[Points]) -> list[float]:
        return [0.5] * len(quads)

    monkeypatch.setattr(reading, "upside_down", shrug)
    chosen = specimen("dl_clean_006")
    pixels = turned(pipeline.pixels_of(chosen.photo), 180 if on_its_head else 0)
    boxes = detection.detect(loaded.detector, pixels, 736)

    longest = max(orientation.upright(loaded, pixels, boxes), key=geometry.width)

    assert bool(longest[1][0] < longest[0][0]) is on_its_head


def test_no_boxes_need_no_turning(loaded: Models) -> None:
    """A photo without text stays without."""
    assert orientation.upright(loaded, np.zeros((10, 10, 3), np.uint8), []) == []


def test_unread_lines_are_not_legible(loaded: Models) -> None:
    """Boxes on plain paper do not say which way is up, and nothing breaks."""
    pixels = np.full((100, 300, 3), 230, np.uint8)
    box = np.array([[20.0, 20], [200, 20], [200, 50], [20, 50]])

    assert len(orientation.upright(loaded, pixels, [box])) == 1
