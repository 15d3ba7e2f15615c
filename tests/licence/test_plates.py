"""Number plates."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.licence.plates import LETTERS, PROVINCES, PlateKind, look, parse
from tests.licence.cases import BACK, VEHICLE, case_of, codes

FORMS = {
    PlateKind.NEW_ENERGY_SMALL: "%@[ABCDEFGHJK]#[0-9]{4}",
    PlateKind.NEW_ENERGY_LARGE: "%@[0-9]{5}[ABCDEFGHJK]",
    PlateKind.HONG_KONG_MACAO: "粤Z#{4}[港澳]",
    PlateKind.TRAILER: "%@#{4}挂",
    PlateKind.COACH: "%@#{4}学",
    PlateKind.POLICE: "%@#{4}警",
    PlateKind.CONSULATE: "%@#{4}领",
    PlateKind.EMBASSY: "使[0-9]{6}|[0-9]{6}使",
    PlateKind.TEST: "%@#{4}[试超]",
    PlateKind.RESCUE: "%[XS][0-9]{4}应急",
    PlateKind.ORDINARY: "%@#{5}",
}


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("粤BD12345", PlateKind.NEW_ENERGY_SMALL),
        ("沪AF1234A", None),
        ("京AFA1234", PlateKind.NEW_ENERGY_SMALL),
        ("粤B12345D", PlateKind.NEW_ENERGY_LARGE),
        ("粤B12345L", None),
        ("粤Z1234港", PlateKind.HONG_KONG_MACAO),
        ("粤ZA123澳", PlateKind.HONG_KONG_MACAO),
        ("粤B1234港", None),
        ("鲁A1234挂", PlateKind.TRAILER),
        ("京A1234学", PlateKind.COACH),
        ("京A1234警", PlateKind.POLICE),
        ("沪A1234领", PlateKind.CONSULATE),
        ("使123456", PlateKind.EMBASSY),
        ("123456使", PlateKind.EMBASSY),
        ("京A1234试", PlateKind.TEST),
        ("京A1234超", PlateKind.TEST),
        ("京X1234应急", PlateKind.RESCUE),
        ("京A1234应急", None),
        ("粤B12345", PlateKind.ORDINARY),
        ("苏FS2D5U", PlateKind.ORDINARY),
        ("粤b·123 45", PlateKind.ORDINARY),
        ("粤B-12345", PlateKind.ORDINARY),
        ("粤B1234O", None),
        ("粤I12345", None),
        ("港B12345", None),
        ("粤B1234", None),
        ("粤B1234567", None),
        ("WJ京1234A", None),
        ("", None),
    ],
)
def test_plates_have_their_kind(text: str, kind: PlateKind | None) -> None:
    """Signs between the characters do not matter; neither O nor I ever stands on a plate."""
    plate = parse(text)
    assert (plate and plate.kind) == kind


@pytest.mark.parametrize("kind", PlateKind)
@given(data=st.data())
def test_every_plate_of_a_kind_is_known(kind: PlateKind, data: st.DataObject) -> None:
    """And nothing is said of it."""
    signs = {"%": f"[{PROVINCES}]", "@": f"[{LETTERS}]", "#": f"[{LETTERS}0-9]"}
    form = "".join(signs.get(c, c) for c in FORMS[kind])
    text = data.draw(st.from_regex(form, fullmatch=True))
    plate = parse(text)
    assert plate is not None
    assert plate.kind is kind
    assert codes(look, case_of(VEHICLE, plate_number=text)) == []


@pytest.mark.parametrize(
    ("text", "green", "battery"),
    [
        ("粤BD12345", True, True),
        ("粤BF12345", True, False),
        ("粤B12345D", True, True),
        ("粤B12345F", True, False),
        ("粤BD1234", False, False),
    ],
)
def test_a_green_plate_tells_the_energy(text: str, green: bool, battery: bool) -> None:
    """D runs on a battery, F on something else too."""
    plate = parse(text)
    assert plate is not None
    assert (plate.is_new_energy, plate.runs_on_battery) == (green, battery)


def test_a_plate_has_a_province_unless_it_is_an_embassys() -> None:
    """The first sign."""
    assert [plate.province for text in ("粤B12345", "使123456") if (plate := parse(text))] == [
        "粤",
        "",
    ]


@pytest.mark.parametrize(
    ("text", "kind", "found"),
    [
        ("粤B1234O", "小型轿车", ["plate_form"]),
        ("粤B1234O", "", ["plate_form"]),
        ("粤0112345", "轮式拖拉机", []),
        ("粤B12***", "", []),
    ],
)
def test_an_unknown_form_is_told(text: str, kind: str, found: list[str]) -> None:
    """Agricultural machines get their plates elsewhere, and masks hide what they like."""
    assert codes(look, case_of(VEHICLE, plate_number=text, vehicle_type=kind)) == found


@pytest.mark.parametrize(
    ("text", "fuel", "confidence", "found"),
    [
        ("粤BD12345", "汽油", 0.9, ["plate_fuel"]),
        ("粤BD12345", "汽油", 0.5, []),
        ("粤BD12345", "纯电动", 0.9, []),
        ("粤BD12345", "", 0.9, []),
        ("粤BF12345", "汽油", 0.9, []),
        ("粤B12345", "汽油", 0.9, []),
    ],
)
def test_the_fuel_goes_with_a_green_plate(
    text: str, fuel: str, confidence: float, found: list[str]
) -> None:
    """A note only where both were read surely."""
    case = case_of(BACK, confidence, plate_number=text, fuel_type=fuel)
    assert codes(look, case) == found
