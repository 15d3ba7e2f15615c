"""The back page's bar code: Code 39 or Code 128."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from tests.generator import raster
from tests.generator.tables import table

if TYPE_CHECKING:
    import random

    from tests.generator.raster import Raster

_START_C: Final = 105
_TO_B: Final = 100
_FINE: Final = 24  # a module in parts, before the bars are brought to their breadth


def draw(rng: random.Random, digits: str, width: int, height: int) -> Raster:
    """The mask of the bars, six modules of quiet on both sides."""
    widths = rng.choice((code39, code128, code128))(digits)
    bars = np.repeat(np.arange(len(widths)) % 2 == 0, widths)
    quiet = np.zeros(6, bool)
    row = np.concatenate((quiet, bars, quiet)).astype(np.float32)
    fine = np.repeat(row, _FINE)[None]
    return np.tile(raster.resized(fine, 1, width), (height, 1))


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
    drawn = "211232" + "".join(patterns[one] for one in (*values, check))
    return [int(width) for width in drawn + table("barcodes")["stop"]]
