"""What issuing authorities are called: a place, its police, and the office that does traffic.

`四川省成都市公安局交通警察支队`: the end is one of a few, the beginning anything. That is enough to
tell in which order the characters of a seal stand, and to choose between readings of a character;
it never adds one.
"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.recognition.embedded.ctc import Glyph

CHOSEN: Final = 0.6
"""The confidence of a character that was not the reader's first choice."""

_OFFICES: Final = tuple(
    police + office
    for police in ("公安局", "公安厅", "公安局公安", "公安")
    for office in (
        *("交通警察支队", "交通警察总队", "交通警察大队", "交通管理局", "交通管理总队"),
        *("交通管理支队", "交通巡逻警察支队", "交通巡逻警察总队", "巡逻警察支队", "巡逻警察总队"),
        *("交警支队", "交警总队", "交警大队", "车辆管理所"),
    )
)
_PROVINCES: Final = (
    *("北京市", "天津市", "上海市", "重庆市", "河北省", "山西省", "辽宁省", "吉林省", "黑龙江省"),
    *("江苏省", "浙江省", "安徽省", "福建省", "江西省", "山东省", "河南省", "湖北省", "湖南省"),
    *("广东省", "海南省", "四川省", "贵州省", "云南省", "陕西省", "甘肃省", "青海省"),
    *("内蒙古自治区", "广西壮族自治区", "西藏自治区", "宁夏回族自治区", "新疆维吾尔自治区"),
)
_PAIRS: Final = frozenset(pair for name in (*_OFFICES, *_PROVINCES) for pair in pairwise(name))
_FORM: Final = re.compile(
    r"[㐀-鿿]{2,18}?公安[局厅]?(公安)?"
    r"(交通|交通警察|交通管理|交通巡逻警察|巡逻警察|交警|交巡警|车辆管理)"
    r"(总队|支队|大队|局|处|所)(车辆管理所)?"
)
_MOST_CHOSEN: Final = 2  # characters of a name; with more, the name itself would be a guess


def fits(text: str) -> bool:
    """Whether a text is built as the name of an authority.

    >>> fits("深圳市公安局交通管理局")
    True
    >>> fits("深圳市公安局管理交通局")
    False
    """
    return bool(_FORM.fullmatch(text))


def likeness(text: str) -> int:
    """How many neighbours in a text are neighbours in the names of authorities, too."""
    return sum(pair in _PAIRS for pair in pairwise(text))


def settle(glyphs: Sequence[Glyph]) -> tuple[Glyph, ...]:
    """The glyphs with the ends that authorities have, where the reader itself saw them possible."""
    settled = tuple(glyphs)
    text = "".join(glyph.text for glyph in settled)
    if not fits(text):
        settled = _chosen(settled, _OFFICES, at_end=True)
    return _chosen(settled, _PROVINCES, at_end=False)


def _chosen(glyphs: tuple[Glyph, ...], names: Sequence[str], *, at_end: bool) -> tuple[Glyph, ...]:
    """The likeliest of the names at one end of the glyphs, where all its characters were seen."""
    best, most = glyphs, 0.0
    for name in names:
        start = len(glyphs) - len(name) if at_end else 0
        if start < 0 or len(name) > len(glyphs):
            continue
        part = glyphs[start : start + len(name)]
        others = [c for c, glyph in zip(name, part, strict=True) if glyph.text != c]
        worth = _possible(name, part)
        if len(others) <= _MOST_CHOSEN and worth > most:
            most = worth
            taken = [_as(glyph, c) for c, glyph in zip(name, part, strict=True)]
            best = (*glyphs[:start], *taken, *glyphs[start + len(name) :])
    return best


def _possible(name: str, glyphs: Sequence[Glyph]) -> float:
    """The probability of a name under the reader's alternatives, times its length."""
    worth = float(len(name))
    for character, glyph in zip(name, glyphs, strict=True):
        seen = glyph.probability if glyph.text == character else dict(glyph.others).get(character)
        worth *= seen or 0.0
    return worth


def _as(glyph: Glyph, character: str) -> Glyph:
    if glyph.text == character:
        return glyph
    return replace(glyph, text=character, probability=min(glyph.probability, CHOSEN))
