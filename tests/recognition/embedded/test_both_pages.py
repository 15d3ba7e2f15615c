"""Front and back of a vehicle licence in one photo, as many people lay them: drawn, not pasted."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from bot.licence.documents import DocumentType
from bot.recognition.embedded import pipeline
from bot.recognition.photo import decode
from tests.generator import batch, fonts
from tests.generator.kinds import Order

if TYPE_CHECKING:
    from types import ModuleType

    from bot.recognition.embedded.models import Models
    from bot.recognition.photo import Photo

pytestmark = [
    pytest.mark.accuracy,
    pytest.mark.skipif(
        not all(fonts.faces("seen", role) for role in ("value", "caption")),
        reason="needs the Chinese fonts of Debian's fonts-* packages",
    ),
]

ASKED = (DocumentType.VEHICLE_LICENCE, DocumentType.VEHICLE_LICENCE_BACK)


@pytest.fixture(scope="module", params=range(2))
def both(request: pytest.FixtureRequest) -> tuple[Photo, dict[str, Any]]:
    """A photo, and the truth about its two pages."""
    jpeg, known = batch.drawn(1, "seen", Order("both", "", "good", request.param))
    return decode(jpeg), {page["page"]: page["fields"] for page in json.loads(known)["pages"]}


@pytest.mark.parametrize("asked", ASKED)
def test_the_page_that_was_chosen_is_read(
    loaded: Models,
    both: tuple[Photo, dict[str, Any]],
    benchmark: ModuleType,
    asked: DocumentType,
) -> None:
    """Nine in ten of its fields are right, though the other page has a plate number as well."""
    photo, pages = both
    (truth,) = (fields for page, fields in pages.items() if benchmark.PAGES[page] is asked)
    wanted = {
        benchmark.NAMES[caption]: field["text"]
        for caption, field in truth.items()
        if caption in benchmark.NAMES
    }

    values = {field.name: field.value for field in pipeline.read(loaded, photo, asked).fields}

    assert sum(values.get(name) == text for name, text in wanted.items()) >= 0.9 * len(wanted)


def test_one_of_them_is_guessed(loaded: Models, both: tuple[Photo, dict[str, Any]]) -> None:
    """The question names either; the person who answers it decides."""
    assert pipeline.classify(loaded, both[0]) in ASKED
