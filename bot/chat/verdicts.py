"""What an answer says first: whether a licence holds, what that means, and what is estimated."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.chat.fields import DOUBT
from bot.licence.dates import distance
from bot.licence.documents import DocumentType
from bot.licence.verdict import Status

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from bot.chat.languages import Language
    from bot.licence.report import Report
    from bot.licence.states import State
    from bot.licence.verdict import Verdict

LONGEST_STATE: Final = 40
"""Characters of a state that are shown; several words of the register may stand together."""

_STOP: Final = "⛔"
_SIGNS: Final = {
    Status.VALID: "✅",
    Status.PERMANENT: "✅",
    Status.DUE: "⏳",
    Status.EXPIRED: _STOP,
    Status.CANCELLABLE: _STOP,
    Status.NOT_YET_VALID: "🕒",
    Status.UNKNOWN: "❓",
    Status.NOT_APPLICABLE: "ℹ️",
}


def lines(language: Language, report: Report) -> Iterator[str]:
    """What the licence says of its state, and what its dates say.

    A state that forbids driving leaves nothing to be said of dates that have not run out.
    """
    if report.verdict.state:
        yield from _state(language, report, report.verdict.state)
    if report.verdict.status is not Status.BARRED:
        yield from _dates(language, report)


def estimates(language: Language, report: Report) -> Iterator[str]:
    """What can be worked out, always under a line that calls it so."""
    if report.estimates:
        yield language.say("estimate")
    for one in report.estimates:
        params = {}
        if one.until:
            params["until"] = one.until.isoformat()
            params["distance"] = _distance(language, report, one.until)
        yield language.say(f"estimate-{one.kind}".replace("_", "-"), **params)


def _state(language: Language, report: Report, state: State) -> Iterator[str]:
    effect = "barred" if state.bars else "irregular"
    key = f"{_page(report)}-{effect}"
    line = language.say(f"verdict-{key}", state=state.text[:LONGEST_STATE])
    yield f"{_STOP if state.bars else DOUBT} <b>{line}</b>"
    yield language.say(f"meaning-{key}")


def _dates(language: Language, report: Report) -> Iterator[str]:
    verdict = report.verdict
    key = f"{_page(report)}-{verdict.status}".replace("_", "-")
    params = _params(verdict)
    if day := verdict.since or verdict.until:
        params["distance"] = _distance(language, report, day)
    line = f"{_sign(report)} <b>{language.say(f'verdict-{key}', **params)}</b>"
    yield line + (f"\N{NO-BREAK SPACE}{DOUBT}" if _is_doubtful(report) else "")
    yield language.say(f"meaning-{key}{_turn(verdict, report.today)}", **params)


def _params(verdict: Verdict) -> dict[str, str]:
    dates = {
        "until": verdict.until,
        "since": verdict.since,
        "opens": verdict.opens,
        "mendable": verdict.mendable,
    }
    return {name: day.isoformat() for name, day in dates.items() if day}


def _turn(verdict: Verdict, today: date) -> str:
    """The law opens a window, whatever an owner calls due; some licences are past mending."""
    if verdict.status is Status.DUE and verdict.opens and verdict.opens > today:
        return "-early"
    if verdict.status is Status.VALID and verdict.opens and verdict.opens <= today:
        return "-open"
    late = verdict.status is Status.CANCELLABLE and verdict.mendable and verdict.mendable < today
    return "-late" if late else ""


def _is_doubtful(report: Report) -> bool:
    """Whether a date that is told here was hard to read; nothing is told where it is unknown."""
    read = map(report.recognition.field, report.verdict.sources)
    told = report.verdict.status is not Status.UNKNOWN
    return told and any(report.is_doubtful(field) for field in read if field)


def _page(report: Report) -> str:
    return report.recognition.document_type.slug.replace("_", "-")


def _sign(report: Report) -> str:
    """An old month on a back page proves nothing: the mark has been electronic for years."""
    back = report.recognition.document_type is DocumentType.VEHICLE_LICENCE_BACK
    if back and report.verdict.status is Status.EXPIRED:
        return DOUBT
    return _SIGNS[report.verdict.status]


def _distance(language: Language, report: Report, day: date) -> str:
    return away(language, report.today, day)


def away(language: Language, today: date, day: date) -> str:
    """How far a day lies ahead or behind, in words."""
    if day == today:
        return language.plain("distance-today")
    count, unit = distance(today, day)
    way = "ahead" if day > today else "ago"
    return language.plain(f"distance-{way}", count=count, unit=unit)
