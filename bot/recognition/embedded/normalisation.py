"""What is printed -> the value: one width, one form for each kind of text.

Nothing is repaired, and no part of a text is taken for the whole: what has not the form of its kind
stays as it was read.
"""

from __future__ import annotations

import re
from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

DASHES: Final = "--"
"""The value of a field in which the page prints dashes."""

_DASH: Final = r"[-‐‑‒–—―−_一=~.·:']"
_ONLY_DASHES: Final = re.compile(rf"(?:\s*{_DASH})+\s*")
_DATE: Final = re.compile(r"(\d{4})\D{0,2}(\d{2})\D{0,2}(\d{2})|(\d{4})年(\d{1,2})月(\d{1,2})日")
_TERM: Final = re.compile(r"(\d{1,2})年")
_DIMENSIONS: Final = re.compile(
    r"(\d{3,5})\D{1,2}(\d{3,5})\D{1,2}(\d{3,5})(?:m[mn]?)?", re.IGNORECASE
)
_MASS: Final = re.compile(r"(\d+|[1-9]\d{0,2}(?:(?:,\d{3})+|(?:\.\d{3})+))kg?", re.IGNORECASE)
_SEATS: Final = re.compile(r"(\d+)\s*人?")

_HALF: Final[Mapping[int, int]] = MappingProxyType(
    {0x3000: 0x20} | {wide: wide - 0xFEE0 for wide in range(0xFF01, 0xFF5F)}
)

# The reader knows the traditional and Japanese forms too and sometimes prefers them.
_VARIANTS: Final = str.maketrans(
    "區號學粵漢陝魯遼雲蘇東長門廣貴寧龍車輛縣鄉鎮樓單棟園業營運輕載貨駛證陽華衛國馬張陳劉趙孫楊黃吳鄭馮劃沖収図県広説関氣氫汙"
    "裝機態狀強報廢檢驗註記質總輪黒贛閩晉滬瓊濱橋嶺萬戶貝賀鵬麗藍錦鐵銀鋼開濟淨淸靜戸産產歩徳増舎駅対児伝価仏団囲円圧",
    "区号学粤汉陕鲁辽云苏东长门广贵宁龙车辆县乡镇楼单栋园业营运轻载货驶证阳华卫国马张陈刘赵孙杨黄吴郑冯划冲收图县广说关气氢污"
    "装机态状强报废检验注记质总轮黑赣闽晋沪琼滨桥岭万户贝贺鹏丽蓝锦铁银钢开济净清静户产产步德增舍驿对儿传价佛团围圆压",
)


def half_width(text: str) -> str:
    """Full-width letters, digits and signs in their half width; ideographs stay as they are."""
    return text.translate(_HALF).strip()


def normalise(kind: str, raw: str) -> str:
    """The value of a text of that kind; the text itself, cleaned, where it has not its form.

    >>> normalise("date", "2024年1月7日")
    '2024-01-07'
    >>> normalise("mass", "——")
    '--'
    """
    text = half_width(raw).translate(_VARIANTS)
    value = text if _ONLY_DASHES.fullmatch(text) else _RULES[kind](text)
    return DASHES if _ONLY_DASHES.fullmatch(value) else value


def _solid(text: str) -> str:
    return "".join(text.split())


def _spaced(text: str) -> str:
    return " ".join(text.split())


def _code(text: str) -> str:
    """Letters, digits and ideographs."""
    return "".join(c for c in text.upper() if c.isalnum())


def _classes(text: str) -> str:
    """No class is called I or L: what looks so is a one."""
    return _code(text).replace("I", "1").replace("L", "1")


def _plate(text: str) -> str:
    """GA 36-2018: after the office's letter a plate has neither O nor I."""
    code = _code(text)
    return code[:2] + code[2:].replace("O", "0").replace("I", "1")


def _words(text: str) -> str:
    """Without signs, which no such value has."""
    return "".join(c for c in text if c.isalnum())


def _name(text: str) -> str:
    """A person's name, with the dot between the parts of a long one and no other signs."""
    return _spaced(re.sub(r"[^\w·. ]|_", "", text.replace("•", "·")))


def _date(text: str) -> str:
    found = _DATE.fullmatch(_solid(text))
    if found is None:
        return _solid(text)
    year, month, day = (int(part) for part in found.groups() if part is not None)
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return _solid(text)


def _until(text: str) -> str:
    years = _TERM.fullmatch(_solid(text))
    return f"{int(years[1])}年" if years else _date(text)


def mass(text: str) -> str:
    """Whole kilograms with their unit, and no sign between the thousands."""
    found = _MASS.fullmatch(_solid(text))
    return f"{re.sub('[,.]', '', found[1])}kg" if found else _solid(text)


def seats(text: str) -> str:
    """Persons with their counter."""
    found = _SEATS.fullmatch(_solid(text))
    return f"{found[1]}人" if found else _solid(text)


def _dimensions(text: str) -> str:
    found = _DIMENSIONS.fullmatch(_solid(text))
    return "×".join(found.groups()) + "mm" if found else _solid(text)


def _model(text: str) -> str:
    return _solid(text).replace("—", "-")


_RULES: Final[Mapping[str, Callable[[str], str]]] = {
    "identity": _code,
    "name": _name,
    "sex": _words,
    "nationality": _words,
    "address": _solid,
    "date": _date,
    "until": _until,
    "classes": _classes,
    "plate": _plate,
    "ideographs": _words,
    "use": _words,
    "owner": _solid,
    "model": _model,
    "vin": _code,
    "engine": lambda text: _spaced(text).upper(),
    "file": lambda text: _solid(text).upper(),
    "seats": seats,
    "mass": mass,
    "dimensions": _dimensions,
    "remarks": _spaced,
    "record": _solid,
}
"""The kinds of text that slots name, and `until`, the second half of a term."""
