"""The fields of an answer, and the page that is read back from them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from telegram import Chat, Message, MessageEntity

from bot.chat import fields, rendering
from bot.chat.languages import TAGS, language
from bot.licence.documents import DocumentType, FieldName, fields_of
from bot.licence.recognition import Field, Recognition
from bot.licence.report import Policy, assess
from bot.playground.markup import parse_html

TODAY = date(2026, 11, 22)
DRIVING = DocumentType.DRIVING_LICENCE
ENGLISH = language("en")


def answer(tag: str, recognition: Recognition) -> str:
    """The whole answer on that page."""
    return rendering.answer(language(tag), assess(recognition, TODAY, Policy())).text


@given(tag=st.sampled_from(TAGS), page=st.sampled_from(DocumentType), text=st.text(max_size=120))
def test_an_answer_is_read_back(tag: str, page: DocumentType, text: str) -> None:
    """Every value that it shows in full, whatever the value is, and in every language."""
    read = tuple(Field(name, text, text, 0.99) for name in fields_of(page))
    back = fields.parse(answer(tag, Recognition(page, read, "test")))
    assert back is not None
    assert back.document_type is page
    shown = fields.tidy(text)
    whole = shown and not shown.endswith(fields.CUT)
    expected = dict.fromkeys(fields_of(page), shown) if whole else {}
    values = {field.name: field.value for field in back.fields}
    assert values == expected or len(shown) > 50


@pytest.mark.parametrize("tag", TAGS)
@pytest.mark.parametrize("page", DocumentType)
def test_an_answer_comes_back_from_telegram(tag: str, page: DocumentType) -> None:
    """What Telegram makes of it, text with entities, says the same."""
    read = tuple(Field(name, f"<{name}> & '\"𠮷", "", 0.5) for name in fields_of(page))
    sent = answer(tag, Recognition(page, read, "test"))
    text = parse_html(sent)
    entities = [MessageEntity.de_json(entity.to_api(), None) for entity in text.entities]
    day = TODAY.timetuple()
    message = Message(1, day, Chat(1, "private"), text=text.content, entities=entities)  # type: ignore[arg-type]
    back = fields.parse(message.text_html)
    assert back == fields.parse(sent)
    assert back is not None
    assert len(back.fields) == len(read)


def test_doubt_is_read_back() -> None:
    """What was hard to read stays in doubt; of the rest nobody knows any more."""
    name = Field(FieldName.NAME, "张三", "", 0.2)
    sex = Field(FieldName.SEX, "男", "", 0.99)
    back = fields.parse(answer("en", Recognition(DRIVING, (name, sex), "test")))
    assert back is not None
    assert [(field.name, field.confidence) for field in back.fields] == [
        (FieldName.NAME, 0.0),
        (FieldName.SEX, None),
    ]


def test_a_value_that_was_cut_is_not_read_back() -> None:
    """Half a value equals nothing."""
    name = Field(FieldName.NAME, "长" * 300, "", 0.99)
    back = fields.parse(answer("en", Recognition(DRIVING, (name,), "test")))
    assert back is not None
    assert not back.fields


@pytest.mark.parametrize("text", ["", "Which page is this?", "Name: <code>张三</code>"])
def test_other_messages_are_no_page(text: str) -> None:
    """Without a page's title nothing is an answer."""
    assert fields.parse(text) is None


@given(st.text())
def test_no_message_breaks_the_reading(text: str) -> None:
    """People reply to anything."""
    assert fields.parse(text) is None


def test_a_label_means_one_field() -> None:
    """In all languages together, else an answer could not be read back."""
    pairs = {(fields.label(language(tag), name), name) for tag in TAGS for name in FieldName}
    assert len({text for text, _ in pairs}) == len(pairs)


@given(st.text(st.characters()))
def test_a_tidy_value_is_one_visible_line(text: str) -> None:
    """No break, no control and no mark that turns the rest of the line around."""
    shown = fields.tidy(text)
    assert shown == fields.tidy(shown)
    assert not set("\n\r\t\0\u202e\u200b\ud800") & set(shown)


def test_missing_confidence_is_told_once() -> None:
    """Only where all of it is missing; nothing then looks certain."""
    unsure = Field(FieldName.NAME, "张三", "")
    sure = Field(FieldName.SEX, "男", "", 0.99)
    for tag in TAGS:
        told = language(tag).say("no-confidence")
        assert answer(tag, Recognition(DRIVING, (unsure,), "test")).count(told) == 1
        assert told not in answer(tag, Recognition(DRIVING, (unsure, sure), "test"))
        assert told not in answer(tag, Recognition(DRIVING, (), "test"))


def test_a_correction_is_marked_whole_and_read_back() -> None:
    """It lives in its line alone, so that it is never cut, and no doubt is left about it."""
    long = "很长的地址" * 50
    corrected = Field(FieldName.ADDRESS, long, "很长", corrected=True)
    name = Field(FieldName.NAME, "张三", "张三", 0.5)
    told = answer("en", Recognition(DRIVING, (name, corrected), "test"))
    assert f"Address: <code>{long}</code> ✍️" in told.replace("\N{NO-BREAK SPACE}", " ")
    back = fields.parse(told)
    assert back is not None
    assert {field.name: field.value for field in back.fields if field.corrected} == {
        FieldName.ADDRESS: long
    }


def test_a_correction_does_not_speak_for_the_service() -> None:
    """Where it gave no confidence, that is said although one value was corrected."""
    name = Field(FieldName.NAME, "张三", "张三")
    corrected = Field(FieldName.SEX, "男", "", corrected=True)
    assert "no confidence" in answer("en", Recognition(DRIVING, (name, corrected), "test"))
    assert "no confidence" not in answer("en", Recognition(DRIVING, (corrected,), "test"))
