"""A folder of photos: what to draw, each from a seed of its own, on both cores."""

from __future__ import annotations

import json
import random
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import cv2

from tests.generator import camera, kinds, truth
from tests.generator.kinds import Order

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from tests.generator.tables import Part

WORKERS: Final = 2
_APART: Final = ("quality", "negative")  # kinds that measure something else than exact fields


@dataclass(frozen=True, slots=True)
class Batch:
    """What a command asks for; `count` of each page at each level."""

    folder: Path
    seed: int
    part: Part
    count: int
    pages: Sequence[str]
    levels: Sequence[str]
    kinds: Sequence[str]

    def orders(self) -> Iterator[Order]:
        """Every photo."""
        for kind in self.kinds:
            pages = ("",) if kind in {"both", "negative"} else self.pages
            levels = kinds.FAULTS if kind == "quality" else self.levels
            for page in pages:
                for level in levels:
                    for number in range(self.count):
                        yield Order(kind, page, level, number)

    def draw(self, order: Order) -> Path:
        """Draw one photo and write its truth beside it."""
        jpeg, known = drawn(self.seed, self.part, order)
        folder = self.folder / order.kind if order.kind in _APART else self.folder
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{order.stem}.jpg").write_bytes(jpeg)
        (folder / f"{order.stem}.json").write_text(known, "utf-8")
        return folder / f"{order.stem}.jpg"


def drawn(seed: int, part: Part, order: Order) -> tuple[bytes, str]:
    """One photo as JPEG, and its truth as JSON: always the same for the same order."""
    rng = random.Random(f"{seed} {part} {order.kind} {order.stem}")  # noqa: S311 - it has to repeat itself
    photo = kinds.draw(rng, part, order)
    quality = photo.known["q"]
    jpeg = camera.encoded(photo.pixels, quality if isinstance(quality, int) else camera.QUALITY)
    return jpeg, json.dumps(truth.of(photo), ensure_ascii=False)


def draw_all(batch: Batch, workers: int = WORKERS) -> int:
    """Draw everything; how many photos that were."""
    orders = list(batch.orders())
    with ProcessPoolExecutor(workers, initializer=cv2.setNumThreads, initargs=(1,)) as pool:
        return sum(1 for _ in pool.map(batch.draw, orders, chunksize=4))
