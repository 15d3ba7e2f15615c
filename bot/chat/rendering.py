"""What an answer looks like: a report or a failure becomes text and buttons. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape
from typing import TYPE_CHECKING, Final

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot.chat import agenda, fields, findings, guidance, masking, verdicts
from bot.chat.answers import Answer
from bot.chat.callbacks import Ask, Mask, ReadAs, Wish
from bot.errors import BotError, ProviderError, QuotaError, TransferError
from bot.licence.documents import DocumentType

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.chat.languages import Language
    from bot.licence.legibility import Legibility
    from bot.licence.report import Report

PAGES: Final = (
    DocumentType.DRIVING_LICENCE,
    DocumentType.VEHICLE_LICENCE,
    DocumentType.VEHICLE_LICENCE_BACK,
)
"""The pages in the order in which people are offered them."""

LONGEST_ANSWER: Final = 4096
"""UTF-16 code units that Telegram lets a message have, markup not counted."""

_WISHES: Final = {
    Wish.SHOW: "button-show",
    Wish.CORRECT: "button-correct",
    Wish.JSON: "button-json",
}
_TAG: Final = re.compile(r"<[^>]*>")
_HALF: Final = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class _Room:
    """How much of an answer is said.

    Attributes:
        longest: characters of one value.
        most: findings that are told at once.
        folded: whether the other findings can be unfolded.
    """

    longest: int
    most: int = findings.MOST
    folded: bool = True


_ROOMS: Final = (
    _Room(200),
    _Room(100),
    _Room(50),
    _Room(50, folded=False),
    _Room(20, most=0, folded=False),
)
"""The fullest that fits is taken; the last always does."""


def question(
    language: Language, suspected: DocumentType | None = None, *, looked: bool = True
) -> Answer:
    """Which page is this?

    Args:
        language: the person's.
        suspected: the page that the classifier sees; it stands first and is marked.
        looked: whether the classifier has answered yet.
    """
    if suspected is not None:
        text = language.say("question-suspected", page=_page(language, suspected))
    else:
        text = language.say("question-nothing" if looked else "question")
    pages = sorted(PAGES, key=lambda page: page is not suspected)  # the sort is stable
    return Answer(text, _column(_choice(language, page, suspected) for page in pages))


def reading(language: Language, document_type: DocumentType) -> Answer:
    """Work has begun."""
    return Answer(language.say("reading", page=_page(language, document_type)))


def answer(
    language: Language, report: Report, *, tell_provider: bool = False, hidden: bool = False
) -> Answer:
    """The verdict first, then what to look at twice, then every field.

    Args:
        language: the person's.
        report: what was read, and what follows from it.
        tell_provider: whether it says who read the photo.
        hidden: whether personal data is masked.
    """
    if hidden:
        report = masking.hide(report)
    texts = [_told(language, report, room, tell_provider) for room in _ROOMS]
    text = next((text for text in texts if _units(text) <= LONGEST_ANSWER), texts[-1])
    return Answer(text, _under(language, report, hidden=hidden))


def masked(language: Language, html: str, keyboard: InlineKeyboardMarkup, press: Mask) -> Answer:
    """An answer that is in the chat already, with its personal data hidden.

    Args:
        language: the person's.
        html: the answer's text.
        keyboard: the buttons under it; the one that was pressed becomes its opposite.
        press: what was pressed.
    """
    opposite = _mask(language, press.document_type, hidden=True)
    rows = [
        [opposite if button.callback_data == press.encode() else button for button in row]
        for row in keyboard.inline_keyboard
    ]
    return Answer(masking.hide_answer(html), InlineKeyboardMarkup(rows))


def is_masked(keyboard: InlineKeyboardMarkup | None) -> bool | None:
    """Whether the answer over these buttons hides personal data; `None` where it is no answer."""
    rows = keyboard.inline_keyboard if keyboard else ()
    presses = (Mask.parse(str(button.callback_data)) for row in rows for button in row)
    return next((not press.hidden for press in presses if press), None)


def retake(language: Language, document_type: DocumentType, legibility: Legibility) -> Answer:
    """Ask for a better photo; one press reads this one all the same.

    Where nothing is wrong with the photo, it may be of another page.
    """
    anyway = ReadAs(document_type, anyway=True).encode()
    buttons = [InlineKeyboardButton(language.plain("button-anyway"), callback_data=anyway)]
    if not legibility.reasons:
        buttons += (_read_as(language, page) for page in PAGES if page is not document_type)
    return Answer(guidance.request(language, document_type, legibility), _column(buttons))


def failure(
    language: Language, error: BotError, document_type: DocumentType | None = None
) -> Answer:
    """What went wrong, and the buttons that lead on from there.

    Args:
        language: the person's.
        error: what went wrong.
        document_type: the page that was asked for, where one was.
    """
    text = guidance.failure(language, error)
    if document_type is not None and isinstance(error, ProviderError | QuotaError | TransferError):
        return Answer(text, _column((_again(language, document_type),)))
    pageless = {"no-licence", "other-page", "not-this-page", "unreadable"}
    if error.code not in pageless or "why" in error.params:
        return Answer(text)  # neither another try nor another page helps
    others = (page for page in PAGES if page is not document_type)
    first = sorted(others, key=lambda page: page.slug != error.params.get("seen"))
    return Answer(text, _column(_read_as(language, page) for page in first))


def surprise(language: Language, reference: str, document_type: DocumentType) -> Answer:
    """A fault of ours; the reference finds it in the log."""
    text = language.say("error-unexpected", reference=reference)
    return Answer(text, _column((_again(language, document_type),)))


def plain_text(html: str) -> str:
    """A text without its tags, for a terminal."""
    return unescape(_TAG.sub("", html))


def _told(language: Language, report: Report, room: _Room, tell_provider: bool) -> str:  # noqa: FBT001 - handed on
    corrected = any(field.corrected for field in report.recognition.fields)
    blocks = (
        "\n".join(verdicts.lines(language, report)),
        "\n".join(verdicts.estimates(language, report)),
        "\n".join(findings.lines(language, report, room.most, folded=room.folded)),
        "\n".join(fields.lines(language, report, room.longest)),
        language.say("corrected-by-you") if corrected else "",
        language.say("read-by", provider=report.recognition.provider) if tell_provider else "",
    )
    return _HALF.sub("", "\n\n".join(block for block in blocks if block))


def _units(html: str) -> int:
    return len(plain_text(html).encode("utf-16-le")) // 2


def _page(language: Language, page: DocumentType) -> str:
    return language.plain(f"page-{page.slug}".replace("_", "-"))


def _choice(
    language: Language, page: DocumentType, suspected: DocumentType | None
) -> InlineKeyboardButton:
    text = fields.title(language, page)
    if page is suspected:
        text = language.plain("button-suspected", page=text)
    return InlineKeyboardButton(text, callback_data=ReadAs(page).encode())


def _again(language: Language, page: DocumentType) -> InlineKeyboardButton:
    return InlineKeyboardButton(language.plain("button-again"), callback_data=ReadAs(page).encode())


def _read_as(language: Language, page: DocumentType) -> InlineKeyboardButton:
    text = language.plain(f"button-read-as-{page.slug}".replace("_", "-"))
    return InlineKeyboardButton(text, callback_data=ReadAs(page).encode())


def _mask(language: Language, page: DocumentType, *, hidden: bool) -> InlineKeyboardButton:
    text = language.plain("button-unmask" if hidden else "button-mask")
    return InlineKeyboardButton(text, callback_data=Mask(page, not hidden).encode())


def _under(language: Language, report: Report, *, hidden: bool) -> InlineKeyboardMarkup:
    """What can be done with an answer; two buttons in a row have room on a phone."""
    page, read = report.recognition.document_type, report.recognition.fields
    remind = agenda.offered(language, report)
    rows = [
        [
            *([_wish(language, page, Wish.SHOW)] if any(field.box for field in read) else ()),
            _wish(language, page, Wish.CORRECT),
        ],
        *([remind] if remind else ()),
        [_read_as(language, other) for other in PAGES if other is not page],
        [_wish(language, page, Wish.JSON), _mask(language, page, hidden=hidden)],
    ]
    return InlineKeyboardMarkup(rows)


def _wish(language: Language, page: DocumentType, wish: Wish) -> InlineKeyboardButton:
    text = language.plain(_WISHES[wish])
    return InlineKeyboardButton(text, callback_data=Ask(wish, page).encode())


def _column(buttons: Iterable[InlineKeyboardButton]) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup([[button] for button in buttons])
