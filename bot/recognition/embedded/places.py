"""Places whose names hold rare characters: 埇桥 must not become 埔桥, which does not exist.

The reader has seen few of these characters and prefers a common one of the same shape. Where all
but one character of a known name stand there, and the missing one is among the alternatives that
the reader itself saw, the known name is taken, with a confidence that asks for a second look.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.recognition.embedded.ctc import Glyph

KNOWN_NAME: Final = 0.6
"""The confidence of a character that a known name decided."""

_LEAST: Final = 3  # characters of a name: with less around it, anything could be meant


@cache
def names() -> tuple[str, ...]:
    """The names in `places.txt` that are long enough to be recognised by the rest."""
    text = files("bot.recognition.embedded").joinpath("places.txt").read_text("utf-8")
    lines = (line for line in text.splitlines() if not line.startswith("#"))
    return tuple(line for line in lines if len(line) >= _LEAST)


def settle(glyphs: Sequence[Glyph]) -> tuple[Glyph, ...]:
    """The glyphs of an address, known names in place of those that differ in one character."""
    settled = list(glyphs)
    for name in names():
        for start in range(len(settled) - len(name) + 1):
            wrong = [i for i, c in enumerate(name) if settled[start + i].text != c]
            if len(wrong) == 1 and name[wrong[0]] in dict(settled[start + wrong[0]].others):
                at = start + wrong[0]
                settled[at] = replace(settled[at], text=name[wrong[0]], probability=KNOWN_NAME)
    return tuple(settled)
