"""What is asked about an answer, as a person does it: in a browser, with the real recogniser."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from playwright.async_api import expect

from tests.e2e.conftest import browser_page, product, settled

if TYPE_CHECKING:
    from playwright.async_api import Locator, Page

pytestmark = [pytest.mark.browser, pytest.mark.accuracy]

PATIENCE = 20_000  # milliseconds; the models are loaded on first use
SPECIMEN = Path(__file__).parents[1] / "specimens" / "dl_clean_006"
TRUTH = json.loads(SPECIMEN.with_suffix(".json").read_text("utf-8"))["fields"]
NUMBER, ADDRESS = TRUTH["证号"]["text"], TRUTH["住址"]["text"]
STARS = "*" * 16


async def test_an_answer_is_shown_hidden_exported_and_corrected(screenshots: Path) -> None:
    """Every button under an answer does what it says, and what was hidden stays so."""
    async with product() as url, browser_page(url, height=1120) as page:
        await page.locator("input[type=file]").first.set_input_files(SPECIMEN.with_suffix(".jpg"))
        await page.locator("textarea").fill("driving")
        await page.keyboard.press("Enter")
        answer = said(page, "Licence number")
        await expect(answer.get_by_text(NUMBER)).to_be_visible(timeout=PATIENCE)

        await answer.get_by_role("button", name="Show me").click()
        legend = page.locator("article").filter(has_text=re.compile(r"where each value|compare"))
        await expect(legend.last.locator("button.photo img")).to_be_visible(timeout=PATIENCE)
        await settled(page)
        await page.screenshot(path=screenshots / "shown.png")

        await answer.get_by_role("button", name="Hide personal data").click()
        await expect(answer.get_by_text(f"{NUMBER[0]}{STARS}{NUMBER[-1]}")).to_be_visible()
        await expect(answer.get_by_text(ADDRESS)).to_have_count(0)

        await answer.get_by_role("button", name="JSON file").click()
        found = await downloaded(page)
        assert found["document_type"] == "driving_licence"
        assert found["fields"]["licence_number"]["value"] == f"{NUMBER[0]}{STARS}{NUMBER[-1]}"

        await answer.get_by_role("button", name="Correct").click()
        replying = page.get_by_role("region", name="Replying to")  # without the person's doing
        await expect(replying.get_by_text("Personal data stays hidden")).to_be_visible()
        await page.locator("textarea").fill("Valid until: 2032-07-23")
        await page.keyboard.press("Enter")
        corrected = said(page, "corrected by you")
        await expect(corrected.get_by_text("2032-07-23").first).to_be_visible(timeout=PATIENCE)
        await expect(corrected.get_by_text(f"{NUMBER[0]}{STARS}{NUMBER[-1]}")).to_be_visible()
        await settled(page)
        await page.screenshot(path=screenshots / "corrected.png")

        await corrected.get_by_role("button", name="Show personal data").click()
        await expect(corrected.get_by_text(NUMBER)).to_be_visible(timeout=PATIENCE)
        await expect(corrected.get_by_text("2032-07-23 ✍️")).to_be_visible()


def said(page: Page, text: str) -> Locator:
    """The bot's message with that in it, and its buttons."""
    return page.locator("article.theirs.keyed").filter(has_text=text)


async def downloaded(page: Page) -> dict[str, Any]:
    """The file of the chat, as a person gets it."""
    async with page.expect_download(timeout=PATIENCE) as coming:
        await page.locator("a.file[download='licence.json']").click(timeout=PATIENCE)
    path = await (await coming.value).path()
    read: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return read
