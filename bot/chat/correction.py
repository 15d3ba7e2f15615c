"""A correction by hand: how it is asked for, and how what a person writes is read. Pure."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from html import escape
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from bot.chat import fields
from bot.chat.languages import TAGS
from bot.chat.languages import language as language_of
from bot.licence.dates import parse_date
from bot.licence.documents import PRINTED_FIELDS, DocumentType, FieldName, fields_of
from bot.licence.terms import is_dayless
from bot.recognition import values

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from bot.chat.languages import Language

SIGN: Final = "✏️"
"""With which the sentence begins that asks for a correction, in every language."""

HIDDEN: Final = "🔒"
"""The same of the sentence that says that the answer to come hides personal data."""

LONGEST_VALUE: Final = 100
LONGEST_TOGETHER: Final = 250
"""UTF-16 code units of all corrections of a page: the caption of a question must hold them."""

LONGEST_PLACEHOLDER: Final = 64
LONGEST_SAID: Final = 40
"""Characters of what a person wrote that are said back."""

_COLON: Final = re.compile("[:：]")
_NUMBERING: Final = re.compile(r"^[\d\s.·•、)-]+")  # as a legend has it
_LOOSE: Final = re.compile(r"[\s_-]+")
_MARKS: Final = f"{fields.DOUBT}{fields.CORRECTED}{fields.CUT} "
_SEXES: Final = MappingProxyType(
    {"m": "男", "male": "男", "man": "男", "f": "女", "female": "女", "woman": "女"}
)
_FORMS: Final[Mapping[Callable[[str], str], tuple[re.Pattern[str], str]]] = MappingProxyType(
    {
        values.date: (re.compile(r"\d{4}-\d\d-\d\d"), "2020-12-25"),
        values.until: (re.compile(r"\d{4}-\d\d-\d\d"), "2030-12-25"),
        values.month: (re.compile(r"\d{4}-\d\d(-\d\d)?"), "2030-12"),
        values.moment: (re.compile(r"\d{4}-\d\d-\d\d.*"), "2025-12-25 10:30"),
        values.mass: (re.compile(r"\d+kg|--"), "1500kg"),
        values.seats: (re.compile(r"\d+人|--"), "5人"),
        values.dimensions: (re.compile(r"\d+×\d+×\d+mm|--"), "4500×1800×1500mm"),
    }
)
_SEX: Final = (re.compile("[男女]"), "男")
_ANY: Final = (re.compile(".+"), "")
_EXAMPLES: Final = MappingProxyType(
    {
        DocumentType.DRIVING_LICENCE: (FieldName.NAME, "张三"),
        DocumentType.VEHICLE_LICENCE: (FieldName.PLATE_NUMBER, "粤B12345"),
        DocumentType.VEHICLE_LICENCE_BACK: (FieldName.SEATING_CAPACITY, "5人"),
    }
)
Example = tuple[FieldName, str]


@dataclass(frozen=True, slots=True)
class Slip:
    """What is wrong with what a person wrote.

    Attributes:
        code: its sentence is `correct-<code>` in `locales/`.
        said: the label or the value that is at fault, as it was written.
        name: the field, where that is clear.
    """

    code: str
    said: str = ""
    name: FieldName | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """A caption as Telegram HTML, and what stands in the empty field under it."""

    caption: str
    placeholder: str


def question(  # noqa: PLR0913 - all that a question says
    language: Language,
    page: DocumentType,
    made: Mapping[FieldName, str],
    example: Example | None = None,
    slip: Slip | None = None,
    *,
    hidden: bool = False,
) -> Question:
    """Ask for a correction; what was corrected before stands in the question.

    Args:
        language: the person's.
        page: as which the photo was read.
        made: the corrections of before.
        example: a field with its value as it was read; something of the page where `None`.
        slip: what was wrong with the answer to the question before.
        hidden: whether the answer hides personal data.
    """
    name, value = _example_after(slip) or example or _EXAMPLES[page]
    line = f"{fields.label(language, name, value)}{_colon(language)}{value}"
    blocks = [
        "\n".join([f"<b>{escape(fields.title(language, page))}</b>", *_lines(language, made)]),
        _problem(language, page, slip) if slip else "",
        f"{language.say('correct-ask')}\n<code>{escape(line, quote=False)}</code>",
        language.say("correct-hidden") if hidden else "",
    ]
    return Question("\n\n".join(filter(None, blocks)), line[:LONGEST_PLACEHOLDER])


def asked(html: str) -> DocumentType | None:
    """The page about which a message asks for a correction; `None` for any other message."""
    shown = fields.parse(html)
    asks = any(row.startswith(SIGN) for row in html.split("\n"))
    return shown.document_type if shown and asks else None


def hides(html: str) -> bool:
    """Whether a question says that the answer to come hides personal data."""
    return any(row.startswith(HIDDEN) for row in html.split("\n"))


def made(html: str) -> dict[FieldName, str]:
    """The corrections that an answer or a question of ours shows."""
    shown = fields.parse(html)
    return {field.name: field.value for field in shown.fields if field.corrected} if shown else {}


def looks_like_one(text: str) -> bool:
    """Whether somebody wrote `label: value`, with a label of any page."""
    return any(
        _label(label) in _labels() for label, colon, _ in map(_split, text.splitlines()) if colon
    )


def read(
    text: str, page: DocumentType, made: Mapping[FieldName, str]
) -> dict[FieldName, str] | Slip:
    """The values that a person wrote, normalised, or what is wrong with the first wrong line.

    Args:
        text: lines of `label: value`; a label is one of any language, or the field's own name.
        page: whose fields they are.
        made: the corrections of before; a question must have room for all of them.
    """
    found: dict[FieldName, str] = {}
    for row in filter(str.strip, text.splitlines()):
        label, colon, said = _split(row)
        name = _labels().get(_label(label))
        if not colon:
            return Slip("no-colon")
        if name is None or name not in _correctable(page):
            return Slip("unknown-field", fields.tidy(label)[:LONGEST_SAID])
        value = _value(name, said)
        if not value:
            return Slip("no-colon")
        if len(value) > LONGEST_VALUE:
            return Slip("too-long")
        if not _possible(name, value):
            return Slip("impossible", fields.tidy(said), name)
        found[name] = value
    together = len("".join({**made, **found}.values()).encode("utf-16-le")) // 2
    return found if together <= LONGEST_TOGETHER else Slip("too-long")


def _split(row: str) -> tuple[str, str, str]:
    match = _COLON.search(row)
    return (row[: match.start()], match[0], row[match.end() :]) if match else (row, "", "")


def _label(text: str) -> str:
    """However it is written: `Plate number`, `plate_number`."""
    plain = unicodedata.normalize("NFKC", _NUMBERING.sub("", text)).casefold()
    return _LOOSE.sub("", plain)


@cache
def _labels() -> Mapping[str, FieldName]:
    labels = {_label(name): name for name in FieldName}
    for language in map(language_of, TAGS):
        labels |= {_label(fields.label(language, name)): name for name in FieldName}
        labels[_label(language.plain("field-valid-for"))] = FieldName.VALID_UNTIL
    return labels


def _correctable(page: DocumentType) -> tuple[FieldName, ...]:
    """All that can be seen on it."""
    return tuple(name for name in fields_of(page) if name is not FieldName.LICENCE_FORM)


def _value(name: FieldName, said: str) -> str:
    text = fields.tidy(said).strip(_MARKS)
    if name is FieldName.SEX:
        text = _SEXES.get(text.casefold(), text)
    rule = values.RULES[name]
    unit = "kg" if rule is values.mass and text[-1:].isdecimal() else ""
    return values.normalise(rule, text + unit)


def _form(name: FieldName) -> tuple[re.Pattern[str], str]:
    return _SEX if name is FieldName.SEX else _FORMS.get(values.RULES[name], _ANY)


def _possible(name: FieldName, value: str) -> bool:
    """Whether it has the form of such a value; what it breaks beyond that, findings tell."""
    if name is FieldName.VALID_UNTIL and is_dayless(value):
        return True
    is_day = values.RULES[name] not in {values.date, values.until} or parse_date(value)
    return bool(is_day and _form(name)[0].fullmatch(value))


def _example_after(slip: Slip | None) -> Example | None:
    example = _form(slip.name)[1] if slip and slip.name else ""
    return (slip.name, example) if slip and slip.name and example else None


def _lines(language: Language, corrections: Mapping[FieldName, str]) -> Iterator[str]:
    for name, value in corrections.items():
        label = fields.label(language, name, value)
        yield f"{language.say('field-line', field=label, value=value)} {fields.CORRECTED}"


def _problem(language: Language, page: DocumentType, slip: Slip) -> str:
    if slip.code == "unknown-field":
        known = (fields.label(language, name) for name in PRINTED_FIELDS[page])
        names = fields.labels(language, known)
        return language.say("correct-unknown-field", said=slip.said, fields=names)
    if slip.name:
        field = fields.label(language, slip.name)
        said = slip.said[:LONGEST_SAID]
        return language.say("correct-impossible", said=said, field=field)
    return language.say(f"correct-{slip.code}")


def _colon(language: Language) -> str:
    return ": " if language.tag == "en" else "："
