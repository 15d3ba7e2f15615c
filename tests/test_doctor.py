"""Whether each recogniser that is set works, tried with a sample."""

from __future__ import annotations

import re
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

import pytest
from starlette.applications import Starlette
from starlette.responses import HTMLResponse
from starlette.routing import Mount

from bot.chat.languages import TAGS, language
from bot.doctor import examine
from bot.recognition.drivinglicence.accounts import EngineAccount
from bot.recognition.drivinglicence.server import engine
from bot.recognition.embedded.engine import EmbeddedRecogniser
from bot.serving import serving
from bot.settings import Settings

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from starlette.types import Receive, Scope, Send

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


@asynccontextmanager
async def a_web_page(status: int) -> AsyncIterator[str]:
    """A server that answers everything with a web page and that status; its address."""

    async def page(scope: Scope, receive: Receive, send: Send) -> None:
        await HTMLResponse("<html>hello</html>", status)(scope, receive, send)

    app = Starlette(routes=[Mount("/", page)])
    async with serving(app, "127.0.0.1", 0) as url:
        yield f"{url}/ocr/drivinglicence"


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
    assert [diagnosis.exit_code for diagnosis in diagnoses] == [0, 0]
    for name, diagnosis in zip(("embedded", "drivinglicence"), diagnoses, strict=True):
        form = rf"{name} works: 1\d fields of the sample read in \d+\.\d s\."
        assert re.fullmatch(form, diagnosis.line)


async def test_a_wrong_key_is_told_with_its_remedy() -> None:
    """The line names the provider's code and the settings to look at."""
    async with an_engine() as url:
        account = {**ACCOUNT, "secret_key": "another"}
        (diagnosis,) = await examine(
            settings_with("drivinglicence", **account, url=url), language("en")
        )
    assert diagnosis.exit_code == 1
    assert diagnosis.line == (
        "drivinglicence fails (14): check the ids and the key in BOT_DRIVINGLICENCE__…."
    )


async def test_a_missing_account_is_told() -> None:
    """The line names the setting."""
    (diagnosis,) = await examine(settings_with("tencentcloud"), language("en"))
    assert diagnosis.line == "tencentcloud: BOT_TENCENTCLOUD__SECRET_ID: missing"
    assert diagnosis.exit_code == 2


async def test_an_address_where_nobody_answers_is_told() -> None:
    """In the owner's language, too."""
    account = {**ACCOUNT, "url": "http://127.0.0.1:9/ocr/drivinglicence"}
    (diagnosis,) = await examine(settings_with("drivinglicence", **account), language("zh-Hans"))
    assert diagnosis.exit_code == 1
    assert "请检查网络" in diagnosis.line


@pytest.mark.parametrize("path", ["", "/", "/ocr/idcard"])
async def test_an_address_without_its_path_is_told(path: str) -> None:
    """The engine answers there, but not what was asked: another try would not help."""
    async with an_engine() as url:
        account = {**ACCOUNT, "url": url.removesuffix("/ocr/drivinglicence") + path}
        (diagnosis,) = await examine(settings_with("drivinglicence", **account), language("en"))
    assert diagnosis.exit_code == 1
    assert diagnosis.line.startswith(
        "drivinglicence fails (3): check the address in BOT_DRIVINGLICENCE__URL, path included; "
        "it looks like https://recognition.image.myqcloud.com/ocr/drivinglicence."
    )


@pytest.mark.parametrize(
    ("status", "detail"),
    [
        (200, "no code"),
        (301, "HTTP 301"),
        (401, "HTTP 401"),
        (403, "HTTP 403"),
        (404, "HTTP 404"),
        (405, "HTTP 405"),
    ],
)
async def test_another_service_at_the_address_is_told(status: int, detail: str) -> None:
    """A web page, say, whatever its status."""
    async with a_web_page(status) as url:
        account = {**ACCOUNT, "url": url}
        (diagnosis,) = await examine(settings_with("drivinglicence", **account), language("en"))
    assert diagnosis.line.startswith(
        f"drivinglicence fails ({detail}): check the address in BOT_DRIVINGLICENCE__URL"
    )


@pytest.mark.parametrize(
    ("status", "advice"), [(502, "try again; if it stays"), (429, "too many calls at once")]
)
async def test_a_passing_trouble_is_no_wrong_address(status: int, advice: str) -> None:
    """A gateway whose service is down, or who has enough for now, is the right one."""
    async with a_web_page(status) as url:
        account = {**ACCOUNT, "url": url}
        (diagnosis,) = await examine(settings_with("drivinglicence", **account), language("en"))
    assert f"(HTTP {status}): {advice}" in diagnosis.line


@pytest.mark.parametrize("tag", TAGS)
async def test_another_service_is_told_in_every_language(tag: str) -> None:
    """With the setting to look at."""
    async with a_web_page(404) as url:
        account = {**ACCOUNT, "url": url}
        (diagnosis,) = await examine(settings_with("drivinglicence", **account), language(tag))
    assert "BOT_DRIVINGLICENCE__URL" in diagnosis.line
