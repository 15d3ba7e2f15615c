"""Reminders as people see them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat import agenda
from bot.chat.agenda import Subject
from bot.chat.callbacks import Remind, When
from bot.chat.days import alias_of
from bot.chat.languages import TAGS, language
from bot.delivery.reminders import MOST
from bot.licence.documents import DocumentType, FieldName
from bot.licence.recognition import Field, Recognition
from bot.licence.report import Policy, Report, assess
from bot.playground.markup import parse_html
from bot.records import Reminder

TODAY = date(2026, 11, 23)
EN = language("en")
DRIVING, FRONT, BACK = (
    DocumentType.DRIVING_LICENCE,
    DocumentType.VEHICLE_LICENCE,
    DocumentType.VEHICLE_LICENCE_BACK,
)


def report(page: DocumentType, **printed: str) -> Report:
    """A page that prints this, judged."""
    fields = tuple(Field(FieldName(name), text, text, 0.99) for name, text in printed.items())
    return assess(Recognition(page, fields, "embedded"), TODAY, Policy())


def licence(until: str, since: str = "") -> Report:
    """A driving licence that ends then."""
    given = {"valid_from": since} if since else {}
    return report(DRIVING, valid_until=until, **given)


@pytest.mark.parametrize(
    ("told", "data"),
    [
        (licence("2030-12-25"), "remind:1:20301225:ask:"),  # valid
        (licence("2027-01-01"), "remind:1:20270101:ask:"),  # due
        (licence("2026-11-24"), "remind:1:20261124:ask:"),  # tomorrow
        (licence("6年", "2024-02-29"), "remind:1:20300228:ask:"),
        (
            report(BACK, inspection_record="检验有效期至2027年07月", plate_number="粤B12345"),
            "remind:2:20270731:ask:…345",
        ),
        (report(BACK, inspection_record="检验有效期至2027年07月"), "remind:2:20270731:ask:"),
        (report(FRONT, inspection_valid_until="2027-07"), "remind:0:20270731:ask:"),
    ],
)
def test_what_ends_can_be_asked_for(told: Report, data: str) -> None:
    """The button carries the page, its last day, and of a plate the end."""
    assert [button.callback_data for button in agenda.offered(EN, told)] == [data]


@pytest.mark.parametrize(
    "told",
    [
        licence("长期", "2020-01-01"),  # permanent
        licence("2026-11-22"),  # expired
        licence("2020-01-01"),  # perhaps cancelled
        licence("2026-11-23"),  # today
        licence("nonsense"),  # unknown
        licence("2037-01-01", "2027-01-01"),  # not yet valid
        report(DRIVING, valid_until="2030-12-25", state="注销"),
        report(BACK, inspection_record="检验有效期至2020年07月"),
        report(FRONT, plate_number="粤B12345"),
    ],
)
def test_what_has_no_end_ahead_cannot(told: Report) -> None:
    """A button that does nothing is none."""
    assert agenda.offered(EN, told) == []


@given(
    st.sampled_from(TAGS),
    st.sampled_from(DocumentType),
    st.dates(date(1900, 1, 1), date(2099, 12, 31)),
    st.text(max_size=30).map(alias_of),
)
def test_a_message_tells_what_it_is_about(
    tag: str, page: DocumentType, until: date, alias: str
) -> None:
    """In every language, with any name, and under whatever stands below."""
    subject = Subject(page, until, alias)
    html = agenda.asking(language(tag), subject, TODAY, "<b>problem</b>")
    parse_html(html)
    assert agenda.subject_of(html) == subject


@pytest.mark.parametrize("html", ["", "⏰", "⏰ <b>Something</b> · 2027-07-31", "⏰ hello"])
def test_other_messages_are_about_nothing(html: str) -> None:
    """A reply to them is no day."""
    assert agenda.subject_of(html) is None


def test_choices_that_are_past_or_taken_are_not_offered() -> None:
    """Another day can always be named."""
    subject = Subject(DRIVING, TODAY + timedelta(40))
    days = [day for day in agenda.offered_days(subject.until) if day > TODAY]
    answer = agenda.choosing(EN, subject, TODAY, days, [TODAY + timedelta(10)])
    assert answer.keyboard is not None
    presses = [
        Remind.parse(str(button.callback_data))
        for row in answer.keyboard.inline_keyboard
        for button in row
    ]
    assert presses == [subject.button(When.WEEK), subject.button(When.DAY)]
    assert f"on {TODAY + timedelta(10)} at 9:00, in 10 days" in answer.text


@pytest.mark.parametrize(
    ("left", "words"),
    [
        (7, "Renewal due · ends 2026-11-30, in 7 days"),
        (6, "Renewal due · ends 2026-11-29, in 6 days"),
        (1, "tomorrow"),
        (0, "today"),
        (-3, "Expired 2026-11-20, 3 days ago"),
        (-500, "may"),
    ],
)
def test_what_is_said_holds_on_that_day(left: int, words: str) -> None:
    """However late: the distance is that of today, and an end that has passed is called so."""
    until = TODAY + timedelta(left)
    reminder = Reminder(7, DRIVING, until, until - timedelta(7), "truck")
    text = agenda.telling(EN, reminder, TODAY, Policy())
    assert words in text
    assert text.startswith(f"⏰ <b>Driving licence 驾驶证</b> · {until} · truck\n")
    assert ("This was due on" in text) == (left != 7)


def test_an_inspection_is_told_as_one() -> None:
    """In the language of whoever asked."""
    reminder = Reminder(7, BACK, date(2026, 12, 31), TODAY, "…345", "zh-Hans")
    text = agenda.telling(language("zh-Hans"), reminder, TODAY, Policy())
    assert "该年检了，2026-12-31 到期（还有 5 周）" in text


@pytest.mark.parametrize("tag", TAGS)
def test_the_longest_list_fits(tag: str) -> None:
    """Into a message, with a button for each."""
    reminders = [
        Reminder(7, BACK, TODAY + timedelta(900), TODAY + timedelta(number), "W" * 40, tag, 2**47)
        for number in range(MOST)
    ]
    answer = agenda.listing(language(tag), reminders, TODAY)
    assert len(parse_html(answer.text).content) <= 4096
    assert answer.keyboard is not None
    assert sum(len(row) for row in answer.keyboard.inline_keyboard) == MOST
