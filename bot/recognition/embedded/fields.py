"""The lines of a slot -> values of its fields, with raw text, confidence and place."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING, Final

import numpy as np

from bot.recognition.embedded import confidence, ctc, geometry, normalisation, places

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.licence.documents import FieldName
    from bot.recognition.embedded.extraction import Found
    from bot.recognition.embedded.geometry import Points
    from bot.recognition.embedded.pages import Slot
    from bot.recognition.embedded.reading import Line

_SPACED: Final = frozenset({"remarks", "engine"})
"""Kinds in which a blank between words belongs to the value."""

_WITHIN_DATE: Final = re.compile(r"\d{4}-?(\d{0,2}-?\d?)?\n(?=[\d-])|\d{1,3}\n(?=\d{1,3}-\d\d-)")
"""Where a row of remarks ends within a date."""

_FEW: Final = 3
"""Distances in a line that tell what is usual."""

_LOST: Final = 1.75
"""Usual distances from which a character was probably lost, to glare for instance."""

_USUAL_WHITE: Final = 0.1
"""Heights of white between characters, where too few tell."""

_BLANK: Final = 0.18
"""Heights of further white from which there is a blank, which the reader mostly drops."""

_BETWEEN_IDEOGRAPHS: Final = 0.28
"""The same between ideographs, where half of what they stand farther apart is added."""

_COLONS: Final = frozenset(":：")

_ENGLISH_END: Final = re.compile(r"[A-Z]?[a-z.]+\s*(?=[\d㐀-鿿])")
"""The end of an English caption before a value, as in `ess 1201号`."""

_ENGLISH_AFTER: Final = re.compile(r"(?<=[㐀-鿿])\s*[A-Za-z. ]*[a-z][A-Za-z. ]*$")
"""The same behind one, as in `崔生博No.`; no value has small letters after an ideograph."""

_DATE: Final = r"\d{4}\D{0,2}\d{2}\D{0,2}\d{2}"
_TERM_START: Final = re.compile(rf"(?<!\d){_DATE}")
_TERM_END: Final = re.compile(rf"(?<!\d)(?:{_DATE}(?!\d)|\d{{1,2}}年)|长期|长\S?$|\S?期$")
_TO: Final = "至"

_WHOLE: Final = {
    "date": re.compile(rf"\D*?({_DATE})\D*"),
    "sex": re.compile("[^男女]*([男女])[^男女]*"),
}
"""Kinds that are known among print of a seal or a caption beside them, where they stand once."""


@dataclass(frozen=True, slots=True, eq=False)
class Reading:
    """One field as it was read.

    Attributes:
        name: which field.
        kind: the kind of its text.
        raw: the text as it was seen.
        value: the same, normalised.
        confidence: 0…1; until `trust` has weighed it, a score to choose among readings by.
        lines: where it stands.
        derived: whether it was concluded from an empty place.
        gap: whether its characters stand so far apart that one was probably lost.
        agreeing: how many further readings said the same.
        differing: how many said something else.
        late: millimetres between the place where a value should begin and where it does.
    """

    name: FieldName
    kind: str
    raw: str
    value: str
    confidence: float
    lines: tuple[Line, ...]
    derived: bool = False
    gap: bool = False
    agreeing: int = 0
    differing: int = 0
    late: float = 0.0

    @property
    def quad(self) -> Points:
        """The corners around all its lines, in pixels."""
        return geometry.hull([line.quad for line in self.lines])


def interpret(found: Found) -> tuple[Reading, ...]:
    """The fields that the lines of a slot say; none where there are no lines."""
    slot = found.place.slot
    lines = tuple(_without_english(line) for line in found.lines if line.glyphs)
    if not lines:
        return ()
    if slot.kind == "term":
        return _term(slot.names, lines)
    return (_reading(slot.names[0], slot.kind, _alone(slot, lines)),)


def worth(found: Sequence[Found]) -> float:
    """How much sense the lines of all slots make: the sum of their scores."""
    return sum(reading.confidence for slot in found for reading in interpret(slot))


def _reading(name: FieldName, kind: str, lines: tuple[Line, ...]) -> Reading:
    raw = _joined(lines) if kind in _SPACED else "".join(line.text for line in lines)
    glyphs = tuple(glyph for line in lines for glyph in line.glyphs)
    text = raw
    if kind == "address":
        glyphs = places.settle(glyphs)
        text = "".join(glyph.text for glyph in glyphs)
    value = normalisation.normalise(kind, text)
    gap = any(gap > _LOST for line in lines for gap in _gaps(line)) or _apart(lines)
    score = confidence.of(kind, value, glyphs, gap=gap)
    return Reading(name, kind, raw, value, score, lines, gap=gap)


def _without_english(line: Line) -> Line:
    """The line as tight as its glyphs, without what is left of an English caption."""
    found, after = _ENGLISH_END.match(line.text), _ENGLISH_AFTER.search(line.text)
    return line.cut(found.end() if found else 0, after.start() if after else len(line.glyphs))


def _alone(slot: Slot, lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """The lines without what is left of the caption, or stands beside a date or a sex."""
    kind, caption = slot.kind, slot.caption
    ends = [caption[-n:] for n in range(len(caption) - 1, 0, -1)]
    text = "".join(line.text for line in lines)
    whole = _WHOLE.get(kind)
    found = whole and whole.fullmatch(text)
    if found:
        return _between(lines, *found.span(1))
    left = next((len(end) for end in ends if text.startswith(end) and len(end) < len(text)), 0)
    return _between(lines, left, len(text))


def _joined(lines: Sequence[Line]) -> str:
    """The words of all rows; some printers break a row within a date, all others at a blank."""
    rows = [_spaced(line).strip() for line in lines]
    text = rows[0]
    for row in rows[1:]:
        text += ("" if _WITHIN_DATE.search(f"{text}\n{row}") else " ") + row
    return text


def _spaced(line: Line) -> str:
    """The text of a line with blanks where there is white beside its ideographs."""
    whites = [glyph.white for glyph in line.glyphs]
    between = [white for white, wide in zip(whites, _wide_pairs(line), strict=True) if wide]
    usual = median(between) if len(between) >= _FEW else _USUAL_WHITE
    text = line.glyphs[0].text
    for (before, glyph), gap in zip(pairwise(line.glyphs), _gaps(line), strict=True):
        beside = (ctc.is_wide(before.text) or ctc.is_wide(glyph.text)) and not (
            {before.text, glyph.text} & _COLONS
        )
        # Some ideographs, such as 止, have white of their own and yet stand no farther away.
        more = glyph.white - usual
        blank = more > _BLANK if gap == 0 else more + (gap - 1) / 2 > _BETWEEN_IDEOGRAPHS
        text += f" {glyph.text}" if beside and blank else glyph.text
    return text


def _wide_pairs(line: Line) -> list[bool]:
    """For each glyph whether it and the one before are ideographs."""
    wide = [ctc.is_wide(glyph.text) for glyph in line.glyphs]
    return [False, *(one and other for one, other in pairwise(wide))]


def _gaps(line: Line) -> list[float]:
    """From each ideograph to the next, in usual distances of the line; 0 beside other signs."""
    gaps = [
        right.centre - left.centre if ctc.is_wide(left.text) and ctc.is_wide(right.text) else 0.0
        for left, right in pairwise(line.glyphs)
    ]
    between = [gap for gap in gaps if gap]
    usual = median(between) if len(between) >= _FEW else 1.0
    return [gap / usual for gap in gaps]


def _apart(lines: Sequence[Line]) -> bool:
    """Whether two boxes on one base line are so far apart that a character is lost between."""
    for one, other in pairwise(lines):
        size = geometry.height(one.quad)
        along = (one.quad[1] - one.quad[0]) / max(geometry.width(one.quad), 1e-6)
        down = np.array([-along[1], along[0]])
        step = other.quad[[0, 3]].mean(axis=0) - one.quad[[1, 2]].mean(axis=0)
        if abs(step @ down) < size / 2 and step @ along > size / 2:
            return True
    return False


def _term(names: Sequence[FieldName], lines: tuple[Line, ...]) -> tuple[Reading, ...]:
    """First and last day, or first day and term, from everything in the row of 有效期限."""
    text = "".join(line.text for line in lines)
    start = _TERM_START.search(text)
    first = start.span() if start and _TO not in text[: start.start()] else None
    after = first[1] if first else 0
    end = _TERM_END.search(text[after:])
    last = (after + end.start(), after + end.end()) if end else None
    return tuple(
        _reading(name, kind, _between(lines, *span))
        for name, kind, span in zip(names, ("date", "until"), (first, last), strict=True)
        if span
    )


def _between(lines: Sequence[Line], start: int, stop: int) -> tuple[Line, ...]:
    """The parts of lines that hold the characters from `start` up to `stop` of their joint text."""
    parts = []
    for line in lines:
        length = len(line.glyphs)
        low, high = max(start, 0), min(stop, length)
        if low < high:
            parts.append(line.cut(low, high))
        start, stop = start - length, stop - length
    return tuple(parts)
