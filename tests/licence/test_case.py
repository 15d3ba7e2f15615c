"""A page on one day, as the rules look at it."""

from __future__ import annotations

from datetime import date

import pytest

from bot.licence.catalogue import SEVERITIES
from bot.licence.documents import FieldName
from tests.licence.cases import DRIVING, VEHICLE, case_of


@pytest.mark.parametrize("text", ["", "-", "--", "——", "3422**********3256", "*"])
def test_what_is_masked_or_dashed_is_not_judged(text: str) -> None:
    """Stars are legitimate on electronic licences, dashes wherever nothing applies."""
    assert not case_of(DRIVING, licence_number=text).value(FieldName.LICENCE_NUMBER)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2014-12-25", date(2014, 12, 25)),
        ("2014年12月25日", date(2014, 12, 25)),
        ("2014-12-25至2020-12-25", None),
        ("2014-13-25", None),
    ],
)
def test_a_date_is_the_only_one_in_its_field(text: str, day: date | None) -> None:
    """Of two dates in one field nobody knows which one it is."""
    assert case_of(DRIVING, valid_until=text).day(FieldName.VALID_UNTIL) == day


def test_doubt_reaches_the_sentence() -> None:
    """What was hard to read is the first suspect."""
    name = FieldName.VIN
    assert case_of(VEHICLE, 0.5, vin="x").finding("vin_check", name).params["doubt"] == "yes"
    assert case_of(VEHICLE, 0.9, vin="x").finding("vin_check", name).params["doubt"] == "no"
    assert case_of(VEHICLE, None, vin="x").finding("vin_check", name).params["doubt"] == "no"
    assert case_of(VEHICLE).finding("vin_check", name).params["doubt"] == "no"


def test_a_finding_names_fields_in_the_order_of_the_page() -> None:
    """The agent compares from top to bottom; what stands on the other page comes last."""
    names = (FieldName.DIMENSIONS, FieldName.ADDRESS, FieldName.PLATE_NUMBER)
    found = case_of(VEHICLE).finding("type_size", *names)
    assert found.fields == tuple(reversed(names))
    assert found.severity is SEVERITIES["type_size"]
