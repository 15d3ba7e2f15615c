"""Pictures of things that are no paper at all."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import cv2
import numpy as np

from tests.generator import identifier, person, printer, raster, surface

if TYPE_CHECKING:
    import random
    from collections.abc import Callable, Mapping

    from tests.generator.raster import Colour, Raster
    from tests.generator.tables import Part

_HEIGHT: Final = 960
_WIDTH: Final = 1280
_WHITE: Final = (245.0, 245.0, 245.0)
_BLACK: Final = (25.0, 25.0, 25.0)


@dataclass(frozen=True, slots=True)
class _Words:
    """Words that begin at a place, in the middle of their height."""

    text: str
    x: int
    y: int
    size: float
    colour: Colour


def subjects() -> list[str]:
    """What can be drawn."""
    return list(_SCENES)


def draw(rng: random.Random, part: Part, subject: str) -> Raster:
    """One picture."""
    return np.clip(_SCENES[subject](rng, part), 0, 255)


def _outdoors(rng: random.Random) -> Raster:
    """Sky above, road below."""
    scene = raster.plain(_HEIGHT, _WIDTH, (150, 190, 230))
    scene += raster.cloud(rng, _HEIGHT, _WIDTH, 300, 90)[..., None] * 60
    line = rng.randrange(480, 640)
    scene[line:] = raster.shade(rng, 90, 120)
    scene[line:] *= (0.85 + 0.3 * raster.cloud(rng, _HEIGHT - line, _WIDTH, 9))[..., None]
    for x in range(0, _WIDTH, 190):
        high = rng.randrange(60, 400)
        cv2.rectangle(
            scene,
            (x, line - high),
            (x + rng.randrange(90, 200), line),
            raster.shade(rng, 90, 200),
            -1,
        )
    return scene


def _car(rng: random.Random, part: Part) -> Raster:
    scene, paint = _outdoors(rng), raster.shade(rng, 30, 230)
    body = np.array(
        [
            [200, 620],
            [250, 520],
            [430, 490],
            [540, 380],
            [840, 380],
            [960, 490],
            [1090, 520],
            [1110, 640],
        ]
    )
    cv2.fillPoly(scene, [np.vstack((body, [[1110, 720], [200, 720]]))], paint, cv2.LINE_AA)
    cv2.fillPoly(
        scene,
        [np.array([[470, 490], [560, 400], [680, 400], [680, 490]])],
        (60, 75, 90),
        cv2.LINE_AA,
    )
    cv2.fillPoly(
        scene,
        [np.array([[700, 490], [700, 400], [820, 400], [910, 490]])],
        (60, 75, 90),
        cv2.LINE_AA,
    )
    for x in (380, 930):
        cv2.circle(scene, (x, 720), 88, (25, 25, 26), -1, cv2.LINE_AA)
        cv2.circle(scene, (x, 720), 48, (165, 168, 172), -1, cv2.LINE_AA)
    cv2.rectangle(scene, (560, 640), (760, 700), (30, 70, 170), -1)
    plate = identifier.plate(rng, person.somewhere(rng, part), "car", "")
    return _say(rng, part, scene, _Words(plate, 570, 668, 40, _WHITE))


def _road_sign(rng: random.Random, part: Part) -> Raster:
    scene = _outdoors(rng)
    cv2.rectangle(scene, (600, 400), (640, 900), (140, 142, 145), -1)
    cv2.rectangle(scene, (220, 120), (1060, 520), rng.choice(((20, 90, 190), (20, 130, 70))), -1)
    cv2.rectangle(scene, (232, 132), (1048, 508), (245, 245, 245), 5)
    place = person.somewhere(rng, part)
    near = _Words(f"{place.county} {rng.randrange(2, 90)}km", 300, 230, 80, _WHITE)
    far = _Words(f"{place.city or place.province} 下一出口", 300, 390, 80, _WHITE)
    return _say(rng, part, _say(rng, part, scene, near), far)


def _blank(rng: random.Random, _part: Part) -> Raster:
    white = rng.uniform(170, 245)
    paper = raster.plain(_HEIGHT, _WIDTH, (white, white, white - 4))
    return paper * (0.85 + 0.25 * raster.cloud(rng, _HEIGHT, _WIDTH, 700))[..., None]


def _cat(rng: random.Random, part: Part) -> Raster:
    scene, fur = surface.draw(rng, part, _HEIGHT, _WIDTH), raster.shade(rng, 60, 220)
    cv2.ellipse(scene, (640, 720), (300, 260), 0, 0, 360, fur, -1, cv2.LINE_AA)
    cv2.circle(scene, (640, 400), 200, fur, -1, cv2.LINE_AA)
    for side in (-1, 1):
        ear = np.array([[640 + side * 190, 380], [640 + side * 170, 150], [640 + side * 50, 230]])
        cv2.fillPoly(scene, [ear], fur, cv2.LINE_AA)
        cv2.ellipse(
            scene, (640 + side * 80, 370), (34, 44), 0, 0, 360, (180, 200, 60), -1, cv2.LINE_AA
        )
        cv2.ellipse(
            scene, (640 + side * 80, 370), (9, 38), 0, 0, 360, (10, 10, 10), -1, cv2.LINE_AA
        )
        for rise in (-20, 10, 40):
            cv2.line(
                scene,
                (640 + side * 40, 450),
                (640 + side * 300, 450 + rise),
                (240, 240, 240),
                3,
                cv2.LINE_AA,
            )
    cv2.fillPoly(
        scene, [np.array([[620, 430], [660, 430], [640, 455]])], (220, 130, 140), cv2.LINE_AA
    )
    return scene * (0.85 + 0.3 * raster.cloud(rng, _HEIGHT, _WIDTH, 6))[..., None]


def _desk(rng: random.Random, part: Part) -> Raster:
    return surface.draw(rng, part, _HEIGHT, _WIDTH)


def _talk(rng: random.Random, part: Part) -> Raster:
    """A screen shot of a talk about licences."""
    scene = raster.plain(1280, 592, (237, 237, 237))
    asked = (
        "驾驶证到期了怎么办",
        "行驶证和驾驶证都要带吗",
        "副页丢了能补吗",
        "几点去车管所",
        "好的 谢谢",
        "拍一张行驶证给我",
    )
    for number, y in enumerate(range(130, 1150, 140)):
        mine = number % 2
        left = 130 if mine else 80
        cv2.rectangle(
            scene, (left, y), (left + 390, y + 80), (150, 235, 120) if mine else (255, 255, 255), -1
        )
        said = _Words(rng.choice(asked), left + 18, y + 40, 30, _BLACK)
        scene = _say(rng, part, scene, said)
    head = f"{person.name_of(rng, part)} 10:{rng.randrange(10, 60)}"
    return _say(rng, part, scene, _Words(head, 200, 60, 34, _BLACK))


def _say(rng: random.Random, part: Part, scene: Raster, said: _Words) -> Raster:
    line = printer.choose(rng, part, said.text).line(said.text, said.size)
    x, y = said.x, said.y - line.shape[0] // 2
    mask = np.zeros(scene.shape[:2], np.float32)
    inside = mask[y : y + line.shape[0], x : x + line.shape[1]]
    inside[:] = line[: inside.shape[0], : inside.shape[1]]
    return raster.over(scene, said.colour, mask)


_SCENES: Final[Mapping[str, Callable[[random.Random, Part], Raster]]] = {
    "car": _car,
    "road_sign": _road_sign,
    "blank": _blank,
    "cat": _cat,
    "desk": _desk,
    "talk": _talk,
}
