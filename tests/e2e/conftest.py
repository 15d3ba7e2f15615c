"""The whole product on this machine: playground, bot and the embedded recogniser."""

from __future__ import annotations

import shutil
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.async_api import async_playwright

from bot.recognition.embedded.engine import EmbeddedRecogniser
from tests.chat.conftest import dialogue

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from playwright.async_api import Page

SCREENSHOTS = Path(__file__).parents[2] / "build" / "screenshots"
CHROMIUM = shutil.which("chromium")
QUIET = [  # nothing of the browser's own may look for a network
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@asynccontextmanager
async def product() -> AsyncIterator[str]:
    """Everything that `licence-bot try` starts; yields the page's address."""
    recogniser = EmbeddedRecogniser()
    try:
        async with dialogue(recogniser) as (person, _):
            yield str(person.client.base_url)
    finally:
        await recogniser.aclose()


@asynccontextmanager
async def browser_page(
    url: str, *, scheme: str = "light", width: int = 390, height: int = 844, locale: str = "en"
) -> AsyncIterator[Page]:
    """A page in Debian's Chromium, as large as a phone."""
    if CHROMIUM is None:
        pytest.skip("needs Chromium (Debian: apt-get install chromium)")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        try:
            page = await browser.new_page(
                viewport={"width": width, "height": height},
                color_scheme="dark" if scheme == "dark" else "light",
                device_scale_factor=2,
                locale=locale,
            )
            await page.goto(url)
            yield page
        finally:
            await browser.close()


async def settled(page: Page) -> None:
    """Let the page's last movement end before its picture is taken."""
    await page.wait_for_timeout(600)


@pytest.fixture(scope="session")
def screenshots() -> Path:
    """Where the pictures are left."""
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    return SCREENSHOTS
