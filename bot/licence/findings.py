"""What an agent should look at twice."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Final

from bot.licence import (
    chronology,
    classes,
    electronic,
    identity,
    masses,
    plates,
    reviews,
    vehicle,
    vin,
)
from bot.licence.case import Case, is_doubtful
from bot.licence.catalogue import SEVERITIES, Finding, Severity
from bot.licence.comparison import compare
from bot.licence.documents import PRINTED_FIELDS, FieldName
from bot.licence.recognition import QualityWarning
from bot.licence.verdict import Status

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from bot.licence.recognition import Recognition

__all__ = ["CODES", "Case", "Finding", "Severity", "find", "is_doubtful"]

CODES: Final = frozenset(SEVERITIES)
"""Every code that a finding can have."""

_ORDER: Final = tuple(Severity)


def find(
    case: Case, silenced: frozenset[str] = frozenset(), beside: Sequence[Recognition] = ()
) -> tuple[Finding, ...]:
    """Everything worth a second look, the gravest first.

    Args:
        case: the page.
        silenced: the codes that the owner does not want to be told.
        beside: the pages that it is compared with.
    """
    alone = chain.from_iterable(rule(case) for rule in RULES)
    together = chain.from_iterable(compare(case, other) for other in beside)
    found = chain(together, alone)
    told = (finding for finding in found if finding.code not in silenced)
    return tuple(sorted(told, key=lambda finding: _ORDER.index(finding.severity)))


def _doubtful_verdict(case: Case) -> Iterator[Finding]:
    """The verdict rests on a date that was hard to read."""
    if names := _shaky(case):
        yield case.finding("doubtful_verdict", *names)


def _shaky(case: Case) -> tuple[FieldName, ...]:
    """The doubtful fields that carry the verdict; one that says nothing rests on nothing."""
    if case.verdict.status is Status.UNKNOWN:
        return ()
    return tuple(name for name in case.verdict.sources if case.is_doubtful(name))


def _low_confidence(case: Case) -> Iterator[Finding]:
    """Values that the recogniser itself was unsure of, but for those that were told already."""
    read = (field.name for field in case.recognition.fields if field.value)
    names = tuple(name for name in read if case.is_doubtful(name) and name not in _shaky(case))
    if names:
        yield case.finding("low_confidence", *names)


def _missing(case: Case) -> Iterator[Finding]:
    """Printed fields for which nothing was read; the seal is often illegible by nature."""
    names = tuple(
        name
        for name in PRINTED_FIELDS[case.recognition.document_type]
        if name is not FieldName.ISSUING_AUTHORITY and not case.recognition.value(name)
    )
    if names:
        yield case.finding("missing_field", *names)


def _quality(recognition: Recognition) -> Iterator[Finding]:
    """What the recogniser said of the picture."""
    for warning in QualityWarning:
        if warning in recognition.quality:
            yield Finding(f"quality_{warning}", Severity.WARNING)


RULES: Final[tuple[Callable[[Case], Iterator[Finding]], ...]] = (
    _doubtful_verdict,
    _low_confidence,
    identity.look,
    chronology.look,
    classes.look,
    reviews.look,
    plates.look,
    vin.look,
    vehicle.look,
    masses.look,
    electronic.look,
    _missing,
    lambda case: _quality(case.recognition),
)
"""Who is asked, in the order in which findings of one severity are told."""
