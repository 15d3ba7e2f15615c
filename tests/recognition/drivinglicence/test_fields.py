"""Items and fields, both ways."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import ProviderError
from bot.licence.documents import PRINTED_FIELDS, DocumentType, FieldName, fields_of
from bot.licence.recognition import Box, Field
from bot.recognition.drivinglicence.fields import _ROWS, read_items, write_items

if TYPE_CHECKING:
    from collections.abc import Sequence

FRONT, DRIVING, BACK = DocumentType
PLACE = {"x": 20, "y": 30, "width": 40, "height": 50}


def item(name: str, text: str, confidence: object = 0.9, place: object = PLACE) -> dict[str, Any]:
    """One item of a reply."""
    return {"item": name, "itemstring": text, "itemconf": confidence, "itemcoord": place}


def only(entries: Sequence[object], page: DocumentType, scale: float = 1.0) -> Field:
    """The one field that they say."""
    (field,) = read_items(entries, page, scale)
    return field


@pytest.mark.parametrize("page", DocumentType)
def test_every_field_of_a_page_has_a_name(page: DocumentType) -> None:
    """Nothing that the embedded recogniser reads is lost on the wire, and no name is used twice."""
    fields = [row.name for row in _ROWS[page]]
    names = [name for row in _ROWS[page] for name in row.items]
    assert set(PRINTED_FIELDS[page]) <= set(fields) <= set(fields_of(page))
    assert len(names) == len(set(names))
    assert len(fields) == len(set(fields))


def test_the_written_names_are_those_of_the_page() -> None:
    """In the API's own order; after them what it does not document."""
    front, driving = ([row.items[0] for row in _ROWS[page]] for page in (FRONT, DRIVING))
    assert front[:10] == [
        *("车牌号码", "车辆类型", "所有人", "住址", "使用性质"),
        *("品牌型号", "识别代码", "发动机号", "注册日期", "发证日期"),
    ]
    assert driving[:11] == [
        *("证号", "姓名", "性别", "国籍", "住址", "出生日期"),
        *("领证日期", "准驾车型", "起始日期", "有效日期", "红章"),
    ]


def test_a_box_is_in_pixels_of_the_photo_as_it_was_sent() -> None:
    """The provider may have seen a smaller one."""
    assert only([item("姓名", "张三")], DRIVING, 2.5).box == Box(50, 75, 100, 125)


@pytest.mark.parametrize(
    "place",
    [
        None,
        {},
        {"x": 0, "y": 0, "width": 0, "height": 0},
        {"x": 10, "y": 10, "width": 10, "height": 10},
        {"x": 5, "y": 5, "width": -1, "height": 3},
        {"x": 5, "y": 5, "width": 3, "height": None},
        {"x": 5, "y": 5, "width": 3},
        {"x": "10", "y": "10", "width": "10", "height": "10"},
        {"x": 5, "y": 5, "width": 3, "height": "tall"},
        {"x": 5, "y": 5, "width": True, "height": 3},
        {"x": 5, "y": [5], "width": 3, "height": 3},
        {"x": 5, "y": float("nan"), "width": 3, "height": 3},
        {"x": -(10**10), "y": 5, "width": 3, "height": 3},
        [],
        [20, 30, 40, 50],
        "20,30,40,50",
        20,
        True,
    ],
)
def test_a_box_that_is_none_is_dropped(place: object) -> None:
    """Zeros, the provider's dummy, what is not all there, and what is no box; the value stays."""
    field = only([item("姓名", "张三", place=place)], DRIVING)
    assert (field.value, field.box) == ("张三", None)


@pytest.mark.parametrize(
    ("given", "read"),
    [
        ((0.5, 1.0), (0.5, 1.0)),
        ((50, 99.5), (0.5, 0.995)),
        ((0.5, 100), (0.005, 1.0)),
        ((0.5, 1.5), (0.005, 0.015)),
        ((0.5, 1.0000001), (0.5, 1.0)),
        ((-0.5, 0.25), (0.0, 0.25)),
        ((50, 100.0001), (0.5, 1.0)),
        ((50, 200), (0.5, None)),
        ((0.5, 200), (0.5, None)),
        ((0, 0), (0.0, 0.0)),
        ((None, 0.5), (None, 0.5)),
        ((None, None), (None, None)),
    ],
)
def test_confidence_has_one_scale(
    given: tuple[float, float], read: tuple[float | None, float | None]
) -> None:
    """The greatest of a whole reply tells which one it is."""
    entries = [item("姓名", "张三", given[0]), item("性别", "男", given[1])]
    assert tuple(field.confidence for field in read_items(entries, DRIVING)) == read


