"""The citizen's identity number, which is also the number of a driving licence.

Order 162, art. 12, makes the number of the holder's identity document the number of the licence:
for residents the one of GB 11643-1999, for all others that of the documents in art. 109, which have
no check character that could be tested.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from bot.licence.documents import DocumentType, FieldName

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.licence.case import Case
    from bot.licence.catalogue import Finding

_RESIDENT: Final = re.compile(r"[0-9]{17}[0-9X]")
_OLD: Final = re.compile(r"[0-9]{15}")
_FILE: Final = re.compile(r"[0-9]{12}")
_FOREIGN: Final = "9"
_WEIGHTS: Final = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS: Final = "10X98765432"
_LOOK_ALIKES: Final = str.maketrans("xⅩⅹ×", "XXXX")

PROVINCES: Final = frozenset(
    str(number)
    for first, last in ((11, 15), (21, 23), (31, 37), (41, 46), (50, 54), (61, 65), (71, 71))
    for number in range(first, last + 1)
)
"""The first two digits of an address code (GB/T 2260)."""

PERMITS: Final = frozenset({"810000", "820000", "830000"})
"""The address codes of the residence permits for people from Hong Kong, Macao and Taiwan."""

_NEARLY: Final = range(16, 21)
_STRAYS: Final = 3
_YEARS: Final = range(1800, 2100)


@dataclass(frozen=True, slots=True)
class ResidentNumber:
    """A number of 18 characters: 6 address, 8 birth, 3 sequence, 1 check (GB 11643-1999)."""

    text: str

    @property
    def region_is_known(self) -> bool:
        """Whether the province exists; counties come and go, so that their codes prove nothing."""
        return self.text[:2] in PROVINCES or self.text[:6] in PERMITS

    @property
    def birth(self) -> date | None:
        """Digits 7 to 14, where they are a date since 1800."""
        try:
            day = date.fromisoformat(self.text[6:14])
        except ValueError:
            return None
        return day if day.year in _YEARS else None

    @property
    def sex(self) -> str:
        """男 where the last digit of the sequence is odd, else 女."""
        return "男" if int(self.text[16]) % 2 else "女"

    @property
    def check_fits(self) -> bool:
        """Whether the last character is the one that the others ask for."""
        return check_character(self.text) == self.text[17]


def parse(text: str) -> ResidentNumber | None:
    """A resident's number, or `None` for the number of any other document.

    Nothing is corrected but the sign for the check character ten, which readers take for a
    small letter, a Roman numeral or a multiplication sign. A number that begins with 9 is that
    of a foreigner's permanent-resident card of 2023, which is left alone (general knowledge).
    """
    plain = normalise(text)
    if not _RESIDENT.fullmatch(plain) or plain.startswith(_FOREIGN):
        return None
    return ResidentNumber(plain)


def normalise(text: str) -> str:
    """Without blanks, and with a capital X for the check character ten."""
    return "".join(text.split()).translate(_LOOK_ALIKES)


def check_character(text: str) -> str:
    """What the first 17 digits ask for as the 18th character (GB 11643-1999, ISO 7064 MOD 11-2)."""
    total = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, text, strict=False))
    return _CHECKS[total % 11]


def birth_of(case: Case) -> tuple[date | None, FieldName]:
    """The holder's birthday and where it stands: its own field, or else the licence number."""
    if birth := case.day(FieldName.DATE_OF_BIRTH):
        return birth, FieldName.DATE_OF_BIRTH
    number = parse(case.value(FieldName.LICENCE_NUMBER))
    return number.birth if number else None, FieldName.LICENCE_NUMBER


def look(case: Case) -> Iterator[Finding]:
    """The numbers of a driving licence."""
    if case.recognition.document_type is not DocumentType.DRIVING_LICENCE:
        return
    text = case.value(FieldName.LICENCE_NUMBER)
    if number := parse(text):
        yield from _resident(case, number)
    elif text:
        yield from _form(case, normalise(text))
    yield from _file_number(case)


def _resident(case: Case, number: ResidentNumber) -> Iterator[Finding]:
    """Check character, region and birth (GB 11643-1999), sex and birthday as printed beside it."""
    name = FieldName.LICENCE_NUMBER
    if not number.check_fits:
        yield case.finding("licence_number_check", name)
    if not number.region_is_known:
        yield case.finding("licence_number_region", name)
    if number.birth is None or number.birth > case.today:
        yield case.finding("licence_number_birth", name)
    elif case.day(FieldName.DATE_OF_BIRTH) not in {None, number.birth}:
        says = number.birth.isoformat()
        yield case.finding("birth_mismatch", name, FieldName.DATE_OF_BIRTH, birth=says)
    if case.value(FieldName.SEX) in {"男", "女"} - {number.sex}:
        sex = "male" if number.sex == "男" else "female"
        yield case.finding("sex_mismatch", name, FieldName.SEX, sex=sex)


def _form(case: Case, text: str) -> Iterator[Finding]:
    """What is nearly a resident's number was misread; other documents' numbers are left alone.

    Numbers of 15 digits were given out under GB 11643-1989.
    """
    strays = sum(not character.isdecimal() for character in text)
    if _OLD.fullmatch(text):
        yield case.finding("licence_number_old", FieldName.LICENCE_NUMBER)
    elif len(text) in _NEARLY and strays <= _STRAYS and not text.startswith(_FOREIGN):
        yield case.finding("licence_number_form", FieldName.LICENCE_NUMBER)


def _file_number(case: Case) -> Iterator[Finding]:
    """A driver's file has 12 digits: 4 of GB/T 2260 and 8 serial ones (traffic police, Shanxi)."""
    text = case.value(FieldName.FILE_NUMBER)
    if text and not _FILE.fullmatch(text):
        yield case.finding("file_number_form", FieldName.FILE_NUMBER)
