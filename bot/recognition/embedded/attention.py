"""What of a photo is read: likely captions first, then only what can belong to the page.

Half of the text in a photo is no value: English captions, the seal, whatever lies around the page.
As soon as enough captions tell how the page lies, boxes at which neither a value nor a caption
can stand are left unread.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.recognition.embedded import captions, geometry, pose, reading

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.recognition.embedded.geometry import Pixels, Points
    from bot.recognition.embedded.models import Models
    from bot.recognition.embedded.pages import Page
    from bot.recognition.embedded.pose import Pose
    from bot.recognition.embedded.reading import Line

_AT_ONCE: Final = 8  # lines that are read until it is asked again how the page lies
_TOLD: Final = 6  # captions at their places, from which the rest may be judged by its place
_SHORTEST: Final = 1.5  # heights of a caption's box
_LONGEST: Final = 8.0

_ROW: Final = 4.0  # mm from a row to what may still be its value, however far the print is off
_ASIDE: Final = 4.0  # mm before and after a value's place
_INSIDE: Final = 0.3  # share of the shorter of both that must be common
_OFF: Final = 2.2  # mm from a caption's place; the English one is three below


def read(models: Models, pixels: Pixels, page: Page, quads: Sequence[Points]) -> list[Line]:
    """Read what may belong to a page, or all there is where the page cannot be laid.

    Args:
        models: the reader.
        pixels: the photo.
        page: which page is looked for.
        quads: all boxes of text, upright.
    """
    waiting = sorted(quads, key=_unlike_caption)
    lines: list[Line] = []
    while waiting:
        lines += reading.read(models, pixels, waiting[:_AT_ONCE])
        waiting = waiting[_AT_ONCE:]
        laid = _laid(page, lines)
        if laid:
            rest = [quad for quad in waiting if _matters(page, laid.on_page(quad))]
            return lines + reading.read(models, pixels, rest)
    return lines


def _unlike_caption(quad: Points) -> tuple[bool, float]:
    """Short boxes first, of these the high ones: English captions are small."""
    wide, high = geometry.width(quad), geometry.height(quad)
    return not _SHORTEST * high < wide < _LONGEST * high, -high


def _laid(page: Page, lines: Sequence[Line]) -> Pose | None:
    found = captions.part(lines, page.captions, page.noise).captions
    laid = pose.find(page, found) if len(found) >= _TOLD else None
    return laid if laid and len(laid.captions) >= _TOLD else None


def _matters(page: Page, quad: Points) -> bool:
    """Whether a box, in millimetres, may be a value, a caption or the digits of a barcode."""
    left, right = float(quad[[0, 3], 0].mean()), float(quad[[1, 2], 0].mean())
    y = float(quad[:, 1].mean())
    for slot in page.slots:
        low, high = slot.left - _ASIDE, slot.right + _ASIDE
        common = min(right, high) - max(left, low)
        last = slot.y + (slot.lines - 1) * slot.pitch
        if slot.y - _ROW < y < last + _ROW and common > _INSIDE * min(right - left, high - low):
            return True
    return any(zone.holds(quad) for zone in page.barcode[:1]) or any(
        abs(y - anchor.y) < _OFF and left < anchor.right and right > anchor.left
        for anchor in page.anchors
    )
