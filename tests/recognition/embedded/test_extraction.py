"""Which line is the value of which field."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from bot.licence.documents import DocumentType, FieldName
from bot.recognition.embedded import extraction
from bot.recognition.embedded.captions import Caption, Parted
from bot.recognition.embedded.fields import worth
from bot.recognition.embedded.pages import pages
from bot.recognition.embedded.pose import Pose

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.recognition.embedded.reading import Line

PAGE = pages()[DocumentType.VEHICLE_LICENCE]
POSE = Pose(np.eye(3), np.eye(3), ())
VALUES = {
    FieldName.PLATE_NUMBER: "京A12345",
    FieldName.VEHICLE_TYPE: "小型轿车",
    FieldName.OWNER: "王小明",
    FieldName.ADDRESS: "北京市东城区东街1号",
    FieldName.USE_CHARACTER: "非营运",
    FieldName.MODEL: "某牌AB1",
    FieldName.VIN: "LBEHDAEB58Y038860",
    FieldName.ENGINE_NUMBER: "A1234567",
    FieldName.REGISTER_DATE: "2020-01-02",
    FieldName.ISSUE_DATE: "2020-01-03",
}
WIDTH = 1.4  # millimetres of each character


def printed(
    line: Callable[..., Line], x: float = 0, y: float = 0, **strays: tuple[float, float]
) -> list[Line]:
    """All values of a page, the whole print off its place, some by themselves."""
    lines = []
    for slot in PAGE.slots:
        text = VALUES[slot.names[0]]
        dx, dy = strays.get(slot.names[0].value, (0.0, 0.0))
        left = slot.left + x + dx
        lines.append(line(text, left, left + WIDTH * len(text), slot.y + y + dy))
    return lines


def extracted(values: list[Line], captions: tuple[Caption, ...] = ()) -> dict[FieldName, str]:
    """What each slot was given, its lines joined by a stroke."""
    found = extraction.extract(PAGE, POSE, Parted(captions, tuple(values)), worth)
    return {one.place.slot.names[0]: "|".join(x.text for x in one.lines) for one in found}


@pytest.mark.parametrize("x", [-2, 0, 2])
@pytest.mark.parametrize("y", [-3, -1, 0, 2, 3])
def test_a_print_off_its_place_keeps_its_rows(
    line: Callable[..., Line], x: float, y: float
) -> None:
    """Three millimetres down is half a row, and still every value has its own slot."""
    assert extracted(printed(line, x, y)) == VALUES


def test_lines_outside_all_slots_are_nobodys(line: Callable[..., Line]) -> None:
    """Print of the seal and above the page is no value."""
    seal, above = line("警安西", 12, 26, 50), line("保险单", 20, 30, -20)

    assert extracted([*printed(line), seal, above]) == VALUES


def test_two_lines_of_an_address_come_in_order(line: Callable[..., Line]) -> None:
    """The second line follows the first, whichever was detected first."""
    slot = next(s for s in PAGE.slots if s.names == (FieldName.ADDRESS,))
    second = line("幸福里2号楼", slot.left, slot.left + 12, slot.y + slot.pitch)

    assert extracted([second, *printed(line)])[FieldName.ADDRESS] == (
        "北京市东城区东街1号|幸福里2号楼"
    )


def test_a_caption_elsewhere_takes_its_value_along(line: Callable[..., Line]) -> None:
    """On another print of the page the value still stands beside its caption."""
    anchor = next(a for a in PAGE.anchors if a.text == "所有人")
    moved = Caption("所有人", line("所有人", anchor.left + 40, anchor.right + 40, anchor.y))

    assert extracted(printed(line, owner=(40, 0)), (moved,)) == VALUES


def test_captions_at_their_places_change_nothing(line: Callable[..., Line]) -> None:
    """A caption half a millimetre off is where it should be; a second one elsewhere is ignored."""
    anchor = next(a for a in PAGE.anchors if a.text == "所有人")
    near = Caption("所有人", line("所有人", anchor.left + 0.5, anchor.right, anchor.y))
    far = Caption("所有人", line("所有人", anchor.left + 50, anchor.right + 50, anchor.y + 9))

    assert extracted(printed(line), (near, far)) == VALUES
    assert extracted(printed(line), (far, near)) == VALUES


def test_an_empty_page_has_empty_slots() -> None:
    """No lines, no values, and all the places."""
    assert set(extracted([]).values()) == {""}
