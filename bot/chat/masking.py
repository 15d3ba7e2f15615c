"""Personal data hidden from those who read along: all but first and last characters. Pure.

A report is masked before it is rendered. An answer that is already in the chat is masked in its own
text, without another recognition; what it hides afterwards only the photo can tell.
"""

from __future__ import annotations

import dataclasses
import re
from html import escape, unescape
from typing import TYPE_CHECKING, Final, Literal

from bot.chat import fields
from bot.licence.dates import parse_date
from bot.licence.documents import FieldName

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.licence.findings import Finding
    from bot.licence.report import Report

Masking = Literal["groups", "always", "never"]

MASK: Final = "*"
"""As electronic licences mask; no rule judges a value that has one."""

MOST: Final = 16
"""Stars in a row: as many as an ID number needs. What is longer does not tell how long it is."""

PERSONAL: Final = frozenset(
    {
        # who it is, and where to find them
        FieldName.LICENCE_NUMBER,
        FieldName.NAME,
        FieldName.OWNER,
        FieldName.ADDRESS,
        FieldName.DATE_OF_BIRTH,  # eight of the eighteen characters of the ID number
        # with what the traffic police's pages are asked about a driver or a vehicle
        FieldName.FILE_NUMBER,
        FieldName.VIN,
        FieldName.ENGINE_NUMBER,
        FieldName.BARCODE_NUMBER,
    }
)
"""What is hidden. A plate is read on every street, and tells which vehicle is spoken of."""

_TELLING: Final = frozenset({"birth", "suggestion"})  # parameters that repeat a personal value
_BORN: Final = slice(6, 14)  # the birthday in an ID number
_LONG: Final = 6  # characters by which a number is known again among others
_CODE: Final = re.compile(r"(?<=<code>)[^<]*(?=</code>)")


def starts_hidden(masking: Masking, chat_type: str) -> bool:
    """Whether the answers in a chat hide personal data until somebody asks for it."""
    return masking == "always" or (masking == "groups" and chat_type != "private")


def mask(value: str) -> str:
    """`价*****值`; of two characters the first stays, of one none. Dashes hide nothing."""
    if not value.strip("-—– "):
        return value
    stars = MASK * min(max(len(value) - 2, 1), MOST)
    return f"{value[:1] if len(value) > 1 else ''}{stars}{value[-1] if len(value) > 2 else ''}"  # noqa: PLR2004 - see above


def hide(report: Report) -> Report:
    """The same report without personal data, in its findings neither.

    What a person corrected stays: they wrote it above, and it is kept nowhere else.
    """
    read = report.recognition.fields
    secrets = _secrets({f.name: f.raw if f.corrected else f.value for f in read})
    hidden = tuple(
        dataclasses.replace(
            field,
            value=field.value if field.corrected else _hidden(field.name, field.value, secrets),
            raw=_hidden(field.name, field.raw, secrets),
        )
        for field in read
    )
    recognition = dataclasses.replace(report.recognition, fields=hidden)
    findings = tuple(_masked(finding, secrets) for finding in report.findings)
    return dataclasses.replace(report, recognition=recognition, findings=findings)


def hide_answer(html: str) -> str:
    """The same of an answer's own text, for one that stands in the chat already."""
    lines = html.split("\n")
    read = (line for line in map(fields.parse_line, lines) if line)
    shown = [line for line in read if not _is_corrected(line)]
    secrets = _secrets({line.name: line.value for line in shown})
    return "\n".join(_masked_line(line, secrets) for line in lines)


def _secrets(read: Mapping[FieldName, str]) -> dict[str, str]:
    """Values that are hidden wherever else they stand -> what is shown instead, the longest first.

    A short one, such as two digits, stands in other values by chance.
    """
    values = {text.strip() for name, text in read.items() if name in PERSONAL}
    born = parse_date(read.get(FieldName.LICENCE_NUMBER, "")[_BORN])
    if born:
        values.add(born.isoformat())
    known = (v for v in values if len(v) >= _LONG or (len(v) > 1 and not v.isascii()))
    return {value: mask(value) for value in sorted(known, key=len, reverse=True)}


def _hidden(name: FieldName, value: str, secrets: Mapping[str, str]) -> str:
    return mask(fields.tidy(value)) if name in PERSONAL else _without(value, secrets)


def _without(text: str, secrets: Mapping[str, str]) -> str:
    for secret, shown in secrets.items():
        text = text.replace(secret, shown)
    return text


def _masked(finding: Finding, secrets: Mapping[str, str]) -> Finding:
    about = set(finding.fields) & PERSONAL
    params = {
        name: _param(name, value, secrets, personal=bool(about))
        if isinstance(value, str)
        else value
        for name, value in finding.params.items()
    }
    return dataclasses.replace(finding, params=params)


def _param(name: str, value: str, secrets: Mapping[str, str], *, personal: bool) -> str:
    tells = name in _TELLING or (name == "other" and personal)
    return mask(value) if tells and value != "none" else _without(value, secrets)


def _masked_line(html: str, secrets: Mapping[str, str]) -> str:
    line = fields.parse_line(html)
    if line and _is_corrected(line):
        return html
    if line:
        return _CODE.sub(lambda match: _code(match[0], line.name, secrets), html)
    # A sentence: what it puts into code is a value. A short name may be one of its own words.
    numbers = {escape(text): escape(shown) for text, shown in secrets.items() if len(text) >= _LONG}
    return _CODE.sub(lambda match: escape(mask(unescape(match[0]))), _without(html, numbers))


def _is_corrected(line: fields.Line) -> bool:
    return fields.CORRECTED in line.mark


def _code(html: str, name: FieldName, secrets: Mapping[str, str]) -> str:
    return escape(_hidden(name, unescape(html), secrets), quote=False)