@pytest.mark.parametrize(
    ("confidence", "read"),
    [
        *(("0.98", 0.98), (" 98 ", 0.98), ("1", 1.0), ("-1", 0.0)),
        *(("", None), ("sure", None), ("nan", None), ("1e999", None), ("\ud800", None)),
        *((True, None), ([], None), ({}, None), ([0.9], None)),
        *((float("nan"), None), (float("inf"), None), (10**400, None)),
    ],
)
def test_a_confidence_that_is_none_leaves_the_value(confidence: object, read: object) -> None:
    """A number may be written as a text; what is no number says nothing of how sure it is."""
    field = only([item("姓名", "张三", confidence)], DRIVING)
    assert (field.value, field.confidence) == ("张三", read)


def test_a_box_may_be_written_as_texts() -> None:
    """Its numbers count, however they are quoted."""
    place = {"x": "20", "y": " 30", "width": 40.4, "height": "5e1"}
    assert only([item("姓名", "张三", place=place)], DRIVING).box == Box(20, 30, 40, 50)


def test_a_blank_items_confidence_tells_the_scale_too() -> None:
    """The scale is the reply's, not the item's."""
    assert only([item("姓名", "张三", 1), item("", "", 90)], DRIVING).confidence == 0.01


def test_what_is_blank_or_unknown_is_left_out() -> None:
    """Fillers, one space for nothing, other pages' items, and items without anything."""
    blank: list[object] = [
        item("", ""),
        item("注册日期", " "),
        item("证号", "1"),
        {"item": "住址", "itemstring": None},
        {"item": "住址"},
        {},
        None,
        item("VIN", "1"),
    ]
    assert read_items(blank, FRONT) == ()


def test_the_order_is_the_pages() -> None:
    """Replies have none."""
    entries = [item(row.items[-1], "2020-01-01") for row in reversed(_ROWS[DRIVING])]
    names = [field.name for field in read_items(entries, DRIVING)]
    assert names == sorted(names, key=fields_of(DRIVING).index)
    assert len(names) == len(entries)


def test_of_two_items_for_one_field_the_surer_counts() -> None:
    """The undocumented 发证单位 repeats 红章; where both are sure, the documented one counts."""
    same = [item("发证单位", "甲局"), item("红章", "乙局")]
    surer = [item("红章", "甲局", 0.2), item("发证单位", "乙局", None), item("红章", "丙局", 0.3)]
    assert only(same, DRIVING).value == "乙局"
    assert only(surer, DRIVING).value == "丙局"
    assert only([item("红章", " ", 1.0), item("发证单位", "甲局", 0.1)], DRIVING).value == "甲局"


def test_the_raw_text_is_kept() -> None:
    """But for half characters, which no file can hold."""
    field = only([item("住址", " 某市　１\ud83d号 ")], DRIVING)
    assert (field.value, field.raw) == ("某市1?号", " 某市　１?号 ")


@pytest.mark.parametrize(
    ("page", "name", "raw", "value"),
    [
        (FRONT, "车牌号码", " 粤B·12345 ", "粤B12345"),
        (FRONT, "识别代码", "ldc＊＊＊＊123", "LDC****123"),
        (FRONT, "品牌型号", "某牌 AB—1", "某牌AB-1"),
        (FRONT, "注册日期", "２０１４年１２月５日", "2014-12-05"),
        (FRONT, "注册日期", "2014-13-05", "2014-13-05"),
        (FRONT, "所有人", "某市某某（乙） 公司", "某市某某(乙)公司"),
        (DRIVING, "姓名", "阿依古丽•买买提", "阿依古丽·买买提"),
        (DRIVING, "有效日期", "10 年", "10年"),
        (DRIVING, "有效日期", "长期", "长期"),
        (DRIVING, "准驾车型", "a1，A2", "A1A2"),
        (BACK, "核定载人数", "5", "5人"),
        (BACK, "总质量", "２０２５ KG", "2025kg"),
        (BACK, "核定载质量", "— —", "--"),
        (BACK, "外廓尺寸", "4760X1811x1455", "4760×1811×1455mm"),
        (BACK, "备注", " 汽油　 状态\u200b正常\x00 ", "汽油 状态正常"),
    ],
)
def test_a_value_has_its_normal_form(page: DocumentType, name: str, raw: str, value: str) -> None:
    """It looks the same, whoever read it."""
    field = only([item(name, raw)], page)
    assert (field.value, field.raw) == (value, raw)


@pytest.mark.parametrize("page", DocumentType)
def test_no_text_takes_long(page: DocumentType) -> None:
    """Texts made to keep a pattern busy do not; the suite would hang."""
    for text in ("- " * 500, "- " * 499 + "x", "1" * 1000, "2014-" * 200, "检验有效期至1" * 140):
        entries = [item(row.items[0], text) for row in _ROWS[page]]
        assert read_items(entries, page)


@pytest.mark.parametrize(("confidence", "left"), [(0.95, 0.6), (0.3, 0.3), (None, 0.6)])
def test_a_label_taken_off_leaves_doubt(confidence: float | None, left: float) -> None:
    """A correction is never silent: the value asks for a second look."""
    field = only([item("所有人", "人张三", confidence)], FRONT)
    assert (field.value, field.raw, field.confidence) == ("张三", "人张三", left)


