"""A correction by hand: asked for, and read."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat import fields
from bot.chat.correction import (
    LONGEST_TOGETHER,
    Slip,
    asked,
    hides,
    looks_like_one,
    made,
    question,
    read,
)
from bot.chat.languages import TAGS, language
from bot.licence.documents import DocumentType, FieldName, fields_of
from bot.playground.markup import parse_html

DRIVING = DocumentType.DRIVING_LICENCE
VEHICLE = DocumentType.VEHICLE_LICENCE
BACK = DocumentType.VEHICLE_LICENCE_BACK
ENGLISH = language("en")
F = FieldName


@pytest.mark.parametrize(
    ("text", "page", "expected"),
    [
        ("Name: 李四", DRIVING, {F.NAME: "李四"}),
        ("姓名：李四", DRIVING, {F.NAME: "李四"}),
        ("號牌號碼：粤b 12345", VEHICLE, {F.PLATE_NUMBER: "粤B12345"}),
        ("plate_number:粤B12345", VEHICLE, {F.PLATE_NUMBER: "粤B12345"}),
        ("PLATE  NUMBER : 粤B12345", VEHICLE, {F.PLATE_NUMBER: "粤B12345"}),
        ("3 · Address: 某路1号 ⚠️", DRIVING, {F.ADDRESS: "某路1号"}),
        ("Valid until: 2030年1月7日", DRIVING, {F.VALID_UNTIL: "2030-01-07"}),
        ("Valid for: 10年", DRIVING, {F.VALID_UNTIL: "10年"}),
        ("有效期至：长期", DRIVING, {F.VALID_UNTIL: "长期"}),
        ("sex: Female\n\nName：a:b", DRIVING, {F.SEX: "女", F.NAME: "a:b"}),
        ("Sex: 男", DRIVING, {F.SEX: "男"}),
        ("Gross mass: 1,500", BACK, {F.GROSS_MASS: "1500kg"}),
        ("Rated load: —", BACK, {F.RATED_LOAD: "--"}),
        ("Seats: 5", BACK, {F.SEATING_CAPACITY: "5人"}),
        ("Dimensions: 4500x1800*1500", BACK, {F.DIMENSIONS: "4500×1800×1500mm"}),
        ("Name: 一\nName: 二", DRIVING, {F.NAME: "二"}),
    ],
)
def test_a_correction_is_read(text: str, page: DocumentType, expected: object) -> None:
    """In whichever language it is written, and however."""
    assert read(text, page, {}) == expected
    assert looks_like_one(text)


@pytest.mark.parametrize(
    ("text", "page", "slip"),
    [
        ("李四", DRIVING, Slip("no-colon")),
        ("Name", DRIVING, Slip("no-colon")),
        ("Name:  ", DRIVING, Slip("no-colon")),
        ("Colour: red", DRIVING, Slip("unknown-field", "Colour")),
        ("VIN: L", DRIVING, Slip("unknown-field", "VIN")),
        ("Form: 电子", DRIVING, Slip("unknown-field", "Form")),
        ("Name: 李四\nValid until: soon", DRIVING, Slip("impossible", "soon", F.VALID_UNTIL)),
        ("Date of birth: 2001-02-30", DRIVING, Slip("impossible", "2001-02-30", F.DATE_OF_BIRTH)),
        ("Sex: x", DRIVING, Slip("impossible", "x", F.SEX)),
        ("Gross mass: heavy", BACK, Slip("impossible", "heavy", F.GROSS_MASS)),
        ("Name: " + "长" * 101, DRIVING, Slip("too-long")),
    ],
)
def test_a_slip_is_told(text: str, page: DocumentType, slip: Slip) -> None:
    """What can't be, is not taken; what only breaks a rule, findings tell."""
    assert read(text, page, {}) == slip


def test_there_is_room_for_all_corrections() -> None:
    """The next question has to hold them."""
    before = {F.ADDRESS: "长" * 100, F.RECORD: "长" * 100}
    rest = f"Name: {'长' * 20}\nNationality: {'长' * 40}"
    assert read(rest, DRIVING, before) == Slip("too-long")
    assert read(f"Address: {'短' * 100}", DRIVING, before) == {F.ADDRESS: "短" * 100}


@given(st.text(), st.sampled_from(DocumentType))
def test_any_text_is_read_or_a_slip(text: str, page: DocumentType) -> None:
    """Whatever people write."""
    found = read(text, page, {})
    assert isinstance(found, Slip | dict)
    assert isinstance(found, Slip) or set(found) <= set(fields_of(page))


@pytest.mark.parametrize("tag", TAGS)
@pytest.mark.parametrize("page", DocumentType)
def test_every_label_of_the_page_is_known(tag: str, page: DocumentType) -> None:
    """No two fields of a page are called the same, and none is forgotten."""
    for name in fields_of(page):
        if name is not F.LICENCE_FORM:
            found = read(f"{fields.label(language(tag), name)}: ?", page, {})
            assert name in found if isinstance(found, dict) else found.name is name


@pytest.mark.parametrize("tag", TAGS)
@pytest.mark.parametrize("page", DocumentType)
@pytest.mark.parametrize(
    "slip",
    [
        None,
        Slip("no-colon"),
        Slip("too-long"),
        Slip("unknown-field", "<" * 40),
        Slip("impossible", "<b>" * 100, F.SEX),
    ],
)
@pytest.mark.parametrize("hidden", [True, False])
def test_a_question_is_read_back(
    tag: str, page: DocumentType, slip: Slip | None, *, hidden: bool
) -> None:
    """The page, every correction and what is hidden, as many as fit the room of a caption."""
    names = fields_of(page)
    before = dict.fromkeys(names, "<" * (LONGEST_TOGETHER // len(names)))
    asks = question(language(tag), page, before, slip=slip, hidden=hidden)
    assert asked(asks.caption) is page
    assert made(asks.caption) == before
    assert hides(asks.caption) is hidden
    assert len(parse_html(asks.caption).content.encode("utf-16-le")) // 2 <= 1024
    assert 1 <= len(asks.placeholder) <= 64


@pytest.mark.parametrize("tag", TAGS)
@pytest.mark.parametrize("page", DocumentType)
def test_the_example_can_be_sent_back(tag: str, page: DocumentType) -> None:
    """What the field proposes is understood."""
    assert isinstance(read(question(language(tag), page, {}).placeholder, page, {}), dict)
    for name in fields_of(page):
        slip = read(f"{name}: ?", page, {})
        if isinstance(slip, Slip) and slip.name:
            again = question(language(tag), page, {}, slip=slip)
            found = read(again.placeholder, page, {})
            assert isinstance(found, dict)
            assert set(found) == {name}


def test_the_example_is_what_was_read() -> None:
    """Tap it to copy, and mend what is wrong."""
    asks = question(ENGLISH, DRIVING, {}, (F.ADDRESS, "某路1<"))
    assert "<code>Address: 某路1&lt;</code>" in asks.caption
    assert asks.placeholder == "Address: 某路1<"


@pytest.mark.parametrize(
    "html", ["", "hello", "<b>Driving licence 驾驶证</b>\nName: <code>✏️</code>", "✏️ Reply"]
)
def test_other_messages_ask_for_nothing(html: str) -> None:
    """Neither an answer nor a picture with its legend."""
    assert asked(html) is None
    assert made(html) == {}


@pytest.mark.parametrize("text", ["hello", "time: 9", "", "驾驶证", "http://x"])
def test_not_every_colon_makes_a_correction(text: str) -> None:
    """Only a label of ours does."""
    assert not looks_like_one(text)
