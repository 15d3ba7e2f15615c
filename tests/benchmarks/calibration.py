"""Fits what each sign about a reading is worth: the coefficients in `trust.toml`.

    python -m tests.generator /tmp/seen --seed 1 --count 30
    python -m tests.benchmarks.calibration /tmp/seen [MORE …] > bot/recognition/embedded/trust.toml

Logistic regression with a slight pull towards nothing (L2), by Newton's method; the same folders
give the same figures. Fit on the part `seen` and measure on `unseen` with `accuracy.py`.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from bot.errors import PhotoError
from bot.recognition.embedded import models, pipeline, trust
from bot.recognition.embedded.pages import pages
from bot.recognition.photo import decode
from tests.benchmarks.specimens import NAMES, PAGES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import numpy.typing as npt

PULL: Final = 1.0
CAUTION: Final = 0.75
"""Taken from the constant: in the field twice as many values are misread as on drawn photos."""

_STEPS: Final = 60

_HEAD: Final = """\
# What each sign about a reading adds to the logarithm of the odds that it is right; see `trust`.
# Fitted by `tests/benchmarks/calibration.py` on drawn photos; not to be edited by hand.
"""


def samples(folder: Path, loaded: models.Models) -> Iterator[tuple[Mapping[str, float], bool]]:
    """The signs about each value read in a folder of specimens, and whether it is right."""
    for path in sorted(folder.glob("*.json")):
        truth = json.loads(path.read_text("utf-8"))
        photo = decode(path.with_suffix(".jpg").read_bytes())
        for page in truth.get("pages") or [truth]:
            yield from _page(loaded, photo, page)


def _page(
    loaded: models.Models,
    photo: Any,  # noqa: ANN401 - a decoded photo
    truth: Mapping[str, Any],
) -> Iterator[tuple[Mapping[str, float], bool]]:
    fields = truth["fields"].items()
    wanted = {NAMES[caption]: one["text"] for caption, one in fields if caption in NAMES}
    page, pixels = pages()[PAGES[truth["page"]]], pipeline.pixels_of(photo)
    _, parted, laid = pipeline._laid(loaded, pixels, page)
    mine = parted[page.document_type]
    try:
        readings = pipeline._readings(loaded, pixels, page, laid, mine)
    except PhotoError:
        return
    for one in readings:
        if one.name in wanted and not one.derived:
            yield trust.signs(pixels, one), one.value == wanted[one.name]


def fit(signs: npt.NDArray[np.float64], right: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """The constant and the worth of each sign, from samples × signs."""
    columns = np.column_stack([np.ones(len(signs)), signs])
    spread = np.where(columns.std(axis=0) > 0, columns.std(axis=0), 1.0)
    scaled = columns / spread
    pull = np.full(scaled.shape[1], PULL)
    pull[0] = 1e-6
    weights = np.zeros(scaled.shape[1])
    for _ in range(_STEPS):
        likely = 1 / (1 + np.exp(-scaled @ weights))
        slope = scaled.T @ (right - likely) - pull * weights
        curve = (scaled * (likely * (1 - likely))[:, None]).T @ scaled + np.diag(pull)
        weights += np.linalg.solve(curve, slope)
    return np.asarray(weights / spread, np.float64)


def main() -> int:
    """Print the file of coefficients."""
    loaded = models.load(2)
    seen = [one for folder in sys.argv[1:] for one in samples(Path(folder), loaded)]
    names = list(seen[0][0])
    matrix = np.array([[signs[name] for name in names] for signs, _ in seen])
    weights = fit(matrix, np.array([float(right) for _, right in seen]))
    weights[0] -= CAUTION
    rows = [
        f"{name} = {value:.3f}" for name, value in zip(["constant", *names], weights, strict=True)
    ]
    print(_HEAD + "\n".join(rows))  # noqa: T201 - a script speaks to its reader
    return 0


if __name__ == "__main__":
    sys.exit(main())
