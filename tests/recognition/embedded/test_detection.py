"""Where text stands."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import cv2
import numpy as np
import pytest

from bot.recognition.embedded import detection, geometry, pipeline

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.recognition.embedded.models import Models


@pytest.mark.parametrize("shade", [0, 128, 255])
def test_an_empty_picture_has_no_text(loaded: Models, shade: int) -> None:
    """A plain surface has no lines."""
    assert detection.detect(loaded.detector, np.full((300, 500, 3), shade, np.uint8), 640) == []


@pytest.mark.parametrize("side", [640, 960, 2000])
def test_boxes_are_in_pixels_of_the_photo(
    loaded: Models, specimen: Callable[..., Any], side: int
) -> None:
    """Whatever the detector's own size, a printed line lies in one of the boxes."""
    chosen = specimen("dl_clean_006")
    pixels = pipeline.pixels_of(chosen.photo)

    boxes = detection.detect(loaded.detector, pixels, side)

    middle = chosen.quad("证号").mean(axis=0)
    holding = [
        box
        for box in boxes
        if cv2.pointPolygonTest(box.astype(np.float32), tuple(middle.tolist()), False) > 0  # noqa: FBT003
    ]
    assert len(holding) == 1
    sides = sorted([geometry.width(holding[0]), geometry.height(holding[0])])
    assert sides[1] == pytest.approx(geometry.width(chosen.quad("证号")), rel=0.2)


def test_tiny_specks_are_no_text(loaded: Models) -> None:
    """Single dots are not worth a box."""
    pixels = np.full((320, 320, 3), 255, np.uint8)
    pixels[100:102, 100:102] = 0

    assert detection.detect(loaded.detector, pixels, 320) == []
