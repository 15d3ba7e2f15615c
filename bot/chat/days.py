"""A day as people write it, and the name that they give it. Pure."""

from __future__ import annotations

import re
import unicodedata
from contextlib import suppress
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from bot.chat.callbacks import LONGEST_ALIAS
from bot.chat.fields import tidy
from bot.licence.dates import add_months

if TYPE_CHECKING:
    from collections.abc import Callable

    Make = Callable[[re.Match[str], date, date], date]

LONGEST_TEXT: Final = 200
"""Characters of what a person wrote that are looked at."""

_MONTHS: Final = tuple("jan feb mar apr may jun jul aug sep oct nov dec".split())  # noqa: SIM905 - twelve words
_ENGLISH: Final = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_COUNTS: Final = {
    **{word: count for count, word in enumerate(_ENGLISH, 1)},
    **{char: count for count, char in enumerate("一二三四五六七八九十", 1)},
    "a": 1,
    "an": 1,
    "两": 2,
    "兩": 2,
}
_DAYS: Final = {"d": 1, "天": 1, **dict.fromkeys("w周週星礼禮", 7)}
_YEARS: Final = 8
"""Between two of 29 February, where a century has none."""

_NAME_MARKS: Final = " \t,;:.!?、。-–—·/"
_RUN: Final = re.compile(r"[0-9](?:[ ./·-]?[0-9]){4,}[Xx]?|[0-9A-Za-z]{5,}")

_MONTH: Final = rf"(?P<name>{'|'.join(_MONTHS)})[a-z]*\.?"
_NO: Final = "(?<![0-9])"
_D: Final = "(?P<d>[0-9]{1,2})"
_M: Final = "(?P<m>[0-9]{1,2})"
_TH: Final = "(?:st|nd|rd|th)?"
_YEAR: Final = r"(?:,?\s+(?P<y>20[0-9]{2})(?![0-9]))?"
_COUNT: Final = (
    rf"(?<![0-9A-Za-z])(?P<n>[0-9]{{1,4}}|{'|'.join(sorted(_COUNTS, key=len, reverse=True))})"
)
_UNIT: Final = (
    r"\s*[个個]?\s*(?P<unit>days?|weeks?|months?|天|周|週|星期|礼拜|禮拜|月)(?![0-9a-z日])"
)


def read_day(text: str, today: date, until: date) -> tuple[date, str] | None:
    """The day that a text names, and the rest of it as a name; `None` where it names none.

    `2027-06-01`, `2027年6月1日`, `20270601`, `1.6.2027`, `1 June 2027`, `June 1` and `6月1日` (the
    next one), `tomorrow`, `明天`, `in 10 days`, `10天后`, `30 days before`, `提前30天`.

    Args:
        text: what somebody wrote.
        today: the day on which they did.
        until: the end, from which days before are counted.
    """
    plain = unicodedata.normalize("NFKC", tidy(text[:LONGEST_TEXT]))
    for pattern, make in _FORMS:
        for match in pattern.finditer(plain):
            with suppress(ValueError, OverflowError):  # no day of the calendar
                day = make(match, today, until)
                return day, alias_of(f"{plain[: match.start()]} {plain[match.end() :]}")
    return None


def alias_of(text: str) -> str:
    """A name for a reminder: short, and of a number no more than its end."""
    name = _RUN.sub(_shortened, unicodedata.normalize("NFKC", tidy(text)).strip(_NAME_MARKS))
    return name.encode()[:LONGEST_ALIAS].decode(errors="ignore").strip(_NAME_MARKS)


def tail_of(plate: str) -> str:
    """The end of a plate, by which its owner knows it; nothing of what is too short to be one."""
    plain = "".join(plate.split())
    return f"…{plain[-3:]}" if len(plain) >= 6 and plain[-3:].isalnum() else ""  # noqa: PLR2004 - no plate is shorter


def _shortened(match: re.Match[str]) -> str:
    """A word stays; what has two digits or more is a number."""
    run = "".join(filter(str.isalnum, match[0]))
    return f"…{run[-3:]}" if sum(map(str.isdigit, run)) > 1 else match[0]


