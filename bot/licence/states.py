"""What an electronic licence says of its own state (状态).

The words are those of the traffic police's registers, which code the state of a driving licence
with the letters A to U and that of a vehicle with A to Q; several may stand together.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from bot.licence.documents import DocumentType, FieldName

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.licence.recognition import Recognition

_NORMAL: Final = re.compile(r"(?:机动车|驾驶证)?(?:状态)?[:：]?正常[。.]?|[\s-]*")

_BARS: Final[Mapping[DocumentType, frozenset[str]]] = MappingProxyType(
    {
        DocumentType.DRIVING_LICENCE: frozenset(
            {
                "超分",  # 12 points: Road Traffic Safety Law's regulation (2017), art. 28
                "暂扣",  # likewise
                "扣留",  # likewise
                "扣押",
                "停止使用",
                "撤销",
                "吊销",
                "注销",  # 注销可恢复 too: restored it is not yet
                "逾期未换证",  # out of date: the same article
                "逾期未审验",  # Order 162, art. 99 no. 3
                "延期换证",  # Order 162, art. 75: no driving while something is put off
                "延期审验",
                "延期体检",
            }
        ),
        DocumentType.VEHICLE_LICENCE: frozenset(
            {
                "停驶",
                "注销",  # 强制注销 too
                "暂扣",
                "扣留",
                "报废",  # 达到报废标准, with or without 公告牌证作废
                "逾期未检验",  # without a mark it may be held: Road Traffic Safety Law, art. 95
            }
        ),
    }
)
"""Words for a state in which nobody may drive; with any other one that is not 正常, such as
违法未处理 or 锁定, somebody may, but something is open."""


@dataclass(frozen=True, slots=True)
class State:
    """A state that is not the normal one.

    Attributes:
        text: as the licence words it.
        bars: whether it forbids driving.
    """

    text: str
    bars: bool


def read_state(recognition: Recognition) -> State | None:
    """The state of a licence where it has one and it is not normal; a back page never has.

    A word that is not known is a state all the same: it is shown, and bars nothing.
    """
    text = "".join(recognition.value(FieldName.STATE).split())
    bars = _BARS.get(recognition.document_type)
    if bars is None or _NORMAL.fullmatch(text):
        return None
    return State(text, any(word in text for word in bars))
