"""A closer look at a part of a photo."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import cv2
import numpy as np
import pytest

from bot.licence.documents import DocumentType
from bot.recognition.embedded import closer, geometry, pipeline, reading
from bot.recognition.embedded.pages import pages

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.recognition.embedded.geometry import Pixels, Points
    from bot.recognition.embedded.models import Models

UPRIGHT = np.array([[100.0, 100.0], [300.0, 100.0], [300.0, 140.0], [100.0, 140.0]])


def turned(quad: Points, degrees: float) -> Points:
    """The same quad about its middle."""
    angle = np.radians(degrees)
    turn = np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]])
    middle = quad.mean(axis=0)
    return np.asarray((quad - middle) @ turn + middle)


def on_a_table(pixels: Pixels, degrees: float, size: int) -> Pixels:
    """The picture turned and made small in the middle of a wide grey surface."""
    table = np.full((1280, 960, 3), 150, np.uint8)
    high, wide = pixels.shape[:2]
    matrix = cv2.getRotationMatrix2D((wide / 2, high / 2), degrees, size / wide)
    matrix[:, 2] += np.array([480 - wide / 2, 640 - high / 2])
    cv2.warpAffine(
        pixels, matrix, (960, 1280), dst=table, borderMode=cv2.BORDER_TRANSPARENT,
        flags=cv2.INTER_AREA,
    )  # fmt: skip
    return table


@pytest.mark.parametrize("degrees", [0, 75, 180, 290])
def test_a_part_holds_what_runs_as_the_sign_does(degrees: float) -> None:
    """Lines along it are inside, with room around; text across it does not count."""
    sign = turned(UPRIGHT, degrees)
    down = (sign[3] - sign[0]) * 3
    across = turned(UPRIGHT, degrees + 90) + 3000.0
    part = closer.around([sign, sign + down, across], sign)
    inside = [
        cv2.pointPolygonTest(part.astype(np.float32), tuple(quad.mean(axis=0).tolist()), False)  # noqa: FBT003
        for quad in (sign, sign + down, across)
    ]
    assert inside == [1, 1, -1]
    assert geometry.width(part) > geometry.width(sign)


@pytest.mark.parametrize("degrees", [0, 75, 180])
def test_lines_are_found_in_the_direction_of_the_part(
    loaded: Models, specimen: Callable[..., Any], degrees: float
) -> None:
    """What is cut out upright is read without asking which way it runs."""
    pixels = pipeline.pixels_of(specimen("dl_clean_006").photo)
    high, wide = pixels.shape[:2]
    shown = on_a_table(pixels, -degrees, 900)
    page = np.array([[0, 0], [900, 0], [900, 900 * high / wide], [0, 900 * high / wide]])
    part = turned(page - page.mean(axis=0) + np.array([480.0, 640.0]), degrees)
    lines = reading.read(loaded, shown, closer.detect(loaded, shown, part))
    assert any("机动车驾驶证" in line.text for line in lines)


FAR: dict[str, tuple[DocumentType, tuple[float, int], float]] = {
    "dl_good_001": (DocumentType.DRIVING_LICENCE, (20, 380), 0.3),
    "vl_clean_003": (DocumentType.VEHICLE_LICENCE, (75, 330), 1.0),
    "vb_good_001": (DocumentType.VEHICLE_LICENCE_BACK, (75, 480), 1.0),
}


@pytest.mark.parametrize("name", FAR)
def test_a_small_page_is_laid_from_nearer(
    loaded: Models, specimen: Callable[..., Any], monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """Pages that cannot be laid in the whole photo are where somebody looks again."""
    document_type, turn_and_size, light = FAR[name]
    pixels = pipeline.pixels_of(specimen(name).photo)
    shown = (on_a_table(pixels, *turn_and_size) * light).astype(np.uint8)
    page = pages()[document_type]
    assert pipeline._laid(loaded, shown, page)[2] is not None
    monkeypatch.setattr(pipeline, "_again", lambda *_: iter(()))
    assert pipeline._laid(loaded, shown, page)[2] is None