def _full(match: re.Match[str], _today: date, _until: date) -> date:
    return date(int(match["y"]), int(match["m"]), int(match["d"]))


def _either(match: re.Match[str], _today: date, _until: date) -> date:
    """`31/12/2027` and `12/31/2027` are clear; `1/6/2027` is one of two days, and so none."""
    one, other = int(match["a"]), int(match["b"])
    if max(one, other) <= len(_MONTHS) and one != other:
        raise ValueError("it may be one of two days")
    return date(int(match["y"]), min(one, other), max(one, other))


def _named(match: re.Match[str], today: date, _until: date) -> date:
    month, day = _MONTHS.index(match["name"].lower()) + 1, int(match["d"])
    return date(int(match["y"]), month, day) if match["y"] else _next(month, day, today)


def _yearless(match: re.Match[str], today: date, _until: date) -> date:
    return _next(int(match["m"]), int(match["d"]), today)


def _next(month: int, day: int, today: date) -> date:
    """The next such day after today."""
    for year in range(today.year, today.year + _YEARS + 1):
        with suppress(ValueError):
            if (found := date(year, month, day)) > today:
                return found
    raise ValueError("there is no such day")


def _before(match: re.Match[str], _today: date, until: date) -> date:
    return _moved(until, match, -1)


def _ahead(match: re.Match[str], today: date, _until: date) -> date:
    return _moved(today, match, 1)


def _moved(day: date, match: re.Match[str], way: int) -> date:
    said, unit = match["n"].lower(), match["unit"][0].lower()
    count = way * (_COUNTS[said] if said in _COUNTS else int(said))
    each = _DAYS.get(unit)
    return day + timedelta(days=count * each) if each else add_months(day, count)


def _in(days: int) -> Make:
    return lambda _match, today, _until: today + timedelta(days=days)


_FORMS: Final[tuple[tuple[re.Pattern[str], Make], ...]] = tuple(
    (re.compile(pattern, re.IGNORECASE), make)
    for pattern, make in (
        (
            rf"{_NO}(?P<y>20[0-9]{{2}})\s*[-./年]\s*{_M}\s*[-./月]\s*{_D}(?![0-9])\s*[日号號]?",
            _full,
        ),
        (r"(?<!\w)(?P<y>20[0-9]{2})(?P<m>[0-9]{2})(?P<d>[0-9]{2})(?![0-9A-Za-z])", _full),
        (
            r"(?<![0-9])(?P<d>[0-9]{1,2})\.\s?(?P<m>[0-9]{1,2})\.\s?(?P<y>20[0-9]{2})(?![0-9])",
            _full,
        ),
        (
            r"(?<![0-9])(?P<a>[0-9]{1,2})([-/])(?P<b>[0-9]{1,2})\2(?P<y>20[0-9]{2})(?![0-9])",
            _either,
        ),
        (rf"(?<![0-9])(?P<d>[0-9]{{1,2}}){_TH}\s+(?:of\s+)?{_MONTH}{_YEAR}", _named),
        (rf"\b{_MONTH}\s+(?P<d>[0-9]{{1,2}}){_TH}(?![0-9]){_YEAR}", _named),
        (r"(?<![0-9])(?P<m>[0-9]{1,2})\s*月\s*(?P<d>[0-9]{1,2})(?![0-9])\s*[日号號]?", _yearless),
        (rf"提前\s*{_COUNT}{_UNIT}", _before),
        (rf"{_COUNT}{_UNIT}\s*(?:before|earlier|ahead|之?前)", _before),
        (rf"(?:\bin\s+)?{_COUNT}{_UNIT}(?:\s*(?:later|from now|之?[后後以]))?", _ahead),
        (r"(?<![-0-9])(?P<m>[0-9]{1,2})-(?P<d>[0-9]{1,2})(?![-0-9])", _yearless),
        (r"\bday after tomorrow\b|[后後]天", _in(2)),
        (r"\btomorrow\b|明[天日]", _in(1)),
        (r"\btoday\b|今[天日]", _in(0)),
    )
)
"""The clearest first."""
