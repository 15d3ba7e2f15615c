"""The fields of an answer: a page becomes labelled lines, and those lines a page again. Pure."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from html import escape, unescape
from typing import TYPE_CHECKING, Final

from bot.chat.languages import TAGS
from bot.chat.languages import language as language_of
from bot.licence.documents import DocumentType, FieldName, fields_of
from bot.licence.recognition import Field, Recognition
from bot.licence.terms import is_dayless

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from bot.chat.languages import Language
    from bot.licence.report import Report

DOUBT: Final = "⚠️"
OPEN: Final = "❓"
CORRECTED: Final = "✍️"
CUT: Final = "…"

_UNSEEN: Final = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
_TITLE: Final = re.compile(r"<b>([^<]+)</b>")
_LINE: Final = re.compile(r"([^<>:：]+)(?:: |：)<code>([^<]*)</code>(.*)")


@dataclass(frozen=True, slots=True)
class Line:
    """A field as an answer shows it.

    Attributes:
        name: of the field.
        value: as it is shown.
        mark: what stands behind it: `DOUBT`, `CORRECTED` or nothing.
    """

    name: FieldName
    value: str
    mark: str = ""


def lines(language: Language, report: Report, longest: int) -> Iterator[str]:
    """The page's title, and each of its values under it in the order of the print.

    Args:
        language: the person's.
        report: what was read.
        longest: characters of one value that are shown.
    """
    page = report.recognition.document_type
    yield f"<b>{escape(title(language, page))}</b>"
    shown = [(field, text) for field in _ordered(report.recognition) if (text := tidy(field.value))]
    read = [field for field, _ in shown if not field.corrected]
    if read and all(field.confidence is None for field in read):
        yield f"{OPEN} {language.say('no-confidence')}"
    for field, text in shown:
        # A correction lives in its line alone, so that it is never cut.
        room = max(longest, len(text)) if field.corrected else longest
        yield line(language, report, field, room)


def line(language: Language, report: Report, field: Field, longest: int) -> str:
    """One field: its label, its value to be copied, and what there is to say of it.

    Args:
        language: the person's.
        report: the one that the field is of.
        field: the field.
        longest: characters of its value that are shown.
    """
    text = tidy(field.value)
    value = text if len(text) <= longest else f"{text[: longest - 1].rstrip()}{CUT}"
    said = language.say("field-line", field=label(language, field.name, text), value=value)
    return f"{said}{_mark(report, field)}"


def _mark(report: Report, field: Field) -> str:
    """After a space that does not break, so that no mark stands alone on the next line."""
    if field.corrected:
        return f"\N{NO-BREAK SPACE}{CORRECTED}"
    return f"\N{NO-BREAK SPACE}{DOUBT}" if report.is_doubtful(field) else ""


def title(language: Language, page: DocumentType) -> str:
    """What a page is called on a button and above its fields."""
    return language.plain(f"title-{page.slug}".replace("_", "-"))


def label(language: Language, name: FieldName, value: str = "") -> str:
    """What a field is called; `10年` and 长期 are how long a licence holds, and not until when."""
    if name is FieldName.VALID_UNTIL and is_dayless(value):
        return language.plain("field-valid-for")
    return language.plain(f"field-{name}".replace("_", "-"))


def labels(language: Language, names: Iterable[str]) -> str:
    """Labels one after the other, parted as the language parts what it lists."""
    return language.plain("between-fields").join(names)


def tidy(text: str) -> str:
    """A text on one line, without what nobody sees: controls, marks of direction and the like."""
    seen = (" " if unicodedata.category(char) in _UNSEEN else char for char in text)
    return " ".join("".join(seen).split())


def parse(html: str) -> Recognition | None:
    """The page that an answer of ours shows, in whichever language; `None` for other messages.

    A value that was cut is left out. What was in doubt has no confidence at all, what was not has
    one that nobody knows any more.

    Args:
        html: the message as Telegram HTML, as it was sent or as it came back.
    """
    rows = iter(html.split("\n"))
    page = next((page for row in rows if (page := _page(row)) is not None), None)
    if page is None:
        return None
    found: dict[FieldName, Field] = {}
    for line in filter(None, map(parse_line, rows)):
        if line.name in fields_of(page) and not line.value.endswith(CUT):
            found[line.name] = _read_back(line)
    return Recognition(page, tuple(found.values()), "chat")


def _read_back(line: Line) -> Field:
    confidence = 0.0 if DOUBT in line.mark else None
    corrected = CORRECTED in line.mark
    return Field(line.name, line.value, line.value, confidence, corrected=corrected)


def parse_line(html: str) -> Line | None:
    """A line of an answer; `None` where it shows no field."""
    match = _LINE.fullmatch(html)
    name = _names().get(match[1]) if match else None
    return Line(name, unescape(match[2]), match[3].strip()) if match and name else None


def _ordered(recognition: Recognition) -> Iterator[Field]:
    fields = map(recognition.field, fields_of(recognition.document_type))
    return (field for field in fields if field)


def _page(html: str) -> DocumentType | None:
    match = _TITLE.fullmatch(html)
    return _titles().get(unescape(match[1])) if match else None


@cache
def _titles() -> Mapping[str, DocumentType]:
    return {title(language_of(tag), page): page for tag in TAGS for page in DocumentType}


@cache
def _names() -> Mapping[str, FieldName]:
    spoken = [language_of(tag) for tag in TAGS]
    names = {label(language, name): name for language in spoken for name in FieldName}
    terms = {language.plain("field-valid-for"): FieldName.VALID_UNTIL for language in spoken}
    return names | terms
