"""Which vehicles a rule is for: those of some types that are put to some uses.

Types and uses are the words that a vehicle licence prints (车辆类型 and 使用性质, coded in
GA/T 16.4 and GA 802).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from bot.licence.dates import parse_date
from bot.licence.documents import FieldName

if TYPE_CHECKING:
    from datetime import date

    from bot.licence.recognition import Recognition

PRIVATE: Final = frozenset({"非营运"})
TAXI: Final = frozenset({"出租客运"})
RENTED: Final = frozenset({"租赁"})
TEACHING: Final = frozenset({"教练"})
CITY_BUS: Final = frozenset({"公交客运"})
COACH: Final = frozenset({"公路客运", "旅游客运"})
CARRYING: Final = TAXI | RENTED | TEACHING | CITY_BUS | COACH | {"预约出租客运"}
"""Uses of passenger vehicles that count as business (营运载客)."""

SCHOOL: Final = frozenset({"幼儿校车", "小学生校车", "初中生校车", "中小学生校车"})
DANGEROUS: Final = frozenset({"危化品运输"})
FREIGHT: Final = PRIVATE | {"货运"}

_BODY: Final = "(?:普通客车|双层客车|卧铺客车|铰接客车|越野客车|专用客车|轿车)"
CAR: Final = f"[小微]型{_BODY}"
SMALL: Final = f"{CAR}|[小微]型面包车"
MEDIUM: Final = f"中型{_BODY}"
LARGE_CAR: Final = "大型轿车"
LARGE: Final = f"大型{_BODY}"
SCHOOL_BUS: Final = "[大中小]型专用校车"
TRUCK: Final = r"[重中轻]型\S{1,8}(?:货车|集装[厢箱]车)"
MICRO_TRUCK: Final = r"微型\S{1,8}货车"
TRACTOR: Final = "[重中轻]型[半全]挂牵引车"
THREE_WHEELER: Final = "三轮汽车"
TRAILER: Final = r"[重中轻]型\S{1,9}挂车"
FULL_TRAILER: Final = r"[重中轻]型\S{1,8}全挂车"
SEMI_TRAILER: Final = r"[重中轻]型\S{1,8}半挂车"
CONTAINER_TRAILER: Final = "[重中轻]型集装箱半挂车"
SPECIAL: Final = r"[大中小微重轻]型\S{0,8}专项作业车"
MACHINE: Final = r"轮式\S{2,4}机械"
TRICYCLE: Final = "(?:普通|轻便)正三轮摩托车|正三轮载[客货]摩托车"
MOTORCYCLE: Final = "侧三轮摩托车|(?:普通|轻便)二轮摩托车"


@dataclass(frozen=True, slots=True)
class Vehicle:
    """What the front of a vehicle licence says that rules of age hang on."""

    type: str
    use: str
    registered: date


@dataclass(frozen=True, slots=True)
class Scope:
    """The vehicles that a rule is for.

    Attributes:
        types: a pattern for the whole of 车辆类型.
        uses: the values of 使用性质.
    """

    types: str
    uses: frozenset[str]

    def covers(self, vehicle: Vehicle) -> bool:
        """Whether the rule is for that vehicle."""
        return vehicle.use in self.uses and bool(re.fullmatch(self.types, vehicle.type))


def read_vehicle(recognition: Recognition) -> Vehicle | None:
    """The vehicle of a front page; `None` where its day of registration is not one date."""
    registered = recognition.value(FieldName.REGISTER_DATE)
    day = parse_date(registered)
    if day is None or day.isoformat() != registered:  # every recogniser normalises what is a date
        return None
    words = (recognition.value(name) for name in (FieldName.VEHICLE_TYPE, FieldName.USE_CHARACTER))
    type_, use = ("".join(word.split()) for word in words)
    return Vehicle(type_, use, day)
