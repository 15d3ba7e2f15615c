"""What is framed on a photo, and what the numbers mean."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from io import BytesIO

import pytest
from PIL import Image

from bot.chat import showing
from bot.chat.languages import TAGS, language
from bot.licence.documents import DocumentType, FieldName, fields_of
from bot.licence.recognition import Box, Field, Recognition
from bot.licence.report import Policy, Report, assess
from bot.playground.markup import parse_html
from bot.recognition.photo import Photo

DRIVING = DocumentType.DRIVING_LICENCE
ENGLISH = language("en")
NAME = Field(FieldName.NAME, "张<三", "张<三", 0.99, Box(10, 10, 50, 10))
ADDRESS = Field(FieldName.ADDRESS, "某路1号", "某路1号", 0.5, Box(10, 30, 90, 10))


def report(*fields: Field, page: DocumentType = DRIVING) -> Report:
    """A report on a page with those fields."""
    return assess(Recognition(page, fields, "test"), date(2026, 11, 22), Policy())


def rows(report: Report) -> list[str]:
    """The legend as a person sees it, without its first line; some of its spaces do not break."""
    text = parse_html(showing.legend(ENGLISH, report)).content.replace("\N{NO-BREAK SPACE}", " ")
    return text.splitlines()[1:]


def test_only_what_is_doubtful_is_framed() -> None:
    """Whoever is in doubt about one value does not search for it among twelve."""
    assert rows(report(NAME, ADDRESS)) == ["1 · Address: 某路1号 ⚠️"]


def test_what_breaks_a_rule_is_framed_too() -> None:
    """It was read well, and is worth a look all the same."""
    number = Field(FieldName.LICENCE_NUMBER, "440524188001010015", "", 0.99, Box(1, 1, 9, 9))
    assert rows(report(NAME, number)) == ["1 · Licence number: 440524188001010015"]


def test_everything_is_framed_where_nothing_is_doubtful() -> None:
    """In the order of the page."""
    sure = replace(ADDRESS, confidence=0.99, corrected=True)
    told = report(sure, NAME)
    assert rows(told) == ["1 · Name: 张<三", "2 · Address: 某路1号 ✍️"]
    assert "Nothing here was hard to read" in showing.legend(ENGLISH, told)


def test_two_values_in_one_box_share_a_number() -> None:
    """Some providers return both ends of a term in one place."""
    start, end = (
        Field(name, "2020-12-25", "", 0.2, Box(1, 1, 9, 9))
        for name in (FieldName.VALID_FROM, FieldName.VALID_UNTIL)
    )
    found = [row.split(":")[0] for row in rows(report(start, end, ADDRESS))]
    assert found == ["1 · Address", "2 · Valid from", "2 · Valid until"]


def test_without_boxes_there_is_nothing_to_show() -> None:
    """Some providers say what stands on a page, but not where."""
    assert not showing.can_show(report(replace(NAME, box=None)))
    assert showing.can_show(report(NAME))


@pytest.mark.parametrize("tag", TAGS)
@pytest.mark.parametrize("page", DocumentType)
def test_the_longest_legend_fits(tag: str, page: DocumentType) -> None:
    """Every field, as long as it gets, in every language; signs of two units as well."""
    fields = [
        Field(name, "&𠮷" * 200, "", 0.1, Box(at, at, 9, 9))
        for at, name in enumerate(fields_of(page))
    ]
    text = parse_html(showing.legend(language(tag), report(*fields, page=page))).content
    assert len(text.encode("utf-16-le")) // 2 <= showing.LONGEST
    assert len(text.splitlines()) == len(fields) + 1


def test_the_picture_is_a_jpeg() -> None:
    """Drawn in memory."""
    photo = Photo(Image.new("RGB", (400, 300), "grey"), 400, 300)
    data = showing.picture(photo, report(NAME, ADDRESS))
    assert Image.open(BytesIO(data)).format == "JPEG"
