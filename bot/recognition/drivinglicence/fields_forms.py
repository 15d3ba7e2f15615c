"""The normal forms of values: the same as the embedded recogniser's, less its repairs.

That recogniser knows its own weaknesses (a class `CI` is `C1`, 陳 is 陈) and mends them. Another
one's text is only brought into form: half width, blanks, dates, units. Asterisks stay, because
electronic licences mask numbers and names with them.
"""

from __future__ import annotations

import re
import unicodedata
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from bot.recognition.embedded.normalisation import DASHES, half_width, normalise

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_MASK: Final = "*"
_ONLY_DASHES: Final = re.compile("[-‐‑‒–—―−]+")
_INVISIBLE: Final = frozenset({"Cc", "Cf", "Cs"})  # control, format and half characters

_COMMON_SURNAMES: Final = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许邓冯韩曹曾彭萧肖蔡潘田董袁于余叶蒋杜苏魏程吕丁"
    "沈任姚卢傅钟姜崔谭廖范汪陆金石戴贾韦夏邱侯邹熊孟秦白江阎薛尹段雷黎史龙陶贺顾毛郝龚邵钱严覃莫孔汤"
)
_BLED: Final = re.compile("人([\u4e00-\u9fff]{2,3})")
_FUEL: Final = re.compile(
    r"(?<=[\d月日)])"
    "(汽油|柴油|电|混合油|天然气|液化石油气|甲醇|乙醇|太阳能|(?:插电式)?混合动力|氢|生物燃料)"
    r"\Z"
)


def settle(form: str, raw: str) -> str:
    """The value of a text of that form; the text itself, cleaned, where it has not the form.

    >>> settle("mass", "２０２５ KG")
    '2025kg'
    >>> settle("mass", "－－")
    '--'
    """
    text = half_width(_visible(raw))
    if _ONLY_DASHES.fullmatch(_solid(text)):
        return DASHES
    return _FORMS[form](text)


def without_label(owner: str) -> str:
    """An owner's name without the 人 of 所有人 that the provider sometimes leaves on it.

    Only where it certainly is one: no person is called 人, but companies are (人民…, 人保…). So
    what follows has to look like a person's name, a common surname and one or two characters.
    """
    found = _BLED.fullmatch(owner)
    return found[1] if found and found[1][0] in _COMMON_SURNAMES else owner


def parted(record: str) -> tuple[str, str]:
    """An inspection record and the fuel glued to its end, if there is one.

    >>> parted("检验有效期至2018-09-07汽油")
    ('检验有效期至2018-09-07', '汽油')
    """
    found = _FUEL.search(record)
    return (record[: found.start()], found[0]) if found else (record, "")


def _visible(text: str) -> str:
    """A text on one line, without what cannot be seen."""
    return "".join(
        " " if c.isspace() else c
        for c in text
        if c.isspace() or unicodedata.category(c) not in _INVISIBLE
    )


def _solid(text: str) -> str:
    return "".join(text.split())


def _spaced(text: str) -> str:
    return " ".join(text.split())


def _code(text: str) -> str:
    """Letters, digits and ideographs, and the signs that mask them."""
    return "".join(c for c in text.upper() if c.isalnum() or c == _MASK)


def _printed(kind: str) -> Callable[[str], str]:
    """A kind of the embedded recogniser's whose rule is about form alone."""
    return lambda text: normalise(kind, _solid(text))


_FORMS: Final[Mapping[str, Callable[[str], str]]] = MappingProxyType(
    {
        "code": _code,
        "date": _printed("date"),
        "dimensions": _printed("dimensions"),
        "engine": lambda text: _spaced(text).upper(),
        "file": lambda text: _solid(text).upper(),
        "mass": _printed("mass"),
        "model": lambda text: _solid(text).replace("—", "-"),
        "name": lambda text: _spaced(text.replace("•", "·")),
        "seats": _printed("seats"),
        "solid": _solid,
        "spaced": _spaced,
        "until": _printed("until"),
    }
)
