"""What follows from the front of a vehicle licence."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.licence.documents import DocumentType, FieldName
from bot.licence.estimates import Estimate, EstimateKind, estimate
from bot.licence.recognition import Field, Recognition
from bot.licence.validity import judge

TODAY = date(2026, 11, 22)
CAR = {"vehicle_type": "小型轿车", "use_character": "非营运", "register_date": "2023-05-14"}
TAXI = CAR | {"use_character": "出租客运"}


def estimates(
    values: dict[str, str],
    page: DocumentType = DocumentType.VEHICLE_LICENCE,
    confidence: float | None = 0.99,
) -> tuple[Estimate, ...]:
    """What is worked out from a page with those values."""
    fields = tuple(Field(FieldName(k), v, v, confidence) for k, v in values.items())
    recognition = Recognition(page, fields, "test")
    return estimate(recognition, judge(recognition, TODAY), TODAY, low_confidence=0.7)


def test_a_private_car_needs_a_mark_and_is_never_scrapped_for_its_age() -> None:
    """In its fourth year nobody tests it."""
    assert estimates(CAR) == (
        Estimate(EstimateKind.MARK, date(2027, 5, 31)),
        Estimate(EstimateKind.NO_SCRAPPING),
    )


def test_a_taxi_is_tested_each_year_and_scrapped() -> None:
    """Small ones after eight years, to the day."""
    assert estimates(TAXI) == (
        Estimate(EstimateKind.TEST, date(2027, 5, 31)),
        Estimate(EstimateKind.SCRAPPING, date(2031, 5, 14)),
    )


@pytest.mark.parametrize(
    "changes",
    [
        {"use_character": "营转非"},
        {"use_character": "出租转非"},
        {"use_character": "预约出租转非"},
        {"vehicle_type": "小型汽车"},
        {"vehicle_type": ""},
        {"register_date": ""},
        {"register_date": "2027-05-14"},
        {"state": "注销"},
    ],
)
def test_nothing_is_made_up(changes: dict[str, str]) -> None:
    """Where the rules cannot be known, or no longer matter, nothing is said."""
    assert estimates(CAR | changes) == ()


def test_what_the_licence_says_itself_is_not_estimated() -> None:
    """An electronic one shows until when it is inspected, whether that is past or to come."""
    for month in ("2026-10", "2028-05"):
        kinds = [one.kind for one in estimates(TAXI | {"inspection_valid_until": month})]
        assert kinds == [EstimateKind.SCRAPPING]


def test_an_electronic_month_that_is_not_clear_is_not_replaced() -> None:
    """It is there and may say something else."""
    kinds = [one.kind for one in estimates(TAXI | {"inspection_valid_until": "****"})]
    assert kinds == [EstimateKind.SCRAPPING]


@pytest.mark.parametrize(
    "changes", [{"vehicle_type": "小型面包车"}, {"inspection_valid_until": "2028-05"}]
)
def test_that_there_is_no_limit_is_not_told_alone(changes: dict[str, str]) -> None:
    """A van's cycle is not settled, and an electronic licence shows its own month."""
    assert estimates(CAR | changes) == ()


def test_a_hired_car_by_network_has_a_cycle_and_no_known_age_limit() -> None:
    """One of the two is known."""
    (only,) = estimates(CAR | {"use_character": "预约出租客运"})
    assert only.kind is EstimateKind.TEST


def test_nothing_is_built_on_doubt() -> None:
    """A misread year of registration would move everything."""
    assert estimates(CAR, confidence=0.69) == ()
    assert estimates(CAR, confidence=0.7)
    assert estimates(CAR, confidence=None)


@pytest.mark.parametrize("page", [DocumentType.DRIVING_LICENCE, DocumentType.VEHICLE_LICENCE_BACK])
def test_only_the_front_gives_estimates(page: DocumentType) -> None:
    """The back page prints its own month."""
    assert estimates(CAR, page) == ()


@given(st.dictionaries(st.sampled_from([*CAR, "state", "inspection_valid_until"]), st.text()))
def test_no_text_makes_it_raise(values: dict[str, str]) -> None:
    """Whatever was read, there are estimates or none."""
    assert isinstance(estimates(CAR | values), tuple)
