"""How likely a value is right."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from bot.licence.documents import FieldName
from bot.recognition.embedded import trust
from bot.recognition.embedded.fields import Reading

if TYPE_CHECKING:
    from collections.abc import Callable

PAPER = np.full((80, 400, 3), 200, np.uint8)


def read(line: Callable[..., Any], text: str, kind: str = "owner", sure: float = 0.9999) -> Reading:
    """A value that was read once, in plain print."""
    flat = line(text, probability=sure)
    plain = replace(flat, quad=flat.quad * [1, 6])
    return Reading(FieldName.OWNER, kind, text, text, sure, (plain,))


def trusted(reading: Reading) -> float:
    """Its confidence, on even paper."""
    (weighed,) = trust.weigh(PAPER, [reading])
    return weighed.confidence


def test_a_clear_value_is_trusted_but_not_certain(line: Callable[..., Any]) -> None:
    """Nothing speaks against it, and still nothing is certain."""
    assert 0.95 < trusted(read(line, "王小明")) <= trust.HIGHEST


def test_every_sign_against_a_value_costs_trust(line: Callable[..., Any]) -> None:
    """Doubt of the reader, other readings, gaps and glare each lower the confidence."""
    clear = read(line, "王小明")
    glaring = PAPER.copy()
    glaring[:, 20:40] = 255

    assert trusted(read(line, "王小明", sure=0.6)) < trusted(clear)
    assert trusted(replace(clear, differing=3)) < trusted(clear)
    assert trusted(replace(clear, gap=True)) < trusted(clear)
    assert trusted(replace(read(line, "王小明", sure=0.99), gap=True)) < 0.9
    assert trust.weigh(glaring, [clear])[0].confidence < trusted(clear)


def test_a_value_that_begins_late_is_doubted(line: Callable[..., Any]) -> None:
    """Glare takes first characters without a trace in the rest."""
    clear = read(line, "王小明")

    assert trusted(replace(clear, late=5.0)) < trusted(replace(clear, late=0.5)) == trusted(clear)


def test_a_rare_character_that_was_nearly_read_is_a_sign(line: Callable[..., Any]) -> None:
    """The reader prefers 或 to 彧 however clearly the latter is printed."""
    plain = read(line, "王或")
    (row,) = plain.lines
    glyphs = tuple(replace(glyph, others=(("彧", 0.01), ("域", 0.01))) for glyph in row.glyphs)
    near = replace(plain, lines=(replace(row, glyphs=glyphs),))

    assert trusted(near) < trusted(plain)


def test_no_clear_print_makes_up_for_a_wrong_form(line: Callable[..., Any]) -> None:
    """Half a date is no date, however well it was read."""
    assert trusted(read(line, "2007-11", "date")) <= trust.MISFORMED


@pytest.mark.parametrize(
    "address",
    [
        "江省温州市乐清市新华路829号",
        "浙江省温州市乐清市新华路829",
        "浙江省温州市乐清市新华路8号1单",
    ],
)
def test_an_address_without_its_ends_is_doubted(line: Callable[..., Any], address: str) -> None:
    """It begins with a province, and does not end within a number."""
    assert trusted(read(line, address, "address")) < 0.7


def test_what_was_concluded_is_never_sure(line: Callable[..., Any]) -> None:
    """Dashes from an empty place ask for a second look."""
    empty = replace(read(line, "--", "mass"), derived=True)

    assert trusted(empty) <= 0.6


def test_every_sign_has_its_worth(line: Callable[..., Any]) -> None:
    """The file of coefficients and the signs go together."""
    assert set(trust.coefficients()) == {"constant", *trust.signs(PAPER, read(line, "王小明"))}
