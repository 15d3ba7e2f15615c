"""Reminders as people see them: what can be chosen, what was, and what is said on the day. Pure.

All that a button or a reply needs stands in the message itself: in the button's data, or in the
line with which each of these messages begins.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from html import escape, unescape
from typing import TYPE_CHECKING, Final

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot.chat import fields, verdicts
from bot.chat.answers import Answer
from bot.chat.callbacks import Cancel, Remind, When
from bot.chat.days import tail_of
from bot.chat.languages import TAGS
from bot.chat.languages import language as language_of
from bot.licence.documents import DocumentType, FieldName
from bot.licence.recognition import Recognition
from bot.licence.report import Report
from bot.licence.validity import lapsing
from bot.licence.verdict import Status

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from bot.chat.languages import Language
    from bot.licence.report import Policy
    from bot.records import Reminder

SIGN: Final = "⏰"
"""With which each message about a reminder begins."""

IN_A_ROW: Final = 5
"""Buttons that call a reminder off; they carry a number only."""

_HEADING: Final = re.compile(rf"{SIGN} <b>([^<]+)</b> · (\d{{4}}-\d\d-\d\d)(?: · (.+))?")
_ENDING: Final = frozenset({Status.VALID, Status.DUE})
_BEFORE: Final = tuple(when for when in When if when.days)


@dataclass(frozen=True, slots=True)
class Subject:
    """What somebody wants to be reminded of: the page, its last day and its name."""

    document_type: DocumentType
    until: date
    alias: str = ""

    def button(self, when: When) -> Remind:
        """The press that asks for it."""
        return Remind(self.document_type, self.until, when, self.alias)


def offered(language: Language, report: Report) -> list[InlineKeyboardButton]:
    """The button under an answer, where a page has an end that is still to come."""
    verdict = report.verdict
    if verdict.status not in _ENDING or verdict.until is None or verdict.until <= report.today:
        return []
    alias = tail_of(report.recognition.value(FieldName.PLATE_NUMBER))
    subject = Subject(report.recognition.document_type, verdict.until, alias)
    data = subject.button(When.ASK).encode()
    return [InlineKeyboardButton(language.plain("button-remind"), callback_data=data)]


def choosing(
    language: Language, subject: Subject, today: date, days: Collection[date], taken: Iterable[date]
) -> Answer:
    """When shall it be?

    Args:
        language: the person's.
        subject: what it is about.
        today: the day on which they are asked.
        days: those that are still to come of what is offered.
        taken: those on which they are reminded already.
    """
    taken = sorted(taken)
    told = [_set(language, day, today) for day in taken]
    ask = language.say("remind-more" if taken else "remind-when")
    free = [day for day in sorted(days) if day not in taken]
    text = "\n".join([heading(language, subject), *told, ask])
    return Answer(text, choices(language, subject, free, today))


def choices(
    language: Language, subject: Subject, days: Collection[date], today: date
) -> InlineKeyboardMarkup | None:
    """A button for each of the days that are offered, and one for any other."""
    row = [
        _button(language.plain("button-remind-before", count=when.days), subject.button(when))
        for when in _BEFORE
        if when.days and day_of(subject.until, when.days) in days
    ]
    if subject.until <= today:
        return None
    other = _button(language.plain("button-remind-day"), subject.button(When.DAY))
    return InlineKeyboardMarkup([*([row] if row else []), [other]])


def day_of(until: date, days: int) -> date:
    """So many days before the end."""
    return until - timedelta(days=days)


def offered_days(until: date) -> tuple[date, ...]:
    """The days that the buttons offer, past ones among them."""
    return tuple(day_of(until, when.days) for when in _BEFORE if when.days)


def asking(language: Language, subject: Subject, example: date, problem: str = "") -> str:
    """Which day shall it be? A reply to this is read as one."""
    lines = (heading(language, subject), problem, language.say("remind-day", example=f"{example}"))
    return "\n".join(filter(None, lines))


def telling(language: Language, reminder: Reminder, today: date, policy: Policy) -> str:
    """What is said when its hour has come: what holds today, whenever that is.

    Args:
        language: that in which they asked.
        reminder: what they wanted.
        today: the day on which it is said.
        policy: the owner's thresholds.
    """
    page = reminder.document_type
    verdict = lapsing(page, reminder.until, today, policy.expiring_days)
    report = Report(Recognition(page, (), "reminder"), verdict, (), today, policy)
    late = reminder.day < today
    lines = (
        heading(language, Subject(page, reminder.until, reminder.alias)),
        *verdicts.lines(language, report),
        language.say("remind-late", day=f"{reminder.day}") if late else "",
    )
    return "\n".join(filter(None, lines))


def listing(language: Language, reminders: Sequence[Reminder], today: date) -> Answer:
    """All of a chat, each with a button that calls it off."""
    if not reminders:
        return Answer(language.say("reminders-none"))
    lines = [language.say("reminders"), *_numbered(language, reminders, today)]
    buttons = [
        _button(language.plain("button-cancel", number=f"{number}"), Cancel(reminder.id))
        for number, reminder in enumerate(reminders, 1)
    ]
    rows = [buttons[first : first + IN_A_ROW] for first in range(0, len(buttons), IN_A_ROW)]
    return Answer("\n".join(lines), InlineKeyboardMarkup(rows))


def heading(language: Language, subject: Subject) -> str:
    """The line that says what it is about, for people and for `subject_of`."""
    title = escape(fields.title(language, subject.document_type))
    alias = f" · {escape(subject.alias, quote=False)}" if subject.alias else ""
    return f"{SIGN} <b>{title}</b> · {subject.until}{alias}"


def subject_of(html: str) -> Subject | None:
    """What a message of ours is about; `None` where it is about no reminder."""
    match = _HEADING.fullmatch(html.split("\n", maxsplit=1)[0])
    page = _pages().get(unescape(match[1])) if match else None
    if match is None or page is None:
        return None
    return Subject(page, date.fromisoformat(match[2]), unescape(match[3] or ""))


def _set(language: Language, day: date, today: date) -> str:
    return language.say("remind-set", day=f"{day}", distance=verdicts.away(language, today, day))


def _numbered(language: Language, reminders: Sequence[Reminder], today: date) -> Iterator[str]:
    for number, reminder in enumerate(reminders, 1):
        title = fields.title(language, reminder.document_type)
        name = f"{title} · {reminder.alias}" if reminder.alias else title
        yield language.say(
            "reminders-line",
            number=f"{number}",
            day=f"{reminder.day}",
            distance=verdicts.away(language, today, reminder.day),
            name=name,
            until=f"{reminder.until}",
        )


def _button(text: str, press: Remind | Cancel) -> InlineKeyboardButton:
    return InlineKeyboardButton(text, callback_data=press.encode())


@cache
def _pages() -> Mapping[str, DocumentType]:
    return {fields.title(language_of(tag), page): page for tag in TAGS for page in DocumentType}
