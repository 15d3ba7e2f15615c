"""What a vehicle licence and its back page say of the same vehicle."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from tests.generator import identifier, person
from tests.generator.driver import LAST, later
from tests.generator.tables import table, words
from tests.generator.value import DASHES, Value, dashes, value, variant

if TYPE_CHECKING:
    import random

    from tests.generator.tables import Part, Place


@dataclass(frozen=True, slots=True)
class Vehicle:
    """A vehicle and where it is registered."""

    kind: str
    use: str
    plate: str
    place: Place
    registered: date


def invent(rng: random.Random, part: Part) -> Vehicle:
    """Any vehicle, by the share of its kind."""
    kinds = table("vehicles")["kind"]
    kind = rng.choices(list(kinds), [one["share"] for one in kinds.values()])[0]
    place, use = person.somewhere(rng, part), rng.choice(kinds[kind]["uses"])
    earliest = date(2016 if kind == "electric" else 2001, 1, 1)
    registered = earliest + timedelta(days=rng.randrange((LAST - earliest).days))
    return Vehicle(kind, use, identifier.plate(rng, place, kind, use), place, registered)


def front(rng: random.Random, one: Vehicle, part: Part) -> dict[str, Value]:
    """The values of the front page."""
    kind = table("vehicles")["kind"][one.kind]
    issued = min(later(one.registered, rng.choice((0, 0, 0, 1, 2, 4))), LAST)
    engine = identifier.engine(rng, one.kind, part)
    return {
        "号牌号码": value(one.plate),
        "车辆类型": value(rng.choice(kind["types"])),
        "所有人": value(_owner(rng, one.place, part)),
        "住址": value(person.address(rng, one.place, part)),
        "使用性质": value(one.use),
        "品牌型号": value(identifier.make(rng, one.kind, part)),
        "识别代码": value(identifier.vin(rng, one.registered.year)),
        "发动机号": dashes(rng) if engine == DASHES else value(engine.upper()),
        "注册日期": value(one.registered.isoformat()),
        "发证日期": value(issued.isoformat()),
        "红章": value(person.authority(rng, one.place)),
    }


def back(rng: random.Random, one: Vehicle) -> dict[str, Value]:
    """The values of the back page."""
    kind = table("vehicles")["kind"][one.kind]
    kerb = rng.randint(*kind["kerb"])
    gross = kerb + rng.randint(*kind["margin"])
    loaded = one.kind in {"truck", "trailer"}
    size = "×".join(str(rng.randint(*kind[side])) for side in ("length", "width", "height"))
    seats = f"{rng.choice(kind['seats'])}人" if kind["seats"] else ""
    towed = f"{rng.randrange(28000, 40000)}kg" if one.kind == "tractor" else ""
    return {
        "号牌号码": value(one.plate),
        "档案编号": value(_file(rng, one.place)),
        "核定载人数": value(seats) if seats else dashes(rng),
        "总质量": _mass(rng, f"{gross}kg"),
        "整备质量": _mass(rng, f"{kerb}kg"),
        "核定载质量": _mass(rng, f"{gross - kerb - 130}kg" if loaded else ""),
        "外廓尺寸": variant(rng, f"{size}mm", "×", "x", "X", "*"),
        "准牵引总质量": _mass(rng, towed),
        "备注": _remarks(rng, one),
        "检验记录": value(_record(rng, one)),
        "条码": value(one.place.code[:2] + f"{rng.randrange(10**11):011d}"),
    }


def _mass(rng: random.Random, text: str) -> Value:
    return variant(rng, text, "kg", "KG", " kg") if text else dashes(rng)


def _owner(rng: random.Random, place: Place, part: Part) -> str:
    if rng.random() < 0.7:
        return person.name_of(rng, part)
    seat = place.city or place.province
    if rng.random() < 0.3:
        seat = place.province + place.city
    return seat + rng.choice(words("firms", part)) + rng.choice(words("trades", part))


def _file(rng: random.Random, place: Place) -> str:
    chance = rng.random()
    if chance < 0.04:
        return f"{place.letter}00-{rng.randrange(10**8):08d}"
    if chance < 0.07:
        return place.sign + place.letter + identifier.filled(rng, "###@#")
    return f"{place.code}00{rng.randrange(10**6):06d}"


def _remarks(rng: random.Random, one: Vehicle) -> Value:
    scrapped = later(one.registered, rng.choice((8, 10, 12, 15, 20)))
    fuel = (
        "纯电动"
        if one.kind == "electric"
        else rng.choice(("汽油", "汽油", "柴油", "天然气", "混合动力"))
    )
    forms: list[Any] = [
        f"强制报废期止:{scrapped}",
        f"不得加装改装 强制报废期止:{scrapped}",
        f"{fuel} 机动车状态正常",
        f"{fuel} 该车注册登记日期 {one.registered}",
        fuel,
        f"{fuel} 强制报废期止:{scrapped}",
        f"该车于{later(one.registered, 1)}转移登记 {fuel}",
        f"不得加装改装 {fuel} 该车注册登记日期 {one.registered} 强制报废期止:{scrapped}",
        None,
    ]
    if one.kind == "electric":
        forms += ["该车为新能源汽车 插电式混合动力", "该车为新能源汽车 纯电动"]
    text = rng.choice(forms)
    return dashes(rng) if text is None else variant(rng, text, ":", "：")


def _record(rng: random.Random, one: Vehicle) -> str:
    month = f"{rng.randrange(2019, 2033)}年{rng.randrange(1, 13):02d}月"
    office = one.place.sign + rng.choice("ABCDEFGH")
    number = rng.choice(
        ("", f"({rng.randrange(1, 30):02d})", f"({rng.randrange(1, 30):02d})", "(4S)")
    )
    return f"检验有效期至{month}{office}{number}"
