"""Seal and barcode as a bonus."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from bot.licence.documents import DocumentType
from bot.recognition.embedded import barcode, marks, pipeline, seal
from bot.recognition.embedded.pages import pages
from bot.recognition.embedded.pose import Pose

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.recognition.embedded.models import Models

BACK = pages()[DocumentType.VEHICLE_LICENCE_BACK]
SECRET = "5107311000463"


def test_what_goes_wrong_is_left_out_and_logged_without_values(
    loaded: Models, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither stage can stop the answer."""

    def broken(*_: object) -> None:
        raise ValueError(SECRET)

    monkeypatch.setattr(seal, "read", broken)
    monkeypatch.setattr(barcode, "read", broken)
    pixels = np.zeros((60, 88, 3), np.uint8)

    found = marks.read(loaded, pixels, Pose(np.eye(3), np.eye(3), ()), BACK, ())
    assert found.readings == ()
    assert [(note.stage, note.error) for note in found.notes] == [
        ("seal", "ValueError"),
        ("barcode", "ValueError"),
    ]
    assert all(note.at.startswith("test_marks.py:") for note in found.notes)
    assert SECRET not in str(found)


@pytest.mark.parametrize(("name", "caption"), [("dl_good_001", "红章"), ("vb_good_001", "条码")])
def test_marks_are_in_the_answer_and_lie_where_they_are(
    loaded: Models, specimen: Callable[[str], Any], name: str, caption: str
) -> None:
    """Right in every character, and in pixels of the photo."""
    chosen = specimen(name)
    kinds = {"dl": DocumentType.DRIVING_LICENCE, "vb": DocumentType.VEHICLE_LICENCE_BACK}

    read = pipeline.read(loaded, chosen.photo, kinds[name[:2]]).fields

    field = read[-1]
    assert field.value == chosen.text(caption)
    assert field.confidence is not None
    assert field.confidence > 0.7
    x, y, width, height = chosen.truth["fields"][caption]["box"]
    assert field.box is not None
    assert field.box.x + field.box.width / 2 == pytest.approx(x + width / 2, abs=width / 10)
    assert field.box.y + field.box.height / 2 == pytest.approx(y + height / 2, abs=height / 2)
