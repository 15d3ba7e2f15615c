"""Quadrilaterals and the pixels under them."""

from __future__ import annotations

import numpy as np
import pytest

from bot.recognition.embedded import geometry

QUAD = np.array([[10.0, 20.0], [50.0, 20.0], [50.0, 30.0], [10.0, 30.0]])


def test_width_and_height_are_those_of_the_text() -> None:
    """A quad forty wide and ten high says so."""
    assert geometry.width(QUAD) == 40
    assert geometry.height(QUAD) == 10


@pytest.mark.parametrize("steps", range(4))
def test_turned_starts_where_the_reader_starts(steps: int) -> None:
    """Whatever the first corner was, the upper left one comes first for text to the right."""
    rolled = np.roll(QUAD, steps, axis=0)

    assert np.array_equal(geometry.turned(rolled, np.array([1.0, 0.1])), QUAD)


def test_slice_of_keeps_the_height() -> None:
    """The second quarter of a quad is a quarter as wide and as high as before."""
    part = geometry.slice_of(QUAD, 0.25, 0.5)

    assert part.tolist() == [[20, 20], [30, 20], [30, 30], [20, 30]]


def test_shrunk_takes_the_margin_from_every_side() -> None:
    """A tenth of the height is one pixel, above, below and at the ends."""
    assert geometry.shrunk(QUAD, 0.1, 0.1).tolist() == [[11, 21], [49, 21], [49, 29], [11, 29]]


def test_shrunk_never_turns_inside_out() -> None:
    """A margin larger than the quad leaves a point, not a mirrored quad."""
    assert geometry.height(geometry.shrunk(QUAD, 9, 9)) == pytest.approx(0)


def test_heightened_keeps_the_middle_line() -> None:
    """Half the height is taken evenly from above and below."""
    assert geometry.heightened(QUAD, 0.5).tolist() == [
        [10, 22.5],
        [50, 22.5],
        [50, 27.5],
        [10, 27.5],
    ]


def test_hull_covers_two_lines() -> None:
    """The corners around two lines below each other hold both, turned as they are."""
    turn = np.array([[0.8, 0.6], [-0.6, 0.8]])
    lower = QUAD + np.array([5, 15])

    hull = geometry.hull([QUAD @ turn, lower @ turn])

    assert hull == pytest.approx(np.array([[10, 20], [55, 20], [55, 45], [10, 45]]) @ turn)


def test_mapped_divides_by_the_depth() -> None:
    """A homography with perspective brings a far point nearer."""
    matrix = np.array([[1.0, 0, 0], [0, 1, 0], [0.1, 0, 1]])

    assert geometry.mapped(matrix, np.array([[10.0, 4.0]])).tolist() == [[5, 2]]


@pytest.mark.parametrize("scale", [0.5, 1, 4])
def test_strip_is_upright_and_in_proportion(scale: float) -> None:
    """A quad turned by a quarter becomes an upright strip of the wanted height."""
    pixels = np.zeros((200, 200, 3), np.uint8)
    pixels[100:, :] = 255
    upwards = np.array([[40.0, 180.0], [40.0, 20.0], [60.0, 20.0], [60.0, 180.0]])
    middle = upwards.mean(axis=0)

    strip = geometry.strip(pixels, middle + (upwards - middle) * min(scale, 1), int(16 * scale))

    assert strip.shape == (int(16 * scale), int(128 * scale), 3)
    assert strip[:, :4].mean() > 200
    assert strip[:, -4:].mean() < 50
