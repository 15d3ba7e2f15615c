"""What cannot belong to the page is left unread."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from bot.licence.documents import DocumentType
from bot.recognition.embedded import attention, detection, orientation, pipeline
from bot.recognition.embedded.pages import pages

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.recognition.embedded.geometry import Pixels, Points
    from bot.recognition.embedded.models import Models

PAGE = pages()[DocumentType.DRIVING_LICENCE]


@pytest.fixture(scope="module")
def boxes(loaded: Models, specimen: Callable[..., Any]) -> tuple[Pixels, list[Points]]:
    """A driving licence and all its boxes of text."""
    pixels = pipeline.pixels_of(specimen("dl_clean_006").photo)
    found = detection.detect(loaded.detector, pixels, pipeline.DETECTOR_SIDE)
    return pixels, orientation.upright(loaded, pixels, found)


def test_small_print_is_left_unread(loaded: Models, boxes: tuple[Pixels, list[Points]]) -> None:
    """The English title is not read, and all captions are."""
    text = " ".join(line.text for line in attention.read(loaded, boxes[0], PAGE, boxes[1]))

    assert "Republic" not in text
    assert all(caption in text for caption in ("证号", "姓名", "住址", "初次领证日期"))


def test_text_around_the_page_is_left_unread(
    loaded: Models, boxes: tuple[Pixels, list[Points]]
) -> None:
    """Boxes far outside the page cost nothing once it is laid."""
    pixels, quads = boxes
    wide = np.pad(pixels, ((0, 1000), (0, 0), (0, 0)))
    below = [quads[0] + np.array([0, 1000.0]) for _ in range(20)]

    few = attention.read(loaded, pixels, PAGE, quads)
    many = attention.read(loaded, wide, PAGE, [*quads, *below])

    assert len(many) <= len(few) + len(below) // 2


def test_everything_is_read_where_no_page_is_laid(
    loaded: Models, boxes: tuple[Pixels, list[Points]]
) -> None:
    """Of another page no line is left out: it may be the one to tell which it is."""
    other = pages()[DocumentType.VEHICLE_LICENCE_BACK]

    assert len(attention.read(loaded, boxes[0], other, boxes[1])) == len(boxes[1])
