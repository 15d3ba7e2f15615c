"""People who never were: names, addresses and identity numbers with a right check character."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from tests.generator.tables import Place, places, words

if TYPE_CHECKING:
    import random

    from tests.generator.tables import Part

_WEIGHTS: Final = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody, as a licence knows them."""

    name: str
    sex: str
    nationality: str
    birth: date
    number: str
    address: str
    place: Place


def invent(rng: random.Random, part: Part) -> Person:
    """Anybody of 18 to 75 years."""
    place = somewhere(rng, part)
    sex = rng.choice("男女")
    birth = date(1951, 1, 1) + timedelta(days=rng.randrange(56 * 365))
    nationality, name = "中国", name_of(rng, part)
    number = identity_number(rng, place, birth, sex)
    if rng.random() < 0.02:
        nationality = rng.choice(words("nationalities", part))
        number = rng.choice("EGHP") + f"{rng.randrange(10**8):08d}"
    return Person(name, sex, nationality, birth, number, address(rng, place, part), place)


def somewhere(rng: random.Random, part: Part) -> Place:
    """Any county."""
    return rng.choice(rng.choice(places(part)))


def name_of(rng: random.Random, part: Part) -> str:
    """Two to four characters, one in five with a rare one; few in the form of other peoples."""
    chance = rng.random()
    if chance < 0.02:
        return rng.choice(words("minority", part))
    surname = rng.choice(words("compound" if chance < 0.07 else "surnames", part))
    given = [rng.choice(words("given", part)) for _ in range(rng.choice((1, 2, 2, 2)))]
    if rng.random() < 0.2:
        given[-1] = rng.choice(words("rare", part))
    return surname + "".join(given)


def identity_number(rng: random.Random, place: Place, birth: date, sex: str) -> str:
    """GB 11643-1999."""
    serial = rng.randrange(1, 500) * 2 - (sex == "男")
    body = f"{place.code}{rng.randrange(1, 30):02d}{birth:%Y%m%d}{serial:03d}"
    return body + check_character(body)


def check_character(body: str) -> str:
    """The 18th character for the first seventeen."""
    return "10X98765432"[sum(w * int(c) for w, c in zip(_WEIGHTS, body, strict=True)) % 11]


def address(rng: random.Random, place: Place, part: Part) -> str:
    """In town or in a village, on one line or two."""
    if rng.random() < 0.2:
        village = rng.choice(words("towns", part)) + rng.choice(words("villages", part))
        rest = rng.choice(("", f"{rng.randrange(1, 20)}组"))
        return f"{place.whole}{village}{rest}{rng.randrange(1, 300)}号"
    text = f"{place.whole}{rng.choice(words('roads', part))}{rng.randrange(1, 1000)}号"
    if rng.random() < 0.4:
        text += rng.choice(words("estates", part))
    if rng.random() < 0.55:
        house = f"{rng.randrange(1, 40)}{rng.choice(('号楼', '栋', '幢', '座'))}"
        flat = (
            f"{rng.randrange(1, 34)}{rng.randrange(1, 5):02d}{rng.choice(('室', '室', '号', '房'))}"
        )
        text += house + rng.choice(("", f"{rng.randrange(1, 5)}单元")) + flat
    return text


def authority(rng: random.Random, place: Place) -> str:
    """What the seal says."""
    if place.province == "北京市":
        return "北京市公安局公安交通管理局"
    if place.province == "上海市":
        return "上海市公安局交通警察总队"
    if not place.city or place.city == "武汉市" or rng.random() < 0.1:
        return f"{place.province}{place.city}公安局交通管理局"
    if rng.random() < 0.06:
        return f"{place.city}{place.county}公安局交通警察大队"
    return f"{place.province}{place.city}公安局交通警察支队"
