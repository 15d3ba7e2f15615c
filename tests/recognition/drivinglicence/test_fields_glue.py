"""What sticks to values."""

from __future__ import annotations

import pytest

from bot.recognition.drivinglicence.fields_glue import parted, without_label


@pytest.mark.parametrize(
    ("owner", "value"),
    [
        ("人张三", "张三"),
        ("人王小明", "王小明"),
        ("张三", "张三"),
        ("人测试员", "人测试员"),  # no surname: it may be a company
        ("人民医院", "人民医院"),
        ("人保财险", "人保财险"),
        ("人武部", "人武部"),
        ("人王", "人王"),
        ("人王小明运输公司", "人王小明运输公司"),
        ("某市人王小明", "某市人王小明"),
    ],
)
def test_a_labels_last_character_is_taken_off_only_where_it_is_one(owner: str, value: str) -> None:
    """所有人 bleeds into the owner's name, but names of companies begin with 人 as well."""
    assert without_label(owner) == value


@pytest.mark.parametrize(
    ("record", "value", "fuel"),
    [
        ("检验有效期至2018-09-07汽油", "检验有效期至2018-09-07", "汽油"),
        ("检验有效期至2019年11月粤E(01)汽油", "检验有效期至2019年11月粤E(01)", "汽油"),
        ("检验有效期至2026年07月电", "检验有效期至2026年07月", "电"),
        ("检验有效期至2026年07月插电式混合动力", "检验有效期至2026年07月", "插电式混合动力"),
        ("检验有效期至2026年07月", "检验有效期至2026年07月", ""),
        ("汽油", "汽油", ""),
        ("某市供电", "某市供电", ""),
        ("汽油检验有效期至2018-09-07", "汽油检验有效期至2018-09-07", ""),
    ],
)
def test_fuel_is_parted_from_the_record_it_is_glued_to(record: str, value: str, fuel: str) -> None:
    """Only at the very end, right after a date or an office."""
    assert parted(record) == (value, fuel)
