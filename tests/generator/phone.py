"""Screens: a phone that shows a photo in a talk or in its gallery, and a monitor."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import cv2
import numpy as np

from tests.generator import printer, raster
from tests.generator.sheet import Sheet, shift

if TYPE_CHECKING:
    import random

    from tests.generator.camera import Photo
    from tests.generator.raster import Colour, Raster
    from tests.generator.tables import Part

_LONG = 1280


def screen_shot(rng: random.Random, part: Part, photo: Photo) -> Photo:
    """The photo as a phone shows it; Telegram makes the long side 1280 pixels."""
    across = rng.random() < 0.3
    short = rng.choice((576, 590, 640, 720))
    width, height = (_LONG, short) if across else (short, _LONG)
    photo = _cropped(rng, photo)
    gallery = across or rng.random() < 0.6
    bar = 0 if across else round(height * rng.uniform(0.045, 0.07))
    high, wide = photo.pixels.shape[:2]
    room = (width, height - bar) if gallery else (width * 0.86, height * 0.6)
    scale = min(room[0] / wide, room[1] / high)
    small = raster.resized(photo.pixels, round(high * scale), round(wide * scale))
    dark = gallery and rng.random() < 0.8
    grey = rng.uniform(0, 25) if dark else rng.uniform(235, 250)
    screen = raster.plain(height, width, (grey, grey, grey))
    x = (width - small.shape[1]) // 2 if gallery else round(width * 0.12)
    y = bar + round((height - bar - small.shape[0]) * (0.5 if gallery else rng.uniform(0.1, 0.8)))
    screen[y : y + small.shape[0], x : x + small.shape[1]] = small
    screen = _status(rng, part, screen, bar, (220, 220, 220) if dark else (30, 30, 30))
    matrix = shift(x, y) @ np.diag((scale, scale, 1))
    pages = tuple(page.through(matrix) for page in photo.pages)
    return replace(photo, pixels=screen, pages=pages)


def monitor(rng: random.Random, sheet: Sheet) -> Sheet:
    """The sheet in a window on a monitor, made of red, green and blue stripes."""
    height, width = sheet.size
    edge, title = round(width * rng.uniform(0.02, 0.07)), round(height * 0.07)
    whole = raster.plain(height + 2 * edge + title, width + 2 * edge, raster.shade(rng, 20, 235))
    whole[:title] = rng.choice((235, 60))
    whole[title + edge : title + edge + height, edge : edge + width] = raster.over(
        whole[title + edge : title + edge + height, edge : edge + width], sheet.pixels, sheet.mask
    )
    pitch = rng.choice((3, 4, 6))
    y, x = np.mgrid[0 : whole.shape[0], 0 : whole.shape[1]]
    stripes = np.stack([(x % pitch * 3 // pitch == part) for part in range(3)], -1) * 0.35 + 0.8
    lit = whole * stripes * (1 - 0.25 * (y % pitch == 0))[..., None]
    lit = np.clip(lit * (0.92, 0.98, 1.08) + 8, 0, 255).astype(np.float32)
    pages = tuple(page.through(shift(edge, edge + title)) for page in sheet.pages)
    return Sheet(lit, np.ones(lit.shape[:2], np.float32), pages)


def _cropped(rng: random.Random, photo: Photo) -> Photo:
    """As people crop: to the card and a little more."""
    high, wide = photo.pixels.shape[:2]
    corners = np.vstack([page.corners for page in photo.pages])
    margin = rng.uniform(0.02, 0.12) * wide
    left, top = (max(int(one), 0) for one in corners.min(0) - margin)
    right, bottom = (int(one) for one in np.minimum(corners.max(0) + margin, (wide, high)))
    pages = tuple(page.through(shift(-left, -top)) for page in photo.pages)
    return replace(photo, pixels=photo.pixels[top:bottom, left:right], pages=pages)


def _status(rng: random.Random, part: Part, screen: Raster, bar: int, colour: Colour) -> Raster:
    """Clock, name of the net and battery."""
    height, width = screen.shape[:2]
    if not bar:
        return screen
    mask = np.zeros((height, width), np.float32)
    hand = printer.choose(rng, part, "中国移动")
    for text, x in (
        (f"{rng.randrange(24)}:{rng.randrange(60):02d}", 24),
        (rng.choice(("5G", "4G", "中国移动")), width - 190),
    ):
        line = hand.line(text, bar * 0.42)[:bar]
        mask[: line.shape[0], x : x + line.shape[1]] = line[:, : width - x]
    top = bar // 3
    cv2.rectangle(mask, (width - 66, top), (width - 24, top + bar // 3), 1, 2)
    cv2.rectangle(
        mask, (width - 62, top + 4), (width - rng.randrange(32, 56), top + bar // 3 - 4), 1, -1
    )
    return raster.over(screen, colour, mask)
