"""The data files: words, places, vehicles and layouts, and which half of them a part may use."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Sequence

Part: TypeAlias = Literal["seen", "unseen"]
PARTS: Final[tuple[Part, ...]] = ("seen", "unseen")

_DATA: Final = Path(__file__).parent / "data"


@dataclass(frozen=True, slots=True)
class Place:
    """A county of a city.

    Attributes:
        sign: the province on plates.
        letter: the city's office on plates.
        code: the city's four digits (GB/T 2260).
        city: empty in a municipality.
    """

    sign: str
    letter: str
    code: str
    province: str
    city: str
    county: str

    @property
    def whole(self) -> str:
        """As an address begins."""
        return self.province + self.city + self.county


@cache
def table(name: str) -> dict[str, Any]:
    """One of the TOML files."""
    return tomllib.loads((_DATA / f"{name}.toml").read_text("utf-8"))


def half(entries: Sequence[str], part: Part) -> Sequence[str]:
    """The entries a part may use; both may use a list of one."""
    return entries[PARTS.index(part) :: 2] or entries


def words(name: str, part: Part) -> Sequence[str]:
    """A part's half of a list of words."""
    entries: Sequence[str] = table("words")[name]
    return half(entries, part)


@cache
def places(part: Part) -> tuple[tuple[Place, ...], ...]:
    """A part's counties, by city, so that each city is as likely as another."""
    rows = (_DATA / "places.txt").read_text("utf-8").splitlines()
    return tuple(_counties(row, part) for row in rows if not row.startswith("#"))


def _counties(row: str, part: Part) -> tuple[Place, ...]:
    sign, code, province, city, letter, *counties = row.split()
    name = "" if city == "-" else city
    return tuple(Place(sign, letter, code, province, name, one) for one in half(counties, part))
