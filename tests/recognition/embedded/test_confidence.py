"""How far a value can be trusted."""

from __future__ import annotations

import pytest

from bot.recognition.embedded import confidence
from bot.recognition.embedded.ctc import Glyph

SURE, LESS, BLANK = (Glyph("a", 0.9, 0, 1), Glyph("b", 0.6, 0, 1), Glyph(" ", 0.1, 0, 1))


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("identity", "11010519491231002X"),
        ("identity", "440524188001010014"),
        ("identity", "H12345678"),
        ("name", "王明"),
        ("name", "阿卜杜拉·买买提"),
        ("date", "2024-02-29"),
        ("until", "长期"),
        ("until", "6年"),
        ("until", "2030-01-01"),
        ("classes", "A1A2D"),
        ("plate", "粤B12345"),
        ("plate", "京AD12345"),
        ("plate", "粤Z1234港"),
        ("use", "非营运"),
        ("vin", "LBEHDAEB58Y038860"),
        ("vin", "WDBEA30D3HA391172"),
        ("vin", "WDBEA30DZHA391172"),
        ("engine", "ISF2.8S22121"),
        ("mass", "--"),
        ("dimensions", "4620×1780×1498mm"),
        ("record", "检验有效期至2026年08月粤F(04)"),
    ],
)
def test_good_forms_are_known(kind: str, value: str) -> None:
    """Real values of each kind are well formed."""
    assert confidence.well_formed(kind, value)


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("identity", "342221199005033256"),
        ("identity", "1101051949123100"),
        ("name", "王"),
        ("date", "2023-02-29"),
        ("date", "1024-02-29"),
        ("until", "长"),
        ("classes", "A4"),
        ("plate", "B12345"),
        ("use", "非营"),
        ("vin", "LSVAU033272114411"),
        ("vin", "LBEHDAEB58Y03886"),
        ("mass", "1500"),
        ("record", "检验有效期至2026年"),
    ],
)
def test_bad_forms_are_known(kind: str, value: str) -> None:
    """What cannot stand on a page, or fails its check character, is not well formed."""
    assert not confidence.well_formed(kind, value)


def test_the_least_sure_character_decides() -> None:
    """One doubtful character makes a value doubtful; a blank does not."""
    assert confidence.of("sex", "男", [SURE, LESS, BLANK]) == pytest.approx(0.6)


def test_a_wrong_form_costs_most_of_it() -> None:
    """However sure the reader is, a value of the wrong form is in doubt."""
    assert confidence.of("sex", "另", [SURE]) == pytest.approx(0.9 * confidence.MISFORM)


def test_a_gap_between_characters_costs_half() -> None:
    """A lost character leaves no score of its own, but a hole."""
    assert confidence.of("sex", "男", [SURE], gap=True) == pytest.approx(0.9 * confidence.GAP)


def test_nothing_read_is_no_confidence() -> None:
    """A value without characters has none."""
    assert confidence.of("sex", "男", []) == 0


@pytest.mark.parametrize(
    ("kind", "value", "checks"),
    [
        ("identity", "11010519491231002X", True),
        ("identity", "110105194912310021", False),
        ("identity", "A123456789", False),
        ("plate", "京A12345", False),
    ],
)
def test_a_check_character_speaks_for_a_value(kind: str, value: str, checks: bool) -> None:
    """Only where there is one, and it is right."""
    assert confidence.checked(kind, value) is checks
    assert confidence.formed(kind, value)
