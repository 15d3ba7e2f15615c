"""What a card lies on, and what lies about on it."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

import cv2
import numpy as np

from tests.generator import printer, raster
from tests.generator.tables import words

if TYPE_CHECKING:
    import random
    from collections.abc import Callable, Mapping

    from tests.generator.raster import Raster
    from tests.generator.tables import Part


def draw(rng: random.Random, part: Part, height: int, width: int) -> Raster:
    """Any surface of the part, cluttered in half of all photos."""
    ground = rng.choice(_SURFACES[part])(rng, part, height, width)
    for _ in range(rng.choice((0, 0, 1, 2, 3))):
        ground = rng.choice((_sheet, _sheet, _pen, _disc))(rng, part, ground)
    return np.clip(ground, 0, 255)


def _desk(rng: random.Random, _part: Part, height: int, width: int) -> Raster:
    base = raster.plain(height, width, raster.shade(rng, 40, 230))
    return base * (0.8 + 0.4 * raster.cloud(rng, height, width, rng.uniform(60, 500)))[..., None]


def _cloth(rng: random.Random, part: Part, height: int, width: int) -> Raster:
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    pitch = rng.uniform(3, 8)
    weave = 1 + 0.12 * np.sin(x * (6.28 / pitch)) * np.sin(y * (6.28 / pitch))
    return np.asarray(_desk(rng, part, height, width) * weave[..., None], np.float32)


def _stripes(rng: random.Random, part: Part, height: int, width: int) -> Raster:
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    angle = rng.uniform(0, 3.14)
    bent = x * math.cos(angle) + y * math.sin(angle) + 30 * raster.cloud(rng, height, width, 200)
    bands = (np.sin(bent / rng.uniform(4, 25)) > rng.uniform(-0.5, 0.5)).astype(np.float32)
    return raster.over(_desk(rng, part, height, width), raster.shade(rng, 30, 220), bands * 0.5)


def _wood(rng: random.Random, _part: Part, height: int, width: int) -> Raster:
    grain = raster.cloud(rng, height, width, width / 2, rng.uniform(3, 9))
    rings = 0.5 + 0.5 * np.sin(raster.cloud(rng, height, width, width / 2, 60) * 40)
    red = rng.uniform(120, 210)
    base = raster.plain(height, width, (red, red * 0.72, red * 0.45))
    planks = 1 - 0.5 * (np.arange(height) % rng.randrange(140, 400) < 3)
    return np.asarray(
        base * (0.7 + 0.25 * grain + 0.15 * rings)[..., None] * planks[:, None, None], np.float32
    )


def _paper(rng: random.Random, part: Part, height: int, width: int) -> Raster:
    page = raster.plain(height, width, (244, 243, 238))
    return raster.over(
        page, (40, 40, 45), printed(rng, part, height, width, rng.uniform(14, 30)) * 0.8
    )


def _newspaper(rng: random.Random, part: Part, height: int, width: int) -> Raster:
    page = raster.plain(height, width, (214, 210, 198))
    half = width // 2
    text = np.zeros((height, width), np.float32)
    for x in (0, half):
        text[:, x : x + half - 20] = printed(rng, part, height, half - 20, rng.uniform(11, 17))
    text[: height // 8] = 0
    return raster.over(page, (50, 50, 50), text * 0.85)


def _tiles(rng: random.Random, _part: Part, height: int, width: int) -> Raster:
    side = rng.randrange(120, 320)
    y, x = np.mgrid[0:height, 0:width]
    joint = ((y % side < 5) | (x % side < 5)).astype(np.float32)
    stone = raster.plain(height, width, raster.shade(rng, 150, 230))
    stone = stone * (0.85 + 0.25 * raster.cloud(rng, height, width, 25))[..., None]
    return raster.over(stone, raster.shade(rng, 60, 130), joint)


def _leather(rng: random.Random, _part: Part, height: int, width: int) -> Raster:
    base = raster.plain(height, width, raster.shade(rng, 20, 90))
    pores = 0.7 + 0.7 * raster.cloud(rng, height, width, 7) * raster.cloud(rng, height, width, 400)
    hide = base * pores[..., None]
    seam = rng.randrange(40, max(width - 40, 41))
    for y in range(0, height, 22):
        cv2.line(hide, (seam, y), (seam + 3, y + 13), (205, 200, 185), 4, cv2.LINE_AA)
    return hide


def _carpet(rng: random.Random, part: Part, height: int, width: int) -> Raster:
    pile = raster.blurred(raster.noise(rng, height, width), 1.3)
    return np.asarray(_desk(rng, part, height, width) * (1 + pile * 0.6)[..., None], np.float32)


def _wheel(rng: random.Random, _part: Part, height: int, width: int) -> Raster:
    """A steering wheel before a dark dashboard."""
    scene = raster.plain(height, width, raster.shade(rng, 35, 75))
    scene = scene * (0.6 + 0.7 * raster.cloud(rng, height, width, 350, 120))[..., None]
    middle = (round(width * rng.uniform(0.2, 0.8)), round(height * rng.uniform(0.5, 1.1)))
    radius = round(min(height, width) * rng.uniform(0.5, 0.75))
    for spoke in (0, 120, 240):
        angle = math.radians(spoke + 30)
        end = (
            round(middle[0] + radius * math.cos(angle)),
            round(middle[1] + radius * math.sin(angle)),
        )
        cv2.line(scene, middle, end, (40, 40, 42), radius // 5, cv2.LINE_AA)
    cv2.circle(scene, middle, radius, (22, 22, 24), radius // 6, cv2.LINE_AA)
    cv2.circle(scene, middle, radius - radius // 30, (66, 66, 70), radius // 40, cv2.LINE_AA)
    cv2.circle(scene, middle, radius // 3, (32, 32, 34), -1, cv2.LINE_AA)
    cv2.circle(scene, middle, radius // 9, (150, 152, 155), -1, cv2.LINE_AA)
    return scene


def printed(rng: random.Random, part: Part, height: int, width: int, size: float) -> Raster:
    """The mask of a page of words that mean little."""
    stock = [
        *words("firms", part),
        *words("roads", part),
        *words("estates", part),
        "的",
        "和",
        "，",
        "。",
        "2024",
    ]
    hand = printer.choose(rng, part, "".join(stock))
    mask = np.zeros((height, width), np.float32)
    for y in range(round(size), height - round(size * 2), round(size * 1.7)):
        text = "".join(
            rng.choice(stock) for _ in range(rng.randrange(2, 3 + round(width / size / 3)))
        )
        line = hand.line(text, size)[: height - y, : width - 8]
        mask[y : y + line.shape[0], 4 : 4 + line.shape[1]] = line
    return mask


def _sheet(rng: random.Random, part: Part, ground: Raster) -> Raster:
    """A piece of paper in some colour, mostly with words on it."""
    height, width = ground.shape[:2]
    high, wide = round(height * rng.uniform(0.15, 0.6)), round(width * rng.uniform(0.15, 0.6))
    note = raster.plain(high, wide, raster.shade(rng, 30, 250))
    if rng.random() < 0.6:
        note = raster.over(
            note, raster.shade(rng, 0, 120), printed(rng, part, high, wide, rng.uniform(16, 34))
        )
    turn = np.vstack((cv2.getRotationMatrix2D((0, 0), rng.uniform(-40, 40), 1), (0, 0, 1)))
    turn[:2, 2] += rng.uniform(-0.1, 0.9) * width, rng.uniform(-0.1, 0.9) * height
    mask = raster.warped(np.ones((high, wide), np.float32), turn, height, width).clip(0, 1)
    return raster.over(ground, raster.warped(note, turn, height, width), mask)


def _pen(rng: random.Random, _part: Part, ground: Raster) -> Raster:
    height, width = ground.shape[:2]
    ends = [(rng.randrange(width), rng.randrange(height)) for _ in range(2)]
    cv2.line(
        ground, ends[0], ends[1], raster.shade(rng, 10, 220), rng.randrange(9, 24), cv2.LINE_AA
    )
    return ground


def _disc(rng: random.Random, _part: Part, ground: Raster) -> Raster:
    """A cup, a coin, the ring of keys."""
    height, width = ground.shape[:2]
    middle, radius = (rng.randrange(width), rng.randrange(height)), rng.randrange(20, 160)
    cv2.circle(ground, middle, radius, raster.shade(rng, 60, 240), -1, cv2.LINE_AA)
    cv2.circle(
        ground,
        middle,
        round(radius * 0.8),
        raster.shade(rng, 20, 200),
        rng.choice((-1, 6)),
        cv2.LINE_AA,
    )
    return ground


_SURFACES: Final[Mapping[str, tuple[Callable[[random.Random, Part, int, int], Raster], ...]]] = {
    "seen": (_desk, _desk, _cloth, _cloth, _stripes, _paper, _wood, _wood),
    "unseen": (_tiles, _tiles, _leather, _leather, _wheel, _wheel, _carpet, _carpet, _newspaper),
}
