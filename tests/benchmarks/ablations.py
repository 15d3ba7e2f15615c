"""What each stage of the embedded recogniser is worth: a folder read without one after the other.

    python -m tests.benchmarks.ablations FOLDER

Each row switches one stage off and prints the share of exact fields. A stage whose row is as good
as the first one does not pay.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from unittest.mock import patch

from bot.recognition.embedded import (
    captions,
    dashes,
    extraction,
    fields,
    models,
    places,
    pose,
    second_look,
)
from tests.benchmarks.accuracy import LEVELS, measure

if TYPE_CHECKING:
    from collections.abc import Callable

WITHOUT: Final[dict[str, tuple[Any, str, Callable[..., Any]]]] = {
    "the second look": (second_look, "_tries", lambda *_: iter(())),
    "rows that were overlooked": (second_look, "_continued", lambda *given: given[-1]),
    "dashes that are seen": (dashes, "seen", lambda *_: False),
    "cutting at captions": (
        captions,
        "_part_line",
        lambda line, texts: (
            ([captions.Caption(line.text, line)], []) if line.text in texts else ([], [line])
        ),
    ),
    "the shift of the print": (extraction, "_shifts", lambda *_: [(0.0, 0.0)]),
    "the homography": (pose, "_homography", lambda *_: None),
    "measured blanks": (fields, "_spaced", lambda line: line.text),
    "remains of captions": (fields, "_alone", lambda _, lines: lines),
    "names of places": (places, "settle", lambda glyphs: glyphs),
}
"""Module, function, and what it does when it is switched off."""


def main() -> int:
    """Print the table."""
    folder, loaded = Path(sys.argv[1]), models.load(2)
    tally = measure(folder, loaded)
    rows = [("nothing", tally)]
    for name, (module, function, instead) in WITHOUT.items():
        with patch.object(module, function, instead):
            rows.append((name, measure(folder, loaded)))
    for name, measured in rows:
        shares = "  ".join(measured.share(level) for level in LEVELS)
        print(f"without {name:28} {shares}", flush=True)  # noqa: T201 - a script speaks
    return 0


if __name__ == "__main__":
    sys.exit(main())
