"""How well the embedded recogniser reads a folder of specimens, and what that costs.

    python -m tests.benchmarks.accuracy [FOLDER] [--errors]

A specimen is a picture `NAME.jpg` beside `NAME.json`, which holds `page` (dl, vl, vb), `level` and
`fields`: caption -> {text, box}, or `pages` with these of each page in it. Seal and barcode are no
printed fields: they are counted in rows of their own, and how many of their values are given but
wrong.
"""

from __future__ import annotations

import argparse
import json
import resource
import sys
import time
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from bot.errors import PhotoError
from bot.recognition.embedded import models, pipeline
from bot.recognition.photo import decode
from tests.benchmarks.specimens import LEVELS, MARKS, NAMES, PAGES, SPECIMENS, pages_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from bot.licence.recognition import Box, Field
    from bot.recognition.photo import Photo

SURE: Final = 0.7
"""Confidence from which a person is not asked to look again."""

BINS: Final = (0.0, 0.3, 0.5, 0.7, 0.8, 0.9, 0.95, 0.98, 0.99, 1.01)


@dataclass(slots=True)
class Tally:
    """What was counted over a folder."""

    right: Counter[tuple[str, ...]] = field(default_factory=Counter)
    total: Counter[tuple[str, ...]] = field(default_factory=Counter)
    seconds: list[float] = field(default_factory=list)
    walls: list[float] = field(default_factory=list)
    classified: list[bool] = field(default_factory=list)
    classify_walls: list[float] = field(default_factory=list)
    overlaps: list[float] = field(default_factory=list)
    verdicts: list[tuple[float, bool]] = field(default_factory=list)
    given: defaultdict[str, list[tuple[float, bool]]] = field(
        default_factory=lambda: defaultdict(list)
    )
    errors: list[str] = field(default_factory=list)

    def count(self, *key: str, right: bool) -> None:
        """One more of that kind."""
        self.total[key] += 1
        self.right[key] += right

    def share(self, *key: str) -> str:
        """Percentage of right ones, or a dash."""
        total = self.total[key]
        return f"{100 * self.right[key] / total:5.1f}" if total else "    -"


def measure(folder: Path, loaded: models.Models) -> Tally:
    """Read every specimen of a folder."""
    tally = Tally()
    for path in sorted(folder.glob("*.json")):
        truth = json.loads(path.read_text("utf-8"))
        _one(tally, loaded, path, truth)
    return tally


def _one(tally: Tally, loaded: models.Models, path: Path, truth: Mapping[str, Any]) -> None:
    photo = decode(path.with_suffix(".jpg").read_bytes())
    truths = pages_of(truth)
    wall = time.perf_counter()
    seen = pipeline.classify(loaded, photo)
    tally.classify_walls.append(time.perf_counter() - wall)
    tally.classified.append(seen in {PAGES[page["page"]] for page in truths})
    if not tally.classified[-1]:
        tally.errors.append(f"{path.stem} classified as {seen}")
    for page in truths:
        _page(tally, loaded, (path.stem, photo), page)


def _page(
    tally: Tally, loaded: models.Models, named: tuple[str, Photo], truth: Mapping[str, Any]
) -> None:
    stem, photo = named
    page, level, asked = truth["page"], truth["level"], PAGES[truth["page"]]
    wall, cpu = time.perf_counter(), time.process_time()
    try:
        read = {one.name: one for one in pipeline.read(loaded, photo, asked).fields}
    except PhotoError as error:
        read = {}
        tally.errors.append(f"{stem} refused: {error.code}")
    tally.walls.append(time.perf_counter() - wall)
    tally.seconds.append(time.process_time() - cpu)
    for caption, name in NAMES.items():
        if caption in truth["fields"]:
            _field(tally, (page, level, stem), caption, truth["fields"][caption], read.get(name))
    for caption, name in MARKS.items():
        if caption in truth["fields"]:
            _mark(tally, (level, stem), caption, truth["fields"][caption], read.get(name))


def _field(
    tally: Tally,
    where: tuple[str, str, str],
    caption: str,
    truth: Mapping[str, Any],
    got: Field | None,
) -> None:
    page, level, stem = where
    right = got is not None and got.value == truth["text"]
    for key in (("all",), (level,), (page,), (page, level), (page, caption, level)):
        tally.count(*key, right=right)
    if got is not None and got.confidence is not None:
        tally.verdicts.append((got.confidence, right))
    if right and got is not None and got.box is not None and not got.derived:
        tally.overlaps.append(_overlap(got.box, truth["box"]))
    if not right:
        seen = f"{got.value!r} {got.confidence:.2f} raw {got.raw!r}" if got else "nothing"
        tally.errors.append(f"{stem} {caption}: {truth['text']!r} read as {seen}")


