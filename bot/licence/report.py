"""A recognition, judged: all that an answer needs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.licence.findings import Finding, find, is_doubtful
from bot.licence.validity import RENEWAL_WINDOW, Verdict, judge

if TYPE_CHECKING:
    from datetime import date

    from bot.licence.recognition import Field, Recognition


@dataclass(frozen=True, slots=True)
class Policy:
    """How strict the owner is.

    Attributes:
        low_confidence: 0…1, below which a value is marked as doubtful.
        expiring_days: how long before its end a driving licence is due.
    """

    low_confidence: float = 0.9
    expiring_days: int = RENEWAL_WINDOW


@dataclass(frozen=True, slots=True)
class Report:
    """A recognition with what follows from it on one day."""

    recognition: Recognition
    verdict: Verdict
    findings: tuple[Finding, ...]
    today: date
    policy: Policy

    def is_doubtful(self, field: Field) -> bool:
        """Whether that field's value must be marked."""
        return is_doubtful(field, self.policy.low_confidence)


def assess(recognition: Recognition, today: date, policy: Policy) -> Report:
    """Judge a page.

    Args:
        recognition: the page as it was read.
        today: the day in Asia/Shanghai for which it is judged.
        policy: the owner's thresholds.
    """
    verdict = judge(recognition, today, policy.expiring_days)
    findings = find(recognition, verdict, policy.low_confidence)
    return Report(recognition, verdict, findings, today, policy)
