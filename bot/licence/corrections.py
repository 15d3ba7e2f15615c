"""What a person corrects by hand after a look at the licence."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.licence.recognition import Field

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.licence.documents import FieldName
    from bot.licence.recognition import Recognition


def correct(recognition: Recognition, values: Mapping[FieldName, str]) -> Recognition:
    """The page with those values instead of the ones that were read.

    What the recogniser saw stays in `raw`, and where it saw it in `box`. Its confidence was about
    another value, and nobody measured that of a person: a corrected field has none.

    Args:
        recognition: the page as it was read.
        values: normalised, by field; also of fields that were not read.
    """
    read = tuple(
        _corrected(field, values[field.name]) if field.name in values else field
        for field in recognition.fields
    )
    known = {field.name for field in read}
    unread = (Field(name, "", "") for name in values if name not in known)
    added = tuple(_corrected(field, values[field.name]) for field in unread)
    return replace(recognition, fields=read + added)


def _corrected(read: Field, value: str) -> Field:
    return replace(read, value=value, confidence=None, derived=False, corrected=True)
