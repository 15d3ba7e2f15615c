"""Where the time of a reading goes: CPU milliseconds of each stage, and how much the networks take.

    python -m tests.benchmarks.shares [FOLDER]

On one thread, so that CPU seconds are those of the stage at hand. A stage that calls another one
does not pay for it. What the networks take is the least that a photo can cost with these models on
this processor, and so bounds the photos a second.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections import defaultdict
from contextlib import ExitStack, contextmanager
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from unittest.mock import patch

import cv2
from rich.console import Console
from rich.table import Table

from bot.errors import PhotoError
from bot.recognition.embedded import (
    attention,
    captions,
    closer,
    detection,
    evidence,
    extraction,
    marks,
    models,
    orientation,
    pipeline,
    pose,
    quality,
    second_look,
    trust,
)
from bot.recognition.photo import decode
from tests.benchmarks.networks import watched
from tests.benchmarks.specimens import PAGES, SPECIMENS, pages_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from bot.recognition.embedded.models import Network
    from tests.benchmarks.networks import Values

STAGES: Final = {
    "decode": ((pipeline, "pixels_of"),),
    "detect": ((detection, "detect"),),
    "look closer": ((closer, "detect"),),
    "turn upright": ((orientation, "upright"),),
    "recognise": ((attention, "read"),),
    "page logic": (
        (captions, "part"),
        (evidence, "part"),
        (pose, "find"),
        (extraction, "extract"),
        (trust, "weigh"),
    ),
    "second look": ((second_look, "look_again"),),
    "seal and barcode": ((marks, "read"),),
    "quality": ((quality, "look"),),
}
"""The functions that enter each stage; what no other one takes is page logic."""

REST: Final = "page logic"


class Clock:
    """CPU seconds of each stage, and of the networks in each."""

    def __init__(self) -> None:
        self.spent: defaultdict[str, float] = defaultdict(float)
        self.inside: defaultdict[str, float] = defaultdict(float)
        self._stack = [REST]
        self._since = time.process_time()

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Charge a stage, and nobody who called it."""
        self._charge()
        self._stack.append(name)
        try:
            yield
        finally:
            self._charge()
            self._stack.pop()

    def run(self, network: Network, batch: Values) -> Values:
        """A network's answer, charged to the stage at hand."""
        begun = time.process_time()
        answer = network.run(batch)
        self.inside[self._stack[-1]] += time.process_time() - begun
        return answer

    def _charge(self) -> None:
        now = time.process_time()
        self.spent[self._stack[-1]] += now - self._since
        self._since = now

    def timed(self, name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """The function, charged to a stage."""

        @wraps(function)
        def charged(*given: Any, **named: Any) -> Any:  # noqa: ANN401 - whatever it takes
            with self.stage(name):
                return function(*given, **named)

        return charged


def measure(folder: Path) -> tuple[Clock, int]:
    """Read every page of a folder, once without a clock; how many pages there were."""
    cv2.setNumThreads(1)
    loaded = models.load(1)
    paths = sorted(folder.glob("*.json"))
    _read(paths[0], loaded, Clock())
    clock = Clock()
    timed = watched(loaded, clock.run)
    with ExitStack() as patched:
        for stage, functions in STAGES.items():
            for module, function in functions:
                charged = clock.timed(stage, getattr(module, function))
                patched.enter_context(patch.object(module, function, charged))
        return clock, sum(_read(path, timed, clock) for path in paths)


def _read(path: Path, loaded: models.Models, clock: Clock) -> int:
    data, truths = path.with_suffix(".jpg").read_bytes(), pages_of(json.loads(path.read_bytes()))
    with clock.stage("decode"):
        photo = decode(data)
    for truth in truths:
        with clock.stage(REST):
            try:
                pipeline.read(loaded, photo, PAGES[truth["page"]])
            except PhotoError:
                continue
    return len(truths)


def table(clock: Clock, pages: int) -> Table:
    """Stage by stage, and the photos a second that the networks allow."""
    spent = {name: clock.spent[name] for name in STAGES}
    total, inside = sum(spent.values()), sum(clock.inside.values())
    drawn = Table(*("", "CPU ms", "share", "of it networks, ms"), title=f"{pages} pages, 1 thread")
    for name, seconds in spent.items():
        drawn.add_row(
            name,
            *(f"{1000 * seconds / pages:.0f}", f"{100 * seconds / total:.0f} %"),
            f"{1000 * clock.inside[name] / pages:.0f}",
        )
    drawn.add_section()
    drawn.add_row(
        *("all", f"{1000 * total / pages:.0f}", "100 %"),
        f"{1000 * inside / pages:.0f} = {100 * inside / total:.0f} %",
    )
    cores = os.cpu_count() or 1
    drawn.caption = (
        f"{cores} cores: at most {cores * pages / total:.1f} photos/s,"
        f" {cores * pages / inside:.1f} if only the networks worked"
    )
    return drawn


def main() -> int:
    """Print the table."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else SPECIMENS
    Console(width=110).print(table(*measure(folder)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
