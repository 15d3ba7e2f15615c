"""Parameters and what they may be taken for."""

from __future__ import annotations

import pytest

from bot.playground.parameters import Parameters, Upload
from bot.playground.refusals import Refusal


@pytest.mark.parametrize(
    ("value", "number"),
    [
        (5, 5),
        ("5", 5),
        (" 7 ", 7),
        (-1, -1),
        ("x", 9),
        (None, 9),
        ([], 9),
        (float("inf"), 9),
        ("", 9),
    ],
)
def test_whole_numbers(value: object, number: int) -> None:
    """What is none counts as the default."""
    assert Parameters({"n": value}).integer("n", 9) == number


@pytest.mark.parametrize(
    ("value", "flag"),
    [
        (True, True),
        ("true", True),
        ("True", True),
        (1, True),
        ("1", True),
        (False, False),
        ("false", False),
        ("0", False),
        (None, False),
    ],
)
def test_flags(value: object, *, flag: bool) -> None:
    """Clients write them in many ways."""
    assert Parameters({"f": value}).flag("f") is flag


def test_texts() -> None:
    """A number is text, too."""
    assert Parameters({"chat_id": 5}).text("chat_id") == "5"
    assert Parameters({}).text("x", "default") == "default"


def test_structures() -> None:
    """JSON in a string, or JSON itself; blank is absent."""
    assert Parameters({"s": "[1]"}).structure("s") == [1]
    assert Parameters({"s": [1]}).structure("s") == [1]
    assert Parameters({"s": " "}).structure("s") is None
    for broken in ("[", "[" * 100_000):
        with pytest.raises(Refusal, match="can't parse thing JSON object"):
            Parameters({"s": broken}).structure("s", "thing")
    with pytest.raises(Refusal, match="UTF-8"):
        Parameters({"s": '["\\ud800"]'}).structure("s")


def test_files() -> None:
    """By the part's name, or by the name the value attaches."""
    upload = Upload(b"x")
    assert Parameters({}, [("photo", upload)]).file("photo") is upload
    assert Parameters({"photo": "attach://p1"}, [("p1", upload)]).file("photo") is upload
    assert Parameters({"photo": "attach://p2"}, [("p1", upload)]).file("photo") is None
