"""Vehicle types and uses, and what they say of plate, seats and length.

Words of types: GA 802-2019 and GA/T 16.4; of uses: GA/T 16.3.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.licence import plates
from bot.licence.documents import FieldName
from bot.licence.masses import dimensions, seats
from bot.licence.plates import PlateKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.licence.case import Case
    from bot.licence.catalogue import Finding

PASSENGER_USES: Final = frozenset(
    {
        *("公路客运", "公交客运", "出租客运", "旅游客运", "预约出租客运"),
        *("幼儿校车", "小学生校车", "初中生校车", "中小学生校车"),
    }
)
CARGO_USES: Final = frozenset({"货运", "危化品运输", "危险货物运输"})
_OTHER_USES: Final = frozenset(
    {
        *("非营运", "租赁", "教练", "警用", "消防", "救护", "工程救险"),
        *("营转非", "出租转非", "预约出租转非"),
    }
)
USES: Final = PASSENGER_USES | CARGO_USES | _OTHER_USES
"""What a vehicle may be registered to be used for."""

_F = FieldName
_COACHES: Final = ("客车", "轿车", "面包车", "校车")
_TRUCKS: Final = ("货车", "牵引车")
_PLATE_USES: Final = {PlateKind.COACH: "教练", PlateKind.POLICE: "警用"}

_LONG: Final = 6000
_SHORT: Final = 3500
_LARGE: Final = 20
_MEDIUM: Final = 10


def is_trailer(vehicle_type: str) -> bool:
    """Whether it is drawn; a 半挂牵引车 draws."""
    return "挂车" in vehicle_type


def is_truck(vehicle_type: str) -> bool:
    """Whether it carries goods or draws trailers."""
    return any(word in vehicle_type for word in _TRUCKS)


def is_passenger(vehicle_type: str) -> bool:
    """Whether it is a car or a bus."""
    return any(word in vehicle_type for word in _COACHES) and not is_truck(vehicle_type)


def fits_seats(vehicle_type: str, count: int) -> bool:
    """Whether a car or bus of that size may have so many seats (GA 802-2019).

    大型 20 and more, or any number from 6 m on; 中型 10 to 19; 小型, 微型 and 轿车 up to 9.
    """
    if vehicle_type.startswith("中型"):
        return _MEDIUM <= count < _LARGE
    small = vehicle_type.startswith(("小型", "微型")) or "轿车" in vehicle_type
    return count < _MEDIUM or not small


def fits_length(vehicle_type: str, length: int) -> bool:
    """Whether a car or bus of that size may be so many millimetres long (GA 802-2019)."""
    if vehicle_type.startswith("微型"):
        return length <= _SHORT
    return length < _LONG or not vehicle_type.startswith(("小型", "中型"))


def look(case: Case) -> Iterator[Finding]:
    """Type, use and plate; seats and length too where one page says them all."""
    kind, use = case.value(_F.VEHICLE_TYPE), case.value(_F.USE_CHARACTER)
    plate = plates.parse(case.value(_F.PLATE_NUMBER))
    if use and use not in USES:
        yield case.finding("use_unknown", _F.USE_CHARACTER)
    if plate and kind and is_trailer(kind) is not (plate.kind is PlateKind.TRAILER):
        yield case.finding("type_plate", _F.PLATE_NUMBER, _F.VEHICLE_TYPE)
    if plate and use in USES and use != _PLATE_USES.get(plate.kind, use):
        yield case.finding("use_plate", _F.PLATE_NUMBER, _F.USE_CHARACTER)
    if _contradicts(kind, use):
        yield case.finding("type_use", _F.VEHICLE_TYPE, _F.USE_CHARACTER)
    if names := misfits(case, case):
        yield case.finding("type_size", _F.VEHICLE_TYPE, *names, other="none")


def misfits(front: Case, back: Case) -> tuple[FieldName, ...]:
    """The fields of a back page that the type on the front does not allow (GA 802-2019).

    Args:
        front: the page with the type.
        back: the page with seats and dimensions; the same one where it has all of them.
    """
    kind = front.value(_F.VEHICLE_TYPE)
    if not is_passenger(kind):
        return ()
    count, size = seats(back.value(_F.SEATING_CAPACITY)), dimensions(back.value(_F.DIMENSIONS))
    wrong = {
        _F.SEATING_CAPACITY: count is not None and not fits_seats(kind, count),
        _F.DIMENSIONS: size is not None and not fits_length(kind, size[0]),
    }
    return tuple(name for name, is_wrong in wrong.items() if is_wrong)


def _contradicts(kind: str, use: str) -> bool:
    """A truck carries no passengers for money, a car or bus no goods."""
    return (is_truck(kind) and use in PASSENGER_USES) or (is_passenger(kind) and use in CARGO_USES)
