"""Papers and cards that are no licence, from their table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import cv2
import numpy as np

from tests.generator import identifier, person, portrait, printer, raster, surface, vehicle
from tests.generator.driver import later
from tests.generator.sheet import SCALE, Sheet, rounded
from tests.generator.tables import table, words

if TYPE_CHECKING:
    import random

    from tests.generator.raster import Raster
    from tests.generator.tables import Part


def subjects() -> list[str]:
    """What can be drawn."""
    return list(table("papers"))


def draw(rng: random.Random, part: Part, subject: str) -> Sheet:
    """One paper with words nobody wrote before. The large ones in fewer pixels to a millimetre."""
    spec = table("papers")[subject]
    scale = min(SCALE, 1600 / max(spec["size"]))
    width, height = (round(side * scale) for side in spec["size"])
    sheet = raster.plain(height, width, rng.choice(spec["colours"]))
    sheet += (raster.cloud(rng, height, width, rng.uniform(30, 300))[..., None] - 0.5) * 10
    mask = np.zeros((height, width), np.float32)
    if "fill" in spec:
        x, y, wide, high, size = (round(one * scale) for one in spec["fill"])
        mask[y : y + high, x : x + wide] = surface.printed(rng, part, high, wide, size)
    if "grid" in spec:
        _grid(mask, [one * scale for one in spec["grid"][:4]], *spec["grid"][4:])
    _write(rng, part, mask, spec["lines"], scale)
    sheet = raster.over(sheet, tuple(spec["ink"]), np.asarray(mask * 0.9, np.float32))
    if "portrait" in spec:
        x, y, wide, high = (round(one * scale) for one in spec["portrait"])
        sheet[y : y + high, x : x + wide] = portrait.draw(rng, wide, high)
    return Sheet(np.clip(sheet, 0, 255), rounded(height, width, 2 * scale))


def _write(rng: random.Random, part: Part, mask: Raster, lines: list[Any], scale: float) -> None:
    height, width = mask.shape
    blanks = _blanks(rng, part)
    texts = [line[3].format_map(blanks) for line in lines]
    hand = printer.choose(rng, part, "".join(texts))
    for (x, y, size, _), text in zip(lines, texts, strict=True):
        line = hand.line(text, size * scale)
        left, top = round(x * scale), max(round(y * scale) - line.shape[0] // 2, 0)
        line = line[: height - top, : width - left - 8]
        inside = mask[top : top + line.shape[0], left : left + line.shape[1]]
        np.maximum(inside, line, out=inside)


def _grid(mask: Raster, box: list[float], rows: int, columns: int) -> None:
    x, y, width, height = (round(one) for one in box)
    for row in range(rows + 1):
        level = y + height * row // rows
        cv2.line(mask, (x, level), (x + width, level), 0.7, 2)
    for column in range(columns + 1):
        upright = x + width * column // columns
        cv2.line(mask, (upright, y), (upright, y + height), 0.7, 2)


class _Blanks(dict[str, str]):
    """Digits and sums anew wherever they are asked for; what has two or four may be in a date."""

    def __init__(self, rng: random.Random, known: dict[str, str]) -> None:
        super().__init__(known)
        self._rng = rng

    def __missing__(self, key: str) -> str:
        if key == "money":
            return f"{self._rng.uniform(3, 4000):.2f}"
        likely = {"n2": (10, 24), "n4": (1960, 2030)}
        if key in likely:
            return str(self._rng.randrange(*likely[key]))
        return identifier.filled(self._rng, "#" * int(key[1:]))


def _blanks(rng: random.Random, part: Part) -> dict[str, str]:
    one, car = person.invent(rng, part), vehicle.invent(rng, part)
    front = {name: value.text for name, value in vehicle.front(rng, car, part).items()}
    firm = one.place.county + rng.choice(words("firms", part)) + rng.choice(words("trades", part))
    known = {
        "name": one.name,
        "sex": one.sex,
        "id": one.number,
        "address": one.address,
        "date": later(car.registered, 1).isoformat(),
        "plate": car.plate,
        "vin": front["识别代码"],
        "model": front["品牌型号"],
        "engine": front["发动机号"],
        "kind": front["车辆类型"],
        "use": car.use,
        "firm": firm,
        "words": rng.choice((*words("firms", part), *words("roads", part))),
    }
    return _Blanks(rng, known)
