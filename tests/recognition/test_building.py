"""The recognisers that the owner chose."""

from __future__ import annotations

from typing import Any

import pytest

from bot.errors import SettingsError
from bot.recognition.building import build
from bot.settings import Settings

ACCOUNTS: dict[str, Any] = {
    "drivinglicence": {"app_id": "1", "secret_id": "2", "secret_key": "3"},
    "tencentcloud": {"secret_id": "2", "secret_key": "3"},
}


def settings_with(*providers: str, guess: bool = True, **groups: Any) -> Settings:  # noqa: ANN401
    """Settings with those providers."""
    return Settings.model_validate(
        {"recognition": {"providers": providers, "guess": guess}, **groups}
    )


async def test_the_default_reads_and_guesses_on_this_machine() -> None:
    """Without any setting nothing leaves it."""
    recognisers = build(Settings())
    assert recognisers.chain.name == "embedded"
    assert recognisers.classifier is recognisers.embedded is not None
    await recognisers.aclose()


async def test_the_owners_order_is_kept() -> None:
    """What is listed is built, in that order, and nothing else."""
    recognisers = build(settings_with("tencentcloud", "drivinglicence", "embedded", **ACCOUNTS))
    assert recognisers.chain.name == "tencentcloud+drivinglicence+embedded"
    await recognisers.aclose()


async def test_a_small_machine_needs_no_engine() -> None:
    """Who reads elsewhere and guesses nothing loads no model."""
    recognisers = build(settings_with("drivinglicence", guess=False, **ACCOUNTS))
    assert recognisers.embedded is None
    assert recognisers.classifier is None
    await recognisers.start()
    await recognisers.aclose()


async def test_a_guess_may_stay_at_home() -> None:
    """The guess is made on this machine, also where photos are read elsewhere."""
    recognisers = build(settings_with("drivinglicence", **ACCOUNTS))
    assert recognisers.classifier is not None
    await recognisers.aclose()


def test_a_wrong_region_is_a_setting() -> None:
    """The owner reads what is wrong, not a traceback."""
    account = {**ACCOUNTS["tencentcloud"], "region": "AP_X"}
    with pytest.raises(SettingsError, match="BOT_TENCENTCLOUD__… region"):
        build(settings_with("tencentcloud", tencentcloud=account))


@pytest.mark.parametrize(
    ("provider", "missing"),
    [
        ("drivinglicence", "BOT_DRIVINGLICENCE__APP_ID"),
        ("tencentcloud", "BOT_TENCENTCLOUD__SECRET_ID"),
    ],
)
def test_a_provider_without_its_account_is_a_setting(provider: str, missing: str) -> None:
    """The owner reads which one is missing."""
    with pytest.raises(SettingsError, match=missing):
        build(settings_with(provider))
