"""From the lines of a slot to the values of its fields."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from bot.licence.documents import DocumentType, FieldName
from bot.recognition.embedded import fields
from bot.recognition.embedded.ctc import Glyph
from bot.recognition.embedded.extraction import Found, Place
from bot.recognition.embedded.pages import pages
from bot.recognition.embedded.reading import Line

if TYPE_CHECKING:
    from collections.abc import Callable

F = FieldName


def found(document_type: DocumentType, name: FieldName, *lines: Line) -> Found:
    """That slot with those lines."""
    slot = next(s for s in pages()[document_type].slots if name in s.names)
    return Found(Place(slot, slot.left, slot.right, slot.y), lines, (0,) * len(lines))


def term(*lines: Line) -> dict[FieldName, str]:
    """The values of a row of 有效期限."""
    slot = found(DocumentType.DRIVING_LICENCE, F.VALID_FROM, *lines)
    return {reading.name: reading.value for reading in fields.interpret(slot)}


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2014-07-05至2020-07-05", "2014-07-05", "2020-07-05"),
        ("2014-07-05 至 长期", "2014-07-05", "长期"),
        ("2014-07-05长期", "2014-07-05", "长期"),
        ("2014-07-056年", "2014-07-05", "6年"),
        ("警安2014-07-05至10年", "2014-07-05", "10年"),
        ("2014-07-05", "2014-07-05", None),
        ("至2020-07-05", None, "2020-07-05"),
        ("至长斯", None, "长斯"),
        ("2014-07-05至2020年", "2014-07-05", None),
        ("2014-07-052020-07-05", "2014-07-05", "2020-07-05"),
        ("长期", None, "长期"),
        ("甲乙", None, None),
    ],
)
def test_a_term_has_two_ends(
    line: Callable[..., Line], text: str, first: str | None, last: str | None
) -> None:
    """Newer print has two dates or 长期, older print a date and a number of years."""
    expected = {F.VALID_FROM: first, F.VALID_UNTIL: last}

    assert term(line(text)) == {name: value for name, value in expected.items() if value}


def test_a_term_may_lie_in_several_boxes(line: Callable[..., Line]) -> None:
    """Dates are found across boxes, and each keeps its own place."""
    lines = line("2014-07-05 至", 20, 44), line("2020-07-05", 46, 62)
    slot = found(DocumentType.DRIVING_LICENCE, F.VALID_FROM, *lines)

    first, last = fields.interpret(slot)

    assert (first.value, last.value) == ("2014-07-05", "2020-07-05")
    assert first.quad[:, 0].max() < 44
    assert last.quad[:, 0].min() == pytest.approx(46)


def test_lines_of_an_address_are_joined_without_a_blank(line: Callable[..., Line]) -> None:
    """An address goes on in the next line."""
    lines = line("北京市东城区", 14, 60, 26), line("东街1号", 14, 30, 30)

    (reading,) = fields.interpret(found(DocumentType.DRIVING_LICENCE, F.ADDRESS, *lines))

    assert reading.value == reading.raw == "北京市东城区东街1号"
    assert reading.quad[:, 1].tolist() == pytest.approx([24, 24, 32, 32])
    assert reading.confidence == pytest.approx(0.9)


def test_lines_of_remarks_are_joined_with_a_blank(line: Callable[..., Line]) -> None:
    """Remarks are words of their own."""
    lines = line("纯电动", 16, 30, 34), line("状态正常", 16, 40, 38)

    (reading,) = fields.interpret(found(DocumentType.VEHICLE_LICENCE_BACK, F.REMARKS, *lines))

    assert reading.value == "纯电动 状态正常"


@pytest.mark.parametrize(
    ("text", "whites", "value"),
    [
        ("汽油状态正", (0, 0.1, 0.5, 0.1, 0.1), "汽油 状态正"),
        ("日期2020", (0, 0.1, 0.5, 0.1, 0.1, 0.1), "日期 2020"),
        ("期止:2020", (0, 0.1, 0.5, 0.5, 0.1, 0.1, 0.1), "期止:2020"),
        ("汽油状态正", (0, 0.1, 0.25, 0.1, 0.1), "汽油状态正"),
        ("报废期止2", (0, 0.1, 0.1, 0.35, 0.1), "报废期止2"),
    ],
)
def test_white_beside_an_ideograph_is_a_blank(
    text: str, whites: tuple[float, ...], value: str
) -> None:
    """The reader drops blanks; a colon, and ideographs with white of their own, make none."""
    glyphs = tuple(
        Glyph(c, 0.9, i / 10, (i + 1) / 10, white=white)
        for i, (c, white) in enumerate(zip(text, whites, strict=True))
    )
    row = Line(np.array([[0.0, 0], [50, 0], [50, 5], [0, 5]]), glyphs)

    (reading,) = fields.interpret(found(DocumentType.VEHICLE_LICENCE_BACK, F.REMARKS, row))

    assert reading.value == value


def test_english_behind_ideographs_is_no_value(line: Callable[..., Line]) -> None:
    """What the detector took along of a caption is left out."""
    (reading,) = fields.interpret(
        found(DocumentType.DRIVING_LICENCE, F.NAME, line("崔生博ense No."))
    )

    assert reading.value == "崔生博"


@pytest.mark.parametrize(
    ("first", "second", "value"),
    [
        ("登记日期 2020-05", "-05 汽油", "登记日期 2020-05-05 汽油"),
        ("登记日期 2020-05-05", "汽油", "登记日期 2020-05-05 汽油"),
    ],
)
def test_a_row_may_end_within_a_date(
    line: Callable[..., Line], first: str, second: str, value: str
) -> None:
    """Then nothing is between its halves; all other rows end at a blank."""
    lines = line(first, 16, 60, 34), line(second, 16, 40, 38)

    (reading,) = fields.interpret(found(DocumentType.VEHICLE_LICENCE_BACK, F.REMARKS, *lines))

    assert reading.value == value


@pytest.mark.parametrize(
    ("text", "value"), [("it中国", "中国"), ("籍中国", "中国"), ("中国", "中国")]
)
def test_what_is_left_of_a_caption_is_left_out(
    line: Callable[..., Line], text: str, value: str
) -> None:
    """The end of `Nationality` or of 国籍 is no part of a nationality."""
    (reading,) = fields.interpret(found(DocumentType.DRIVING_LICENCE, F.NATIONALITY, line(text)))

    assert reading.value == value


def test_a_hole_in_a_line_makes_it_doubtful() -> None:
    """A character lost to glare leaves twice the usual distance."""
    lefts = [0.0, 0.1, 0.2, 0.4, 0.5, 0.6]
    glyphs = tuple(Glyph(c, 0.9, x, x + 0.1) for c, x in zip("北京东城区街", lefts, strict=True))
    row = Line(np.array([[0.0, 0], [50, 0], [50, 5], [0, 5]]), glyphs)

    (reading,) = fields.interpret(found(DocumentType.DRIVING_LICENCE, F.ADDRESS, row))

    assert reading.confidence == pytest.approx(0.45)


@pytest.mark.parametrize(
    ("left", "y", "confidence"), [(51, 10, 0.9), (58, 10, 0.45), (58, 16, 0.9)]
)
def test_a_hole_between_boxes_makes_them_doubtful(
    line: Callable[..., Line], left: float, y: float, confidence: float
) -> None:
    """Two boxes far apart on one line may have lost something; on two lines they have not."""
    lines = line("北京市东城区", 14, 50, 10), line("东街1号", left, left + 20, y)

    (reading,) = fields.interpret(found(DocumentType.DRIVING_LICENCE, F.ADDRESS, *lines))

    assert reading.confidence == pytest.approx(confidence)


def test_digits_alone_get_no_blanks(line: Callable[..., Line]) -> None:
    """Latin letters are of many widths, so only the reader's own blanks count."""
    slot = found(DocumentType.VEHICLE_LICENCE, F.ENGINE_NUMBER, line("B4154T 941236"))

    (reading,) = fields.interpret(slot)

    assert reading.value == "B4154T 941236"


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        (F.DATE_OF_BIRTH, "安1990-01-02号", "1990-01-02"),
        (F.DATE_OF_BIRTH, "1990-01-021990-01-02", "1990-01-021990-01-02"),
        (F.SEX, "男国", "男"),
        (F.SEX, "男女", "男女"),
    ],
)
def test_print_beside_a_value_is_left_out(
    line: Callable[..., Line], name: FieldName, text: str, value: str
) -> None:
    """A date tells itself from the seal beside it, but not from another date."""
    (reading,) = fields.interpret(found(DocumentType.DRIVING_LICENCE, name, line(text)))

    assert reading.value == value


def test_a_slot_without_text_has_no_reading(line: Callable[..., Line]) -> None:
    """No lines or empty lines say nothing."""
    for lines in ((), (line(""),)):
        assert fields.interpret(found(DocumentType.DRIVING_LICENCE, F.SEX, *lines)) == ()


def test_worth_counts_sense(line: Callable[..., Line]) -> None:
    """Values in their own slots are worth more than the same ones exchanged."""
    dl = DocumentType.DRIVING_LICENCE
    sex, born = line("男"), line("1990-01-02")

    right = fields.worth([found(dl, F.SEX, sex), found(dl, F.DATE_OF_BIRTH, born)])
    wrong = fields.worth([found(dl, F.SEX, born), found(dl, F.DATE_OF_BIRTH, sex)])

    assert right == pytest.approx(1.8)
    assert wrong < 1
