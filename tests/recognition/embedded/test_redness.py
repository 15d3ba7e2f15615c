"""Red ink on a page."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from bot.recognition.embedded import redness

SCALE = 8
INK = (40, 40, 200)


def paper(colour: tuple[int, int, int] = (235, 245, 240)) -> np.ndarray:
    """36 × 34 mm of it."""
    return np.full((34 * SCALE, 36 * SCALE, 3), colour, np.uint8)


def with_square(page: np.ndarray, angle: float, side: float = 19) -> np.ndarray:
    """A red frame with something in it."""
    middle = (18 * SCALE, 17 * SCALE)
    for part, width in ((1.0, 5), (0.6, 9), (0.3, 9)):
        size = (side * SCALE * part, side * SCALE * part)
        corners = cv2.boxPoints((middle, size, angle)).astype(np.int32)
        cv2.polylines(page, [corners], isClosed=True, color=INK, thickness=width)
    return page


@pytest.mark.parametrize("colour", [(235, 245, 240), (190, 215, 250), (120, 90, 100)])
def test_black_print_and_tinted_paper_are_not_red(colour: tuple[int, int, int]) -> None:
    """Whatever the light is, only what differs from the paper counts."""
    page = paper(colour)
    cv2.putText(page, "2023-02-18", (20, 100), cv2.FONT_HERSHEY_SIMPLEX, 1, (30, 30, 30), 3)

    assert not redness.ink(redness.redness(page), SCALE).any()


@pytest.mark.parametrize("angle", [-8.0, 0.0, 5.0])
@pytest.mark.parametrize("light", [1.0, 0.3])
def test_a_turned_square_is_found(angle: float, light: float) -> None:
    """Its corners are right to a millimetre, in the dark too."""
    page = (with_square(paper(), angle) * light).astype(np.uint8)

    found = redness.square(redness.ink(redness.redness(page), SCALE), SCALE)

    assert found is not None
    expected = cv2.boxPoints(((18 * SCALE, 17 * SCALE), (19 * SCALE, 19 * SCALE), angle))
    distances = np.linalg.norm(found[:, None] - expected[None], axis=2).min(axis=1)
    assert distances.max() < SCALE
    assert found[0].sum() == found.sum(axis=1).min()


def test_red_that_comes_in_from_the_edge_is_no_seal() -> None:
    """A red table cloth beside the page."""
    page = paper()
    page[:, : 20 * SCALE] = INK

    assert redness.square(redness.ink(redness.redness(page), SCALE), SCALE) is None


def test_a_small_square_is_no_seal() -> None:
    """A seal has twenty millimetres."""
    page = with_square(paper(), 0.0, side=8)

    assert redness.square(redness.ink(redness.redness(page), SCALE), SCALE) is None


def test_the_red_print_is_dark_on_white() -> None:
    """Black print vanishes from it."""
    page = with_square(paper(), 0.0)
    cv2.rectangle(page, (4, 4), (40, 24), (20, 20, 20), cv2.FILLED)

    picture = redness.print_of(redness.redness(page))

    assert picture[14, 20].min() > 200
    assert picture.min() < 60
