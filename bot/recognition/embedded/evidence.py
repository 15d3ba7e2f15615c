"""Which page a photo shows, judged by the title and the captions that were read."""

from __future__ import annotations

from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Final

import numpy as np

from bot.errors import PhotoError
from bot.recognition.embedded import captions
from bot.recognition.embedded.pages import pages

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from bot.licence.documents import DocumentType
    from bot.recognition.embedded.captions import Parted
    from bot.recognition.embedded.reading import Line

ENOUGH: Final = 4
"""Captions that make a page. An identity card has three of the driving licence's."""

TITLE_WORTH: Final = 3
"""A title says as much as so many captions."""

_TITLE_LIKENESS: Final = 0.6
_STRANGERS: Final = ("中华人民共和国机动车驾驶证副页", "中华人民共和国居民身份证")
"""Titles of pages that are not read but look like one that is."""

_MUCH_TEXT: Final = 8  # lines of a photo that shows some document
_LEGIBLE: Final = 0.6  # mean probability of characters, below which nothing can be made out


def weigh(lines: Sequence[Line], parted: Mapping[DocumentType, Parted]) -> dict[DocumentType, int]:
    """How much speaks for each page, in captions."""
    title = titled(lines)
    return {
        document_type: _captions(parts, pages()[document_type].title)
        + (TITLE_WORTH if title == document_type else 0)
        for document_type, parts in parted.items()
    }


def part(lines: Iterable[Line]) -> dict[DocumentType, Parted]:
    """The lines cut at the captions of each page."""
    lines = tuple(lines)
    return {
        document_type: captions.part(lines, page.captions, page.noise)
        for document_type, page in pages().items()
    }


def told(weights: Mapping[DocumentType, int]) -> DocumentType | None:
    """The page for which most speaks, where that is enough and more than for any other."""
    second, first = sorted(weights, key=lambda document_type: weights[document_type])[-2:]
    clear = weights[first] >= ENOUGH and weights[first] > weights[second]
    return first if clear else None


def require(
    asked: DocumentType, weights: Mapping[DocumentType, int], lines: Sequence[Line]
) -> None:
    """Make sure that the photo shows the page asked for.

    Raises:
        PhotoError: `other-page`, `no-licence`, or `unreadable` where there is much illegible text.
    """
    if weights[asked] >= ENOUGH:
        return
    seen = max(weights, key=lambda document_type: weights[document_type])
    if weights[seen] >= ENOUGH:
        raise PhotoError("other-page", seen=seen.slug)
    known = titled(lines) is not None
    raise PhotoError("unreadable" if known or _illegible(lines) else "no-licence")


def titled(lines: Iterable[Line]) -> DocumentType | None:
    """The page whose title is nearest to any line."""
    titles: list[tuple[str, DocumentType | None]] = [
        (page.title, document_type) for document_type, page in pages().items()
    ]
    titles += [(title, None) for title in _STRANGERS]
    best: tuple[float, DocumentType | None] = (_TITLE_LIKENESS, None)
    for line in lines:
        text = "".join(line.text.split())
        for title, document_type in titles:
            likeness = SequenceMatcher(None, title, text, autojunk=False).ratio()
            if likeness > best[0]:
                best = (likeness, document_type)
    return best[1]


def _captions(parts: Parted, title: str) -> int:
    return len({caption.text for caption in parts.captions} - {title})


def _illegible(lines: Sequence[Line]) -> bool:
    scores = [glyph.probability for line in lines for glyph in line.glyphs]
    return len(lines) >= _MUCH_TEXT and bool(np.mean(scores or [0.0]) < _LEGIBLE)
