"""The holder's photo: shapes that nobody could take for a person they know."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

from tests.generator import raster

if TYPE_CHECKING:
    import random

    from tests.generator.raster import Raster

_SKINS: Final = ("#e8c19a", "#d9a982", "#f0d0b0", "#c9966b", "#dcb88f")
_HAIRS: Final = ("#171310", "#2b221c", "#3d332c", "#5a5753")
_BACKS: Final = ("#f4f4f4", "#dfe9f2", "#ffffff", "#d8dadb", "#4f8fcc")


def draw(rng: random.Random, width: int, height: int) -> Raster:
    """A head and shoulders."""
    sheet = Image.new("RGB", (width, height), rng.choice(_BACKS))
    pen, skin, hair = ImageDraw.Draw(sheet), rng.choice(_SKINS), rng.choice(_HAIRS)
    middle, top = width * rng.uniform(0.46, 0.54), height * rng.uniform(0.12, 0.2)
    half, chin = width * rng.uniform(0.19, 0.25), height * rng.uniform(0.6, 0.68)
    if rng.random() < 0.4:
        pen.ellipse((middle - half * 1.4, top - 6, middle + half * 1.4, chin * 1.12), fill=hair)
    coat = tuple(int(part) for part in raster.shade(rng, 15, 140))
    pen.ellipse((width * 0.04, height * 0.72, width * 0.96, height * 1.5), fill=coat)
    pen.rectangle((middle - half * 0.4, chin * 0.9, middle + half * 0.4, height * 0.76), fill=skin)
    pen.ellipse((middle - half, top, middle + half, chin), fill=skin)
    pen.chord((middle - half * 1.08, top * 0.8, middle + half * 1.08, chin), 185, 355, fill=hair)
    eyes = top + (chin - top) * 0.5
    for side in (-1, 1):
        x = middle + side * half * 0.42
        pen.ellipse((x - half * 0.12, eyes - 3, x + half * 0.12, eyes + 3), fill="#2a201b")
    pen.line((middle, eyes + 8, middle, eyes + 26), fill="#a97b58", width=3)
    mouth = top + (chin - top) * 0.8
    pen.line((middle - half * 0.3, mouth, middle + half * 0.3, mouth), fill="#b0605a", width=4)
    return np.asarray(sheet.filter(ImageFilter.GaussianBlur(rng.uniform(0.8, 3))), np.float32)
