"""Vehicle types and uses."""

from __future__ import annotations

import pytest

from bot.licence.vehicle import is_passenger, is_trailer, is_truck, look
from tests.licence.cases import VEHICLE, case_of, codes


@pytest.mark.parametrize(
    ("kind", "trailer", "truck", "passenger"),
    [
        ("小型轿车", False, False, True),
        ("大型普通客车", False, False, True),
        ("小型面包车", False, False, True),
        ("中型专用校车", False, False, True),
        ("轻型厢式货车", False, True, False),
        ("重型半挂牵引车", False, True, False),
        ("重型厢式半挂车", True, False, False),
        ("中型中置轴旅居挂车", True, False, False),
        ("普通二轮摩托车", False, False, False),
    ],
)
def test_types_are_told_apart(kind: str, trailer: bool, truck: bool, passenger: bool) -> None:
    """A 半挂牵引车 draws, a 半挂车 is drawn."""
    assert (is_trailer(kind), is_truck(kind), is_passenger(kind)) == (trailer, truck, passenger)


@pytest.mark.parametrize(
    ("plate", "kind", "use", "found"),
    [
        ("粤B12345", "小型轿车", "非营运", []),
        ("粤B12345", "小型轿车", "非营云", ["use_unknown"]),
        ("粤B1234挂", "重型厢式半挂车", "货运", []),
        ("粤B12345", "重型厢式半挂车", "货运", ["type_plate"]),
        ("粤B1234挂", "重型半挂牵引车", "货运", ["type_plate"]),
        ("粤B1234O", "重型厢式半挂车", "货运", []),
        ("粤B1234挂", "", "", []),
        ("粤B1234学", "小型轿车", "教练", []),
        ("粤B1234学", "小型轿车", "非营运", ["use_plate"]),
        ("粤B1234警", "小型轿车", "教练", ["use_plate"]),
        ("粤B1234警", "小型轿车", "", []),
        ("粤B12345", "轻型厢式货车", "非营运", []),
        ("粤B12345", "轻型厢式货车", "公路客运", ["type_use"]),
        ("粤B12345", "中型普通客车", "货运", ["type_use"]),
        ("粤B12345", "普通二轮摩托车", "货运", []),
    ],
)
def test_plate_type_and_use_go_together_or_not(
    plate: str, kind: str, use: str, found: list[str]
) -> None:
    """What is not known is not compared."""
    case = case_of(VEHICLE, plate_number=plate, vehicle_type=kind, use_character=use)
    assert codes(look, case) == found


@pytest.mark.parametrize(
    ("kind", "seats", "dimensions", "found"),
    [
        ("小型轿车", "9人", "5999×1800×1500mm", []),
        ("小型轿车", "10人", "4600×1800×1500mm", ["type_size"]),
        ("小型普通客车", "5人", "6000×1800×1500mm", ["type_size"]),
        ("微型轿车", "4人", "3501×1500×1500mm", ["type_size"]),
        ("微型轿车", "4人", "3500×1500×1500mm", []),
        ("中型普通客车", "9人", "5900×1800×1500mm", ["type_size"]),
        ("中型普通客车", "20人", "6000×1800×1500mm", ["type_size"]),
        ("中型普通客车", "19人", "", []),
        ("大型普通客车", "45人", "12000×2500×3500mm", []),
        ("轻型厢式货车", "50人", "9000×2500×3500mm", []),
    ],
)
def test_seats_and_length_go_with_the_type(
    kind: str, seats: str, dimensions: str, found: list[str]
) -> None:
    """Where both pages were read as one; of trucks the masses decide."""
    case = case_of(VEHICLE, vehicle_type=kind, seating_capacity=seats, dimensions=dimensions)
    assert codes(look, case) == found
