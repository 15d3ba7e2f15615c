"""What licences are judged by."""

from __future__ import annotations

import pytest

from bot.errors import SettingsError
from bot.judging import policy_of
from bot.settings import Policy, Settings


def settings(*silenced: str) -> Settings:
    """Those of an owner who does not want to be told of these."""
    return Settings(policy=Policy(low_confidence=0.5, expiring_days=30, silenced=silenced))


def test_the_owners_thresholds_are_the_rules() -> None:
    """Each reaches the place where it is used."""
    policy = policy_of(settings("vin_year", "probation"))
    assert (policy.low_confidence, policy.expiring_days) == (0.5, 30)
    assert policy.silenced == {"vin_year", "probation"}


@pytest.mark.parametrize(
    ("code", "hint"), [("vin_yaer", "; did you mean vin_year?"), ("nonsense!", "")]
)
def test_a_finding_that_there_is_not_cannot_be_silenced(code: str, hint: str) -> None:
    """One line that names the setting, and the finding that was probably meant."""
    with pytest.raises(SettingsError) as wrong:
        policy_of(settings(code))
    assert str(wrong.value) == f"BOT_POLICY__SILENCED: no finding is called {code}{hint}"
