"""Whether each recogniser that is set works, tried with a sample."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

import pytest

from bot.chat.languages import language
from bot.doctor import examine
from bot.recognition.drivinglicence.accounts import EngineAccount
from bot.recognition.drivinglicence.server import engine
from bot.recognition.embedded.engine import EmbeddedRecogniser
from bot.serving import serving
from bot.settings import Settings

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

ACCOUNT = {"app_id": "1250000000", "secret_id": "AKIDmine", "secret_key": "mine"}

pytestmark = pytest.mark.accuracy


@asynccontextmanager
async def an_engine() -> AsyncIterator[str]:
    """Our own engine, with the real recogniser and one account; its address."""
    recogniser = EmbeddedRecogniser()
    try:
        async with serving(engine(recogniser, [EngineAccount(**ACCOUNT)]), "127.0.0.1", 0) as url:
            yield f"{url}/ocr/drivinglicence"
    finally:
        await recogniser.aclose()


def settings_with(*providers: str, **drivinglicence: str) -> Settings:
    """Settings with those providers and that account."""
    values: dict[str, Any] = {
        "recognition": {"providers": providers},
        "drivinglicence": drivinglicence,
    }
    return Settings.model_validate(values)


async def test_working_providers_are_told_with_a_figure() -> None:
    """One line each: what was read, and how fast."""
    async with an_engine() as url:
        settings = settings_with("embedded", "drivinglicence", **ACCOUNT, url=url)
        diagnoses = await examine(settings, language("en"))
    assert [diagnosis.healthy for diagnosis in diagnoses] == [True, True]
    assert diagnoses[0].line.startswith("embedded works: 10 fields of the sample read in ")
    assert diagnoses[1].line.startswith("drivinglicence works: 10 fields")


async def test_a_wrong_key_is_told_with_its_remedy() -> None:
    """The line names the provider's code and the settings to look at."""
    async with an_engine() as url:
        account = {**ACCOUNT, "secret_key": "another"}
        (diagnosis,) = await examine(
            settings_with("drivinglicence", **account, url=url), language("en")
        )
    assert not diagnosis.healthy
    assert diagnosis.line == (
        "drivinglicence fails (14): check the ids and the key in BOT_DRIVINGLICENCE__…."
    )


async def test_a_missing_account_is_told() -> None:
    """The line names the setting."""
    (diagnosis,) = await examine(settings_with("tencentcloud"), language("en"))
    assert diagnosis.line == "tencentcloud: BOT_TENCENTCLOUD__SECRET_ID: missing"


async def test_an_address_where_nobody_answers_is_told() -> None:
    """In the owner's language, too."""
    account = {**ACCOUNT, "url": "http://127.0.0.1:9/ocr/drivinglicence"}
    (diagnosis,) = await examine(settings_with("drivinglicence", **account), language("zh-Hans"))
    assert not diagnosis.healthy
    assert "请检查网络" in diagnosis.line
