"""How a better photo is taken."""

from __future__ import annotations

from itertools import product

import pytest

from bot.chat import guidance
from bot.chat.languages import TAGS, language
from bot.errors import PhotoError, ProviderError
from bot.licence.documents import DocumentType, FieldName
from bot.licence.legibility import MENDABLE, Legibility
from bot.licence.recognition import QualityWarning
from bot.playground.markup import parse_html

ENGLISH = language("en")
BACK = DocumentType.VEHICLE_LICENCE_BACK
NAMES = tuple(FieldName)


def poor(lost: int, *reasons: QualityWarning) -> Legibility:
    """Ten values, so many of them lost."""
    return Legibility(10, NAMES[:lost], reasons)


def test_the_reason_and_the_remedy_are_told() -> None:
    """How much was made out, why no more, what to do, and the way out."""
    lines = guidance.request(ENGLISH, BACK, poor(6, QualityWarning.BLUR)).splitlines()
    assert lines == [
        lines[0],
        ENGLISH.say("finding-quality-blur"),
        "",
        "Send me a new photo, or have this one read as it is.",
    ]
    assert "only 4 of the 10 entries on this back page" in lines[0]


def test_every_reason_is_told() -> None:
    """Glare and a corner outside: mending one of them is not enough."""
    text = guidance.request(ENGLISH, BACK, poor(6, QualityWarning.GLARE, QualityWarning.CUT_OFF))
    assert "Glare covers" in text
    assert "all four corners" in text


def test_without_a_reason_all_that_helps_is_told() -> None:
    """The recogniser may know nothing of the picture."""
    assert "avoid glare and shadow" in guidance.request(ENGLISH, BACK, poor(6))


def test_where_nothing_is_sure_no_number_is_told() -> None:
    """0 of 10 would be a mockery."""
    assert "hardly anything" in guidance.request(ENGLISH, BACK, poor(10))


@pytest.mark.parametrize("tag", TAGS)
def test_guidance_is_telegram_html_and_short(tag: str) -> None:
    """In every language, for every page and every reason."""
    for page, reason in product(DocumentType, sorted(MENDABLE)):
        text = parse_html(guidance.request(language(tag), page, poor(5, reason))).content
        assert 0 < len(text) <= 400


@pytest.mark.parametrize("tag", TAGS)
@pytest.mark.parametrize("reason", sorted(MENDABLE))
@pytest.mark.parametrize("code", ["no-licence", "unreadable"])
def test_an_unreadable_photo_says_why(tag: str, reason: QualityWarning, code: str) -> None:
    """In place of everything that can be wrong stands what is."""
    spoken = language(tag)
    general = guidance.failure(spoken, PhotoError(code))
    told = guidance.failure(spoken, PhotoError(code, why=str(reason)))
    advice = spoken.say(f"finding-quality-{reason}".replace("_", "-"))
    assert advice in told
    assert advice not in general


@pytest.mark.parametrize("why", ["", "张三", "screen shot", 7])
def test_an_unknown_reason_is_not_told(why: str | int) -> None:
    """The general sentence is always true."""
    told = guidance.failure(ENGLISH, PhotoError("unreadable", why=why))
    assert told == guidance.failure(ENGLISH, PhotoError("unreadable"))


def test_other_errors_have_no_reason() -> None:
    """What is no photo's fault, and pages that were read well, are told as ever."""
    assert "something else" in guidance.failure(
        ENGLISH, PhotoError("other-page", seen="driving_licence", why="blur")
    )
    assert "Many photos" in guidance.failure(ENGLISH, ProviderError("busy"))
