"""How sharp a picture is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np
import pytest

from bot.recognition.embedded import sharpness

if TYPE_CHECKING:
    from bot.recognition.embedded.sharpness import Grey


def print_(dark: int = 20, light: int = 220, size: int = 1) -> Grey:
    """Strokes along and across, as print has them."""
    grey = np.full((60 * size, 160 * size), light, np.float32)
    for left in range(10, 150, 20):
        grey[10 * size : 50 * size, left * size : (left + 4) * size] = dark
        grey[28 * size : 32 * size, left * size : (left + 14) * size] = dark
    return grey


def blurred(grey: Grey, sigma: float) -> Grey:
    """Out of focus."""
    return np.asarray(cv2.GaussianBlur(grey, (0, 0), sigma), np.float32)


def test_a_wider_edge_is_told() -> None:
    """The more a picture is out of focus, the wider its edges."""
    widths = [sharpness.edge_width([blurred(print_(), sigma)]) for sigma in (0.5, 1.0, 2.0, 3.0)]
    assert widths == sorted(widths)
    assert widths[-1] > 2 * widths[0]


@pytest.mark.parametrize(("dark", "light"), [(20, 220), (100, 200), (10, 40)])
def test_contrast_makes_no_difference(dark: int, light: int) -> None:
    """Grey print is as sharp as black print."""
    width = sharpness.edge_width([blurred(print_(dark, light), 1.5)])
    assert width == pytest.approx(sharpness.edge_width([blurred(print_(), 1.5)]), rel=0.05)


def test_a_shaken_picture_is_soft_one_way() -> None:
    """Its edges along the movement are sharp and do not hide the others."""
    kernel = np.full((1, 15), 1 / 15, np.float32)
    shaken = np.asarray(cv2.filter2D(print_(), -1, kernel), np.float32)
    for one in (shaken, np.ascontiguousarray(shaken.T)):
        assert sharpness.edge_width([one]) > 2 * sharpness.edge_width([print_()])
        assert sharpness.crispness(one) < sharpness.crispness(print_()) / 1.5


def test_one_caption_is_no_majority() -> None:
    """A thumb's shadow over one caption does not make a photo blurred."""
    captions = [blurred(print_(), 0.7)] * 4 + [blurred(print_(), 5)]
    assert sharpness.edge_width(captions) == sharpness.edge_width(captions[:1])


def test_nothing_has_no_width() -> None:
    """Neither no captions nor captions outside the frame are blurred."""
    assert sharpness.edge_width([]) == 0
    assert sharpness.edge_width([np.zeros((0, 40), np.float32)]) == 0


def test_a_flat_picture_is_not_divided_by() -> None:
    """A white sheet has no edges, sharp or soft."""
    assert sharpness.crispness(np.full((90, 120), 255, np.float32)) == 0
    assert sharpness.edge_width([np.full((30, 60), 9, np.float32)]) == 0


def test_crispness_falls_with_the_blur() -> None:
    """From that of strokes to nearly 1."""
    told = [sharpness.crispness(blurred(print_(size=3), sigma)) for sigma in (0.3, 1.5, 3.0, 6.0)]
    assert told == sorted(told, reverse=True)
    assert told[0] > 2.3
    assert told[-1] < 1.3
