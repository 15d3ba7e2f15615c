"""How the names of issuing authorities are built."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.recognition.embedded import authority
from bot.recognition.embedded.ctc import Glyph

if TYPE_CHECKING:
    from collections.abc import Sequence

NAMES = (
    "深圳市公安局交通管理局",
    "四川省成都市公安局交通警察支队",
    "吉林省延边朝鲜族自治州公安局交通警察支队",
    "北京市公安局公安交通管理局",
    "重庆市公安局交通巡逻警察总队",
    "天津市公安交通管理局",
    "海南省公安厅交通警察总队",
)


def glyphs(text: str) -> tuple[Glyph, ...]:
    """The characters as the reader gives them, without alternatives."""
    return tuple(Glyph(c, 0.9, i, i + 1) for i, c in enumerate(text))


def text_of(read: Sequence[Glyph]) -> str:
    """What they say."""
    return "".join(glyph.text for glyph in read)


@pytest.mark.parametrize("name", NAMES)
def test_names_of_authorities_fit(name: str) -> None:
    """Cities, provinces, prefectures and municipalities, police of all sorts."""
    assert authority.fits(name)


@pytest.mark.parametrize("name", NAMES)
def test_the_right_order_is_likest(name: str) -> None:
    """Every second character first, as across the columns of a seal, says less."""
    assert authority.likeness(name) > authority.likeness(name[::2] + name[1::2])


@given(st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF), max_size=24))
def test_what_has_no_alternatives_stays(text: str) -> None:
    """Nothing is invented, whatever stands there."""
    read = glyphs(text)

    assert authority.settle(read) == read


def test_an_end_that_the_reader_saw_is_chosen_with_doubt() -> None:
    """置 becomes 警 where the reader thought of it, and the value asks for a second look."""
    read = list(glyphs("成都市公安局交通置察支队"))
    read[8] = replace(read[8], others=(("警", 0.1),))

    settled = authority.settle(read)

    assert text_of(settled) == "成都市公安局交通警察支队"
    assert settled[8].probability == authority.CHOSEN


def test_three_doubtful_characters_are_not_a_name() -> None:
    """With so much chosen, the name would be a guess."""
    read = [
        replace(glyph, others=((right, 0.1),)) if glyph.text != right else glyph
        for glyph, right in zip(
            glyphs("成都市公安局交通置祭友队"), "成都市公安局交通警察支队", strict=True
        )
    ]

    assert text_of(authority.settle(read)) == "成都市公安局交通置祭友队"
