"""Offsets in UTF-16, trimming, and what Telegram drops."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.playground.entities import (
    Entity,
    Text,
    arrange,
    clean,
    from_api,
    trim,
    utf16_length,
    utf16_slice,
)


@settings(deadline=None)  # other work on this machine is no failure
@given(st.text())
def test_length_is_that_of_utf_16(text: str) -> None:
    """Two units for every character beyond U+FFFF."""
    assert utf16_length(text) == len(text.encode("utf-16-le", "surrogatepass")) // 2


def test_slices_count_units() -> None:
    """An emoji is two units long."""
    assert utf16_slice("a😀驾驶", 3, 2) == "驾驶"


def test_control_characters_become_spaces() -> None:
    """Only the line break is kept, and carriage returns vanish."""
    assert clean("a\r\nb\tc\0d") == "a\nb c d"


def test_nothing_is_marked_inside_code_and_nothing_twice() -> None:
    """The outer entity wins."""
    inside = [Entity("bold", 2, 2), Entity("code", 0, 6)]
    assert arrange(inside) == (Entity("code", 0, 6),)
    twice = [Entity("bold", 0, 6), Entity("bold", 1, 2), Entity("italic", 1, 2)]
    assert arrange(twice) == (Entity("bold", 0, 6), Entity("italic", 1, 2))


def test_there_are_at_most_a_hundred() -> None:
    """The first hundred stay."""
    entities = [Entity("bold", 2 * at, 1) for at in range(150)]
    assert arrange(entities) == tuple(entities[:100])


def test_trimming_moves_and_shortens_entities() -> None:
    """White space goes at both ends, except where an entity begins with it."""
    text = Text("  ab  \n", (Entity("bold", 2, 5),))
    assert trim(text) == Text("ab", (Entity("bold", 0, 2),))
    covered = Text("  ab", (Entity("bold", 1, 3),))
    assert trim(covered) == Text(" ab", (Entity("bold", 0, 3),))
    assert trim(Text(" \n ", (Entity("bold", 0, 3),))) == Text("")


@settings(deadline=None)  # other work on this machine is no failure
@given(
    st.text(alphabet="a \n😀\u3000", max_size=12),
    st.lists(st.tuples(st.integers(0, 12), st.integers(1, 12))),
)
def test_trimmed_entities_lie_within_the_text(text: str, places: list[tuple[int, int]]) -> None:
    """Whatever is cut off, no entity sticks out."""
    units = utf16_length(text)
    entities = tuple(
        Entity("bold", offset, length) for offset, length in places if offset + length <= units
    )
    trimmed = trim(Text(text, entities))
    assert trimmed.content == trimmed.content.rstrip()
    for entity in trimmed.entities:
        assert 0 <= entity.offset < entity.end <= utf16_length(trimmed.content)


def test_ready_made_entities_must_fit() -> None:
    """What lies outside, is unknown or no entity at all is left out."""
    raw = [
        {"type": "bold", "offset": 0, "length": 2},
        {"type": "bold", "offset": 1, "length": 9},
        {"type": "bold", "offset": -1, "length": 1},
        {"type": "sparkling", "offset": 0, "length": 1},
        {"type": "italic", "offset": "0", "length": 1},
        {"type": "text_link", "offset": 0, "length": 1, "url": {"not": "text"}},
        {"type": "date_time", "offset": 0, "length": 1},
        {"type": "pre", "offset": 2, "length": 1, "language": "c"},
    ]
    assert from_api(raw, "abc") == (Entity("bold", 0, 2), Entity("pre", 2, 1, language="c"))


def test_absent_fields_are_omitted() -> None:
    """The Bot API never sends null."""
    assert Entity("bold", 0, 1).to_api() == {"type": "bold", "offset": 0, "length": 1}
    assert Entity("text_link", 0, 1, url="http://a.b/").to_api()["url"] == "http://a.b/"
