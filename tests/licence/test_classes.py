"""The classes of vehicles that a licence is for."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.licence.classes import COVERS, covered, look, parse
from tests.licence.cases import DRIVING, case_of, codes


@pytest.mark.parametrize(
    ("text", "parsed"),
    [
        ("C1", ("C1",)),
        ("A2D", ("A2", "D")),
        ("B2E", ("B2", "E")),
        ("A1A2D", ("A1", "A2", "D")),
        ("C1 D", ("C1", "D")),
        ("a2, d", ("A2", "D")),
        ("C1C6", ("C1", "C6")),
        ("DM", ("D", "M")),
        ("C7", None),
        ("CI", None),
        ("81", None),
        ("C1O", None),
        ("", None),
    ],
)
def test_classes_are_taken_apart(text: str, parsed: tuple[str, ...] | None) -> None:
    """Without blanks and commas; a part that is no class spoils the whole."""
    assert parse(text) == parsed


@given(st.lists(st.sampled_from(sorted(COVERS)), min_size=1))
def test_classes_survive_print_and_reading(codes_: list[str]) -> None:
    """Whatever is joined comes apart again."""
    assert parse("".join(codes_)) == tuple(codes_)


def test_covering_goes_all_the_way_down() -> None:
    """Whoever may drive a class may drive what that one covers, but for the annex's own gaps."""
    for code, others in COVERS.items():
        for other in others:
            assert COVERS[other] <= others, (code, other)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("C1", []),
        ("A1A2D", []),
        ("B1B2", []),
        ("C1C6", []),
        ("C2C6", []),
        ("C1M", []),
        ("A2C6", ["class_covered"]),
        ("C1C2", ["class_covered"]),
        ("DE", ["class_covered"]),
        ("C1C1", ["class_covered"]),
        ("C6", ["class_c6_alone"]),
        ("C3C6", ["class_c6_alone"]),
        ("C8", ["class_unknown"]),
        ("--", []),
    ],
)
def test_classes_go_together_or_not(text: str, found: list[str]) -> None:
    """What is covered is not printed, and a trailer needs a car."""
    assert codes(look, case_of(DRIVING, vehicle_classes=text)) == found


def test_what_covers_what_is_named() -> None:
    """The agent sees at once which one is odd."""
    (finding,) = look(case_of(DRIVING, vehicle_classes="A2C1D"))
    assert (finding.params["less"], finding.params["more"]) == ("C1", "A2")
    assert covered(("A1", "A2")) == {}


@pytest.mark.parametrize(
    ("start", "found"), [("2022-03-31", ["class_c6_early"]), ("2022-04-01", []), ("", [])]
)
def test_c6_is_new(start: str, found: list[str]) -> None:
    """A card to which it was added keeps its start, so that this is a note."""
    assert codes(look, case_of(DRIVING, vehicle_classes="C1C6", valid_from=start)) == found


@pytest.mark.parametrize(
    ("birth", "classes", "found"),
    [
        ("1963-11-23", "A1A2C6", ["class_covered"]),
        ("1963-11-22", "A1", ["class_age"]),
        ("1963-11-22", "C1D", []),
        ("1956-11-23", "D", []),
        ("1956-11-22", "D", ["class_age"]),
        ("1956-11-22", "B2D", ["class_age", "class_age"]),
        ("1956-11-22", "C1", []),
        ("", "A1", []),
    ],
)
def test_classes_end_with_age(birth: str, classes: str, found: list[str]) -> None:
    """On the 63rd and the 70th birthday; a car may be driven on."""
    assert codes(look, case_of(DRIVING, date_of_birth=birth, vehicle_classes=classes)) == found


def test_the_lapsed_classes_are_named() -> None:
    """Only they, and the limit that they have."""
    case = case_of(DRIVING, date_of_birth="1960-01-01", vehicle_classes="A1A2D")
    (finding,) = look(case)
    assert (finding.params["classes"], finding.params["age"]) == ("A1, A2", 63)


def test_age_is_also_in_the_number() -> None:
    """Where the birthday was not read."""
    case = case_of(DRIVING, licence_number="11010519491231002X", vehicle_classes="D")
    assert codes(look, case) == ["class_age"]


def test_nothing_is_concluded_from_a_doubtful_birthday() -> None:
    """A misread year would make anybody old."""
    case = case_of(DRIVING, 0.5, date_of_birth="1930-01-01", vehicle_classes="A1D")
    assert codes(look, case) == []


@pytest.mark.parametrize(
    ("first", "confidence", "until"),
    [
        ("2025-11-23", 0.9, ["2026-11-22"]),
        ("2026-11-22", 0.9, ["2027-11-21"]),
        ("2025-11-22", 0.9, []),
        ("2026-11-23", 0.9, []),
        ("2026-01-01", 0.5, []),
        ("", 0.9, []),
    ],
)
def test_the_first_year_is_probation(first: str, confidence: float, until: list[str]) -> None:
    """Its last day is told."""
    case = case_of(DRIVING, confidence, first_issue_date=first)
    assert [finding.params["until"] for finding in look(case)] == until
