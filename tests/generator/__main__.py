"""The command: `python -m tests.generator FOLDER --seed 1 --count 30`."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import tests.generator
from tests.generator import batch, kinds, tables


def main() -> int:
    """Draw a folder of photos."""
    parser = argparse.ArgumentParser(
        description=tests.generator.__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=10, help="of each page at each level")
    parser.add_argument("--part", choices=tables.PARTS, default="seen")
    parser.add_argument("--pages", default="dl,vl,vb")
    parser.add_argument("--levels", default="clean,good,hard")
    parser.add_argument("--kinds", default="card", help=",".join(kinds.KINDS))
    asked = parser.parse_args()
    order = batch.Batch(
        asked.folder,
        asked.seed,
        asked.part,
        asked.count,
        _listed(parser, asked.pages, ("dl", "vl", "vb")),
        _listed(parser, asked.levels, ("clean", "good", "hard")),
        _listed(parser, asked.kinds, kinds.KINDS),
    )
    print(f"{batch.draw_all(order)} photos in {asked.folder}")  # noqa: T201 - a command speaks
    return 0


def _listed(parser: argparse.ArgumentParser, text: str, known: tuple[str, ...]) -> list[str]:
    """Words with commas between; ends the program at one that is not known."""
    asked = [one for one in text.split(",") if one]
    for one in asked:
        if one not in known:
            parser.error(f"{one!r} is none of {', '.join(known)}")
    return asked


if __name__ == "__main__":
    sys.exit(main())
