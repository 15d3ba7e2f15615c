"""The networks, found in a wheel whose code never runs."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from bot.recognition.embedded import models

if TYPE_CHECKING:
    from bot.recognition.embedded.models import Models


def imported_by(code: str) -> set[str]:
    """The packages among the heavy ones that a fresh interpreter has imported after that code."""
    heavy = "{'onnxruntime', 'cv2', 'rapidocr', 'requests', 'numpy'}"
    script = f"import sys\n{code}\nprint(*({heavy} & set(sys.modules)))"
    done = subprocess.run(  # noqa: S603 - our own interpreter and code
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    return set(done.stdout.split())


def test_importing_the_package_costs_nothing() -> None:
    """The heavy libraries wait for `engine`."""
    assert imported_by("import bot.recognition.embedded") == set()


def test_loading_runs_none_of_the_wheels_code() -> None:
    """The wheel is only where the model files are."""
    loaded = imported_by("from bot.recognition.embedded import models; models.load(1)")

    assert "onnxruntime" in loaded
    assert not loaded & {"rapidocr", "requests"}


def test_the_alphabet_fits_the_reader(loaded: Models) -> None:
    """One character for each column: a blank, the model's own, and the space."""
    assert len(loaded.alphabet) == len(loaded.weights) == 18710
    assert loaded.alphabet[0] == ""
    assert loaded.alphabet[-1] == " "
    assert {"证", "埇", "喆", "×"} <= set(loaded.alphabet)


@pytest.mark.parametrize("character", ["", "国", "A", "7", "×", "-", " "])
def test_what_pages_print_is_believed(loaded: Models, character: str) -> None:
    """Simplified ideographs, Latin letters, digits and the signs of values have full weight."""
    assert loaded.weights[loaded.alphabet.index(character)] == 1


@pytest.mark.parametrize("character", ["國", "區", "あ", "喆"])
def test_what_pages_hardly_print_is_doubted(loaded: Models, character: str) -> None:
    """Traditional forms and rare characters win only where nothing else is seen."""
    assert loaded.weights[loaded.alphabet.index(character)] == pytest.approx(models.RARE)


def test_a_missing_wheel_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the wheel the error says what is not installed."""
    monkeypatch.setattr(importlib.util, "find_spec", lambda _: None)

    with pytest.raises(FileNotFoundError, match="rapidocr"):
        models.load(1)
