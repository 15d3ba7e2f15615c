"""What an agent should look at twice."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from bot.licence.dates import add_years, parse_date
from bot.licence.documents import PRINTED_FIELDS, FieldName
from bot.licence.recognition import QualityWarning

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from bot.licence.recognition import Field, Recognition
    from bot.licence.validity import Verdict


class Severity(StrEnum):
    """How much a finding matters, the gravest first."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


_TERM: Final = (FieldName.VALID_FROM, FieldName.VALID_UNTIL)
_ORDER: Final = tuple(Severity)


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


def find(recognition: Recognition, verdict: Verdict, low_confidence: float) -> tuple[Finding, ...]:
    """Everything worth a second look, the gravest first."""
    found = (
        *_doubtful_verdict(recognition, verdict, low_confidence),
        *_low_confidence(recognition, low_confidence),
        *_unusual_term(recognition),
        *_missing(recognition),
        *_quality(recognition),
    )
    return tuple(sorted(found, key=lambda finding: _ORDER.index(finding.severity)))


def is_doubtful(read: Field, low_confidence: float) -> bool:
    """Whether a value must be marked; a provider without confidence leaves that open."""
    return read.confidence is not None and read.confidence < low_confidence


def _doubtful_verdict(
    recognition: Recognition, verdict: Verdict, low_confidence: float
) -> Iterator[Finding]:
    """The verdict rests on a date that was hard to read."""
    bases = (recognition.field(name) for name in verdict.sources)
    names = tuple(basis.name for basis in bases if basis and is_doubtful(basis, low_confidence))
    if names:
        yield Finding("doubtful_verdict", Severity.ERROR, names)


def _low_confidence(recognition: Recognition, low_confidence: float) -> Iterator[Finding]:
    """Values that the recogniser itself was unsure of."""
    read = (field for field in recognition.fields if field.value)
    names = tuple(field.name for field in read if is_doubtful(field, low_confidence))
    if names:
        yield Finding("low_confidence", Severity.WARNING, names)


def _unusual_term(recognition: Recognition) -> Iterator[Finding]:
    """A driving licence runs for 6 or 10 years or for life (Order 162, art. 13); misread else."""
    start, end = (parse_date(recognition.value(name)) for name in _TERM)
    if start is None or end is None:
        return
    slips = (abs((add_years(start, years) - end).days) for years in (6, 10))
    if min(slips) > 1:
        yield Finding("unusual_term", Severity.WARNING, _TERM)


def _missing(recognition: Recognition) -> Iterator[Finding]:
    """Printed fields for which nothing was read; the seal is often illegible by nature."""
    names = tuple(
        name
        for name in PRINTED_FIELDS[recognition.document_type]
        if name is not FieldName.ISSUING_AUTHORITY and not recognition.value(name)
    )
    if names:
        yield Finding("missing_field", Severity.WARNING, names)


def _quality(recognition: Recognition) -> Iterator[Finding]:
    """What the recogniser said of the picture."""
    for warning in QualityWarning:
        if warning in recognition.quality:
            yield Finding(f"quality_{warning}", Severity.WARNING)
