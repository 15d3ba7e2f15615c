"""What a reading is worth beside others: the reader's least sure character, and the value's form.

It chooses among readings; how likely the chosen one is right says `trust`.

A checksum or form that fails lowers the confidence and never changes the value.
"""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Final

from bot.licence import identity, plates, vehicle, vin

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bot.recognition.embedded.ctc import Glyph

MISFORM: Final = 0.3
"""Factor where the value has not the form of its kind."""

GAP: Final = 0.5
"""Factor where characters stand so far apart that one between them was probably not read."""

DERIVED: Final = 0.6
"""The most that a value concluded from something else can have."""

_ROOTS: Final = re.compile(
    "北京|天津|上海|重庆|河北|山西|内蒙古|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南"
    "|广东|广西|海南|四川|贵州|云南|西藏|陕西|甘肃|青海|宁夏|新疆"
)
"""With what an address begins (GB/T 2260)."""

_OPEN_END: Final = re.compile(r"[\d单元路街道县区市镇乡省]$")
"""With what none ends: behind it there is a number or a smaller place."""

_CJK: Final = "[㐀-鿿\U00020000-\U000323af]"
_PLATE: Final = f"[{plates.PROVINCES}][A-Z]"
_FORMS: Final[Mapping[str, re.Pattern[str]]] = {
    kind: re.compile(form)
    for kind, form in {
        "identity": r"\d{17}[\dX]|[A-Z]{1,2}\d{6,10}|\d{8}",
        "name": rf"{_CJK}{{2,4}}|{_CJK}[{_CJK[1:-1]}·]{{3,20}}|[A-Z][A-Z .]{{2,40}}",
        "sex": r"男|女",
        "nationality": rf"{_CJK}{{2,10}}",
        "address": rf"{_CJK}{{3}}.{{3,80}}",
        "classes": r"(A[123]|B[12]|C[1-6]|D|E|F|M|N|P)+",
        "plate": rf"{_PLATE}[A-Z0-9]{{4}}([A-Z0-9]{{1,2}}|[挂学警港澳领试超])",
        "ideographs": rf"{_CJK}{{3,14}}",
        "use": "|".join(sorted(vehicle.USES)),
        "owner": rf".*{_CJK}{{2}}.*",
        "model": r".*[A-Z0-9]{2}.*",
        "vin": r"[A-HJ-NPR-Z0-9]{17}",
        "engine": r"[A-Z0-9*.\-/ ]{3,30}|无",
        "file": r"[0-9A-Z㐀-鿿-]{4,20}",
        "seats": r"\d{1,3}人|--",
        "mass": r"\d{2,6}kg|--",
        "dimensions": r"\d{3,5}×\d{3,4}×\d{3,4}mm|--",
        "remarks": r".{2,}",
        "record": rf"检验有效期至\d{{4}}年\d{{2}}月({_PLATE}(\([0-9A-Z]{{1,3}}\))?)?|--",
    }.items()
}
_IDENTITY_LENGTH: Final = 18
"""Of a resident's number; those of other documents have no check character."""

_CENTURIES: Final = frozenset({"18", "19", "20"})
"""In which the holders of resident's numbers were born."""


def formed(kind: str, value: str) -> bool:
    """Whether a value looks like its kind; a check character need not be right."""
    if kind == "date":
        return _is_date(value)
    if kind == "until":
        return value == "长期" or bool(re.fullmatch(r"\d{1,2}年", value)) or _is_date(value)
    return bool(_FORMS[kind].fullmatch(value))


def well_formed(kind: str, value: str) -> bool:
    """Whether a value looks like its kind, its check character included."""
    if not formed(kind, value):
        return False
    if kind == "identity" and len(value) == _IDENTITY_LENGTH:
        return _identity_checks(value)
    return kind != "vin" or _vin_checks(value)


def checked(kind: str, value: str) -> bool:
    """Whether a check character says that a value is right."""
    if not well_formed(kind, value):
        return False
    return (kind == "vin" and vin.is_chinese(value)) or (
        kind == "identity" and len(value) == _IDENTITY_LENGTH
    )


def rooted(address: str) -> bool:
    """Whether an address begins with a province and does not end before its last part does."""
    return bool(_ROOTS.match(address)) and not _OPEN_END.search(address)


def of(kind: str, value: str, glyphs: Sequence[Glyph], *, gap: bool = False) -> float:
    """0…1: the least probability of its characters, less where form or spacing are wrong."""
    least = min((glyph.probability for glyph in glyphs if glyph.text.strip()), default=0.0)
    if gap:
        least *= GAP
    return least if well_formed(kind, value) else least * MISFORM


def _is_date(value: str) -> bool:
    try:
        return 1900 <= date.fromisoformat(value).year <= 2100  # noqa: PLR2004 - a licence's years
    except ValueError:
        return False


def _identity_checks(value: str) -> bool:
    return identity.check_character(value) == value[-1] and value[6:8] in _CENTURIES


def _vin_checks(value: str) -> bool:
    """Makers outside China need not keep the check character."""
    return not vin.is_chinese(value) or vin.is_valid(value)
