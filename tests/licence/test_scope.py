"""Which vehicles a rule is for."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.licence import scope
from bot.licence.documents import DocumentType, FieldName
from bot.licence.recognition import Field, Recognition
from bot.licence.scope import Scope, Vehicle, read_vehicle

REGISTERED = date(2020, 5, 14)


def page(registered: str, type_: str = "小型轿车", use: str = "非营运") -> Recognition:
    """The front of a vehicle licence with what rules of age hang on."""
    values = {
        FieldName.REGISTER_DATE: registered,
        FieldName.VEHICLE_TYPE: type_,
        FieldName.USE_CHARACTER: use,
    }
    fields = tuple(Field(name, value, value) for name, value in values.items())
    return Recognition(DocumentType.VEHICLE_LICENCE, fields, "test")


def test_a_vehicle_is_what_its_licence_says() -> None:
    """Blanks in a print mean nothing."""
    expected = Vehicle("小型轿车", "非营运", REGISTERED)
    assert read_vehicle(page("2020-05-14", "小型 轿车", " 非营运")) == expected


@pytest.mark.parametrize("registered", ["", "--", "2020-05", "2020-02-30", "2020-05-14 2021-05-14"])
def test_without_one_day_of_registration_there_is_none(registered: str) -> None:
    """Nothing can be counted from a day that is not clear."""
    assert read_vehicle(page(registered)) is None


@pytest.mark.parametrize(
    ("type_", "use", "covered"),
    [
        ("小型轿车", "非营运", True),
        ("微型越野客车", "非营运", True),
        ("小型普通客车", "非营运", True),
        ("小型面包车", "非营运", False),
        ("小型专用校车", "非营运", False),
        ("中型普通客车", "非营运", False),
        ("小型轿车", "营转非", False),
        ("小型轿车", "预约出租转非", False),
        ("小型轿车", "", False),
        ("", "非营运", False),
        ("小型轿车小型轿车", "非营运", False),
    ],
)
def test_type_and_use_must_both_fit(type_: str, use: str, covered: bool) -> None:
    """The whole of each, and nothing that only begins like it."""
    rule = Scope(scope.CAR, scope.PRIVATE)
    assert rule.covers(Vehicle(type_, use, REGISTERED)) is covered


@given(st.text(), st.text(), st.text())
def test_no_text_makes_it_raise(registered: str, type_: str, use: str) -> None:
    """Whatever was read, there is a vehicle or none."""
    vehicle = read_vehicle(page(registered, type_, use))
    assert vehicle is None or vehicle.registered.isoformat() == registered
