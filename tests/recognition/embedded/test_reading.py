"""What text says."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from bot.recognition.embedded import geometry, pipeline, reading

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.recognition.embedded.models import Models
    from bot.recognition.embedded.reading import Line


def test_lines_are_read_in_the_order_of_their_quads(
    loaded: Models, specimen: Callable[..., Any]
) -> None:
    """Long and short lines are batched by width and come back in their own places."""
    chosen = specimen("dl_clean_006")
    captions = ["证号", "性别", "出生日期", "准驾车型"]
    quads = [geometry.shrunk(chosen.quad(caption), -0.2, -0.2) for caption in captions]

    lines = reading.read(loaded, pipeline.pixels_of(chosen.photo), quads)

    assert [line.text for line in lines] == [chosen.text(caption) for caption in captions]
    assert min(glyph.probability for line in lines for glyph in line.glyphs) > 0.8


def test_nothing_to_read_is_no_lines(loaded: Models) -> None:
    """No quads, no lines."""
    assert reading.read(loaded, np.zeros((10, 10, 3), np.uint8), []) == []


def test_an_empty_strip_has_no_glyphs(loaded: Models) -> None:
    """Plain paper says nothing."""
    pixels = np.full((60, 300, 3), 230, np.uint8)
    quad = np.array([[10.0, 10], [200, 10], [200, 40], [10, 40]])

    assert reading.read(loaded, pixels, [quad])[0].glyphs == ()


def test_a_very_long_strip_is_squeezed(loaded: Models) -> None:
    """A hair of a box cannot make the reader allocate without end."""
    pixels = np.full((20, 3000, 3), 230, np.uint8)
    quad = np.array([[0.0, 5], [2999, 5], [2999, 9], [0, 9]])

    assert reading.read(loaded, pixels, [quad])[0].text.strip() == ""


@pytest.mark.parametrize(("turned", "low", "high"), [(False, 0, 0.2), (True, 0.8, 1)])
def test_the_turner_knows_which_way_is_up(
    loaded: Models, specimen: Callable[..., Any], *, turned: bool, low: float, high: float
) -> None:
    """A printed number the right way round, and on its head."""
    chosen = specimen("dl_clean_006")
    quad = np.roll(chosen.quad("证号"), 2 if turned else 0, axis=0)

    (probability,) = reading.upside_down(loaded.turner, pipeline.pixels_of(chosen.photo), [quad])

    assert low <= probability <= high


def test_cut_keeps_places_and_probabilities(line: Callable[..., Line]) -> None:
    """A part of a line stands where it stood in the whole."""
    part = line("甲乙丙丁", left=0, right=80).cut(1, 3)

    assert part.text == "乙丙"
    assert part.quad[:, 0].tolist() == pytest.approx([20, 60, 60, 20])
    ends = [end for glyph in part.glyphs for end in (glyph.left, glyph.right)]
    assert ends == pytest.approx([0, 0.5, 0.5, 1])
