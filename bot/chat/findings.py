"""What to look at twice: the gravest as lines, the others folded away. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.chat.fields import DOUBT, label, labels
from bot.licence.findings import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.chat.languages import Language
    from bot.licence.documents import FieldName
    from bot.licence.findings import Finding
    from bot.licence.report import Report

MOST: Final = 5
"""Findings that are told at once; more would not be read in the two seconds that people have."""

_SIGNS: Final = {Severity.ERROR: "❗", Severity.WARNING: DOUBT, Severity.NOTE: "•"}


def lines(
    language: Language, report: Report, most: int = MOST, *, folded: bool = True
) -> Iterator[str]:
    """The gravest findings, then how many more there are.

    Args:
        language: the person's.
        report: with its findings, the gravest first.
        most: how many are told at once.
        folded: whether the others can be unfolded; where there is no room they are only counted.
    """
    told = [sentence(language, report, finding) for finding in report.findings]
    yield from told[:most]
    rest = told[most:]
    if rest:
        more = language.say("findings-more", count=len(rest))
        inside = "\n".join((more, *rest))
        yield f"<blockquote expandable>{inside}</blockquote>" if folded else more


def sentence(language: Language, report: Report, finding: Finding) -> str:
    """One finding, with the sign of its severity."""
    names = labels(language, (_named(language, report, name) for name in finding.fields))
    key = f"finding-{finding.code}".replace("_", "-")
    text = language.say(key, fields=names, **finding.params)
    return f"{_SIGNS[finding.severity]} {text}"


def _named(language: Language, report: Report, name: FieldName) -> str:
    """A field's label, and how sure its value is where that is little."""
    field = report.recognition.field(name)
    text = label(language, name, field.value if field else "")
    if field is None or field.confidence is None or not report.is_doubtful(field):
        return text
    percent = int(field.confidence * 100)  # rounded down: doubt never looks smaller than it is
    return language.plain("field-with-confidence", field=text, percent=percent)
