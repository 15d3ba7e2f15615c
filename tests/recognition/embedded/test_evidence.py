"""Which page a photo shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.errors import PhotoError
from bot.licence.documents import DocumentType
from bot.recognition.embedded import evidence
from bot.recognition.embedded.pages import pages

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.recognition.embedded.reading import Line

DL, VL, VB = (
    DocumentType.DRIVING_LICENCE,
    DocumentType.VEHICLE_LICENCE,
    DocumentType.VEHICLE_LICENCE_BACK,
)


def weighed(lines: list[Line]) -> dict[DocumentType, int]:
    """What speaks for each page in those lines."""
    return evidence.weigh(lines, evidence.part(lines))


@pytest.mark.parametrize("document_type", DocumentType)
def test_a_title_and_a_caption_tell_the_page(
    line: Callable[..., Line], document_type: DocumentType
) -> None:
    """The three titles share most characters and still tell the pages apart."""
    page = pages()[document_type]

    weights = weighed([line(page.title), line(page.captions[1])])

    assert evidence.told(weights) == document_type


def test_captions_tell_a_page_without_its_title(line: Callable[..., Line]) -> None:
    """The back page is printed without a title too."""
    lines = [line(text) for text in ("档案编号", "总质量", "外廓尺寸1234", "检验记录")]

    assert evidence.told(weighed(lines)) == VB


def test_an_identity_card_is_no_driving_licence(line: Callable[..., Line]) -> None:
    """It has 姓名, 性别 and 住址 too, which is not enough."""
    texts = ("中华人民共和国居民身份证", "姓名王明", "性别男", "住址北京", "公民身份号码")
    lines = [line(text) for text in texts]

    assert evidence.told(weighed(lines)) is None
    with pytest.raises(PhotoError) as raised:
        evidence.require(DL, weighed(lines), lines)
    assert raised.value.code == "no-licence"


def test_equal_evidence_tells_nothing() -> None:
    """Both vehicle pages in one photo: no guess."""
    assert evidence.told({DL: 0, VL: 7, VB: 7}) is None


@pytest.mark.parametrize("asked", [VL, VB])
def test_of_two_pages_the_one_asked_for_is_accepted(asked: DocumentType) -> None:
    """Both vehicle pages in one photo: each can be read."""
    evidence.require(asked, {DL: 0, VL: 9, VB: 5}, [])


def test_another_page_is_named() -> None:
    """The error says which page is seen."""
    with pytest.raises(PhotoError) as raised:
        evidence.require(DL, {DL: 1, VL: 9, VB: 1}, [])

    assert raised.value.code == "other-page"
    assert raised.value.params == {"seen": "vehicle_licence"}


def test_a_title_alone_is_an_unreadable_licence(line: Callable[..., Line]) -> None:
    """Where no caption can be made out the photo is at fault, not the page."""
    lines = [line("中华人民共和国机动车驾驶证")]

    with pytest.raises(PhotoError) as raised:
        evidence.require(DL, weighed(lines), lines)
    assert raised.value.code == "unreadable"


def test_much_illegible_text_is_unreadable(line: Callable[..., Line]) -> None:
    """Many lines of which no character is sure are a document out of focus."""
    lines = [line("号人正", probability=0.3)] * 9

    with pytest.raises(PhotoError) as raised:
        evidence.require(DL, weighed(lines), lines)
    assert raised.value.code == "unreadable"


@pytest.mark.parametrize("count", [0, 9])
def test_legible_text_of_another_kind_is_no_licence(line: Callable[..., Line], count: int) -> None:
    """No text, or a page of clear words, is simply something else."""
    lines = [line("今天天气很好")] * count

    with pytest.raises(PhotoError) as raised:
        evidence.require(DL, weighed(lines), lines)
    assert raised.value.code == "no-licence"
