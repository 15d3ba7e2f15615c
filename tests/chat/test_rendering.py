"""What an answer looks like."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat import rendering
from bot.chat.languages import TAGS, language
from bot.errors import (
    AccountError,
    BotError,
    PhotoError,
    ProviderError,
    RequestError,
    TransferError,
)
from bot.licence.documents import DocumentType, FieldName, fields_of
from bot.licence.findings import Finding, Severity
from bot.licence.legibility import Legibility
from bot.licence.recognition import Field, QualityWarning, Recognition
from bot.licence.report import Policy, Report, assess
from bot.playground.entities import utf16_length, utf16_slice
from bot.playground.markup import parse_html

if TYPE_CHECKING:
    from telegram import InlineKeyboardMarkup

TODAY = date(2026, 11, 22)
DRIVING = DocumentType.DRIVING_LICENCE
VEHICLE = DocumentType.VEHICLE_LICENCE
BACK = DocumentType.VEHICLE_LICENCE_BACK
ENGLISH = language("en")


def report(
    values: dict[str, str], page: DocumentType = DRIVING, confidence: float | None = 0.99
) -> Report:
    """A report on a page with those values."""
    fields = tuple(Field(FieldName(k), v, v, confidence) for k, v in values.items())
    return assess(Recognition(page, fields, "test"), TODAY, Policy())


def texts(keyboard: InlineKeyboardMarkup | None) -> list[str]:
    """What the buttons say."""
    return [button.text for row in (keyboard.inline_keyboard if keyboard else ()) for button in row]


def data(keyboard: InlineKeyboardMarkup | None) -> list[object]:
    """What the buttons carry."""
    rows = keyboard.inline_keyboard if keyboard else ()
    return [button.callback_data for row in rows for button in row]


def test_the_question_offers_every_page() -> None:
    """Without a guess the driving licence stands first."""
    question = rendering.question(ENGLISH, looked=False)
    assert question.text == "<b>Which page is this?</b>"
    assert data(question.keyboard) == ["read:1", "read:0", "read:2"]


def test_a_suspected_page_stands_first_and_is_marked() -> None:
    """The likely answer is the nearest to the thumb."""
    question = rendering.question(ENGLISH, BACK)
    assert data(question.keyboard) == ["read:2", "read:1", "read:0"]
    assert texts(question.keyboard)[0] == "✓ Back page 行驶证副页"
    assert sum("✓" in text for text in texts(question.keyboard)) == 1


def test_a_picture_of_something_else_is_asked_about_differently() -> None:
    """The classifier saw no licence; the person may know better."""
    assert "can't make out a licence" in rendering.question(ENGLISH, None).text


@pytest.mark.parametrize(
    ("values", "line"),
    [
        ({"valid_until": "2032-11-24"}, "✅ Valid · ends 2032-11-24, in 6 years"),
        ({"valid_until": "2026-11-22"}, "⏳ Renewal due · ends 2026-11-22, today"),
        ({"valid_until": "2026-11-23"}, "⏳ Renewal due · ends 2026-11-23, tomorrow"),
        ({"valid_until": "2026-11-21"}, "⛔ Expired 2026-11-21, yesterday"),
        ({"valid_until": "2020-12-25"}, "⛔ Expired 2020-12-25, 5 years ago"),
        ({"valid_until": "长期"}, "✅ Valid · no end date (长期)"),
        (
            {"valid_from": "2027-01-01", "valid_until": "2033-01-01"},
            "🕒 Begins later · 2027-01-01, in 5 weeks",
        ),
        ({}, "❓ End date unclear"),
    ],
)
def test_the_verdict_comes_first(values: dict[str, str], line: str) -> None:
    """One line, a sign and a word, and the distance in words."""
    first = rendering.plain_text(rendering.answer(ENGLISH, report(values)).text).splitlines()[0]
    assert first == line


@pytest.mark.parametrize(
    ("page", "values", "line"),
    [
        (VEHICLE, {"plate_number": "粤B12345"}, "ℹ️ No end date on this page"),
        (
            BACK,
            {"inspection_record": "检验有效期至2028年01月"},
            "✅ Inspection valid · ends 2028-01-31, in 14 months",
        ),
        (
            BACK,
            {"inspection_record": "检验有效期至2026年12月"},
            "⏳ Inspection due · ends 2026-12-31, in 5 weeks",
        ),
        (
            BACK,
            {"inspection_record": "检验有效期至2025年12月"},
            "⚠️ Printed inspection date has passed · 2025-12-31, 10 months ago",
        ),
        (BACK, {}, "❓ Inspection date unclear"),
    ],
)
def test_each_page_has_its_own_verdict(
    page: DocumentType, values: dict[str, str], line: str
) -> None:
    """An inspection is no licence, and the front has no end at all."""
    text = rendering.answer(ENGLISH, report(values, page)).text
    assert rendering.plain_text(text).splitlines()[0] == line


def test_fields_stand_in_the_order_of_the_page() -> None:
    """Whatever order a recogniser returns, the agent compares line by line."""
    shuffled = report({"address": "某路1号", "name": "张三", "licence_number": "1"})
    text = rendering.answer(ENGLISH, shuffled).text
    assert text.index("Licence number") < text.index(">张三<") < text.index(">某路1号<")


def test_doubt_is_marked_beside_the_value_and_told_above() -> None:
    """The value is printed all the same."""
    text = rendering.answer(ENGLISH, report({"address": "某路1号"}, confidence=0.502)).text
    assert "Address: <code>某路1号</code>\N{NO-BREAK SPACE}⚠️" in text
    assert "Hard to read, please compare: Address (50%)" in text


def test_no_confidence_is_not_shown_as_any() -> None:
    """Neither a mark nor a number where the provider gives none."""
    text = rendering.answer(ENGLISH, report({"address": "某路1号"}, confidence=None)).text
    assert "<code>某路1号</code>\n" in f"{text}\n"
    assert "%" not in text


def test_the_other_pages_can_be_chosen_under_an_answer() -> None:
    """Whoever pressed the wrong button is one press away from the right one."""
    pressed = data(rendering.answer(ENGLISH, report({}, VEHICLE)).keyboard)
    assert [one for one in pressed if str(one).startswith("read")] == ["read:1", "read:2"]


def test_a_provider_can_be_asked_again() -> None:
    """A fault that may pass leaves the same choice open."""
    for error in (ProviderError("too-slow"), TransferError("download-failed")):
        answer = rendering.failure(ENGLISH, error, BACK)
        assert texts(answer.keyboard) == ["Try again"]
        assert data(answer.keyboard) == ["read:2"]


def test_a_bad_picture_is_not_asked_again() -> None:
    """No other way of reading helps a damaged file."""
    assert rendering.failure(ENGLISH, PhotoError("damaged"), BACK).keyboard is None


def test_the_page_that_was_seen_is_offered_first() -> None:
    """The way out of the wrong page is the first button."""
    error = PhotoError("other-page", seen="vehicle_licence_back")
    answer = rendering.failure(ENGLISH, error, DRIVING)
    assert "back page of a vehicle licence" in answer.text
    assert data(answer.keyboard) == ["read:2", "read:0"]


@pytest.mark.parametrize("tag", TAGS)
@pytest.mark.parametrize("code", sorted(PhotoError.codes))
def test_every_failure_is_a_sentence(tag: str, code: str) -> None:
    """Whatever can be wrong with a picture is said in every language."""
    error: BotError = PhotoError(
        code, megabytes=20, megapixels=64, pixels=200, seen="driving_licence"
    )
    assert parse_html(rendering.failure(language(tag), error, DRIVING).text).content


ANYTHING = st.text(st.characters(), max_size=400) | st.text("𠮷<&😀", min_size=200, max_size=400)


@given(
    page=st.sampled_from(DocumentType),
    tag=st.sampled_from(TAGS),
    text=ANYTHING,
    confidence=st.none() | st.floats(0, 1),
    quality=st.sets(st.sampled_from(QualityWarning)),
)
def test_whatever_was_read_gives_valid_html(
    page: DocumentType,
    tag: str,
    text: str,
    confidence: float | None,
    quality: set[QualityWarning],
) -> None:
    """No text from a photo breaks an answer, half characters included; none makes it too long."""
    fields = tuple(Field(name, text, text, confidence) for name in fields_of(page))
    recognition = Recognition(page, fields, "test", tuple(quality))
    answer = rendering.answer(language(tag), assess(recognition, TODAY, Policy()))
    assert 0 < units(answer.text) <= 4096


def units(text: str) -> int:
    """Code units in UTF-16, which is how Telegram counts."""
    return utf16_length(parse_html(text).content)


@pytest.mark.parametrize("tag", TAGS)
@pytest.mark.parametrize("page", DocumentType)
@pytest.mark.parametrize("count", [0, 5, 6, 20, 60, 150])
def test_the_longest_answer_fits(tag: str, page: DocumentType, count: int) -> None:
    """Every field full of the widest characters, and more findings than there are."""
    fields = tuple(Field(name, "𠮷" * 5000, "", 0.01) for name in fields_of(page))
    recognition = Recognition(page, fields, "test", tuple(QualityWarning))
    given = assess(recognition, TODAY, Policy())
    finding = Finding("low_confidence", Severity.WARNING, fields_of(page))
    text = rendering.answer(language(tag), replace(given, findings=(finding,) * count)).text
    assert units(text) <= 4096
    assert text.count("<code>") == len(fields)


@pytest.mark.parametrize("tag", TAGS)
@pytest.mark.parametrize("page", DocumentType)
def test_real_values_are_never_cut(tag: str, page: DocumentType) -> None:
    """The longest that are printed, all of them in doubt."""
    fields = tuple(Field(name, "长" * 60, "", 0.5) for name in fields_of(page))
    recognition = Recognition(page, fields, "test", tuple(QualityWarning))
    text = rendering.answer(language(tag), assess(recognition, TODAY, Policy())).text
    assert "…" not in text
    assert units(text) <= 4096


def test_five_findings_are_told_and_the_others_folded_away() -> None:
    """The gravest five are read at a glance; the rest is one tap away, and counted."""
    values = dict.fromkeys(fields_of(DRIVING), "1") | {FieldName.VALID_UNTIL: "2030-12-25"}
    fields = tuple(Field(name, value, value, 0.5) for name, value in values.items())
    recognition = Recognition(DRIVING, fields, "test", tuple(QualityWarning))
    given = assess(recognition, TODAY, Policy())
    more = len(given.findings) - 5
    assert more > 1
    text = rendering.answer(ENGLISH, given).text
    (quote,) = [e for e in parse_html(text).entities if e.type == "expandable_blockquote"]
    content = parse_html(text).content
    folded = utf16_slice(content, quote.offset, quote.length).splitlines()
    assert folded[0] == f"{more} more things to look at:"
    assert len(folded) == more + 1
    before = content[: quote.offset].split("\n\n")[-1].strip().splitlines()
    assert len(before) == 5
    assert before[0].startswith("❗")


def test_a_quote_that_has_no_room_is_counted() -> None:
    """Values come before the sixth finding."""
    fields = tuple(Field(name, "𠮷" * 300, "", 0.5) for name in fields_of(BACK))
    given = assess(Recognition(BACK, fields, "test"), TODAY, Policy())
    finding = Finding("low_confidence", Severity.WARNING, fields_of(BACK))
    text = rendering.answer(ENGLISH, replace(given, findings=(finding,) * 12)).text
    assert "7 more things to look at:" in text
    assert "blockquote" not in text


def test_a_better_photo_is_asked_for_with_a_way_out() -> None:
    """One press reads this one; where the photo is fine, it may be of another page."""
    blurred = Legibility(10, (FieldName.NAME,), (QualityWarning.BLUR,))
    answer = rendering.retake(ENGLISH, DRIVING, blurred)
    assert "The photo is blurred" in answer.text
    assert texts(answer.keyboard) == ["Read it anyway"]
    assert data(answer.keyboard) == ["read:1:anyway"]
    fine = rendering.retake(ENGLISH, DRIVING, Legibility(10, (FieldName.NAME,), ()))
    assert data(fine.keyboard) == ["read:1:anyway", "read:0", "read:2"]


def test_another_page_is_no_way_out_of_a_bad_photo() -> None:
    """Where the photo's fault is known, only another photo helps."""
    assert rendering.failure(ENGLISH, PhotoError("unreadable"), DRIVING).keyboard
    dark = rendering.failure(ENGLISH, PhotoError("unreadable", why="dark"), DRIVING)
    assert "too dark" in dark.text
    assert dark.keyboard is None


