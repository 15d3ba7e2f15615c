"""What is said of a wrong setting, in its owner's words."""

from __future__ import annotations

from typing import get_args

import pytest
from pydantic import BaseModel, ValidationError
from pydantic_core.core_schema import ErrorType

from bot.remarks import _WORDS, remark

OWN = {"zoneinfo_str"}
"""Kinds that pydantic makes up outside its list."""


class Point(BaseModel):
    """Something with values that may be wrong."""

    x: int = 0
    name: bytes = b""


def said(**values: object) -> str:
    """The remark on a wrong value."""
    with pytest.raises(ValidationError) as wrong:
        Point.model_validate(values)
    return remark(wrong.value.errors()[0])


def test_words_are_for_kinds_that_exist() -> None:
    """A kind that pydantic renames would fall back to its own words unnoticed."""
    assert set(_WORDS) - OWN <= set(get_args(ErrorType))


def test_a_wrong_value_is_not_repeated() -> None:
    """It may be a secret."""
    assert said(x="secret") == "a whole number"


def test_a_kind_without_words_keeps_its_own() -> None:
    """Better than none."""
    assert said(name=1) == "Input should be a valid bytes"
