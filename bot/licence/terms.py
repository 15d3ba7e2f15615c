"""For how long a driving licence says that it holds, in both layouts.

The form of 2013 prints two days, or a day and 长期; that of 2008 a day and 6年, 10年 or 长期
(GA 482). Recognisers return the end alone, or both in one text.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from bot.licence.dates import add_years, parse_date
from bot.licence.documents import FieldName

if TYPE_CHECKING:
    from datetime import date

    from bot.licence.recognition import Recognition

TERMS: Final = (6, 10)
"""Years: a licence runs for six, then for ten, then for life (Order 162, art. 13 and 62)."""

_DAY: Final = r"(?:19|20)\d{2}(?:[-./年—–]\d{1,2}[-./月—–]\d{1,2}日?|\d{4})"
_WORDS: Final = "[有效起始期限自从由至到全止:~—–-]*"  # 全 is how 至 is often misread
_LIFE: Final = "长[期斯朗]?(?:有效)?"  # nothing else that is printed there begins with 长
_PRINT: Final = re.compile(
    rf"{_WORDS}(?:(?P<start>{_DAY}){_WORDS})?"
    rf"(?:(?P<end>{_DAY})|(?P<years>\d{{1,2}})年|(?P<life>{_LIFE}))止?"
)
_ONE_DAY: Final = re.compile(rf"{_WORDS}(?P<day>{_DAY}){_WORDS}")
_DAYLESS: Final = re.compile(rf"\d{{1,2}}年|{_LIFE}")


@dataclass(frozen=True, slots=True)
class Term:
    """From when until when a licence holds.

    Attributes:
        start: the first day, or `None` where none is printed.
        end: the last day, or `None` where it holds for life.
        sources: the fields that the end rests on.
    """

    start: date | None
    end: date | None
    sources: tuple[FieldName, ...]


def read_term(recognition: Recognition) -> Term | None:
    """The term of a driving licence; `None` where it is not clear beyond doubt.

    The whole print must be a term. A second date, a word such as 注销, two beginnings that differ,
    an end before its beginning or years that no licence has are not judged by what fits of them.
    """
    printed = recognition.value(FieldName.VALID_UNTIL)
    found = _PRINT.fullmatch(_solid(printed))
    if not found:
        return None
    said = (found["start"] or "", recognition.value(FieldName.VALID_FROM))
    starts = {day for day in map(_day, said) if day}
    if len(starts) > 1:
        return None
    term = _term(starts.pop() if starts else None, found)
    return None if term and term.start and term.end and term.end <= term.start else term


def is_dayless(printed: str) -> bool:
    """Whether a print says how long, as `10年` and `长期` do, and not until when."""
    return bool(_DAYLESS.fullmatch(_solid(printed)))


def _term(start: date | None, found: re.Match[str]) -> Term | None:
    """The term of a print, counted from its first day where the print says only how long."""
    if found["life"]:
        return Term(start, None, (FieldName.VALID_UNTIL,))
    if found["end"]:
        end = parse_date(found["end"])
        return Term(start, end, (FieldName.VALID_UNTIL,)) if end else None
    years = int(found["years"])
    if start is None or years not in TERMS:
        return None
    return Term(start, add_years(start, years), (FieldName.VALID_FROM, FieldName.VALID_UNTIL))


def _day(text: str) -> date | None:
    """A text that is one day and nothing else; a misread first day does not spoil the last."""
    found = _ONE_DAY.fullmatch(_solid(text))
    return parse_date(found["day"]) if found else None


def _solid(text: str) -> str:
    """One width and no blanks: a print may be broken anywhere."""
    return "".join(unicodedata.normalize("NFKC", text).split())
