"""What each stage of the embedded recogniser is worth: photos read without one after the other.

    python -m tests.benchmarks.ablations [FOLDER …] [--count PHOTOS]

Each row switches one stage off. Printed are the share of exact fields per level, by how many fields
that differs from the whole recogniser, and what a photo costs in CPU seconds. A stage whose row is
as good as the first one and no dearer does not pay. Every photo is read in all ways before the next
one, the networks run once for the same strip (see `networks.Ledger`), and each core has photos of
its own.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, field
from itertools import islice
from math import inf
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from unittest.mock import patch

import cv2
import numpy as np
from rich.console import Console
from rich.table import Table

from bot.errors import PhotoError
from bot.recognition.embedded import (
    attention,
    captions,
    closer,
    ctc,
    dashes,
    extraction,
    fields,
    geometry,
    models,
    orientation,
    pipeline,
    places,
    pose,
    reading,
    second_look,
)
from bot.recognition.photo import decode
from tests.benchmarks.networks import Ledger, watched
from tests.benchmarks.specimens import FLOORS, LEVELS, NAMES, PAGES, SPECIMENS, pages_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from bot.recognition.embedded.geometry import Pixels, Points
    from bot.recognition.embedded.models import Models
    from bot.recognition.photo import Photo

    Switch = tuple[Any, str, Any]

WHOLE: Final = "nothing"
_again, _tries, _decode = pipeline._again, second_look._tries, ctc.decode


def _only(*kinds: str) -> Callable[..., Iterator[tuple[Pixels, list[Points]]]]:
    """Of the tries of a second look those that have one of these widths."""

    def tries(channels: Any, laid: Any, found: Any, *, red: bool) -> Iterator[Any]:  # noqa: ANN401
        widths = {
            "tight": second_look._tight(laid, found) if found.lines else [],
            "wide": second_look._wide(laid, found),
            "overrun": second_look._wide(laid, found, second_look._OVERRUN),
        }
        wanted = [widths[kind] for kind in kinds]
        for pixels, quads in _tries(channels, laid, found, red=red):
            if any(np.array_equal(quads, one) for one in wanted):
                yield pixels, quads

    return tries


def _along_the_photo(_: Models, __: Pixels, boxes: Iterable[Points]) -> list[Points]:
    return [geometry.turned(box, np.array([1.0, 0.0])) for box in boxes]


WITHOUT: Final[Mapping[str, tuple[Switch, ...]]] = {
    # which way the text runs
    "any turn of the page": ((orientation, "upright", _along_the_photo),),
    "the half turn": ((reading, "upside_down", lambda _, __, quads: [0.0] * len(quads)),),
    "reading both ways": ((orientation, "_UNSURE", (0.5, 0.5)),),
    "text that runs across": ((orientation, "_groups", lambda boxes: [[*range(len(boxes))]]),),
    "neighbours that stand alike": ((orientation, "_DISSENTERS", inf),),
    # looking once more where no page could be laid
    "another look": ((pipeline, "_again", lambda *_: iter(())),),
    "the closer look": ((closer, "detect", lambda *_, **__: []),),
    "even contrast": ((pipeline, "_again", lambda *given: islice(_again(*given), 1)),),
    "sense of three captions": ((pipeline, "_makes_sense", lambda *_: False),),
    # reading
    "attention": ((attention, "_laid", lambda *_: None),),
    "smoothing": ((reading, "_smooth", lambda strip: strip),),
    "belief in usual characters": (
        (ctc, "decode", lambda p, a, w, **given: _decode(p, a, np.ones_like(w), **given)),
    ),
    # captions and pose
    "cutting at captions": (
        (
            captions,
            "_part_line",
            lambda line, texts: (
                ([captions.Caption(line.text, line)], []) if line.text in texts else ([], [line])
            ),
        ),
    ),
    "captions with errors": ((captions, "_approximate", lambda *_: None),),
    "dropping English": ((captions, "_is_noise", lambda *_: False),),
    "dropping remains of captions": ((captions, "_is_remains", lambda *_: False),),
    "cutting off remains": ((fields, "_alone", lambda _, lines: lines),),
    "dates among other print": ((fields, "_WHOLE", {}),),
    "the affine pose": ((pose, "_affine", lambda *_: None),),
    "the homography": ((pose, "_homography", lambda *_: None),),
    # which line is whose value
    "the shift of the print": ((extraction, "_shifts", lambda *_: [(0.0, 0.0)]),),
    "captions that stray": ((extraction, "_strays", lambda *_: {}),),
    "ends of English": ((fields, "_without_english", lambda line: line),),
    "measured blanks": ((fields, "_spaced", lambda line: line.text),),
    "names of places": ((places, "settle", lambda glyphs: glyphs),),
    # the second look
    "the second look": ((second_look, "_tries", lambda *_, **__: iter(())),),
    "its tight strips": ((second_look, "_tries", _only("wide", "overrun")),),
    "its wide strips": ((second_look, "_tries", _only("tight", "overrun")),),
    "its overrunning strips": ((second_look, "_tries", _only("tight", "wide")),),
    "its red channel": ((second_look, "_in_red", lambda *_: False),),
    "places nobody detected": ((second_look, "_sought", lambda *given: given[-1]),),
    "dashes that are seen": ((dashes, "seen", lambda *_: False),),
}
"""What is replaced, and by what, to switch a stage off."""


@dataclass(slots=True)
class Row:
    """What was read without one stage: fields by level, and the CPU seconds of each page."""

    right: Counter[str] = field(default_factory=Counter)
    total: Counter[str] = field(default_factory=Counter)
    seconds: float = 0.0
    pages: int = 0

    def share(self, level: str, floor: float) -> str:
        """Percentage of exact fields, with an arrow where it is below a floor."""
        if not self.total[level]:
            return "-"
        share = self.right[level] / self.total[level]
        return f"{100 * share:.1f}" + (" ↓" if share < floor else "")

    def __iadd__(self, other: Row) -> Row:  # noqa: PYI034 - `Self` needs Python 3.11's typing only
        self.right += other.right
        self.total += other.total
        self.seconds += other.seconds
        self.pages += other.pages
        return self


class Bench:
    """Models of one process, and the way a photo is read with them in every manner."""

    def __init__(self, names: Iterable[str]) -> None:
        cv2.setNumThreads(1)
        self._names = [WHOLE, *names]
        self._ledger = Ledger()
        self._models = watched(models.load(1), self._ledger.run)

    def rows(self, path: Path) -> dict[str, Row]:
        """One photo, read with all stages and without each."""
        photo = decode(path.with_suffix(".jpg").read_bytes())
        truths = pages_of(json.loads(path.read_text("utf-8")))
        with self._ledger.learning():
            self._row(photo, truths, WHOLE)
        return {name: self._row(photo, truths, name) for name in self._names}

    def _row(self, photo: Photo, truths: Iterable[Mapping[str, Any]], name: str) -> Row:
        row = Row()
        with ExitStack() as off:
            for switch in WITHOUT.get(name, ()):
                off.enter_context(patch.object(*switch))
            for truth in truths:
                begun = self._ledger.seconds()
                try:
                    read = pipeline.read(self._models, photo, PAGES[truth["page"]]).fields
                except PhotoError:
                    read = ()
                row.seconds += self._ledger.seconds() - begun
                row.pages += 1
                values = {one.name: one.value for one in read}
                for caption, printed in truth["fields"].items():
                    if caption in NAMES:
                        row.total[truth["level"]] += 1
                        row.right[truth["level"]] += values.get(NAMES[caption]) == printed["text"]
        return row


_benches: list[Bench] = []


def _begin(names: Iterable[str]) -> None:
    _benches.append(Bench(names))


def _rows(path: Path) -> dict[str, Row]:
    return _benches[0].rows(path)


def measure(paths: Iterable[Path], names: Iterable[str] = tuple(WITHOUT)) -> dict[str, Row]:
    """All photos, read in all ways, on all cores."""
    sums: dict[str, Row] = {}
    context = get_context("spawn")
    with ProcessPoolExecutor(os.cpu_count(), context, _begin, (tuple(names),)) as pool:
        for rows in pool.map(_rows, paths):
            for name, row in rows.items():
                sums.setdefault(name, Row())
                sums[name] += row
    return sums


def table(sums: Mapping[str, Row], floors: Mapping[str, float]) -> Table:
    """The rows, and how each differs from the first; shares below a floor have an arrow."""
    whole = sums[WHOLE]
    total = whole.total.total()
    drawn = Table(
        *("without", *LEVELS, "fields", "CPU s", "of whole"),
        title=f"{whole.pages} pages, {total} fields: one is {100 / total:.2f} %",
    )
    for name, row in sums.items():
        lost = row.right.total() - whole.right.total()
        drawn.add_row(
            name,
            *(row.share(level, floors.get(level, 0.0)) for level in LEVELS),
            f"{lost:+d}" if name != WHOLE else "",
            f"{row.seconds / row.pages:.3f}",
            f"{row.seconds / whole.seconds:.2f}",
        )
    if floors:
        drawn.caption = "↓ below the floor that make test sets for these photos"
    return drawn


def main() -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folders", type=Path, nargs="*", default=[SPECIMENS])
    parser.add_argument("--count", type=int, help="photos at most, taken evenly")
    parser.add_argument("--only", nargs="*", default=tuple(WITHOUT), choices=WITHOUT)
    asked = parser.parse_args()
    paths = sorted(path for folder in asked.folders for path in folder.glob("*.json"))
    step = -(-len(paths) // (asked.count or len(paths)))
    floors = FLOORS if asked.folders == [SPECIMENS] and step == 1 else {}
    Console(width=100).print(table(measure(paths[::step], asked.only), floors))
    return 0


if __name__ == "__main__":
    sys.exit(main())
