"""Which line is the value of which field: lines cut at captions + pose -> lines for each slot.

A printer misses its pre-printed form by millimetres, but by the same ones for all values of a
page. So the shift of the whole print is found first, and then each line goes to the nearest row
and, in that row, to the slot whose width it stands in. Where a caption is not at its place, its
value is expected beside the caption.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from bot.recognition.embedded.captions import Caption, Parted
    from bot.recognition.embedded.geometry import Points
    from bot.recognition.embedded.pages import Page, Slot
    from bot.recognition.embedded.pose import Pose
    from bot.recognition.embedded.reading import Line

_REACH_X: Final = 4.0  # mm that a print may be shifted
_REACH_Y: Final = 3.2
_CLUSTER: Final = 0.9  # mm within which shifts agree
_TRIED: Final = 4  # shifts that are compared
_BEFORE: Final = 2.5  # mm that a value may begin before its place
_ROW: Final = 3.2  # mm from the middle of a row; rows are six apart
_STRAY: Final = 2.5  # mm from which a caption is not at its place


@dataclass(frozen=True, slots=True)
class Place:
    """Where a slot's value stands on this very page, in millimetres.

    Attributes:
        slot: whose value.
        left: where the value should begin.
        right: where something else begins.
        y: the middle of the first line.
    """

    slot: Slot
    left: float
    right: float
    y: float


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """The lines of one slot.

    Attributes:
        place: where they were expected.
        lines: from top to bottom and left to right; none where nothing was read there.
        rows: for each line, which row of the slot it is on.
    """

    place: Place
    lines: tuple[Line, ...]
    rows: tuple[int, ...]


@dataclass(frozen=True, slots=True, eq=False)
class _Item:
    line: Line
    left: float
    right: float
    y: float


def extract(
    page: Page,
    pose: Pose,
    parted: Parted,
    worth: Callable[[Sequence[Found]], float],
) -> tuple[Found, ...]:
    """Give each slot of the page its lines.

    Args:
        page: what is printed where.
        pose: how the page lies in the photo.
        parted: the lines of the photo, cut at the captions of this page.
        worth: how much sense an assignment makes; it decides between likely shifts.
    """
    items = [_item(line, pose.on_page(line.quad)) for line in parted.values]
    strays = _strays(page, pose, parted.captions)
    assignments = []
    for shift in _shifts(page.slots, items):
        places = [_place(slot, shift, strays.get(slot.caption, (0.0, 0.0))) for slot in page.slots]
        assignments.append(_assigned(items, places))
    return max(assignments, key=worth)


def _assigned(items: Sequence[_Item], places: Sequence[Place]) -> tuple[Found, ...]:
    owned: dict[int, list[_Item]] = {}
    for item in items:
        index = _owner(item, places)
        if index is not None:
            owned.setdefault(index, []).append(item)
    return tuple(_found(place, owned.get(i, ())) for i, place in enumerate(places))


def _item(line: Line, quad: Points) -> _Item:
    return _Item(
        line,
        *(float(n) for n in (quad[[0, 3], 0].mean(), quad[[1, 2], 0].mean(), quad[:, 1].mean())),
    )


def _shifts(slots: Sequence[Slot], items: Sequence[_Item]) -> list[tuple[float, float]]:
    """By how many millimetres the values may be printed off their places, likeliest first."""
    offsets = [
        (item.left - slot.left, item.y - slot.y)
        for slot in slots
        for item in items
        if abs(item.left - slot.left) < _REACH_X and abs(item.y - slot.y) < _REACH_Y
    ]
    shifts: list[tuple[float, float]] = []
    points = np.array(offsets).reshape(-1, 2)
    while len(points) and len(shifts) < _TRIED:
        distances = np.linalg.norm(points[:, None] - points[None], axis=2)
        # The centre with the most neighbours; of equals the one nearest to no shift at all.
        votes = (distances < _CLUSTER).sum(axis=1) - np.linalg.norm(points, axis=1) / 100
        near = distances[int(np.argmax(votes))] < _CLUSTER
        x, y = points[near].mean(axis=0).tolist()
        shifts.append((x, y))
        points = points[~near]
    return shifts or [(0.0, 0.0)]


def _strays(
    page: Page, pose: Pose, captions: Iterable[Caption]
) -> Mapping[str, tuple[float, float]]:
    """How far captions stand from their places, where that is far."""
    strays: dict[str, tuple[float, float]] = {}
    for caption in captions:
        quad = pose.on_page(caption.line.quad)
        x, y = float(quad[[0, 3], 0].mean()), float(quad[:, 1].mean())
        offsets = [(x - a.left, y - a.y) for a in page.anchors if a.text == caption.text]
        offset = min(offsets, key=lambda o: o[0] ** 2 + o[1] ** 2)
        if np.hypot(*offset) > _STRAY:
            strays.setdefault(caption.text, offset)
        else:
            strays[caption.text] = (0.0, 0.0)
    return strays


def _place(slot: Slot, shift: tuple[float, float], stray: tuple[float, float]) -> Place:
    x, y = shift[0] + stray[0], shift[1] + stray[1]
    return Place(slot, slot.left + x, slot.right + max(x, 0.0), slot.y + y)


def _owner(item: _Item, places: Sequence[Place]) -> int | None:
    """The slot in whose rows and width a line stands."""
    best: tuple[float, int] | None = None
    for i, place in enumerate(places):
        rows = [place.y + n * place.slot.pitch for n in range(place.slot.lines)]
        distance = min(abs(item.y - row) for row in rows)
        overlap = min(item.right, place.right) - max(item.left, place.left - _BEFORE)
        inside = overlap > 0.5 * min(item.right - item.left, place.right - place.left)
        if distance < _ROW and inside and (best is None or distance < best[0]):
            best = (distance, i)
    return best[1] if best else None


def _found(place: Place, items: Iterable[_Item]) -> Found:
    rowed = sorted(((_row(place, item), item) for item in items), key=lambda r: (r[0], r[1].left))
    return Found(place, tuple(item.line for _, item in rowed), tuple(row for row, _ in rowed))


def _row(place: Place, item: _Item) -> int:
    pitch, last = place.slot.pitch, place.slot.lines - 1
    return min(max(round((item.y - place.y) / pitch), 0), last) if pitch else 0
