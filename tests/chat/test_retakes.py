"""Who was asked for a better photo."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.chat.retakes import MOST, REMEMBERED, Retakes


def test_a_person_is_asked_twice_in_a_row() -> None:
    """The third poor photo is read as it is, and so are those after it."""
    retakes = Retakes()
    assert [retakes.ask(1, photo) for photo in range(5)] == [True, True, False, False, False]


def test_a_good_photo_ends_the_row() -> None:
    """The next poor one is the first again."""
    retakes = Retakes()
    for photo in range(3):
        retakes.ask(1, photo)
    retakes.settle(1)
    retakes.settle(2)
    assert retakes.ask(1, 9)


def test_people_are_counted_apart() -> None:
    """Nobody pays for another one's camera."""
    retakes = Retakes()
    assert all(retakes.ask(person, 7) for person in range(9))


def test_the_same_photo_counts_once() -> None:
    """It may be read as another page, or its update be worked on twice."""
    retakes = Retakes()
    assert all(retakes.ask(1, 7) for _ in range(5))
    assert retakes.ask(1, 8)
    assert retakes.ask(1, 7)
    assert not retakes.ask(1, 9)


@given(st.lists(st.integers(0, 5), max_size=30))
def test_nobody_is_asked_about_more_photos(photos: list[int]) -> None:
    """Whatever comes in whichever order, without a good one between."""
    retakes = Retakes()
    assert len({photo for photo in photos if retakes.ask(1, photo)}) <= MOST


def test_the_memory_is_bounded_and_forgets_whom_it_asked_longest_ago() -> None:
    """A busy year fills no memory."""
    retakes = Retakes()
    for person in range(REMEMBERED):
        for photo in range(MOST):
            retakes.ask(person, photo)
    assert not retakes.ask(0, 9)
    retakes.ask(-1, 9)
    assert not retakes.ask(0, 9)
    assert retakes.ask(1, 9)