def test_fuel_glued_to_the_record_becomes_a_field_of_its_own() -> None:
    """Marked as derived, with the record's own place and doubt."""
    record, fuel = read_items([item("检验记录", "检验有效期至2018-09-07汽油", 0.3)], BACK)
    assert (record.value, record.raw) == ("检验有效期至2018-09-07", "检验有效期至2018-09-07汽油")
    assert (fuel.name, fuel.value, fuel.raw) == (FieldName.FUEL_TYPE, "汽油", "汽油")
    assert (fuel.derived, fuel.confidence, fuel.box) == (True, 0.3, record.box)


def test_fuel_that_stands_for_itself_goes_before_fuel_that_is_glued() -> None:
    """What was read in its place is not derived."""
    entries = [item("检验记录", "检验有效期至2018-09-07汽油"), item("燃料种类", "柴油")]
    record, fuel = read_items(entries, BACK)
    assert record.value == "检验有效期至2018-09-07"
    assert (fuel.value, fuel.derived) == ("柴油", False)


UNKNOWN: list[object] = [
    *(1, "姓名", [], ["姓名"], None, True, {}),
    *({"item": 1, "itemstring": "李四"}, {"item": None, "itemstring": "李四"}),
    *({"item": ["姓名"], "itemstring": "李四"}, {"item": {}, "itemstring": "李四"}),
    *({"item": "姓名 ", "itemstring": "李四"}, {"item": "车牌号码", "itemstring": "李四"}),
    {"item": "", "itemstring": "", "itemconf": "0.0", "itemcoord": []},
    {"item": "积分", "itemstring": ["x"], "itemconf": {}, "itemcoord": "x"},
    {"item": "积分", "itemstring": "x" * 1001, "itemconf": 10**400},
    {"itemstring": {"x": 1}, "itemconf": [0.5], "itemcoord": {"x": []}},
]


@pytest.mark.parametrize("entry", UNKNOWN)
def test_what_is_unknown_is_passed_over_whatever_its_shape(entry: object) -> None:
    """What we do not know we cannot judge; what we know was read all the same."""
    known = item("姓名", "张三")
    assert read_items([entry, known, entry], DRIVING) == read_items([known], DRIVING)


@pytest.mark.parametrize(
    ("page", "name", "said", "value"),
    [
        (BACK, "核定载人数", 5, "5人"),
        (DRIVING, "证号", 110101199003070011, "110101199003070011"),
        (BACK, "备注", 0, "0"),
        (BACK, "备注", 1.5, "1.5"),
    ],
)
def test_a_number_is_read_as_its_text(
    page: DocumentType, name: str, said: object, value: str
) -> None:
    """It says what was printed, only without its quotes."""
    field = only([{"item": name, "itemstring": said}], page)
    assert (field.value, field.raw) == (value, str(said))


@pytest.mark.parametrize(
    "said", [["张三"], {"text": "张三"}, [], {}, True, False, float("nan"), "张三" * 501, 10**1001]
)
def test_a_known_item_without_a_short_text_is_unintelligible(said: object) -> None:
    """Better no answer than one without a field that was read; the error repeats nothing of it."""
    with pytest.raises(ProviderError) as error:
        read_items([item("性别", "男"), {"item": "姓名", "itemstring": said}], DRIVING)
    assert error.value.code == "unintelligible"
    assert "张三" not in error.value.detail


@st.composite
def readings(draw: st.DrawFn) -> tuple[DocumentType, tuple[Field, ...]]:
    """A page as our own engine might have read it: values in their normal form."""
    page = draw(st.sampled_from(DocumentType))
    boxes = st.builds(Box, *[st.integers(11, 9000)] * 4)
    fields = []
    for row in _ROWS[page]:
        text = draw(st.text(max_size=20) | st.sampled_from(["--", "2020-01-01", "5人", "10kg"]))
        entry: list[object] = [item(row.items[0], text)]
        if read := read_items(entry, page):
            value, confidence = read[0].value, draw(st.floats(0, 1))
            box = draw(st.none() | boxes)
            fields.append(Field(row.name, value, value, confidence, box))
    return page, tuple(sorted(fields, key=lambda field: fields_of(page).index(field.name)))


@given(readings())
def test_what_is_written_is_read_back(reading: tuple[DocumentType, tuple[Field, ...]]) -> None:
    """A photo that goes through another machine comes back as if it had been read here."""
    page, fields = reading
    assert read_items(write_items(fields, page), page) == fields


def test_what_cannot_be_said_is_left_out() -> None:
    """A blank value, a field of another page, and a confidence that there is none."""
    fields = [
        Field(FieldName.NAME, "张三", "张三"),
        Field(FieldName.SEX, "", " ", 0.4),
        Field(FieldName.VIN, "1", "1", 0.4),
    ]
    place = {"x": 0, "y": 0, "width": 0, "height": 0}
    assert write_items(fields, DRIVING) == [
        {"item": "姓名", "itemcoord": place, "itemstring": "张三"}
    ]
