"""Parts of the page, cut out upright."""

from __future__ import annotations

import numpy as np
import pytest

from bot.recognition.embedded import rectification
from bot.recognition.embedded.pages import Zone
from bot.recognition.embedded.pose import Pose

TO_PHOTO = np.array([[0.0, -10.0, 700.0], [10.0, 0.0, 40.0], [0.0, 0.0, 1.0]])
"""Ten pixels for a millimetre, the page a quarter turn to the right."""


@pytest.fixture
def turned() -> Pose:
    """A page on its side."""
    return Pose(TO_PHOTO, np.linalg.inv(TO_PHOTO), ())


def test_a_cut_is_upright_and_leads_back(turned: Pose) -> None:
    """What is marked in the photo is found in the cut, and its place in the photo again."""
    pixels = np.zeros((960, 720, 3), np.uint8)
    pixels[240:300, 560:600] = 255  # 20…26 mm from the left, 10…14 mm from the top
    zone = Zone(left=15, right=45, top=5, bottom=25)

    cut = rectification.cut(pixels, turned, zone, 8)

    down, along = np.nonzero(cut[:, :, 0] > 127)
    assert cut.shape == (160, 240, 3)
    assert (along.min(), along.max()) == pytest.approx((40, 88), abs=1.5)
    assert (down.min(), down.max()) == pytest.approx((40, 72), abs=1.5)
    quad = np.array([[40.0, 40.0], [88.0, 40.0], [88.0, 72.0], [40.0, 72.0]])
    photo = rectification.back(quad, turned, zone, 8)
    assert photo.min(axis=0) == pytest.approx([560, 240])
    assert photo.max(axis=0) == pytest.approx([600, 300])
