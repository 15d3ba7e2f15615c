"""Every finding there is, and how much each matters."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from bot.licence.recognition import QualityWarning

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.licence.documents import FieldName


class Severity(StrEnum):
    """How much a finding matters, the gravest first."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to look at twice.

    Attributes:
        code: a stable word in snake_case; its sentence is `finding-<code>` in `locales/`.
        severity: how much it matters.
        fields: what it is about, in the order of the page.
        params: values for its sentence.
    """

    code: str
    severity: Severity
    fields: tuple[FieldName, ...] = ()
    params: Mapping[str, str | int] = dataclasses.field(default_factory=dict)


_ERROR, _WARNING, _NOTE = Severity

SEVERITIES: Final[Mapping[str, Severity]] = MappingProxyType(
    {
        # the reading
        "doubtful_verdict": _ERROR,
        "low_confidence": _WARNING,
        "missing_field": _WARNING,
        **{f"quality_{word}": _WARNING for word in QualityWarning},
        # the licence number
        "licence_number_form": _WARNING,
        "licence_number_check": _WARNING,
        "licence_number_birth": _WARNING,
        "birth_mismatch": _WARNING,
        "sex_mismatch": _WARNING,
        "licence_number_old": _NOTE,
        "licence_number_region": _NOTE,
        "file_number_form": _WARNING,
        # dates
        "unreadable_date": _WARNING,
        "date_order": _WARNING,
        "date_ahead": _WARNING,
        "young_holder": _WARNING,
        "unusual_term": _WARNING,
        "short_term": _NOTE,
        # classes
        "class_unknown": _WARNING,
        "class_covered": _WARNING,
        "class_c6_alone": _WARNING,
        "class_c6_early": _NOTE,
        "class_age": _NOTE,
        "probation": _NOTE,
        # what is handed in while it runs
        "yearly_medical": _NOTE,
        "c5_medical": _NOTE,
        "yearly_review": _NOTE,
        # the vehicle
        "plate_form": _WARNING,
        "plate_fuel": _NOTE,
        "vin_form": _WARNING,
        "vin_check": _WARNING,
        "vin_check_abroad": _NOTE,
        "vin_position": _WARNING,
        "vin_short": _NOTE,
        "vin_year": _NOTE,
        "use_unknown": _NOTE,
        "type_plate": _WARNING,
        "use_plate": _WARNING,
        "type_use": _WARNING,
        "type_size": _WARNING,
        # masses and sizes
        "unreadable_measure": _WARNING,
        "kerb_over_gross": _WARNING,
        "load_over_gross": _WARNING,
        "length_range": _WARNING,
        # across pages
        "plate_differs": _WARNING,
        "number_differs": _WARNING,
        "name_differs": _WARNING,
        "file_number_differs": _WARNING,
        "owner_differs": _NOTE,
        "pages_agree": _NOTE,
        "pages_hidden": _NOTE,
        # electronic licences
        "electronic_picture": _NOTE,
        "electronic_stale": _NOTE,
        "points_full": _WARNING,
    }
)
"""The severity of each code. What rests on general knowledge, not on a text, is a note at most."""
