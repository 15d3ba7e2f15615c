"""Plates, identification numbers, makes and engine numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tests.generator.tables import half, table

if TYPE_CHECKING:
    import random

    from tests.generator.tables import Part, Place

LETTERS: Final = "ABCDEFGHJKLMNPQRSTUVWXYZ"
DIGITS: Final = "0123456789"
_FRAME: Final = "ABCDEFGHJKLMNPRSTUVWXYZ0123456789"
_YEARS: Final = "ABCDEFGHJKLMNPRSTVWXY123456789"
_WEIGHTS: Final = (8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2)
_VALUES: Final = dict(
    zip(
        "0123456789ABCDEFGHJKLMNPRSTUVWXYZ",
        (*range(10), *range(1, 9), *range(1, 6), 7, *range(9, 10), *range(2, 10)),
        strict=True,
    )
)
_SUFFIXES: Final = {"trailer": "挂", "教练": "学", "警用": "警"}


def filled(rng: random.Random, pattern: str) -> str:
    """A pattern with its blanks filled: # a digit, @ a letter, % either."""
    blanks = {"#": DIGITS, "@": LETTERS, "%": LETTERS + DIGITS}
    return "".join(rng.choice(blanks[sign]) if sign in blanks else sign for sign in pattern)


def plate(rng: random.Random, place: Place, kind: str, use: str) -> str:
    """GA 36-2018: of the city's office, now and then of another in the province."""
    office = place.sign + (place.letter if rng.random() < 0.7 else rng.choice("ABCDEFGHJ"))
    suffix = _SUFFIXES.get(kind) or _SUFFIXES.get(use, "")
    if suffix:
        return office + filled(rng, "%###") + suffix
    if kind == "electric":
        return office + rng.choice((_small, _small, _large))(rng)
    return office + filled(
        rng, rng.choice(("#####", "%####", "#%###", "###@@", "%%#%#", "%%%%%", "@#@##"))
    )


def _small(rng: random.Random) -> str:
    return rng.choice("DDDFFABCEGHJK") + filled(rng, rng.choice(("#####", "%####")))


def _large(rng: random.Random) -> str:
    return filled(rng, "#####") + rng.choice("DDF")


def vin(rng: random.Random, year: int) -> str:
    """Seventeen characters with their check character; few of foreign makers, who need none."""
    makers = table("vehicles")["vin"]
    begin: str = rng.choice(makers["foreign" if rng.random() < 0.06 else "makers"])
    body = "".join(rng.choice(_FRAME) for _ in range(5))
    model = _YEARS[(year - 2010) % len(_YEARS)]
    end = rng.choice(_FRAME) + rng.choice(_FRAME + DIGITS * 8) + filled(rng, "#####")
    return begin + body + check_character(begin + body + "0" + model + end) + model + end


def check_character(frame: str) -> str:
    """The ninth character of seventeen (GB 16735, annex A)."""
    rest = sum(w * _VALUES[c] for w, c in zip(_WEIGHTS, frame, strict=True)) % 11
    return "X" if rest == 10 else str(rest)


def make(rng: random.Random, kind: str, part: Part) -> str:
    """Brand and model."""
    return filled(rng, rng.choice(half(table("vehicles")["makes"][kind], part)))


def engine(rng: random.Random, kind: str, part: Part) -> str:
    """Letters and digits as the maker likes; a trailer has none."""
    if kind == "trailer":
        return "--"
    forms = table("vehicles")["engines"]["motors" if kind == "electric" else "burning"]
    return filled(rng, rng.choice(half(forms, part)))