def _mark(
    tally: Tally,
    where: tuple[str, str],
    caption: str,
    truth: Mapping[str, Any],
    got: Field | None,
) -> None:
    level, stem = where
    right = got is not None and got.value == truth["text"]
    tally.count(caption, level, right=right)
    if got is not None:
        tally.given[caption].append((got.confidence or 0.0, right))
    if not right:
        seen = f"{got.value!r} {got.confidence:.2f} raw {got.raw!r}" if got else "nothing"
        tally.errors.append(f"{stem} {caption}: {truth['text']!r} read as {seen}")


def _overlap(box: Box, truth: Iterable[float]) -> float:
    """Intersection over union."""
    x, y, width, height = truth
    across = min(box.x + box.width, x + width) - max(box.x, x)
    down = min(box.y + box.height, y + height) - max(box.y, y)
    shared = max(across, 0) * max(down, 0)
    return shared / (box.width * box.height + width * height - shared)


def report(tally: Tally) -> str:
    """The tables."""
    rows = [f"field-exact %      all {tally.share('all')}   {'  '.join(LEVELS)}"]
    rows.append("all      " + "  ".join(tally.share(level) for level in LEVELS))
    for page in PAGES:
        shares = "  ".join(tally.share(page, level) for level in LEVELS)
        rows.append(f"{page}       {shares}")
    for page, caption in dict.fromkeys(key[:2] for key in tally.total if len(key) == 3):
        shares = "  ".join(tally.share(page, caption, level) for level in LEVELS)
        rows.append(f"  {page} {shares}  {caption}")
    for caption in MARKS:
        shares = "  ".join(tally.share(caption, level) for level in LEVELS)
        sure = [right for confidence, right in tally.given[caption] if confidence >= SURE]
        rows.append(
            f"not in all {shares}  {caption}: of {len(sure)} with a confidence >= {SURE},"
            f" {len(sure) - sum(sure)} are wrong"
        )
    rows.append(f"page told right    {sum(tally.classified)} of {len(tally.classified)}")
    rows.append(f"read: CPU seconds  {_spread(tally.seconds)}")
    rows.append(f"read: wall seconds {_spread(tally.walls)}")
    rows.append(f"classify: wall     {_spread(tally.classify_walls)}")
    rows.append(f"box overlap        {_spread(tally.overlaps)}")
    rows += _reliability(tally)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    rows.append(f"peak RSS MiB       {peak:.0f}")
    return "\n".join(rows)


def _reliability(tally: Tally) -> list[str]:
    """Whether a confidence says how often a value is right, and what a threshold flags."""
    rows = ["said              share  mean   right  wrong"]
    total = max(tally.total[("all",)], 1)
    for low, high in pairwise(BINS):
        inside = [one for one in tally.verdicts if low <= one[0] < high]
        if inside:
            mean = sum(said for said, _ in inside) / len(inside)
            right = sum(right for _, right in inside)
            rows.append(
                f"{low:.2f} to {high:.2f}     {len(inside) / total:7.3f}  {mean:.3f}"
                f"  {right / len(inside):.4f}  {len(inside) - right}"
            )
    wrong = tally.total[("all",)] - tally.right[("all",)]
    for least in (SURE, 0.8, 0.9):
        taken = [right for said, right in tally.verdicts if said >= least]
        missed, spared = len(taken) - sum(taken), sum(taken)
        rows.append(
            f"below {least} or missing: {wrong - missed} of {wrong} wrong fields and"
            f" {tally.right[('all',)] - spared} of {tally.right[('all',)]} right ones;"
            f" of the rest {spared / max(len(taken), 1):.4f} are right"
        )
    return rows


def _spread(values: list[float]) -> str:
    ordered = sorted(values) or [0.0]
    mean = sum(ordered) / len(ordered)
    median = ordered[len(ordered) // 2]
    return f"mean {mean:.2f}  median {median:.2f}  least {ordered[0]:.2f}  most {ordered[-1]:.2f}"


def main() -> int:
    """Print the tables for one folder."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, nargs="?", default=SPECIMENS)
    parser.add_argument("--errors", action="store_true", help="list every wrong field")
    chosen = parser.parse_args()
    tally = measure(chosen.folder, models.load(2))
    if chosen.errors:
        print("\n".join(tally.errors))  # noqa: T201 - a script speaks to its reader
    print(report(tally))  # noqa: T201
    return 0


if __name__ == "__main__":
    sys.exit(main())
