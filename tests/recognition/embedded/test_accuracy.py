"""How well the specimens are read: floors below which some stage is broken.

`python -m tests.benchmarks.ablations` shows which stages they notice the loss of.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.benchmarks.specimens import FLOORS

if TYPE_CHECKING:
    from pathlib import Path
    from types import ModuleType

    from bot.recognition.embedded.models import Models

pytestmark = pytest.mark.accuracy


@pytest.fixture(scope="module")
def tally(benchmark: ModuleType, folder: Path, loaded: Models) -> Any:  # noqa: ANN401 - the script's
    """All specimens, read once."""
    return benchmark.measure(folder, loaded)


@pytest.mark.parametrize(("level", "floor"), FLOORS.items())
def test_fields_are_exact(tally: Any, level: str, floor: float) -> None:  # noqa: ANN401
    """So many fields of each level are read exactly, character by character."""
    assert tally.right[(level,)] / tally.total[(level,)] >= floor


@pytest.mark.parametrize("page", ["dl", "vl", "vb"])
def test_no_page_lags_behind(tally: Any, page: str) -> None:  # noqa: ANN401
    """Each page reaches 95 % over all levels."""
    assert tally.right[(page,)] / tally.total[(page,)] >= 0.95


def test_every_page_is_told(tally: Any) -> None:  # noqa: ANN401
    """The page is right on every specimen."""
    assert all(tally.classified)


def test_confidence_tells_right_from_wrong(tally: Any) -> None:  # noqa: ANN401
    """Of what the recogniser is sure of, nearly nothing is wrong."""
    sure = [right for confidence, right in tally.verdicts if confidence >= 0.7]

    assert len(sure) >= 0.85 * len(tally.verdicts)
    assert sum(sure) / len(sure) >= 0.98


def test_boxes_lie_on_the_print(tally: Any) -> None:  # noqa: ANN401
    """Half of the boxes overlap the true ones by three quarters."""
    assert sorted(tally.overlaps)[len(tally.overlaps) // 2] >= 0.7


@pytest.mark.parametrize("level", ["clean", "good"])
@pytest.mark.parametrize("mark", ["红章", "条码"])
def test_seals_and_barcodes_are_exact(tally: Any, mark: str, level: str) -> None:  # noqa: ANN401
    """All of them, where the photo is not a bad one."""
    assert tally.right[mark, level] == tally.total[mark, level] > 0


@pytest.mark.parametrize("mark", ["红章", "条码"])
def test_no_sure_mark_is_wrong(tally: Any, mark: str) -> None:  # noqa: ANN401
    """What could not be made out is left out or doubted."""
    assert all(right for confidence, right in tally.given[mark] if confidence >= 0.7)


def test_the_report_has_every_level(tally: Any, benchmark: ModuleType) -> None:  # noqa: ANN401
    """The script's tables can be printed."""
    assert all(level in benchmark.report(tally) for level in benchmark.LEVELS)
