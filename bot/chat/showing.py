"""Where on a photo its doubtful values stand: what is framed, and what the numbers mean. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape
from typing import TYPE_CHECKING, Final

from bot.chat.drawing import draw
from bot.chat.fields import line
from bot.licence.documents import fields_of
from bot.licence.findings import Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from bot.chat.languages import Language
    from bot.licence.recognition import Box, Field
    from bot.licence.report import Report
    from bot.recognition.photo import Photo

LONGEST: Final = 1024
"""UTF-16 code units that Telegram lets a caption have, markup not counted."""

_TAG: Final = re.compile(r"<[^>]*>")
_VALUES: Final = (200, 60, 20)  # characters of one; the last always fits


@dataclass(frozen=True, slots=True)
class _Place:
    """What stands in one box; two values may share one, as the ends of a term do."""

    box: Box
    fields: tuple[Field, ...]


def can_show(report: Report) -> bool:
    """Whether the recogniser said where anything stands."""
    return any(field.box for field in report.recognition.fields)


def picture(photo: Photo, report: Report) -> bytes:
    """A JPEG file: the page upright, with a numbered frame around each value to be compared."""
    boxes = [place.box for place in _places(_picked(report))]
    return draw(photo, boxes, [place.box for place in _places(_placed(report))])


def legend(language: Language, report: Report) -> str:
    """What the numbers in the picture mean, as Telegram HTML that a caption can hold."""
    picked = _picked(report)
    doubtful = any(_is_to_compare(report, field) for field in picked)
    head = language.say("show-doubtful" if doubtful else "show-all")
    told = ([head, *_rows(language, report, longest)] for longest in _VALUES)
    captions = ["\n".join(rows) for rows in told]
    return next((text for text in captions if _units(text) <= LONGEST), captions[-1])


def _units(html: str) -> int:
    return len(unescape(_TAG.sub("", html)).encode("utf-16-le")) // 2


def _rows(language: Language, report: Report, longest: int) -> Iterator[str]:
    for number, place in enumerate(_places(_picked(report)), 1):
        for field in place.fields:
            yield f"<b>{number}</b> · {line(language, report, field, longest)}"


def _picked(report: Report) -> tuple[Field, ...]:
    """What is to be compared; everything where nothing is."""
    placed = _placed(report)
    return tuple(field for field in placed if _is_to_compare(report, field)) or placed


def _is_to_compare(report: Report, field: Field) -> bool:
    """Hard to read, or in a finding that is more than a note."""
    return report.is_doubtful(field) or any(
        field.name in finding.fields and finding.severity is not Severity.NOTE
        for finding in report.findings
    )


def _placed(report: Report) -> tuple[Field, ...]:
    read = map(report.recognition.field, fields_of(report.recognition.document_type))
    return tuple(field for field in read if field and field.box)


def _places(fields: Iterable[Field]) -> list[_Place]:
    boxes: dict[Box, list[Field]] = {}
    for field in fields:
        if field.box:
            boxes.setdefault(field.box, []).append(field)
    return [_Place(box, tuple(found)) for box, found in boxes.items()]
