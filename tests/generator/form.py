"""What is on every page of a kind before anything is printed on it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np

from tests.generator import ground, portrait, printer, raster
from tests.generator.line import centred, line
from tests.generator.sheet import SCALE

if TYPE_CHECKING:
    import random
    from collections.abc import Mapping

    from tests.generator.fonts import Face
    from tests.generator.raster import Colour, Raster

WIDTH: Final = 88 * SCALE
HEIGHT: Final = 60 * SCALE
_INKS: Final[tuple[Colour, ...]] = (
    (20, 60, 85),
    (70, 60, 95),
    (30, 75, 60),
    (25, 25, 30),
    (45, 45, 55),
)
_ENGLISH: Final = 1.85  # mm: size of the English captions
_BELOW: Final = 2.95  # mm from a caption to its English


def draw(rng: random.Random, layout: Mapping[str, Any], face: Face, jitter: float) -> Raster:
    """Paper, title, captions, rules and the holder's photo."""
    sheet = ground.draw(rng, HEIGHT, WIDTH)
    mask = _captions(rng, layout, face, jitter)
    for y in layout.get("rules", ()) if rng.random() < 0.85 else ():
        row = round(y * SCALE)
        mask[row : row + 2, 3 * SCALE : -3 * SCALE] = rng.uniform(0.3, 0.6)
    sheet = raster.over(sheet, rng.choice(_INKS), mask * rng.uniform(0.8, 1))
    if "portrait" in layout:
        _portrait(rng, sheet, layout["portrait"])
    return sheet


def untitled(layout: Mapping[str, Any]) -> dict[str, Any]:
    """The same page printed without its title, and all of it higher."""
    rise = layout["untitled"]
    return {
        **{key: one for key, one in layout.items() if key != "title"},
        "captions": [[*words, y + rise] for *words, y in layout["captions"]],
        "values": [{**spec, "y": spec["y"] + rise} for spec in layout["values"]],
        "rules": [y + rise for y in layout["rules"]],
    }


def _captions(rng: random.Random, layout: Mapping[str, Any], face: Face, jitter: float) -> Raster:
    mask = np.zeros((HEIGHT, WIDTH), np.float32)
    plain = printer.plain(face)
    scale = rng.uniform(0.95, 1.04)
    for head in ("title", "english"):
        if head in layout:
            spec = layout[head]
            centred(plain, spec["text"], spec["size"] * scale, (44, spec["y"])).put(mask)
    for text, english, x, y in layout["captions"]:
        at = (x + rng.uniform(-jitter, jitter), y + rng.uniform(-jitter, jitter))
        line(plain, text, layout["size"] * scale, at).put(mask)
        if english:
            line(plain, english, _ENGLISH * scale, (at[0], at[1] + _BELOW)).put(mask)
    return mask


def _portrait(rng: random.Random, sheet: Raster, spec: Mapping[str, float]) -> None:
    x, y = (round((spec[key] + rng.uniform(-0.5, 0.5)) * SCALE) for key in ("x", "y"))
    width, height = round(spec["width"] * SCALE), round(spec["height"] * SCALE)
    sheet[y : y + height, x : x + width] = portrait.draw(rng, width, height)
