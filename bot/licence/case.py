"""A page on one day, as the rules look at it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from bot.licence.catalogue import SEVERITIES, Finding
from bot.licence.dates import parse_date
from bot.licence.documents import fields_of

if TYPE_CHECKING:
    from datetime import date

    from bot.licence.documents import FieldName
    from bot.licence.recognition import Field, Recognition
    from bot.licence.validity import Verdict

_DASHES: Final = frozenset("-—–")
_MASK: Final = "*"
_DIGITS: Final = 8  # of YYYYMMDD: with more, a second date stands beside the first


def is_doubtful(read: Field, low_confidence: float) -> bool:
    """Whether a value must be marked; a provider without confidence leaves that open."""
    return read.confidence is not None and read.confidence < low_confidence


@dataclass(frozen=True, slots=True)
class Case:
    """What a rule is given.

    Attributes:
        recognition: the page as it was read.
        verdict: whether it holds.
        today: the day in Asia/Shanghai on which it is looked at.
        low_confidence: 0…1, below which a value is doubtful.
    """

    recognition: Recognition
    verdict: Verdict
    today: date
    low_confidence: float

    def value(self, name: FieldName) -> str:
        """A value to be judged; empty where none, only dashes or a mask was printed.

        Electronic licences mask parts of a value with stars: nothing follows from the rest.
        """
        text = self.recognition.value(name)
        return "" if _MASK in text or set(text) <= _DASHES else text

    def day(self, name: FieldName) -> date | None:
        """The date in a field, where it holds one and no more."""
        text = self.value(name)
        return parse_date(text) if sum(map(str.isdigit, text)) <= _DIGITS else None

    def is_doubtful(self, *names: FieldName) -> bool:
        """Whether one of these was hard to read; no note should be drawn from it then."""
        read = (self.recognition.field(name) for name in names)
        return any(is_doubtful(field, self.low_confidence) for field in read if field)

    def finding(self, code: str, *names: FieldName, **params: str | int) -> Finding:
        """A finding about these fields.

        Its sentence also gets `doubt`, `yes` where one of them was hard to read: then the reading
        is the first suspect, and the print only the second.
        """
        page = fields_of(self.recognition.document_type)
        ordered = sorted(names, key=lambda name: page.index(name) if name in page else len(page))
        doubt = "yes" if self.is_doubtful(*names) else "no"
        return Finding(code, SEVERITIES[code], tuple(ordered), {"doubt": doubt, **params})
