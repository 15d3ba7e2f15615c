"""How likely a value is right: signs about a reading -> a probability.

A logistic regression over a few signs that a person would look for too. Its coefficients are data,
in `trust.toml`, fitted on drawn photos by `tests/benchmarks/calibration.py`, and say by how much a
sign raises or lowers the logarithm of the odds.
"""

from __future__ import annotations

import math
import tomllib
from dataclasses import replace
from functools import cache
from importlib.resources import files
from statistics import median
from typing import TYPE_CHECKING, Final

from bot.recognition.embedded import confidence, geometry, ink
from bot.recognition.embedded.normalisation import DASHES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from bot.recognition.embedded.fields import Reading
    from bot.recognition.embedded.geometry import Pixels

HIGHEST: Final = 0.999
"""No value is certain."""

MISFORMED: Final = 0.3
"""The most that a value without the form of its kind can have, however clearly it was seen."""

_FLOOR: Final = 1e-4  # of a doubt; the reader's own is often nil
_UNREAD: Final = 0.02  # doubt of what was seen but not by the reader
_HOLE: Final = 0.42  # heights of further white from which a character was lost
_PLAIN: Final = 24.0  # pixels of height from which print is large enough
_TALLIES: Final = 3  # further readings that count at most
_PUNCTUAL: Final = 0.8  # mm behind its place at which a value may begin
_LATEST: Final = 6.0
_FAINT: Final = 1e-3  # probability of an alternative, below which it is not known
_SECOND_HALF: Final = 0xD8  # first byte of GB 2312 from which ideographs are rare
_SPACED: Final = frozenset({"remarks", "engine"})  # blanks belong to these kinds
_WORDS: Final = frozenset({"name", "owner", "address"})  # any ideograph is possible in these


def weigh(pixels: Pixels, readings: Iterable[Reading]) -> tuple[Reading, ...]:
    """The readings with the probability that they are right as their confidence."""
    return tuple(replace(one, confidence=of(one, signs(pixels, one))) for one in readings)


def of(reading: Reading, seen: Mapping[str, float]) -> float:
    """The probability, 0…1; little where the form is wrong or it was concluded."""
    weights = coefficients()
    odds = weights["constant"] + sum(weights[name] * value for name, value in seen.items())
    likely = min(1 / (1 + math.exp(-odds)), HIGHEST)
    if not confidence.formed(reading.kind, reading.value):
        likely = min(likely, MISFORMED)
    return min(likely, confidence.DERIVED) if reading.derived else likely


@cache
def coefficients() -> Mapping[str, float]:
    """What each sign is worth, by its name."""
    text = files("bot.recognition.embedded").joinpath("trust.toml").read_text("utf-8")
    return {name: float(value) for name, value in tomllib.loads(text).items()}


def signs(pixels: Pixels, reading: Reading) -> dict[str, float]:
    """What speaks for and against a reading.

    - `doubt`: what the reader doubts in all characters, as a decimal logarithm;
    - `least`: the same for its least sure character;
    - `misform`, `checked`: 1 where the form is wrong; where a check character is right;
    - `gap`: 1 where characters stand so far apart that one was probably lost;
    - `glare`: how much lighter the paper is somewhere;
    - `small`: how much smaller than plain the print is;
    - `differing`: further readings that said something else;
    - `open_end`: 1 for an address that begins with no province or ends within a number;
    - `words`, `model`: 1 for kinds in which every character counts and nothing tells a wrong one;
    - `dashes`: 1 for dashes; `unread`: 1 for what was seen, but not by the reader;
    - `late`: by how many millimetres a value begins too far behind its place;
    - `rare`: how near a rare character comes to being read instead of a common one.
    """
    kind, value = reading.kind, reading.value
    white = 0.0 if kind in _SPACED else _widest(reading)
    doubts = [
        1 - glyph.probability
        for line in reading.lines
        for glyph in line.glyphs
        if glyph.text.strip()
    ]
    doubts = doubts or [_UNREAD]
    return {
        "doubt": math.log10(sum(doubts) + _FLOOR),
        "least": math.log10(max(doubts) + _FLOOR),
        "misform": float(not confidence.well_formed(kind, value)),
        "checked": float(confidence.checked(kind, value)),
        "gap": float(reading.gap or white > _HOLE),
        "glare": max(ink.glare(pixels, line.quad) for line in reading.lines),
        "small": max(0.0, 1 - min(geometry.height(q.quad) for q in reading.lines) / _PLAIN),
        "differing": float(min(reading.differing, _TALLIES)),
        "open_end": float(kind == "address" and not confidence.rooted(value)),
        "words": float(kind in _WORDS),
        "model": float(kind == "model"),
        "dashes": float(value == DASHES),
        "unread": float(not any(line.glyphs for line in reading.lines)),
        "late": min(max(reading.late - _PUNCTUAL, 0.0), _LATEST),
        "rare": _rare(reading) if kind in _WORDS else 0.0,
    }


def _rare(reading: Reading) -> float:
    """0…1, by the likeliest alternative that is rarer than what was read; on a scale of logarithms.

    GB 2312 has the usual ideographs in its first half, other ones in its second.
    """
    rarer = [
        likely
        for line in reading.lines
        for glyph in line.glyphs
        for text, likely in glyph.others
        if _is_rare(text) and not _is_rare(glyph.text)
    ]
    return min(max(math.log10(max(rarer, default=_FAINT)) / 3 + 1, 0.0), 1.0)


def _is_rare(text: str) -> bool:
    code = text.encode("gb2312", "replace")
    return text >= "㐀" and (len(code) == 1 or code[0] >= _SECOND_HALF)


def _widest(reading: Reading) -> float:
    """Heights of white between two characters, beyond what is usual in that line."""
    widest = 0.0
    for line in reading.lines:
        whites = [glyph.white for glyph in line.glyphs[1:]]
        if whites:
            widest = max(widest, max(whites) - median(whites))
    return min(widest, 1.0)
