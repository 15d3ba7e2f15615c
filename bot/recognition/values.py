"""The provider's texts -> values in the normal forms of the embedded recogniser.

What was read is only brought into form, and only as a whole: a text of which a part has a form
stays as it is, for the part would look like all of it. Unlike there nothing is taken for a slip
of the reader, and the stars with which electronic licences mask parts of a value stay.
"""

from __future__ import annotations

import math
import re
import unicodedata
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from bot.errors import ProviderError
from bot.licence.dates import PERMANENT, parse_date, parse_months
from bot.licence.documents import FieldName as F
from bot.recognition.embedded import normalisation
from bot.recognition.embedded.normalisation import DASHES, half_width

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_ONLY_DASHES: Final = re.compile(r"[-‐‑‒–—―−_]+")
_JOINTS: Final = re.escape("·•・‧∙⋅˙.,、;:/()'`-‐‑‒–—―−_")
_JOINT: Final = re.compile(rf"(?<![{_JOINTS}])[{_JOINTS}](?![{_JOINTS}])")
_DAY: Final = r"\d{4}(?:[-./年—–]\d{1,2}[-./月—–]\d{1,2}日?|\d{4})"
_DATE: Final = re.compile(_DAY)
_MONTH: Final = re.compile(r"\d{4}\D\d{1,2}月?")
_MOMENT: Final = re.compile(r"(.+?日|.+?(?=[ T]))[ T]?(\d{1,2}:\d{2}(?::\d{2})?)")
_TERM_WORDS: Final = "[有效期限起止自从由至到:~—–-]"
_UNTIL: Final = re.compile(
    rf"(?:{_TERM_WORDS}*{_DAY}{_TERM_WORDS}+|{_TERM_WORDS}*至)?"
    rf"(?:({_DAY}|\d{{1,2}}年)|长期?(?:有效)?)"
)
_DIMENSIONS: Final = re.compile(r"(\d{3,5})[x×✕*](\d{3,5})[x×✕*](\d{3,5})(?:mm?)?", re.IGNORECASE)
_UNSEEN: Final = frozenset({"Cc", "Cf", "Cs"})  # controls, marks of direction, half characters


def text_of(said: object) -> str:
    """The text that a provider says in JSON: that of a number is its digits, that of null empty.

    Raises:
        ProviderError: `unintelligible`: a list, an object, a truth, or no finite number.
    """
    if said is None:
        return ""
    if type(said) in {str, int} or (isinstance(said, float) and math.isfinite(said)):
        return str(said)
    raise ProviderError("unintelligible", detail="what should be a text is none")


def visible(text: str) -> str:
    """The text without what nobody sees; no message could carry half a surrogate pair."""
    seen = (c for c in text if c.isspace() or unicodedata.category(c) not in _UNSEEN)
    return "".join(seen).strip()


def normalise(rule: Callable[[str], str], raw: str) -> str:
    """The value of a text under one of the rules below.

    >>> normalise(date, "2024年1月7日")
    '2024-01-07'
    >>> normalise(mass, "——")
    '--'
    """
    text = half_width(raw)
    return DASHES if _ONLY_DASHES.fullmatch(solid(text)) else rule(text)


def solid(text: str) -> str:
    """No blanks: ideographs need none."""
    return "".join(text.split())


def spaced(text: str) -> str:
    """Words one blank apart."""
    return " ".join(text.split())


def person(text: str) -> str:
    """A name; some have several parts with a dot between them."""
    return spaced(text.replace("•", "·"))


def code(text: str) -> str:
    """Without the signs that part its groups; a row of them masks something, so it stays."""
    return _JOINT.sub("", solid(text).upper())


def number(text: str) -> str:
    """A number that may hold signs, as that of a file does."""
    return solid(text).upper()


def engine(text: str) -> str:
    """Type and number of an engine, which stand apart."""
    return spaced(text).upper()


def model(text: str) -> str:
    """A make with its model."""
    return solid(text).replace("—", "-")


def date(text: str) -> str:
    """`YYYY-MM-DD`, or the text where it is no date."""
    return _date(text) or solid(text)


def until(text: str) -> str:
    """The end of a term: a day, `6年` on cards of 2008, or `长期`.

    A day on which the term begins may stand before it; that is a field of its own.
    """
    found = _UNTIL.fullmatch(solid(text))
    if not found:
        return solid(text)
    return date(found[1]) if found[1] else PERMANENT


def month(text: str) -> str:
    """`YYYY-MM`, as an inspection holds to the end of a month; `YYYY-MM-DD` where it says more."""
    months = parse_months(solid(text)) if _MONTH.fullmatch(solid(text)) else ()
    return f"{months[0]:%Y-%m}" if months else date(text)


def moment(text: str) -> str:
    """`YYYY-MM-DD hh:mm:ss`, or as much of it as is shown."""
    found = _MOMENT.fullmatch(spaced(text))
    if found and (day := _date(found[1])):
        return f"{day} {found[2]}"
    return _date(text) or spaced(text)


mass: Final = normalisation.mass
seats: Final = normalisation.seats


def dimensions(text: str) -> str:
    """Length, width and height in millimetres."""
    found = _DIMENSIONS.fullmatch(solid(text))
    return "×".join(found.groups()) + "mm" if found else solid(text)


def _date(text: str) -> str:
    """A text that is a date and nothing else as `YYYY-MM-DD`; empty where it is none."""
    day = parse_date(solid(text)) if _DATE.fullmatch(solid(text)) else None
    return day.isoformat() if day else ""


RULES: Final[Mapping[F, Callable[[str], str]]] = MappingProxyType(
    {
        F.LICENCE_NUMBER: code,
        F.NAME: person,
        F.SEX: solid,
        F.NATIONALITY: solid,
        F.ADDRESS: solid,
        F.DATE_OF_BIRTH: date,
        F.FIRST_ISSUE_DATE: date,
        F.VEHICLE_CLASSES: code,
        F.VALID_FROM: date,
        F.VALID_UNTIL: until,
        F.ISSUING_AUTHORITY: solid,
        F.FILE_NUMBER: number,
        F.RECORD: solid,
        F.STATE: solid,
        F.PENALTY_POINTS: solid,
        F.GENERATED_AT: moment,
        F.SHOWN_AT: moment,
        F.PLATE_NUMBER: code,
        F.VEHICLE_TYPE: solid,
        F.OWNER: solid,
        F.USE_CHARACTER: solid,
        F.MODEL: model,
        F.VIN: code,
        F.ENGINE_NUMBER: engine,
        F.REGISTER_DATE: date,
        F.ISSUE_DATE: date,
        F.INSPECTION_VALID_UNTIL: month,
        F.SEATING_CAPACITY: seats,
        F.GROSS_MASS: mass,
        F.KERB_MASS: mass,
        F.RATED_LOAD: mass,
        F.DIMENSIONS: dimensions,
        F.TOWED_MASS: mass,
        F.REMARKS: spaced,
        F.INSPECTION_RECORD: solid,
        F.BARCODE_NUMBER: number,
        F.FUEL_TYPE: solid,
        F.BODY_COLOUR: solid,
    }
)
"""The rule of each field that is printed, whoever reads it or writes it down."""
