"""The back page's bar code: Code 39 or Code 128."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final

import numpy as np

from tests.generator.tables import table

if TYPE_CHECKING:
    import random

    from tests.generator.raster import Raster

_START_C: Final = 105
_TO_B: Final = 100


def draw(rng: random.Random, digits: str, width: int, height: int) -> Raster:
    """The mask of the bars, ten modules of quiet on both sides."""
    widths = rng.choice((code39, code128))(digits)
    bars = np.repeat(np.arange(len(widths)) % 2 == 0, widths)
    quiet = np.zeros(6, bool)
    row = np.concatenate((quiet, bars, quiet)).astype(np.float32)
    places = (np.arange(width) * len(row) / width).astype(int)
    return np.tile(row[places], (height, 1))


def code39(digits: str) -> list[int]:
    """Widths of bars and spaces in turn."""
    signs = table("barcodes")["code39"]
    return [int(width) for sign in f"*{digits}*" for width in signs[sign] + "1"][:-1]


def code128(digits: str) -> list[int]:
    """The same, in pairs of digits; a last odd one in set B."""
    patterns = table("barcodes")["code128"].split()
    values = [int(digits[at : at + 2]) for at in range(0, len(digits) - 1, 2)]
    if len(digits) % 2:
        values += [_TO_B, ord(digits[-1]) - 32]
    check = (_START_C + sum(place * one for place, one in enumerate(values, 1))) % 103
    drawn = "211232" + "".join(_pattern(patterns, one) for one in (*values, check))
    return [int(width) for width in drawn + table("barcodes")["stop"]]


def _pattern(patterns: list[str], value: int) -> str:
    return patterns[value]


def runs(row: Raster) -> list[int]:
    """Lengths of what is alike in a row: for tests."""
    edges = np.flatnonzero(np.diff(row)) + 1
    return [b - a for a, b in pairwise([0, *edges.tolist(), len(row)])]
