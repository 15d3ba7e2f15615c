"""How a page lies in a photo."""

from __future__ import annotations

import numpy as np
import pytest

from bot.licence.documents import DocumentType
from bot.recognition.embedded import geometry, pose
from bot.recognition.embedded.captions import Caption
from bot.recognition.embedded.pages import Anchor, pages
from bot.recognition.embedded.reading import Line

PAGE = pages()[DocumentType.VEHICLE_LICENCE]
CORNERS = np.array([[0.0, 0], [88, 0], [88, 60], [0, 60]])
SLANTED = np.array([[8.0, 1.5, 200], [-1.2, 9, 300], [0.0012, 0.0006, 1]])
TURNED = np.array([[0.0, -9, 900], [9, 0, 100], [0, 0, 1]])


def caption(anchor: Anchor, matrix: np.ndarray, miss: tuple[float, float] = (0, 0)) -> Caption:
    """The caption as a photo with that homography shows it, so many millimetres off."""
    (left, right), y = np.array([anchor.left, anchor.right]) + miss[0], anchor.y + miss[1]
    corners = np.array([[left, y - 1.3], [right, y - 1.3], [right, y + 1.3], [left, y + 1.3]])
    return Caption(anchor.text, Line(geometry.mapped(matrix, corners), ()))


@pytest.mark.parametrize("matrix", [SLANTED, TURNED], ids=["slanted", "turned"])
def test_all_captions_give_the_very_homography(matrix: np.ndarray) -> None:
    """Without errors the corners of the page are found to a tenth of a pixel."""
    found = pose.find(PAGE, [caption(anchor, matrix) for anchor in PAGE.anchors])

    assert found is not None
    assert len(found.captions) == len(PAGE.anchors)
    assert found.in_photo(0, 88, 0, 60) == pytest.approx(geometry.mapped(matrix, CORNERS), abs=0.1)
    assert found.on_page(found.in_photo(1, 2, 3, 4))[0].tolist() == pytest.approx([1, 3])


def test_captions_at_wrong_places_are_left_out() -> None:
    """Two captions read somewhere else do not bend the page."""
    captions = [caption(anchor, SLANTED) for anchor in PAGE.anchors]
    captions[2] = caption(PAGE.anchors[2], SLANTED, (15, 20))
    captions[5] = caption(PAGE.anchors[5], SLANTED, (-20, -9))

    found = pose.find(PAGE, captions)

    assert found is not None
    assert len(found.captions) == len(PAGE.anchors) - 2
    assert found.in_photo(0, 88, 0, 60) == pytest.approx(geometry.mapped(SLANTED, CORNERS), abs=0.1)


def test_small_misses_move_the_page_little() -> None:
    """Captions half a millimetre off leave the corners within two millimetres."""
    rng = np.random.default_rng(1)
    captions = [
        caption(anchor, SLANTED, tuple(rng.uniform(-0.5, 0.5, 2).tolist()))
        for anchor in PAGE.anchors
    ]

    found = pose.find(PAGE, captions)

    assert found is not None
    off = found.on_page(geometry.mapped(SLANTED, CORNERS)) - CORNERS
    assert np.abs(off).max() < 2


@pytest.mark.parametrize("count", [0, 1])
def test_one_caption_is_no_page(count: int) -> None:
    """At least two captions have to agree."""
    captions = [caption(anchor, SLANTED) for anchor in PAGE.anchors[:count]]

    assert pose.find(PAGE, captions) is None


@pytest.mark.parametrize("count", [2, 3, 4])
def test_few_captions_give_a_coarse_pose(count: int) -> None:
    """A similarity or an affine map is enough for an unslanted photo."""
    captions = [caption(anchor, TURNED) for anchor in PAGE.anchors[:count]]

    found = pose.find(PAGE, captions)

    assert found is not None
    assert found.in_photo(0, 88, 0, 60) == pytest.approx(geometry.mapped(TURNED, CORNERS), abs=1)


def test_captions_must_run_along_the_page() -> None:
    """Two captions whose own base lines point elsewhere do not agree."""
    captions = [caption(anchor, TURNED) for anchor in PAGE.anchors[1:3]]
    crossed = [Caption(one.text, Line(np.roll(one.line.quad, 1, axis=0), ())) for one in captions]

    assert pose.find(PAGE, crossed) is None


def test_a_caption_seen_twice_counts_once() -> None:
    """Both vehicle pages in one photo have a 号牌号码; the one at its place is taken."""
    captions = [caption(anchor, SLANTED) for anchor in PAGE.anchors]
    stranger = caption(PAGE.anchors[1], SLANTED, (3, 60))

    found = pose.find(PAGE, [stranger, *captions])

    assert found is not None
    assert stranger not in found.captions
    assert len(found.captions) == len(captions)


def test_a_page_folded_over_is_refused() -> None:
    """A homography that mirrors the page or sends it behind the camera makes no sense."""
    assert not pose._sensible(np.diag([-1.0, 1, 1]))
    assert not pose._sensible(np.array([[1.0, 0, 0], [0, 1, 0], [-0.02, 0, 1]]))
    assert not pose._sensible(np.array([[1.0, 0, 0], [0, 1, 0], [0.05, 0, 1]]))
    assert pose._sensible(SLANTED)
