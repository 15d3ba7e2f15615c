"""Places whose names hold rare characters."""

from __future__ import annotations

from bot.recognition.embedded import places
from bot.recognition.embedded.ctc import Glyph


def glyphs(text: str, **others: float) -> list[Glyph]:
    """Sure glyphs; the alternatives belong to 埔."""
    return [Glyph(c, 0.95, 0, 1, tuple(others.items()) if c == "埔" else ()) for c in text]


def said(read: tuple[Glyph, ...]) -> str:
    """The text of glyphs."""
    return "".join(glyph.text for glyph in read)


def test_a_known_name_wins_where_the_reader_saw_it_too() -> None:
    """埔桥区 does not exist, and 埇 was among the alternatives."""
    settled = places.settle(glyphs("宿州市埔桥区", 埇=0.02))

    assert said(settled) == "宿州市埇桥区"
    assert settled[3].probability == places.KNOWN_NAME


def test_nothing_is_taken_that_the_reader_did_not_see() -> None:
    """Without the alternative the reading stays, and stays as sure as it was."""
    read = glyphs("宿州市埔桥区", 捅=0.02)

    assert places.settle(read) == tuple(read)


def test_two_differences_are_another_place() -> None:
    """大埔镇 is not 埇桥区."""
    assert said(places.settle(glyphs("大埔镇区", 埇=0.3))) == "大埔镇区"


def test_every_name_is_long_enough_to_be_told() -> None:
    """Two characters are not enough to conclude a third from."""
    assert places.names()
    assert min(map(len, places.names())) >= 3
