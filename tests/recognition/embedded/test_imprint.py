"""Rows and columns inside a seal."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.recognition.embedded import imprint

SIDE = imprint.SIDE


def printed(counts: list[int], most: int) -> np.ndarray:
    """A frame, and columns from right to left with so many characters each."""
    mask = np.zeros((SIDE, SIDE), np.uint8)
    mask[:6], mask[-6:], mask[:, :6], mask[:, -6:] = 1, 1, 1, 1
    wide, high = 204 / len(counts), 204 / most
    for column, count in enumerate(counts):
        left = round(SIDE - 18 - (column + 1) * wide)
        for row in range(count):
            top = round(18 + row * high)
            cell = mask[top + 3 : round(top + high - 3), left + 3 : round(left + wide - 3)]
            cell[::3] = 1
            cell[:, ::5] = 1
    return mask


@settings(deadline=None, max_examples=40)
@given(st.integers(2, 5), st.integers(3, 5), st.data())
def test_every_character_of_columns_gets_a_cell(
    columns: int, most: int, data: st.DataObject
) -> None:
    """As many as there are, from right to left and from top to bottom."""
    last = data.draw(st.integers(1, most))
    mask = printed([most] * (columns - 1) + [last], most)

    cells = imprint.columns(mask, imprint.interior(mask))

    assert len(cells) == most * (columns - 1) + last
    assert cells == sorted(cells, key=lambda cell: (-round(cell[0] / 20), cell[1]))


@pytest.mark.parametrize("most", [3, 4, 5])
def test_rows_are_told_from_top_to_bottom(most: int) -> None:
    """One box for each."""
    mask = printed([most] * 4, most)

    rows = imprint.rows(mask, imprint.interior(mask))

    assert len(rows) == most
    assert [top for _, top, _, _ in rows] == sorted(top for _, top, _, _ in rows)


def test_a_character_too_faint_for_the_mask_has_its_cell() -> None:
    """All columns but the last are full."""
    mask = printed([4, 4, 4, 3], 4)
    mask[18:69, 171:222] = 0

    assert len(imprint.columns(mask, imprint.interior(mask))) == 15


def test_the_frame_is_left_out() -> None:
    """The inside begins behind it."""
    left, top, right, bottom = imprint.interior(printed([4, 4], 4))

    assert 6 <= min(left, top) <= max(left, top) <= 21
    assert SIDE - 21 <= min(right, bottom) <= max(right, bottom) <= SIDE - 6


def test_nothing_has_no_lines() -> None:
    """An empty square has neither rows nor columns."""
    mask = np.zeros((SIDE, SIDE), np.uint8)
    inside = imprint.interior(mask)

    assert inside == (0, 0, SIDE, SIDE)
    assert imprint.rows(mask, inside) == imprint.columns(mask, inside) == []


def test_boxes_stand_in_one_line() -> None:
    """A wide box takes the place of as many cells as it is wide."""
    line = imprint.line_up(np.zeros((SIDE, SIDE, 3), np.uint8), [(0, 0, 50, 50), (0, 60, 200, 110)])

    assert line.shape == (48, 200, 3)
