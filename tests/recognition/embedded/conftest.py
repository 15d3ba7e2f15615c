"""Models loaded once, specimens with their truth, and lines made by hand."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import cv2
import numpy as np
import pytest

from bot.recognition.embedded import (
    detection,
    models,
    orientation,
    pipeline,
    process,
    reading,
)
from bot.recognition.embedded.ctc import Glyph
from bot.recognition.embedded.reading import Line
from bot.recognition.photo import Photo, decode
from tests.benchmarks import accuracy

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import ModuleType

    from bot.recognition.embedded.geometry import Pixels
    from bot.recognition.embedded.models import Models

TESTS = Path(__file__).parents[2]


@dataclass(frozen=True, slots=True)
class Specimen:
    """A synthetic photo and what it says."""

    photo: Photo
    truth: dict[str, Any]

    def text(self, caption: str) -> str:
        """What is printed there."""
        return str(self.truth["fields"][caption]["text"])

    def quad(self, caption: str, line: int = 0) -> np.ndarray:
        """The corners of one printed line, in pixels."""
        return np.array(self.truth["fields"][caption]["polys"][line], np.float64)


@pytest.fixture(scope="session")
def loaded() -> Models:
    """The three networks, on one thread: what they say is the same, and other runners are busy."""
    cv2.setNumThreads(1)
    return models.load(1)


@pytest.fixture(scope="session")
def folder() -> Path:
    """Where the specimens are."""
    return TESTS / "specimens"


@pytest.fixture(scope="session")
def specimen(folder: Path) -> Callable[[str], Specimen]:
    """A specimen by its name."""

    def load(name: str) -> Specimen:
        photo = decode((folder / f"{name}.jpg").read_bytes())
        return Specimen(photo, json.loads((folder / f"{name}.json").read_text("utf-8")))

    return load


@pytest.fixture(scope="session")
def read_all(loaded: Models) -> Callable[[Pixels], list[Line]]:
    """All text of a photo, whatever it belongs to."""

    def read(pixels: Pixels) -> list[Line]:
        boxes = detection.detect(loaded.detector, pixels, pipeline.DETECTOR_SIDE)
        return reading.read(loaded, pixels, orientation.upright(loaded, pixels, boxes))

    return read


@pytest.fixture(scope="session")
def benchmark() -> ModuleType:
    """The script that measures accuracy."""
    return accuracy


@pytest.fixture(scope="session")
def line() -> Callable[..., Line]:
    """A line of text at a place, every character as wide as the next."""

    def make(
        text: str, left: float = 0, right: float = 100, y: float = 10, probability: float = 0.9
    ) -> Line:
        quad = np.array([[left, y - 2], [right, y - 2], [right, y + 2], [left, y + 2]], np.float64)
        count = len(text)
        glyphs = tuple(
            Glyph(character, probability, i / count, (i + 1) / count)
            for i, character in enumerate(text)
        )
        return Line(quad, glyphs)

    return make


@pytest.fixture
def moody(monkeypatch: pytest.MonkeyPatch) -> None:
    """Workers are begun without networks; see `moody`."""
    monkeypatch.setattr(process, "COMMAND", (str(Path(__file__).with_name("moody.py")),))
