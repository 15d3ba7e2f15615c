"""Values from what is printed."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.recognition.embedded.normalisation import DASHES, half_width, normalise

KINDS = (
    *("identity", "name", "sex", "nationality", "address", "date", "until", "classes", "plate"),
    *("ideographs", "use", "owner", "model", "vin", "engine", "file", "seats", "mass"),
    *("dimensions", "remarks", "record"),
)


@pytest.mark.parametrize(
    ("kind", "raw", "value"),
    [
        ("identity", "11010519491231002x", "11010519491231002X"),
        ("name", "王 小·明", "王 小·明"),
        ("name", "王小明8_", "王小明8"),
        ("sex", "男.", "男"),
        ("sex", "男国", "男国"),
        ("sex", "另", "另"),
        ("use", "危货运输", "危货运输"),
        ("use", "预约出租客运", "预约出租客运"),
        ("use", "货运租赁", "货运租赁"),
        ("address", "北京市 区號１室", "北京市区号1室"),
        ("date", "2024-01-07", "2024-01-07"),
        ("date", "2024年1月7日", "2024-01-07"),
        ("date", "2024.0107", "2024-01-07"),
        ("date", "2024-13-07", "2024-13-07"),
        ("date", "2024-10-1", "2024-10-1"),
        ("date", "2014-12-252020-12-25", "2014-12-252020-12-25"),
        ("until", "长期", "长期"),
        ("until", "长斯", "长斯"),
        ("until", "2027-01-01期", "2027-01-01期"),
        ("until", "2016-06-21至2022-06-21", "2016-06-21至2022-06-21"),
        ("until", "10 年", "10年"),
        ("until", "2030-02-28", "2030-02-28"),
        ("classes", "AIA2", "A1A2"),
        ("plate", "粵B·O1234", "粤B01234"),
        ("plate", "京O12345", "京O12345"),
        ("ideographs", "小型轿车 a", "小型轿车a"),
        ("owner", "甲（乙）公司", "甲(乙)公司"),
        ("model", "某牌 AB—1", "某牌AB-1"),
        ("vin", "ldcle4ev1rp208821", "LDCLE4EV1RP208821"),
        ("engine", " b4154t  941236 ", "B4154T 941236"),
        ("file", "苏f123e9", "苏F123E9"),
        ("seats", "5 人", "5人"),
        ("seats", "5", "5人"),
        ("seats", "驾驶室3人", "驾驶室3人"),
        ("mass", "1500 Kg", "1500kg"),
        ("mass", "15OO", "15OO"),
        ("mass", "1,495kg", "1495kg"),
        ("mass", "1,49kg", "1,49kg"),
        ("mass", "——", DASHES),
        ("dimensions", "4620X1780x1498mm", "4620×1780×1498mm"),
        ("dimensions", "4620", "4620"),
        ("dimensions", "124667x1839x1694", "124667x1839x1694"),
        ("remarks", " 汽油　 状态正常 ", "汽油 状态正常"),
        ("record", "检验有效期至 2026年08月粤F（04）", "检验有效期至2026年08月粤F(04)"),
    ],
)
def test_each_kind_has_its_form(kind: str, raw: str, value: str) -> None:
    """What was read becomes the value that the product promises."""
    assert normalise(kind, raw) == value


@given(st.sampled_from(KINDS), st.text(max_size=60))
@example("name", "\x1b·")
def test_normalising_twice_changes_nothing(kind: str, raw: str) -> None:
    """A value is its own normal form."""
    value = normalise(kind, raw)

    assert normalise(kind, value) == value


@given(st.dates())
def test_every_date_survives(date: object) -> None:
    """A well printed date is that date."""
    assert normalise("date", str(date)) == str(date)


@given(st.integers(1, 99999), st.sampled_from(["kg", " KG", "ｋｇ"]))
def test_every_mass_survives(mass: int, unit: str) -> None:
    """A mass keeps its digits, whatever the unit looks like."""
    assert normalise("mass", f"{mass}{unit}") == f"{mass}kg"


@given(st.text())
def test_half_width_leaves_no_full_width_letters(text: str) -> None:
    """Letters and digits of the full-width block become ASCII."""
    assert not re.search("[０-９Ａ-Ｚａ-ｚ]", half_width(text))


def test_many_dashes_are_seen_at_once() -> None:
    """A long row of dashes with something behind it costs no more than its length."""
    assert normalise("remarks", "- " * 5000 + "x")
