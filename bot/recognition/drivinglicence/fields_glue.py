"""What the provider leaves sticking to a value: a caption's last character, a neighbour's text."""

from __future__ import annotations

import re
from typing import Final

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
