"""The vehicle identification number."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.licence.vin import (
    CHARACTERS,
    check_character,
    is_valid,
    look,
    model_years,
    suggestion,
)
from tests.licence.cases import VEHICLE, case_of, codes

GOOD = "LBEHDAEB58Y038860"
VALUES = {c: (int(c) if c.isdigit() else None) for c in CHARACTERS} | dict(
    zip("ABCDEFGHJKLMNPRSTUVWXYZ", map(int, "12345678123457923456789"), strict=True)
)


@st.composite
def vins(draw: st.DrawFn) -> str:
    """Any Chinese number that follows GB 16735-2019."""
    text = draw(st.text(CHARACTERS, min_size=7, max_size=7))
    year = draw(st.sampled_from("ABCDEFGHJKLMNPRSTVWXY123456789"))
    rest = draw(st.text(CHARACTERS, min_size=3, max_size=3))
    whole = f"L{text}0{year}{rest}{draw(st.integers(0, 9999)):04d}"
    return whole[:8] + check_character(whole) + whole[9:]


@pytest.mark.parametrize(
    ("text", "valid"),
    [
        (GOOD, True),
        ("1M8GDM9AXKP042788", True),
        ("1FACP45EXLF192944", True),
        ("WDBEA30D3HA391172", True),
        ("11111111111111111", False),  # its check character fits
        ("ABCDEFGH123456789", False),
        ("LSVAU033272114411", False),
        ("LFV2A21K873084522", False),
        ("LBEHDAEB58Y03886", False),
        ("LBEHDAEB58YO38860", False),
    ],
)
def test_known_numbers_pass_or_fail(text: str, valid: bool) -> None:
    """Real ones pass; invented ones and one of a provider's samples do not."""
    assert is_valid(text) is valid


def test_the_sample_of_a_provider_should_have_a_seven() -> None:
    """Its characters are legal and its check character is not."""
    assert check_character("ABCDEFGH123456789") == "7"


@given(vins())
def test_every_proper_number_passes(text: str) -> None:
    """Nothing is said of a number that is right."""
    assert codes(look, case_of(VEHICLE, vin=text)) == []


@given(vins(), st.integers(1, 16), st.sampled_from(CHARACTERS))
def test_a_wrong_character_is_caught(text: str, place: int, other: str) -> None:
    """All but those that count the same, such as A, J and 1."""
    wrong = text[:place] + other + text[place + 1 :]
    alike = wrong == text if place == 8 else VALUES[other] == VALUES[text[place]]
    assert ("vin_check" in codes(look, case_of(VEHICLE, vin=wrong))) is not alike


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("LSVAU033272114411", ["vin_check"]),
        ("WDBEA30D4HA391172", ["vin_check_abroad"]),
        ("WDBEA30DZHA391172", ["vin_check_abroad"]),
        ("LBEHDAEB58Y0388601", ["vin_form"]),
        ("LBEHDAEB58Y03886车", ["vin_form"]),
        ("11111111111111111", ["vin_form"]),
        ("LBEHDAEB58Y03886", ["vin_short"]),
        ("JYA12345", ["vin_short"]),
        ("--", []),
        ("LBEHD*******38860", []),
    ],
)
def test_a_number_gets_what_its_country_asks_for(text: str, found: list[str]) -> None:
    """In China the check character is mandatory; short numbers are old ones and may be right."""
    assert codes(look, case_of(VEHICLE, vin=text)) == found


@pytest.mark.parametrize(
    ("text", "better"),
    [
        ("LBEHDAEB58YO38860", GOOD),
        ("LBEHDAEB58YQ38860", GOOD),
        ("LDCLE4EVIRP208821", "LDCLE4EV1RP208821"),
        ("LBEHDAEB58YO3886Q", None),  # two slips
        ("LBEHDAEB58YI38860", None),  # 1 does not fit
        (GOOD, None),
    ],
)
def test_one_slip_has_a_suggestion(text: str, better: str | None) -> None:
    """It is shown and never taken for the value."""
    assert suggestion(text) == better
    for finding in look(case_of(VEHICLE, vin=text)):
        assert finding.params["suggestion"] == (better or "none")


@pytest.mark.parametrize(
    ("year", "serial", "places"),
    [("A", "1234", []), ("U", "1234", ["year"]), ("0", "12A4", ["year", "serial"])],
)
def test_places_have_their_meaning(year: str, serial: str, places: list[str]) -> None:
    """The tenth character is a year's, the last four are digits; abroad neither must be."""
    for begin, expected in (("LBE", places), ("WDB", [])):
        whole = f"{begin}HDAEB0{year}Y03{serial}"
        text = whole[:8] + check_character(whole) + whole[9:]
        found = list(look(case_of(VEHICLE, vin=text)))
        assert [finding.params["place"] for finding in found] == expected


@pytest.mark.parametrize(
    ("registered", "confidence", "said"),
    [
        ("2008-06-01", 0.9, None),
        ("2007-06-01", 0.9, None),
        ("2011-06-01", 0.9, None),
        ("2006-06-01", 0.9, "2008"),
        ("2014-06-01", 0.9, "2008"),
        ("2014-06-01", 0.5, None),
        ("", 0.9, None),
    ],
)
def test_a_vehicle_is_registered_about_when_it_was_made(
    registered: str, confidence: float, said: str | None
) -> None:
    """A note, and none on what was hard to read; 8 stands for 2008."""
    case = case_of(VEHICLE, confidence, vin=GOOD, register_date=registered)
    years = [finding.params["year"] for finding in look(case)]
    assert model_years(GOOD) == (2008, 2038)
    assert years == ([said] if said else [])
