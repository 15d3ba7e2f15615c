"""The camera: a sheet on a surface, seen as well as the level allows, and written as JPEG."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import cv2
import numpy as np

from tests.generator import light, raster, surface
from tests.generator.sheet import SCALE, Page, Sheet, shift

if TYPE_CHECKING:
    import random
    from collections.abc import Mapping

    import numpy.typing as npt

    from tests.generator.raster import Raster
    from tests.generator.tables import Part

QUALITY: Final = 80
"""At which Telegram writes the photos people send."""

_FRAMES: Final = ((960, 1280), (960, 1280), (720, 1280), (848, 1280))


@dataclass(frozen=True, slots=True)
class Level:
    """How good photos are.

    Attributes:
        scale: least and most pixels to a millimetre.
        tilt: most degrees off the level.
        turned: share of photos on their side or head.
        bend: most of perspective, in parts of the breadth.
        shadow, glare, blur, shake, moire, twice: how often; `twice` is written as JPEG before.
        noise: least and most.
        gain: least and most brightness.
    """

    scale: tuple[float, float]
    tilt: float
    turned: float
    bend: float
    shadow: float = 0
    glare: float = 0
    blur: float = 0
    shake: float = 0
    moire: float = 0
    twice: float = 0
    noise: tuple[float, float] = (0, 1)
    gain: tuple[float, float] = (1, 1)


LEVELS: Final[Mapping[str, Level]] = {
    "clean": Level((10, 13.9), 1, 0, 0),
    "good": Level((7.6, 13.4), 9, 0.12, 0.05, 0.3, 0.2, 0.33, 0, 0.04, 0, (1, 3), (0.75, 1.05)),
    "hard": Level((6.5, 11), 20, 0.5, 0.08, 0.66, 0.8, 0.7, 0.35, 0.3, 0.4, (2, 5.5), (0.5, 1.05)),
}


@dataclass(frozen=True, slots=True)
class Photo:
    """A photo and what is known of it.

    Attributes:
        pages: in the photo's pixels.
        known: how it was taken, for the truth.
    """

    pixels: Raster
    pages: tuple[Page, ...]
    known: dict[str, object]


def scan(rng: random.Random, sheet: Sheet, scale: float | None = None) -> Photo:
    """As a flat scanner sees it, a little askew on white."""
    level = LEVELS["clean"]
    scale = (rng.uniform(*level.scale) if scale is None else scale) / SCALE
    angle = rng.uniform(-level.tilt, level.tilt) if rng.random() < 0.7 else 0.0
    edge = rng.uniform(4, 60)
    matrix = _turned(sheet, angle, scale)
    corners = raster.moved(_outline(sheet), matrix)
    matrix = shift(*(edge - corners.min(0))) @ matrix
    width, height = (int(side + 2 * edge) for side in corners.max(0) - corners.min(0))
    white = rng.uniform(232, 254)
    ground = raster.plain(height, width, (white, white, white))
    pixels = _lie(ground, sheet, matrix, scale, 0.25)
    pages = tuple(page.through(matrix) for page in sheet.pages)
    known: dict[str, object] = {
        "rot": 0,
        "ang": round(angle, 1),
        "eff": [],
        "q": rng.randrange(84, 93),
    }
    return Photo(light.grain(rng, pixels, rng.uniform(0, 1.2)), pages, known)


def photograph(rng: random.Random, part: Part, sheet: Sheet, level: Level) -> Photo:
    """As somebody's phone sees it."""
    turned = rng.choice((90, 180, 270)) if rng.random() < level.turned else 0
    angle = rng.uniform(-level.tilt, level.tilt)
    upright = (turned in {90, 270}) == (sheet.size[0] < sheet.size[1])
    frame = rng.choice(_FRAMES)
    height, width = frame[::-1] if upright != (rng.random() < 0.15) else frame
    matrix, scale = _posed(rng, sheet, level, turned + angle, (width, height))
    corners = raster.moved(_outline(sheet), matrix)
    pixels = _lie(
        surface.draw(rng, part, height, width), sheet, matrix, scale, rng.uniform(0.2, 0.6)
    )
    if rng.random() < 0.25:
        pixels = _held(rng, pixels, corners)
    pixels, effects = _taken(rng, pixels, corners, level)
    pages = tuple(page.through(matrix) for page in sheet.pages)
    known: dict[str, object] = {"rot": turned, "ang": round(angle, 1), "eff": effects, "q": QUALITY}
    return Photo(pixels, pages, known)


def _posed(
    rng: random.Random, sheet: Sheet, level: Level, angle: float, frame: tuple[int, int]
) -> tuple[npt.NDArray[np.float64], float]:
    """Where in a frame so wide and high, and how large: in parts of the sheet's own pixels."""
    outline = _outline(sheet)
    bent = outline + np.array(
        [
            [rng.uniform(0, level.bend) * sheet.size[1] * s for s in sign]
            for sign in ((1, 1), (-1, 1), (-1, -1), (1, -1))
        ]
    )
    matrix = np.asarray(cv2.getPerspectiveTransform(outline, bent.astype(np.float32)), np.float64)
    matrix = _turned(sheet, angle, 1) @ matrix
    corners = raster.moved(outline, matrix)
    room = np.array(frame) / (corners.max(0) - corners.min(0))
    scale = min(rng.uniform(*level.scale) / SCALE, float(room.min()) * 0.985)
    matrix = np.diag((scale, scale, 1)) @ matrix
    corners = raster.moved(outline, matrix)
    free = np.array(frame) - (corners.max(0) - corners.min(0))
    place = free * np.array((rng.uniform(0.03, 0.97), rng.uniform(0.03, 0.97)))
    return shift(*(place - corners.min(0))) @ matrix, scale


