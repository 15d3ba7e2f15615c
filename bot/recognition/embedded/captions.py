"""Printed captions inside lines: the detector often takes a caption and its value for one line.

A caption is found as a substring, or as one with a few wrong, missing or additional characters
(Sellers, "The theory and computation of evolutionary distances", J. Algorithms 1, 1980). The
line is then cut there, each part keeping its own place and probabilities.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bot.recognition.embedded.reading import Line

_CHARACTERS_PER_ERROR: Final = 4
"""A caption may be wrong in one of so many characters; shorter ones must be right."""


_UNITS: Final = ("kg", "mm")


@dataclass(frozen=True, slots=True, eq=False)
class Caption:
    """A caption that was found.

    Attributes:
        text: as it is printed on the page, not as it was read.
        line: where it stands.
    """

    text: str
    line: Line


@dataclass(frozen=True, slots=True, eq=False)
class Parted:
    """All lines of a photo, cut at the captions of one page."""

    captions: tuple[Caption, ...]
    values: tuple[Line, ...]


def part(lines: Iterable[Line], captions: Sequence[str], noise: Sequence[str] = ()) -> Parted:
    """Cut every line at the captions of a page.

    Args:
        lines: what was read; the spaces in it do not count.
        captions: what the page prints before its values.
        noise: what it prints besides, English captions; lines that say just this are dropped.
    """
    longest_first = sorted(captions, key=len, reverse=True)
    found: list[Caption] = []
    values: list[Line] = []
    for line in lines:
        if not line.glyphs or _is_noise(line.text, noise):
            continue
        if _is_remains(line.text, captions):
            continue
        own, rest = _part_line(line, longest_first)
        found += own
        values += rest
    return Parted(tuple(found), tuple(values))


def _is_remains(text: str, captions: Sequence[str]) -> bool:
    """Whether a line is what glare or a fold has left of a caption."""
    return (
        len(text) > 1
        and text not in captions
        and any(caption.endswith(text) for caption in captions)
    )


def _part_line(line: Line, captions: Sequence[str]) -> tuple[list[Caption], list[Line]]:
    for text in captions:
        span = find(text, line.text)
        if span is None:
            continue
        own, rest = [Caption(text, line.cut(*span))], []
        for start, stop in ((0, span[0]), (span[1], len(line.glyphs))):
            if line.text[start:stop].strip():
                more, values = _part_line(line.cut(start, stop), captions)
                own += more
                rest += values
        return own, rest
    return [], [line]


def find(caption: str, text: str) -> tuple[int, int] | None:
    """Where a caption stands in a text, as (start, stop), or `None`.

    >>> find("性别", "证号 性 别男")
    (3, 6)
    >>> find("发动机号码", "发动杋号码P910")
    (0, 5)
    """
    places = [i for i, character in enumerate(text) if not character.isspace()]
    solid = "".join(text[i] for i in places)
    start = solid.find(caption)
    if start >= 0:
        return places[start], places[start + len(caption) - 1] + 1
    errors = len(caption) // _CHARACTERS_PER_ERROR
    if errors == 0 or len(set(caption) & set(solid)) < len(set(caption)) - errors:
        return None
    span = _approximate(caption, solid, errors)
    return (places[span[0]], places[span[1] - 1] + 1) if span else None


def _approximate(caption: str, text: str, errors: int) -> tuple[int, int] | None:
    """The substring nearest to the caption, where it has no more than so many errors."""
    costs = list(range(len(caption) + 1))
    starts = [0] * (len(caption) + 1)
    best: tuple[int, int, int] | None = None
    for end, character in enumerate(text, 1):
        diagonal, start_diagonal = costs[0], starts[0]
        costs[0], starts[0] = 0, end
        for i, wanted in enumerate(caption, 1):
            options = (
                (diagonal + (wanted != character), start_diagonal),
                (costs[i] + 1, starts[i]),
                (costs[i - 1] + 1, starts[i - 1]),
            )
            diagonal, start_diagonal = costs[i], starts[i]
            costs[i], starts[i] = min(options, key=lambda option: option[0])
        if costs[-1] <= errors and end > starts[-1] and (best is None or costs[-1] < best[0]):
            best = (costs[-1], starts[-1], end)
    return best[1:] if best else None


def _is_noise(text: str, noise: Sequence[str]) -> bool:
    """Whether a line is nothing but one of the English captions."""
    if _small_print(text):
        return True
    said = _letters(text)
    return any(
        said == wanted or (len(wanted) >= _CHARACTERS_PER_ERROR and _near(wanted, said))
        for wanted in map(_letters, noise)
    )


def _small_print(text: str) -> bool:
    """Whether a line is mostly small Latin letters: values have none but in `kg` and `mm`."""
    small = sum(character.isascii() and character.islower() for character in text)
    unit = text.casefold().endswith(_UNITS) and any(character.isdigit() for character in text)
    return not unit and small > len(text) / 2


def _letters(text: str) -> str:
    return "".join(character for character in text.casefold() if character.isalnum())


def _near(wanted: str, said: str) -> bool:
    errors = max(1, len(wanted) // _CHARACTERS_PER_ERROR)
    if abs(len(said) - len(wanted)) > errors:
        return False
    return _approximate(wanted, said, errors) is not None
