"""The generator repeats itself, and what it says of its photos is true."""

from __future__ import annotations

import json
import random
from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from bot.licence.documents import DocumentType
from tests.generator import (
    barcode,
    batch,
    camera,
    driver,
    fonts,
    identifier,
    paper,
    person,
    tables,
    vehicle,
)
from tests.generator.kinds import Order

if TYPE_CHECKING:
    from tests.generator.tables import Part

needs_fonts = pytest.mark.skipif(
    not all(fonts.faces(part, role) for part in tables.PARTS for role in ("value", "caption")),
    reason="needs the Chinese fonts of Debian's fonts-* packages",
)


def drawn(order: Order, part: Part = "seen", seed: int = 1) -> tuple[bytes, dict[str, Any]]:
    """A photo and its truth."""
    jpeg, known = batch.drawn(seed, part, order)
    return jpeg, json.loads(known)


@pytest.mark.parametrize("part", tables.PARTS)
def test_people_are_consistent(part: Part) -> None:
    """Check character, birthday and sex of an identity number agree with the person."""
    rng = random.Random(part)  # noqa: S311 - it has to repeat itself
    for _ in range(300):
        one = person.invent(rng, part)
        if one.nationality != "中国":
            continue
        assert one.number[-1] == person.check_character(one.number[:-1])
        assert one.number[6:14] == f"{one.birth:%Y%m%d}"
        assert (int(one.number[16]) % 2 == 1) == (one.sex == "男")


@pytest.mark.parametrize("number", ["11010519491231002X", "440524188001010014"])
def test_check_character_of_the_standard(number: str) -> None:
    """The standard's own numbers have the check character that is computed here."""
    assert person.check_character(number[:-1]) == number[-1]


@pytest.mark.parametrize("frame", ["LBEHDAEB58Y038860", "1M8GDM9AXKP042788"])
def test_check_character_of_known_vehicles(frame: str) -> None:
    """So have identification numbers that are known to be right."""
    assert identifier.check_character(frame) == frame[8]


@pytest.mark.parametrize("part", tables.PARTS)
def test_vehicles_are_consistent(part: Part) -> None:
    """The identification number is right, both pages name one plate, dates follow each other."""
    rng = random.Random(part)  # noqa: S311 - it has to repeat itself
    for _ in range(300):
        one = vehicle.invent(rng, part)
        front, back = vehicle.front(rng, one, part), vehicle.back(rng, one)
        frame = front["识别代码"].text
        assert len(frame) == 17
        assert not set(frame) & set("IOQ")
        assert identifier.check_character(frame) == frame[8]
        assert front["号牌号码"] == back["号牌号码"]
        assert front["注册日期"].text <= front["发证日期"].text <= driver.LAST.isoformat()


def test_terms_follow_the_first_issue() -> None:
    """A term starts with the first licence or later and lasts six years, ten, or for good."""
    rng = random.Random(1)  # noqa: S311 - likewise
    for _ in range(300):
        values = {name: one.text for name, one in driver.values(rng, "seen", old=False).items()}
        start = date.fromisoformat(values["起始日期"])
        assert date.fromisoformat(values["领证日期"]) <= start <= driver.LAST
        ends = {driver.later(start, years).isoformat() for years in (6, 10)}
        assert values["有效日期"] in ends | {"长期"}


def test_parts_share_no_words_and_no_faces() -> None:
    """Who works on the seen part has met neither words nor faces of the other."""
    for name in ("roads", "firms", "surnames", "given"):
        assert not set(tables.words(name, "seen")) & set(tables.words(name, "unseen"))
    files = [{face.path for face in fonts.faces(part, "value")} for part in tables.PARTS]
    assert not files[0] & files[1]


def test_bars_have_the_length_of_their_code() -> None:
    """Code 128: eleven modules a sign and thirteen at the end; Code 39: twelve and a gap."""
    assert sum(barcode.code128("3547639270865")) == 11 * (1 + 6 + 2 + 1) + 13
    assert sum(barcode.code39("3547639270865")) == 15 * (12 + 1) - 1


@needs_fonts
@pytest.mark.parametrize(("page", "part"), [("dl", "seen"), ("vl", "unseen"), ("vb", "unseen")])
def test_boxes_lie_in_the_photo_on_ink(page: str, part: Part) -> None:
    """Every field has its box inside the picture, and there is something printed in it."""
    jpeg, known = drawn(Order("card", page, "clean", 1), part)
    picture = camera.decoded(jpeg).mean(-1)
    high, wide = picture.shape
    assert len(known["fields"]) == 11
    for field in known["fields"].values():
        x, y, width, height = field["box"]
        assert 0 <= x < x + width <= wide
        assert 0 <= y < y + height <= high
        assert np.ptp(picture[y : y + height, x : x + width]) > 40


@needs_fonts
def test_the_same_seed_draws_the_same_photo() -> None:
    """Same order, same bytes; another seed, another photo."""
    order = Order("card", "vl", "hard", 3)
    first = drawn(order)
    assert drawn(order) == first
    assert drawn(order, seed=2)[0] != first[0]


@needs_fonts
def test_two_pages_are_both_known() -> None:
    """A photo of two pages has the truth of both; the first page's also stands by itself."""
    known = drawn(Order("both", "", "good", 0))[1]
    types = [page["document_type"] for page in known["pages"]]
    assert types == [DocumentType.VEHICLE_LICENCE, DocumentType.VEHICLE_LICENCE_BACK]
    assert known["fields"] == known["pages"][0]["fields"]


@needs_fonts
def test_what_is_no_licence_says_so() -> None:
    """No type, no page, no fields, but the name of what it is."""
    number = paper.subjects().index("poster")
    known = drawn(Order("negative", "", "good", number))[1]
    assert known["document_type"] is None
    assert known["fields"] == {}
    assert known["subject"] == "poster"


@needs_fonts
def test_a_corner_outside_is_told() -> None:
    """A cut photo has a corner beyond its frame."""
    jpeg, known = drawn(Order("quality", "dl", "cut", 0))
    high, wide = camera.decoded(jpeg).shape[:2]
    corners = np.array(known["quad"])
    assert known["quality"] == ["cut"]
    assert ((corners < 0) | (corners > (wide, high))).any()
