"""Words by which people name a page."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bot.chat import commands
from bot.chat.wording import named_page
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
        ("/vehicle@driving_licence_bot", VEHICLE),
    ],
)
def test_a_name_is_understood(text: str, page: DocumentType) -> None:
    """Both scripts, English, short forms and commands name a page."""
    assert named_page(text) is page


@pytest.mark.parametrize(
    "text",
    [
        None,
        "",
        "hello",
        "驾驶证 行驶证",
        "行驶证正副页",
        "行驶证和副页",
        "driving or vehicle?",
        "background",
        "行车记录",
        "副本",
    ],
)
def test_what_names_no_page_or_several_is_asked(text: str | None) -> None:
    """The bot asks rather than guesses from words."""
    assert named_page(text) is None


def test_every_command_names_its_page() -> None:
    """The commands of the menu that name a page are understood like words."""
    named = [page for name in commands.MENU if (page := named_page(f"/{name}")) is not None]
    assert sorted(named) == sorted(DocumentType)


@given(st.text(), st.sampled_from(["驾驶证", "行驶证", "副页"]))
def test_words_around_a_name_do_not_hide_it(text: str, name: str) -> None:
    """People write anything under a photo: a name is found, or there are several."""
    assume(named_page(text) is None and "行" not in text and "@" not in text)
    assert named_page(f"{text} {name}") is named_page(name)
