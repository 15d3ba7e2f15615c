"""How long a vehicle may be used before it must be scrapped."""

from __future__ import annotations

from datetime import date

import pytest

from bot.licence.scope import Vehicle
from bot.licence.scrapping import LIMITS, limit_of

NOBODY_KNOWS = -1


def years(type_: str, use: str) -> int | None:
    """The limit of such a vehicle; `NOBODY_KNOWS` where there is no rule."""
    limit = limit_of(Vehicle(type_, use, date(2020, 5, 14)))
    return limit.years if limit else NOBODY_KNOWS


@pytest.mark.parametrize(
    ("type_", "use", "expected"),
    [
        ("小型轿车", "出租客运", 8),
        ("微型轿车", "出租客运", 8),
        ("中型普通客车", "出租客运", 10),
        ("大型普通客车", "出租客运", 12),
        ("小型轿车", "租赁", 15),
        ("大型普通客车", "租赁", 15),
        ("小型轿车", "教练", 10),
        ("中型普通客车", "教练", 12),
        ("大型普通客车", "教练", 15),
        ("大型铰接客车", "公交客运", 13),
        ("小型普通客车", "公路客运", 10),
        ("中型普通客车", "旅游客运", 15),
        ("大型卧铺客车", "公路客运", 15),
        ("大型专用校车", "小学生校车", 15),
        ("中型普通客车", "非营运", 20),
        ("大型普通客车", "非营运", 20),
        ("大型轿车", "非营运", None),
        ("三轮汽车", "货运", 9),
        ("微型普通货车", "货运", 12),
        ("轻型厢式货车", "非营运", 15),
        ("重型自卸货车", "货运", 15),
        ("重型罐式货车", "危化品运输", 10),
        ("重型半挂牵引车", "货运", 15),
        ("重型普通全挂车", "货运", 10),
        ("重型集装箱半挂车", "货运", 20),
        ("重型低平板半挂车", "货运", 15),
        ("重型罐式半挂车", "危化品运输", 10),
        ("重型集装箱半挂车", "危化品运输", 10),
        ("普通正三轮摩托车", "非营运", 12),
        ("普通二轮摩托车", "非营运", 13),
        ("侧三轮摩托车", "非营运", 13),
        ("小型轿车", "非营运", None),
        ("小型面包车", "非营运", None),
        ("微型普通客车", "非营运", None),
        ("轮式装载机械", "非营运", None),
    ],
)
def test_the_table_says_what_the_law_says(type_: str, use: str, expected: int | None) -> None:
    """Every figure of art. 5 that a licence is enough for."""
    assert years(type_, use) == expected


@pytest.mark.parametrize(
    ("type_", "use"),
    [
        ("小型轿车", "营转非"),
        ("小型轿车", "出租转非"),
        ("小型轿车", "预约出租转非"),
        ("小型轿车", "预约出租客运"),
        ("小型轿车", "警用"),
        ("小型轿车", "货运"),
        ("普通低速货车", "货运"),
        ("重型专项作业车", "非营运"),
        ("重型半挂牵引车", "危化品运输"),
        ("重型中置轴车辆运输挂车", "货运"),
        ("大型普通客车", "小学生校车"),
        ("大型轮式拖拉机", "非营运"),
        ("无轨电车", "公交客运"),
        ("小型汽车", "非营运"),
        ("", ""),
    ],
)
def test_what_a_licence_does_not_tell_is_left_out(type_: str, use: str) -> None:
    """A former use, cylinders, a load, or words that are not known."""
    assert years(type_, use) == NOBODY_KNOWS


def test_every_row_names_its_law() -> None:
    """Whoever doubts a figure can look it up."""
    assert all(limit.source.startswith("art. 5") for limit in LIMITS)
