"""From probabilities at each step to characters with places."""

from __future__ import annotations

from itertools import groupby

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.recognition.embedded import ctc

ALPHABET = ("", "1", "2", "中", "國", "国")
EQUAL = np.ones(len(ALPHABET), np.float32)


def steps(columns: list[int], probability: float = 0.9) -> np.ndarray:
    """Steps at which those columns win."""
    rest = (1 - probability) / (len(ALPHABET) - 1)
    table = np.full((len(columns), len(ALPHABET)), rest, np.float32)
    table[range(len(columns)), columns] = probability
    return table


def decoded(table: np.ndarray, weights: np.ndarray = EQUAL) -> tuple[ctc.Glyph, ...]:
    """The glyphs of a strip that fills all steps."""
    return ctc.decode(table, ALPHABET, weights, steps=len(table), aspect=len(table) / 6)


@given(st.lists(st.integers(0, len(ALPHABET) - 1), min_size=1, max_size=40))
def test_repetitions_are_one_character_and_blanks_none(columns: list[int]) -> None:
    """The text is the columns without repetitions and without blanks."""
    expected = "".join(ALPHABET[column] for column, _ in groupby(columns))

    assert "".join(glyph.text for glyph in decoded(steps(columns))) == expected


@given(st.lists(st.integers(0, len(ALPHABET) - 1), min_size=1, max_size=40))
def test_glyphs_stand_in_order_and_do_not_overlap(columns: list[int]) -> None:
    """Every glyph ends before the next one begins, and all are within the strip."""
    ends = [end for glyph in decoded(steps(columns)) for end in (glyph.left, glyph.right)]

    assert ends == sorted(ends)
    assert all(0 <= end <= 1 for end in ends)


def test_the_probability_is_the_best_of_the_run() -> None:
    """A character seen over three steps is as sure as its surest step."""
    table = np.concatenate([steps([1], 0.5), steps([1], 0.95), steps([1], 0.7)])

    assert decoded(table)[0].probability == pytest.approx(0.95)


def test_weights_choose_but_do_not_count() -> None:
    """A disbelieved character loses against a likely one; the score is the network's own."""
    table = np.array([[0.0, 0, 0, 0, 0.7, 0.3]], np.float32)
    weights = np.array([1, 1, 1, 1, 0.1, 1], np.float32)

    (glyph,) = decoded(table, weights)

    assert glyph.text == "国"
    assert glyph.probability == pytest.approx(0.3)


def test_alternatives_are_kept_without_blank_and_winner() -> None:
    """What else a character could be stands beside it."""
    table = np.array([[0.1, 0.6, 0.29, 0.0005, 0, 0]], np.float32)

    ((text, probability),) = decoded(table)[0].others
    assert text == "2"
    assert probability == pytest.approx(0.29)


def test_ideographs_are_wider_than_digits() -> None:
    """Alone on a strip, an ideograph takes more room than a digit."""
    digit, ideograph = (decoded(steps([0] * 10 + [column] + [0] * 10))[0] for column in (1, 3))

    assert ideograph.right - ideograph.left > digit.right - digit.left
