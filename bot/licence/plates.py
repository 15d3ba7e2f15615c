"""Number plates (GA 36-2018)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from bot.licence.documents import FieldName

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from bot.licence.case import Case
    from bot.licence.catalogue import Finding

PROVINCES: Final = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
"""The signs of the 31 provinces."""

LETTERS: Final = "ABCDEFGHJKLMNPQRSTUVWXYZ"
"""All but I and O."""


class PlateKind(StrEnum):
    """What a plate is for, in the order in which the forms are tried."""

    NEW_ENERGY_SMALL = "new_energy_small"
    NEW_ENERGY_LARGE = "new_energy_large"
    HONG_KONG_MACAO = "hong_kong_macao"  # may cross the border
    TRAILER = "trailer"  # 挂
    COACH = "coach"  # 学, of driving schools
    POLICE = "police"  # 警
    CONSULATE = "consulate"  # 领
    EMBASSY = "embassy"  # 使
    TEST = "test"  # 试 test drives, 超 oversize (general knowledge)
    RESCUE = "rescue"  # 应急
    ORDINARY = "ordinary"


_OFFICE: Final = f"[{PROVINCES}][{LETTERS}]"
_ANY: Final = f"[{LETTERS}0-9]"
_ENERGY: Final = "[A-HJK]"
_FORMS: Final[Mapping[PlateKind, re.Pattern[str]]] = MappingProxyType(
    {
        kind: re.compile(form)
        for kind, form in (
            (PlateKind.NEW_ENERGY_SMALL, f"{_OFFICE}{_ENERGY}{_ANY}[0-9]{{4}}"),
            (PlateKind.NEW_ENERGY_LARGE, f"{_OFFICE}[0-9]{{5}}{_ENERGY}"),
            (PlateKind.HONG_KONG_MACAO, f"粤Z{_ANY}{{4}}[港澳]"),
            (PlateKind.TRAILER, f"{_OFFICE}{_ANY}{{4}}挂"),
            (PlateKind.COACH, f"{_OFFICE}{_ANY}{{4}}学"),
            (PlateKind.POLICE, f"{_OFFICE}{_ANY}{{4}}警"),
            (PlateKind.CONSULATE, f"{_OFFICE}{_ANY}{{4}}领"),
            (PlateKind.EMBASSY, "使[0-9]{6}|[0-9]{6}使"),
            (PlateKind.TEST, f"{_OFFICE}{_ANY}{{4}}[试超]"),
            (PlateKind.RESCUE, f"[{PROVINCES}][XS][0-9]{{4}}应急"),
            (PlateKind.ORDINARY, f"{_OFFICE}{_ANY}{{5}}"),
        )
    }
)
_SIGNS: Final = re.compile(r"[\s·•.\-]")
_BATTERY: Final = frozenset("ABCDE")
_LETTER_AT: Final = {PlateKind.NEW_ENERGY_SMALL: 2, PlateKind.NEW_ENERGY_LARGE: -1}
_FARM: Final = ("拖拉机", "联合收割机")


@dataclass(frozen=True, slots=True)
class Plate:
    """A plate of a known form.

    Attributes:
        text: capital letters, no signs.
        kind: what it is for.
    """

    text: str
    kind: PlateKind

    @property
    def province(self) -> str:
        """The province's sign; empty on an embassy's plate."""
        return self.text[0] if self.text[0] in PROVINCES else ""

    @property
    def is_new_energy(self) -> bool:
        """Whether it is a green one."""
        return self.kind in _LETTER_AT

    @property
    def runs_on_battery(self) -> bool:
        """Whether it is a green one whose letter stands for nothing but electricity.

        D does and F does not; of the other letters only general knowledge says so.
        """
        return self.is_new_energy and self.text[_LETTER_AT[self.kind]] in _BATTERY


def normalise(text: str) -> str:
    """Capital letters, without blanks, dots and dashes."""
    return _SIGNS.sub("", text).upper()


def parse(text: str) -> Plate | None:
    """The plate in a text, or `None` where its form is unknown."""
    plain = normalise(text)
    for kind, form in _FORMS.items():
        if form.fullmatch(plain):
            return Plate(plain, kind)
    return None


def look(case: Case) -> Iterator[Finding]:
    """The form of a plate, and its kind of energy beside the fuel.

    Agricultural machines are left out: another authority issues theirs (general knowledge).
    """
    text = case.value(FieldName.PLATE_NUMBER)
    plate = parse(text)
    if plate:
        yield from _fuel(case, plate)
    elif text and not any(word in case.value(FieldName.VEHICLE_TYPE) for word in _FARM):
        yield case.finding("plate_form", FieldName.PLATE_NUMBER)


def _fuel(case: Case, plate: Plate) -> Iterator[Finding]:
    """A plate for batteries on a vehicle that burns something (letters: GA 36-2018, partly)."""
    names = FieldName.PLATE_NUMBER, FieldName.FUEL_TYPE
    fuel = case.value(FieldName.FUEL_TYPE)
    if plate.runs_on_battery and fuel and "电" not in fuel and not case.is_doubtful(*names):
        yield case.finding("plate_fuel", *names)
