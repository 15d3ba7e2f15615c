"""White, glare and the colour of ink in a strip."""

from __future__ import annotations

import numpy as np
import pytest

from bot.recognition.embedded import ink
from bot.recognition.embedded.ctc import Glyph

STRIP = np.full((48, 200, 3), 210, np.uint8)
STRIP[14:30, 10:30] = STRIP[14:30, 40:60] = STRIP[14:30, 108:128] = 40
GLYPHS = tuple(Glyph("中", 1.0, x / 200 - 0.05, x / 200 + 0.05) for x in (20, 50, 118))


def test_white_is_measured_between_characters() -> None:
    """Ten pixels of white, then forty-eight, of a strip that is forty-eight high."""
    spaced = ink.spaced(STRIP, GLYPHS)

    assert [glyph.white for glyph in spaced] == pytest.approx([0, 10 / 48, 1.0], abs=0.03)


def test_no_glyphs_have_no_white() -> None:
    """An empty strip stays empty."""
    assert ink.spaced(STRIP, ()) == ()


def test_glare_is_paper_lighter_than_the_rest() -> None:
    """Even paper does not glare; a white spot does."""
    quad = np.array([[20.0, 10], [180, 10], [180, 40], [20, 40]])
    even = np.full((50, 200, 3), 180, np.uint8)
    spot = even.copy()
    spot[:, 80:110] = 255

    assert ink.glare(even, quad) == pytest.approx(0)
    assert ink.glare(spot, quad) == pytest.approx(75 / 255, abs=0.05)


@pytest.mark.parametrize(
    ("colour", "least", "most"),
    [((40, 40, 40), -0.1, 0.1), ((20, 20, 60), 0.0, 0.3), ((60, 60, 200), 0.6, 2.0)],
    ids=["black", "black under a seal", "red"],
)
def test_the_colour_of_ink_is_measured_against_its_paper(
    colour: tuple[int, int, int], least: float, most: float
) -> None:
    """Greenish paper does not make black print red."""
    quad = np.array([[0.0, 0], [200, 0], [200, 40], [0, 40]])
    pixels = np.full((40, 200, 3), (200, 215, 205), np.uint8)
    for x in range(10, 190, 20):
        pixels[8:32, x : x + 8] = colour

    assert least < ink.redder(pixels, quad) < most
