"""Electronic licences."""

from __future__ import annotations

import pytest

from bot.licence.electronic import look
from tests.licence.cases import DRIVING, case_of, codes


@pytest.mark.parametrize(
    ("values", "found"),
    [
        ({}, []),
        ({"licence_form": "电子"}, ["electronic_picture"]),
        ({"generated_at": "2026-11-19 08:00:00"}, ["electronic_picture"]),
        ({"generated_at": "2026-11-18 08:00:00"}, ["electronic_stale"]),
        ({"shown_at": "2026-11-18 08:00:00"}, ["electronic_stale"]),
        ({"generated_at": "2026-11-22", "shown_at": "2026-01-01"}, ["electronic_picture"]),
        ({"generated_at": "看不清"}, ["electronic_picture"]),
    ],
)
def test_a_picture_is_no_live_proof(values: dict[str, str], found: list[str]) -> None:
    """The data are as old as their generation, not as their display."""
    assert codes(look, case_of(DRIVING, **values)) == found


def test_its_age_is_told_in_days() -> None:
    """From Beijing's day to Beijing's day."""
    (finding,) = look(case_of(DRIVING, generated_at="2026-10-22 23:59:59"))
    assert finding.params["count"] == 31


@pytest.mark.parametrize(
    ("points", "found"),
    [("0", []), ("11分", []), ("12分", ["points_full"]), ("24", ["points_full"]), ("无", [])],
)
def test_twelve_points_cost_the_licence(points: str, found: list[str]) -> None:
    """Until the course is done."""
    assert codes(look, case_of(DRIVING, penalty_points=points)) == found
