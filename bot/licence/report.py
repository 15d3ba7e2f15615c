"""A recognition, judged: all that an answer needs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.licence.estimates import Estimate, estimate
from bot.licence.findings import CODES, Case, Finding, find, is_doubtful
from bot.licence.validity import RENEWAL_WINDOW, Verdict, judge

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from bot.licence.recognition import Field, Recognition


@dataclass(frozen=True, slots=True)
class Policy:
    """How strict the owner is.

    Attributes:
        low_confidence: 0…1, below which a value is marked as doubtful.
        expiring_days: how long before its end a driving licence is due.
        silenced: codes of findings that are not told.

    Raises:
        ValueError: a finding is silenced that there is not; the message is its code.
    """

    low_confidence: float = 0.9
    expiring_days: int = RENEWAL_WINDOW
    silenced: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        for stranger in sorted(self.silenced - CODES):
            raise ValueError(stranger)


@dataclass(frozen=True, slots=True)
class Report:
    """A recognition with what follows from it on one day."""

    recognition: Recognition
    verdict: Verdict
    findings: tuple[Finding, ...]
    today: date
    policy: Policy
    estimates: tuple[Estimate, ...] = ()

    def is_doubtful(self, field: Field) -> bool:
        """Whether that field's value must be marked."""
        return is_doubtful(field, self.policy.low_confidence)


def assess(
    recognition: Recognition, today: date, policy: Policy, beside: Sequence[Recognition] = ()
) -> Report:
    """Judge a page.

    Args:
        recognition: the page as it was read.
        today: the day in Asia/Shanghai for which it is judged.
        policy: the owner's thresholds.
        beside: pages that it is compared with.
    """
    verdict = judge(recognition, today, policy.expiring_days)
    case = Case(recognition, verdict, today, policy.low_confidence)
    findings = find(case, policy.silenced, beside)
    estimates = estimate(recognition, verdict, today, low_confidence=policy.low_confidence)
    return Report(recognition, verdict, findings, today, policy, estimates)
