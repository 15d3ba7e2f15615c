"""Whether two pages belong together."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from bot.licence.documents import DocumentType, FieldName
from bot.licence.vehicle import misfits

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bot.licence.case import Case
    from bot.licence.catalogue import Finding
    from bot.licence.recognition import Recognition

LONGEST: Final = 40
"""Characters of the other page's value that a finding repeats."""

_F = FieldName
_DRIVING, _VEHICLE, _BACK = (
    DocumentType.DRIVING_LICENCE,
    DocumentType.VEHICLE_LICENCE,
    DocumentType.VEHICLE_LICENCE_BACK,
)
_MASK: Final = "*"
_SPACING: Final = re.compile(r"[\s·•.\-—–_]+")
_FRONT: Final = (_F.SEX, _F.NATIONALITY, _F.ADDRESS, _F.DATE_OF_BIRTH, _F.FIRST_ISSUE_DATE)

_Pair = tuple[FieldName, FieldName, str]

_PLATE: Final[tuple[_Pair, ...]] = ((_F.PLATE_NUMBER, _F.PLATE_NUMBER, "plate_differs"),)
_DRIVER: Final[tuple[_Pair, ...]] = (
    (_F.LICENCE_NUMBER, _F.LICENCE_NUMBER, "number_differs"),
    (_F.NAME, _F.NAME, "name_differs"),
    (_F.FILE_NUMBER, _F.FILE_NUMBER, "file_number_differs"),
)


def compare(case: Case, other: Recognition) -> Iterator[Finding]:
    """What differs between a page and another one, what agrees, and what cannot be compared.

    The two pages of a vehicle licence bear one plate number (GA 37-2008), those of a driving
    licence one name, one number and one file number (GA 482-2012). A driver need not own the
    vehicle. Type and size of a vehicle stand on different pages of its licence.

    Args:
        case: the page that is judged.
        other: the page beside it.
    """
    same, hidden = [], []
    for mine, theirs, code in _pairs(case.recognition, other):
        here, there = case.recognition.value(mine), other.value(theirs)
        if not _plain(here) or not _plain(there):
            continue
        if _MASK in here or _MASK in there:
            hidden.append(mine)
        elif _plain(here) == _plain(there):
            same.append(mine)
        else:
            yield _difference(case, mine, code, other, theirs)
    yield from _size(case, other)
    if same:
        yield case.finding("pages_agree", *same)
    if hidden:
        yield case.finding("pages_hidden", *hidden)


def _difference(
    case: Case, mine: FieldName, code: str, other: Recognition, theirs: FieldName
) -> Finding:
    return _beside(code, case, (mine,), replace(case, recognition=other), (theirs,))


def _size(case: Case, other: Recognition) -> Iterator[Finding]:
    """The front of a vehicle licence has the type, the back what must go with it."""
    beside = replace(case, recognition=other)
    pages = {case.recognition.document_type: case, other.document_type: beside}
    names = misfits(pages[_VEHICLE], pages[_BACK]) if pages.keys() == {_VEHICLE, _BACK} else ()
    if names:
        type_ = (_F.VEHICLE_TYPE,)
        mine, theirs = (names, type_) if case is pages[_BACK] else (type_, names)
        yield _beside("type_size", case, mine, beside, theirs)


def _beside(
    code: str,
    case: Case,
    mine: Sequence[FieldName],
    other: Case,
    theirs: Sequence[FieldName],
) -> Finding:
    """A finding about fields of this page that says what the other one has."""
    doubtful = case.is_doubtful(*mine) or other.is_doubtful(*theirs)
    text = " · ".join(" ".join(other.recognition.value(name).split()) for name in theirs)
    doubt = "yes" if doubtful else "no"
    return case.finding(code, *mine, other=text[:LONGEST], doubt=doubt)


def _pairs(page: Recognition, other: Recognition) -> tuple[_Pair, ...]:
    """The fields that are to say the same, and what it is called where they do not.

    File numbers of drivers and of vehicles are numbers of different registers. Two fronts of
    driving licences, or two pages of the same kind, are of two people or vehicles, or one of them
    is a better photo of the other.
    """
    kinds = {page.document_type, other.document_type}
    if kinds == {_VEHICLE, _BACK}:
        return _PLATE
    if kinds == {_DRIVING, _VEHICLE}:
        names = (_F.NAME, _F.OWNER, "owner_differs")
        return (names,) if page.document_type is _DRIVING else ((_F.OWNER, _F.NAME, names[2]),)
    return _DRIVER if kinds == {_DRIVING} and _is_front(page) != _is_front(other) else ()


def _is_front(page: Recognition) -> bool:
    """The back of a driving licence has nothing of a person but name and numbers (GA 482-2012)."""
    return sum(bool(_plain(page.value(name))) for name in _FRONT) > 1


def _plain(text: str) -> str:
    """A value as it is compared: without spaces, dots and dashes, and in one width and case."""
    return _SPACING.sub("", unicodedata.normalize("NFKC", text)).casefold()
