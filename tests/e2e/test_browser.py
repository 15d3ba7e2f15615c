"""The main job as a person does it: in a browser, with the real recogniser."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.async_api import expect

from tests.e2e.conftest import browser_page, product, settled

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.async_api import Page

pytestmark = [pytest.mark.browser, pytest.mark.accuracy]

BACK, EXPIRED = 2, 3  # where these stand among the samples
PATIENCE = 20_000  # milliseconds; the models are loaded on first use


async def test_a_photo_is_read_in_the_chat(screenshots: Path) -> None:
    """Start, send a specimen, press the marked button, read the fields."""
    async with product() as url, browser_page(url, height=1120) as page:
        await expect(page.locator(".specimens img").first).to_be_visible()
        await page.screenshot(path=screenshots / "welcome.png")
        await page.get_by_role("button", name="Start").click()
        await expect(page.get_by_text("Send me a photo of a licence")).to_be_visible()
        await send_specimen(page, EXPIRED)
        await page.get_by_role("button", name="✓ Driving licence").click(timeout=PATIENCE)
        await expect(page.get_by_text("Expired 2026-07-23")).to_be_visible(timeout=PATIENCE)
        await expect(page.get_by_text("Licence number")).to_be_visible()
        await settled(page)
        await page.screenshot(path=screenshots / "answer.png")


@pytest.mark.parametrize(
    ("language", "label", "scheme"),
    [("简体中文", "号牌号码", "light"), ("繁體中文", "號牌號碼", "dark")],
)
async def test_the_chat_speaks_chinese(
    screenshots: Path, language: str, label: str, scheme: str
) -> None:
    """The language is switched on the page, and the answer follows it."""
    async with product() as url, browser_page(url, scheme=scheme) as page:
        await page.locator("#language-button").click()
        await page.get_by_role("menuitemradio", name=language).click()
        await send_specimen(page, BACK)
        await page.get_by_role("button", name="✓").click(timeout=PATIENCE)
        await expect(page.get_by_text(label)).to_be_visible(timeout=PATIENCE)
        await settled(page)
        await page.screenshot(path=screenshots / f"answer-{label}-{scheme}.png")


async def send_specimen(page: Page, number: int) -> None:
    """Tap one of the samples, wherever the page offers them."""
    samples = page.locator(".specimens:visible button")
    if not await samples.count():
        await page.locator("#specimens-button").click()
    await samples.nth(number).click()
