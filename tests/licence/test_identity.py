"""The citizen's identity number."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.licence.identity import PERMITS, PROVINCES, check_character, look, normalise, parse
from tests.licence.cases import DRIVING, VEHICLE, case_of, codes

GOOD = "11010519491231002X"


@st.composite
def numbers(draw: st.DrawFn) -> str:
    """Any number that follows GB 11643-1999."""
    county = st.tuples(
        st.sampled_from(sorted(PROVINCES)), st.from_regex(r"[0-9]{4}", fullmatch=True)
    )
    address = draw(county.map("".join) | st.sampled_from(sorted(PERMITS)))
    birth = draw(st.dates(date(1900, 1, 1), date(2020, 1, 1)))
    body = f"{address}{birth:%Y%m%d}{draw(st.integers(0, 999)):03d}"
    return body + check_character(body)


@pytest.mark.parametrize(
    ("text", "fits"),
    [
        (GOOD, True),
        ("440524188001010014", True),
        ("34052419800101001X", True),
        ("360426199101010071", True),
        ("810000199408230021", True),
        ("830000199201300022", True),
        ("342221199005033256", False),
        ("130789198706231234", True),
    ],
)
def test_known_numbers_pass_or_fail(text: str, fits: bool) -> None:
    """The standard's own samples pass; the one that Tencent Cloud prints does not."""
    number = parse(text)
    assert number is not None
    assert number.check_fits is fits


def test_what_a_number_says() -> None:
    """The first one is a man of 1880, the other a woman of 1949."""
    man, woman = parse("440524188001010014"), parse(GOOD)
    assert man is not None
    assert woman is not None
    assert (man.sex, man.birth) == ("男", date(1880, 1, 1))
    assert (woman.sex, woman.birth) == ("女", date(1949, 12, 31))


@given(numbers())
def test_every_proper_number_passes(text: str) -> None:
    """Nothing is said of a number that is right."""
    assert codes(look, case_of(DRIVING, licence_number=text)) == []


@given(numbers(), st.integers(0, 17), st.integers(1, 9))
def test_every_wrong_digit_is_caught(text: str, place: int, step: int) -> None:
    """The check character was made for that."""
    if text[place] == "X":
        wrong = f"{text[:17]}{step}"
    else:
        wrong = f"{text[:place]}{(int(text[place]) + step) % 10}{text[place + 1 :]}"
    if not wrong.startswith("9"):
        assert "licence_number_check" in codes(look, case_of(DRIVING, licence_number=wrong))


@pytest.mark.parametrize("sign", ["x", "Ⅹ", "ⅹ", "×", " X "])
def test_the_sign_for_ten_is_read_in_every_form(sign: str) -> None:
    """It is the one thing that readers write differently without being wrong."""
    text = f"11010519491231002{sign}"
    assert normalise(text) == GOOD
    assert codes(look, case_of(DRIVING, licence_number=text)) == []


@pytest.mark.parametrize(
    "text",
    [
        "H12345678",  # Home Return Permits
        "M1234567801",
        "12345678",  # Taiwan
        "E12345678",  # passports
        "USA1234567",
        "911124198108030024",  # a foreigner's permanent-resident card
        "军字第1234567号",
    ],
)
def test_other_documents_are_left_alone(text: str) -> None:
    """They have no check character that could be tested."""
    assert parse(text) is None
    assert codes(look, case_of(DRIVING, licence_number=text)) == []


@pytest.mark.parametrize(
    "text",
    ["1101051949123100", "11010519491231002", "11010519491231002O", "110105194912310020X"],
)
def test_what_is_nearly_a_number_was_misread(text: str) -> None:
    """A digit too few or too many, or a letter in between."""
    assert codes(look, case_of(DRIVING, licence_number=text)) == ["licence_number_form"]


def test_an_old_number_is_only_noted() -> None:
    """Cards with 15 digits are gone, licences may not be."""
    assert codes(look, case_of(DRIVING, licence_number="110105491231002")) == ["licence_number_old"]


def test_a_masked_number_is_not_judged() -> None:
    """Electronic licences mask it."""
    text = "13072*****345"
    assert codes(look, case_of(DRIVING, licence_number=text, date_of_birth="1990-01-01")) == []


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ("11010519491331002", "licence_number_birth"),
        ("11010517491231002", "licence_number_birth"),
        ("11010520991231002", "licence_number_birth"),
        ("11010599991231002", "licence_number_birth"),
        ("17010519491231002", "licence_number_region"),
        ("81000119491231002", "licence_number_region"),
    ],
)
def test_parts_of_a_number_are_looked_at(body: str, found: str) -> None:
    """A birthday that is none or to come, and a province that is none."""
    text = body + check_character(body)
    assert codes(look, case_of(DRIVING, licence_number=text)) == [found]


def test_birthday_and_sex_are_those_of_the_number() -> None:
    """The number says which ones they should be."""
    case = case_of(DRIVING, licence_number=GOOD, date_of_birth="1949-12-30", sex="男")
    birth, sex = look(case)
    assert (birth.code, birth.params["birth"]) == ("birth_mismatch", "1949-12-31")
    assert (sex.code, sex.params["sex"]) == ("sex_mismatch", "female")
    same = case_of(DRIVING, licence_number=GOOD, date_of_birth="1949-12-31", sex="女")
    assert codes(look, same) == []
    assert codes(look, case_of(DRIVING, licence_number=GOOD, sex="X")) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [("130123421234", []), ("", []), ("13012342123", ["file_number_form"]), ("1301*", [])],
)
def test_a_drivers_file_has_twelve_digits(text: str, found: list[str]) -> None:
    """Files of vehicles are numbered as each office likes."""
    assert codes(look, case_of(DRIVING, file_number=text)) == found
    assert codes(look, case_of(VEHICLE, file_number=text)) == []
