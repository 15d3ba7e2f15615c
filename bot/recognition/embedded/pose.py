"""How a page lies in a photo: captions at their places -> homography from millimetres to pixels.

From coarse to fine: the similarity that most captions agree with (every pair is tried, so the
same photo always gives the same pose), then an affine map, then a homography; a finer map is
taken only where it makes sense.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Final

import cv2
import numpy as np

from bot.recognition.embedded import geometry

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.recognition.embedded.captions import Caption
    from bot.recognition.embedded.geometry import Points
    from bot.recognition.embedded.pages import Anchor, Page

_SIMILARITY_MM: Final = 5.0  # perspective bends a similarity by so much
_AFFINE_MM: Final = 3.0
_HOMOGRAPHY_MM: Final = 2.0
_AFFINE_LEAST: Final = 3  # captions
_HOMOGRAPHY_LEAST: Final = 5
_MOST_TURN: Final = np.cos(np.radians(25))  # between a caption's base line and the page's
_MOST_TAPER: Final = 2.2  # longest by shortest of two opposite sides of the page
_CORNERS: Final = np.array([[0.0, 0.0], [88.0, 0.0], [88.0, 60.0], [0.0, 60.0]])


@dataclass(frozen=True, slots=True, eq=False)
class Pose:
    """A page in a photo.

    Attributes:
        to_photo: 3×3, millimetres to pixels.
        to_page: 3×3, pixels to millimetres.
        captions: those that agree with it.
    """

    to_photo: Points
    to_page: Points
    captions: tuple[Caption, ...]

    def on_page(self, quad: Points) -> Points:
        """A quad of the photo in millimetres."""
        return geometry.mapped(self.to_page, quad)

    def in_photo(self, left: float, right: float, top: float, bottom: float) -> Points:
        """The quad of a rectangle given in millimetres."""
        corners = np.array([[left, top], [right, top], [right, bottom], [left, bottom]])
        return geometry.mapped(self.to_photo, corners)


@dataclass(frozen=True, slots=True, eq=False)
class _Match:
    """A caption and one of the places where the page has it, as the two ends of a line."""

    caption: Caption
    page: Points
    photo: Points


def find(page: Page, captions: Sequence[Caption]) -> Pose | None:
    """Lay the page under its captions; `None` where fewer than two agree."""
    matches = [
        _match(caption, anchor)
        for caption in captions
        for anchor in page.anchors
        if anchor.text == caption.text
    ]
    matrix, agreed = _similarity(matches)
    if matrix is None:
        return None
    for least, most_mm, fit in (
        (_AFFINE_LEAST, _AFFINE_MM, _affine),
        (_HOMOGRAPHY_LEAST, _HOMOGRAPHY_MM, _homography),
        (_HOMOGRAPHY_LEAST, _HOMOGRAPHY_MM, _homography),
    ):
        finer = fit(agreed) if len(agreed) >= least else None
        if finer is None or not _sensible(finer):
            continue
        kept = _agreeing(finer, matches, most_mm)
        if len(kept) >= max(least, len(agreed) * 0.6):
            matrix, agreed = finer, kept
    return Pose(matrix, _inverse(matrix), tuple(match.caption for match in agreed))


def _match(caption: Caption, anchor: Anchor) -> _Match:
    quad = caption.line.quad
    ends = np.stack([(quad[0] + quad[3]) / 2, (quad[1] + quad[2]) / 2])
    return _Match(caption, np.array([[anchor.left, anchor.y], [anchor.right, anchor.y]]), ends)


def _similarity(matches: Sequence[_Match]) -> tuple[Points | None, list[_Match]]:
    best: Points | None = None
    agreed: list[_Match] = []
    least = (1, 0.0)
    for one, other in combinations(matches, 2):
        matrix = _through(one, other)
        if matrix is None:
            continue
        kept = _agreeing(matrix, matches, _SIMILARITY_MM)
        quality = (len(kept), -sum(_miss(matrix, match) for match in kept))
        if quality > least:
            best, agreed, least = matrix, kept, quality
    return best, agreed


def _through(one: _Match, other: _Match) -> Points | None:
    """The similarity through the left ends of two captions, where their base lines agree."""
    (x0, y0), (x1, y1) = one.page[0], other.page[0]
    page, photo = complex(x1 - x0, y1 - y0), other.photo[0] - one.photo[0]
    if abs(page) < 1:
        return None
    turn = complex(*photo) / page
    if not all(_parallel(turn, match) for match in (one, other)):
        return None
    shift = complex(*one.photo[0]) - turn * complex(x0, y0)
    return np.array(
        [[turn.real, -turn.imag, shift.real], [turn.imag, turn.real, shift.imag], [0, 0, 1]]
    )


def _parallel(turn: complex, match: _Match) -> bool:
    line = complex(*(match.photo[1] - match.photo[0]))
    length = abs(turn) * abs(line)
    return length > 0 and (turn.conjugate() * line).real > _MOST_TURN * length


def _miss(matrix: Points, match: _Match) -> float:
    """Millimetres between the left end of a caption and its place."""
    place = geometry.mapped(_inverse(matrix), match.photo[:1])
    return float(np.linalg.norm(place - match.page[:1]))


def _agreeing(matrix: Points, matches: Sequence[_Match], most_mm: float) -> list[_Match]:
    """The matches near their places: for each caption and each place the best one."""
    ranked = sorted(
        ((miss, i) for i, match in enumerate(matches) if (miss := _miss(matrix, match)) < most_mm)
    )
    kept: list[_Match] = []
    for _, i in ranked:
        match = matches[i]
        if not any(
            match.caption is other.caption or np.array_equal(match.page, other.page)
            for other in kept
        ):
            kept.append(match)
    return kept


def _inverse(matrix: Points) -> Points:
    return np.asarray(np.linalg.inv(matrix), np.float64)


def _ends(matches: Sequence[_Match]) -> tuple[Points, Points]:
    page = np.concatenate([match.page for match in matches])
    photo = np.concatenate([match.photo for match in matches])
    return page, photo


def _affine(matches: Sequence[_Match]) -> Points | None:
    page, photo = _ends(matches)
    columns = np.column_stack([page, np.ones(len(page))])
    solved, _, rank, _ = np.linalg.lstsq(columns, photo, rcond=None)
    return np.vstack([solved.T, [0, 0, 1]]) if rank == columns.shape[1] else None


def _homography(matches: Sequence[_Match]) -> Points | None:
    page, photo = _ends(matches)
    found = cv2.findHomography(page, photo, 0)[0]
    # The stubs promise an array; OpenCV gives nothing where the points lie on one line.
    return np.asarray(found, np.float64) if np.ndim(found) else None


def _sensible(matrix: Points) -> bool:
    """Whether the page stays a convex, unmirrored and not too slanted quadrilateral."""
    depth = np.column_stack([_CORNERS, np.ones(4)]) @ matrix[2]
    if not (np.all(np.isfinite(matrix)) and np.all(depth > 0)):
        return False
    corners = geometry.mapped(matrix, _CORNERS)
    sides = np.roll(corners, -1, axis=0) - corners
    following = np.roll(sides, -1, axis=0)
    turns = sides[:, 0] * following[:, 1] - sides[:, 1] * following[:, 0]
    lengths = np.linalg.norm(sides, axis=1)
    tapers = [
        max(a, b) / max(min(a, b), 1e-9) for a, b in zip(lengths[:2], lengths[2:], strict=True)
    ]
    return bool(np.all(turns > 0) and max(tapers) < _MOST_TAPER)