def test_a_renewal_that_is_not_open_yet_is_not_promised() -> None:
    """The owner may warn early; the law opens the window 90 days before the end."""
    fields = (
        Field(FieldName.VALID_FROM, "2017-06-01", "", 0.99),
        Field(FieldName.VALID_UNTIL, "2027-06-01", "", 0.99),
    )
    recognition = Recognition(DRIVING, fields, "test")
    text = rendering.answer(ENGLISH, assess(recognition, TODAY, Policy(expiring_days=365))).text
    assert "It can be renewed from 2027-03-03 on." in text
    assert "can be renewed now" not in text


def test_only_the_owner_can_mend_an_account() -> None:
    """Trying again would not help, so it is not offered."""
    for error in (AccountError("in-arrears"), RequestError("request-refused")):
        assert rendering.failure(ENGLISH, error, DRIVING).keyboard is None


def test_a_surprise_can_be_tried_again() -> None:
    """The reference finds it in the log."""
    answer = rendering.surprise(ENGLISH, "ab12", BACK)
    assert "<code>ab12</code>" in answer.text
    assert data(answer.keyboard) == ["read:2"]


@pytest.mark.parametrize(
    ("value", "tag", "line"),
    [
        ("10年", "en", "Valid for: 10年"),
        ("6 年", "zh-Hans", "有效期限：6 年"),
        ("长期", "zh-Hant", "有效期限：长期"),
        ("2030-12-25", "en", "Valid until: 2030-12-25"),
        ("2030-12-25", "zh-Hans", "有效期至：2030-12-25"),
    ],
)
def test_a_term_is_not_called_the_last_day(value: str, tag: str, line: str) -> None:
    """A number of years is how long a licence holds, and not until when."""
    values = {"valid_from": "2020-12-25", "valid_until": value}
    text = rendering.plain_text(rendering.answer(language(tag), report(values)).text)
    assert line in text.splitlines()
