"""Masses, seats and outer dimensions."""

from __future__ import annotations

import pytest

from bot.licence.masses import dimensions, look, mass, seats
from tests.licence.cases import BACK, case_of, codes

RIGHT = {
    "seating_capacity": "5人",
    "gross_mass": "2085kg",
    "kerb_mass": "1610kg",
    "rated_load": "--",
    "dimensions": "4667×1839×1694mm",
    "towed_mass": "--",
}


@pytest.mark.parametrize(
    ("text", "value"), [("1500kg", 1500), ("1500", 1500), ("1500 KG", 1500), ("15OOkg", None)]
)
def test_a_mass_is_in_kilograms(text: str, value: int | None) -> None:
    """With or without the unit."""
    assert mass(text) == value


@pytest.mark.parametrize(("text", "value"), [("5人", 5), ("45", 45), ("驾驶室(共):3人", None)])
def test_seats_are_a_number(text: str, value: int | None) -> None:
    """The form of trucks says more than one."""
    assert seats(text) == value


@pytest.mark.parametrize(
    "text",
    ["4620×1780×1498mm", "4620x1780X1498", "4620*1780✕1498mm", "4620 × 1780 × 1498 mm"],
)
def test_dimensions_are_in_millimetres(text: str) -> None:
    """Length, width, height, with any of the signs that are printed between them."""
    assert dimensions(text) == (4620, 1780, 1498)


@pytest.mark.parametrize(
    ("values", "found"),
    [
        ({}, []),
        ({"seating_capacity": "驾驶室(共):3人"}, []),
        ({"seating_capacity": "人"}, ["unreadable_measure"]),
        ({"dimensions": "4667×1839"}, ["unreadable_measure"]),
        ({"gross_mass": "2O85kg"}, ["unreadable_measure"]),
        ({"towed_mass": "abc", "rated_load": "?"}, ["unreadable_measure"]),
        ({"gross_mass": "1610kg"}, []),
        ({"gross_mass": "1609kg"}, ["kerb_over_gross"]),
        ({"rated_load": "475kg"}, []),
        ({"rated_load": "516kg"}, []),
        ({"rated_load": "517kg"}, ["load_over_gross"]),
        ({"kerb_mass": "--", "rated_load": "9999kg"}, []),
        ({"dimensions": "20000×2550×4000mm"}, []),
        ({"dimensions": "20001×2550×4000mm"}, ["length_range"]),
        ({"dimensions": "4667×99×1694mm"}, ["length_range"]),
        ({"dimensions": "--"}, []),
    ],
)
def test_figures_go_together_or_not(values: dict[str, str], found: list[str]) -> None:
    """Two parts in a hundred are left for rounding."""
    assert codes(look, case_of(BACK, **RIGHT | values)) == found