def _lie(
    ground: Raster, sheet: Sheet, matrix: npt.NDArray[np.float64], scale: float, dark: float
) -> Raster:
    """The sheet on the ground, with the shadow of its edge.

    It is made smaller before it is seen at a slant, or its fine lines would break into steps.
    """
    height, width = ground.shape[:2]
    small = [max(round(side * min(scale * 1.4, 1)), 8) for side in sheet.size]
    whole = np.diag((sheet.size[1] / small[1], sheet.size[0] / small[0], 1)).astype(np.float64)
    seen = raster.warped(raster.resized(sheet.pixels, *small), matrix @ whole, height, width)
    mask = raster.warped(raster.resized(sheet.mask, *small), matrix @ whole, height, width).clip(
        0, 1
    )
    cast = raster.blurred(mask, 7)
    ground = ground * (1 - dark * np.maximum(cast - mask, 0))[..., None]
    return np.clip(raster.over(ground, seen, mask), 0, 255)


def _held(rng: random.Random, pixels: Raster, corners: Raster) -> Raster:
    """A thumb over the left or the lower edge, where no value is printed."""
    height, width = pixels.shape[:2]
    start, end = (corners[3], corners[0]) if rng.random() < 0.6 else (corners[2], corners[3])
    edge = end - start
    long = float(np.linalg.norm(corners[1] - corners[0]))
    inward = np.array((-edge[1], edge[0])) / np.linalg.norm(edge)
    tip = start + edge * rng.uniform(0.25, 0.6) + inward * long * rng.uniform(0.005, 0.03)
    root = tip - inward * long * 0.5 + edge * rng.uniform(-0.3, 0.3)
    skin = rng.choice(((226, 178, 146), (198, 148, 116), (238, 196, 168)))
    mask = np.zeros((height, width), np.float32)
    thick = round(long * 0.13)
    back = (tip - root) / np.linalg.norm(tip - root) * thick / 2
    points = [tuple(int(v) for v in np.round(one)) for one in (root, tip - back)]
    cv2.line(mask, points[0], points[1], 1, thick, cv2.LINE_AA)
    nail = np.zeros((height, width), np.float32)
    turn = math.degrees(math.atan2(back[1], back[0]))
    cv2.ellipse(nail, points[1], (thick // 3, thick // 4), turn, 0, 360, 1, -1, cv2.LINE_AA)
    round_off = np.clip(raster.blurred(mask, thick / 6) * 1.3 - 0.3, 0, 1)[..., None]
    pixels = pixels * (1 - 0.35 * np.maximum(raster.blurred(mask, 9) - mask, 0))[..., None]
    finger = raster.plain(height, width, skin) * (0.55 + 0.45 * round_off)
    return raster.over(
        raster.over(pixels, finger.astype(np.float32), mask),
        (244, 208, 190),
        raster.blurred(nail, 2) * 0.6,
    )


def _taken(
    rng: random.Random, pixels: Raster, corners: Raster, level: Level
) -> tuple[Raster, list[str]]:
    """All effects of a level, in the order in which light meets them."""
    effects: list[str] = []

    def happens(name: str, share: float) -> bool:
        if rng.random() >= share:
            return False
        effects.append(name)
        return True

    bad = min(level.noise[0] / LEVELS["hard"].noise[0], 1)
    pixels = light.uneven(rng, pixels, 0.15 + 0.25 * bad) * rng.uniform(*level.gain)
    if happens("shadow", level.shadow):
        pixels = light.shadow(rng, pixels, rng.uniform(0.75 - 0.25 * bad, 0.9 - 0.1 * bad))
    if happens("glare", level.glare):
        for _ in range(rng.choice((1, 1, 2))):
            size = rng.uniform(0.02, 0.035 + 0.02 * bad)
            pixels = light.glare(rng, pixels, corners, size, rng.uniform(0.6, 1 + 0.6 * bad))
    if happens("moire", level.moire):
        pixels = light.moire(rng, pixels, rng.uniform(0.015, 0.03 + 0.02 * bad))
    if happens("blur", level.blur):
        pixels = light.defocused(pixels, rng.uniform(0.5, 0.8 + 0.35 * bad))
    if happens("motion", level.shake):
        pixels = light.shaken(rng, pixels, rng.uniform(2, 4.5))
    pixels = light.grain(rng, pixels, rng.uniform(*level.noise))
    if happens("twice", level.twice):
        pixels = decoded(encoded(pixels, rng.randrange(55, 80)))
    return pixels, effects


def encoded(pixels: Raster, quality: int) -> bytes:
    """As JPEG."""
    image = np.clip(pixels + 0.5, 0, 255).astype(np.uint8)[..., ::-1]
    return bytes(cv2.imencode(".jpg", image, [cv2.IMWRITE_JPEG_QUALITY, quality])[1])


def decoded(jpeg: bytes) -> Raster:
    """A JPEG as a picture again."""
    image = cv2.imdecode(np.frombuffer(jpeg, np.uint8), cv2.IMREAD_COLOR)
    return np.asarray(image, np.float32)[..., ::-1]


def _outline(sheet: Sheet) -> Raster:
    height, width = sheet.size
    return np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)


def _turned(sheet: Sheet, angle: float, scale: float) -> npt.NDArray[np.float64]:
    """Clockwise about the middle."""
    middle = (sheet.size[1] / 2, sheet.size[0] / 2)
    return np.vstack((cv2.getRotationMatrix2D(middle, -angle, scale), (0, 0, 1)))
