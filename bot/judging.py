"""What licences are judged by: the owner's thresholds, and the day."""

from __future__ import annotations

from datetime import datetime
from difflib import get_close_matches
from typing import TYPE_CHECKING

from bot.errors import SettingsError
from bot.licence.findings import CODES
from bot.licence.report import Policy
from bot.settings import variable

if TYPE_CHECKING:
    from datetime import date

    from bot.settings import Settings


def policy_of(settings: Settings) -> Policy:
    """The owner's thresholds.

    Raises:
        SettingsError: a finding is silenced that there is not.
    """
    given = settings.policy
    try:
        return Policy(given.low_confidence, given.expiring_days, frozenset(given.silenced))
    except ValueError as error:
        near = get_close_matches(str(error), CODES, 1)
        hint = f"; did you mean {near[0]}?" if near else ""
        name = variable("policy", "silenced")
        raise SettingsError(f"{name}: no finding is called {error}{hint}") from None


def today_of(settings: Settings) -> date:
    """The day on which expiry is judged."""
    return datetime.now(settings.policy.timezone).date()
