"""Words by which people name a page."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.wording import COMMANDS, named_page
from bot.licence.documents import DocumentType

DRIVING = DocumentType.DRIVING_LICENCE
VEHICLE = DocumentType.VEHICLE_LICENCE
BACK = DocumentType.VEHICLE_LICENCE_BACK


@pytest.mark.parametrize(
    ("text", "page"),
    [
        ("驾驶证", DRIVING),
        ("駕駛證", DRIVING),
        ("驾照", DRIVING),
        ("這是我的駕照", DRIVING),
        ("Driving licence", DRIVING),
        ("driver's license", DRIVING),
        ("行驶证", VEHICLE),
        ("行駛證", VEHICLE),
        ("Vehicle", VEHICLE),
        ("副页", BACK),
        ("副頁", BACK),
        ("行驶证副页", BACK),
        ("行駛證副頁", BACK),
        ("行驶证背面", BACK),
        ("back", BACK),
        ("vehicle licence, back page", BACK),
        ("/driving", DRIVING),
        ("/vehicle@some_bot", VEHICLE),
        ("/back please", BACK),
    ],
)
def test_a_name_is_understood(text: str, page: DocumentType) -> None:
    """Both scripts, English, short forms and commands name a page."""
    assert named_page(text) is page


@pytest.mark.parametrize(
    "text",
    [None, "", "hello", "驾驶证 行驶证", "driving or vehicle?", "background", "行车记录", "副本"],
)
def test_what_names_no_page_or_several_is_asked(text: str | None) -> None:
    """The bot asks rather than guesses from words."""
    assert named_page(text) is None


def test_every_command_names_its_page() -> None:
    """The commands are understood like words."""
    assert {page: named_page(f"/{name}") for name, page in COMMANDS.items()} == {
        page: page for page in DocumentType
    }


@given(st.text())
def test_no_caption_breaks_it(text: str) -> None:
    """People write anything under a photo."""
    named_page(text)
