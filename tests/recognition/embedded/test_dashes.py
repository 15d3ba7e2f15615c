"""Dashes, which no reader knows."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from bot.recognition.embedded import dashes
from bot.recognition.embedded.pose import Pose

SCALE = 12.0
POSE = Pose(np.diag([SCALE, SCALE, 1.0]), np.diag([1 / SCALE, 1 / SCALE, 1.0]), ())


def paper(text: str = "") -> np.ndarray:
    """A strip of paper with a text whose middle is 5 mm from the top."""
    pixels = np.full((120, 240, 3), 220, np.uint8)
    cv2.putText(pixels, text, (40, 72), cv2.FONT_HERSHEY_SIMPLEX, 1.0, (30, 30, 30), 3)
    return pixels


@pytest.mark.parametrize(
    ("text", "seen"), [("", False), ("--", True), ("-", True), ("25kg", False)]
)
def test_dashes_are_told_from_characters_and_from_nothing(text: str, seen: bool) -> None:
    """A dash is flat ink with nothing tall beside it."""
    assert dashes.seen(paper(text), POSE, 3.5, 5.2) is seen
