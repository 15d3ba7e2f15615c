"""The red square seal: columns from right to left, ink that varies."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import cv2
import numpy as np
from PIL import Image, ImageDraw

from tests.generator import fonts, raster

if TYPE_CHECKING:
    import random

    from tests.generator.raster import Colour, Raster
    from tests.generator.tables import Part


def draw(rng: random.Random, part: Part, text: str, side: int) -> Raster:
    """The mask of a seal, `side` pixels wide and high, a little turned."""
    face = fonts.choose(rng, part, "seal", text)
    rows = math.ceil(math.sqrt(len(text) + 0.01))
    columns = math.ceil(len(text) / rows)
    sheet = Image.new("L", (side, side))
    pen = ImageDraw.Draw(sheet)
    frame = round(side * rng.uniform(0.012, 0.025))
    edge = frame + side * rng.uniform(0.01, 0.03)
    pen.rectangle((1, 1, side - 2, side - 2), outline=255, width=frame)
    across, down = (side - 2 * edge) / columns, (side - 2 * edge) / rows
    font = face.at(min(across, down) * rng.uniform(0.86, 1.0))
    for number, sign in enumerate(text):
        column, row = divmod(number, rows)
        place = (side - edge - (column + 0.5) * across, edge + (row + 0.5) * down)
        pen.text(place, sign, 255, font, anchor="mm")
    turn = cv2.getRotationMatrix2D((side / 2, side / 2), rng.gauss(0, 1.2), 0.985)
    mask = np.asarray(cv2.warpAffine(np.asarray(sheet), turn, (side, side)), np.float32) / 255
    worn = 1 - rng.uniform(0.05, 0.5) * raster.cloud(rng, side, side, rng.uniform(5, 40))
    return np.asarray(mask * worn * rng.uniform(0.7, 1), np.float32)


def ink(rng: random.Random) -> Colour:
    """Reds."""
    return rng.uniform(165, 225), rng.uniform(15, 70), rng.uniform(20, 75)
