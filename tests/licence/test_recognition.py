"""What a recogniser returns."""

from __future__ import annotations

import pytest

from bot.licence.documents import DocumentType, FieldName, fields_of
from bot.licence.recognition import Box, Field, Recognition

NAME = Field(FieldName.NAME, "张三", "张 三")


def test_the_numbers_are_those_of_the_seeds_api() -> None:
    """The number of a page goes over the wire as `type`."""
    assert {page.slug: page.value for page in DocumentType} == {
        "vehicle_licence": 0,
        "driving_licence": 1,
        "vehicle_licence_back": 2,
    }


def test_every_field_name_belongs_to_a_page() -> None:
    """No canonical name is without a page, and no page lists one twice."""
    listed = [name for page in DocumentType for name in fields_of(page)]
    assert set(listed) == set(FieldName)
    assert all(len(fields_of(page)) == len(set(fields_of(page))) for page in DocumentType)


def test_a_field_is_found_by_its_name() -> None:
    """A field that was not read is none, and its value empty."""
    recognition = Recognition(DocumentType.DRIVING_LICENCE, (NAME,), "test")
    assert recognition.field(FieldName.NAME) is NAME
    assert recognition.value(FieldName.NAME) == "张三"
    assert recognition.field(FieldName.SEX) is None
    assert recognition.value(FieldName.SEX) == ""


def test_a_field_stands_once() -> None:
    """Two readings of one field are a mistake of the recogniser's code."""
    with pytest.raises(ValueError, match="twice"):
        Recognition(DocumentType.DRIVING_LICENCE, (NAME, NAME), "test")


@pytest.mark.parametrize("confidence", [-0.1, 1.1, 99.9])
def test_confidence_has_one_scale(confidence: float) -> None:
    """0…100 never gets inside."""
    with pytest.raises(ValueError, match="0…1"):
        Field(FieldName.NAME, "", "", confidence)


def test_a_box_has_a_size() -> None:
    """A negative size is a mistake of the recogniser's code."""
    with pytest.raises(ValueError, match="negative"):
        Box(0, 0, -1, 5)
    assert Box(0, 0, 0, 5).height == 5
