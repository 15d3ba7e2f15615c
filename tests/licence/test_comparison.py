"""Whether two pages belong together."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.licence.comparison import LONGEST, compare
from bot.licence.documents import DocumentType, FieldName, fields_of
from bot.licence.recognition import Field, Recognition
from bot.licence.report import Policy, assess
from tests.licence.cases import BACK, DRIVING, TODAY, VEHICLE, case_of

A_PLATE, ANOTHER, HIDDEN = "粤B12345", "粤B12346", "粤B***45"
FRONT = {"sex": "男", "address": "某路1号", "name": "张三", "licence_number": "3422X"}


def page(
    document_type: DocumentType, confidence: float | None = None, /, **values: str
) -> Recognition:
    """A page with those values."""
    read = tuple(Field(FieldName(k), v, v, confidence) for k, v in values.items())
    return Recognition(document_type, read, "test")


def found(
    one: DocumentType, mine: dict[str, str], two: DocumentType, theirs: dict[str, str]
) -> list[tuple[str, tuple[FieldName, ...]]]:
    """The codes of what is found on the first page, with the fields that they are about."""
    findings = compare(case_of(one, **mine), page(two, **theirs))
    return [(finding.code, finding.fields) for finding in findings]


@pytest.mark.parametrize(
    ("one", "mine", "two", "theirs", "codes"),
    [
        (VEHICLE, {"plate_number": A_PLATE}, BACK, {"plate_number": A_PLATE}, ["pages_agree"]),
        (BACK, {"plate_number": A_PLATE}, VEHICLE, {"plate_number": "粤B·12345"}, ["pages_agree"]),
        (BACK, {"plate_number": A_PLATE}, VEHICLE, {"plate_number": ANOTHER}, ["plate_differs"]),
        (BACK, {"plate_number": A_PLATE}, VEHICLE, {"plate_number": HIDDEN}, ["pages_hidden"]),
        (BACK, {"plate_number": HIDDEN}, VEHICLE, {"plate_number": A_PLATE}, ["pages_hidden"]),
        (BACK, {"plate_number": A_PLATE}, VEHICLE, {"plate_number": "--"}, []),
        (BACK, {"plate_number": A_PLATE}, VEHICLE, {}, []),
        (BACK, {"plate_number": A_PLATE}, BACK, {"plate_number": ANOTHER}, []),
        (BACK, {"file_number": "1"}, DRIVING, {"file_number": "2"}, []),
        (DRIVING, {"name": "张三"}, VEHICLE, {"owner": "李四"}, ["owner_differs"]),
        (VEHICLE, {"owner": "李四"}, DRIVING, {"name": "张三"}, ["owner_differs"]),
        (VEHICLE, {"owner": "张三"}, DRIVING, {"name": "张 三"}, ["pages_agree"]),
        (DRIVING, FRONT, DRIVING, FRONT | {"name": "李四"}, []),
        (DRIVING, FRONT, DRIVING, {"name": "张三", "licence_number": "3422x"}, ["pages_agree"]),
        (DRIVING, {"name": "李四"}, DRIVING, FRONT, ["name_differs"]),
        (
            DRIVING,
            {"licence_number": "3423", "file_number": "1"},
            DRIVING,
            FRONT | {"file_number": "2"},
            ["number_differs", "file_number_differs"],
        ),
        (DRIVING, {"name": "张三"}, DRIVING, {"name": "李四"}, []),
    ],
)  # fmt: skip
def test_what_belongs_together_says_the_same(
    one: DocumentType,
    mine: dict[str, str],
    two: DocumentType,
    theirs: dict[str, str],
    codes: list[str],
) -> None:
    """Only fields that the law prints on both pages are compared."""
    assert [code for code, _ in found(one, mine, two, theirs)] == codes


CAR = {"vehicle_type": "小型轿车"}
BUS = {"seating_capacity": "45人", "dimensions": "11980×2550×3690mm"}


@pytest.mark.parametrize(
    ("one", "mine", "two", "theirs", "fields", "other"),
    [
        (VEHICLE, CAR, BACK, BUS, ["vehicle_type"], "45人 · 11980×2550×3690mm"),
        (BACK, BUS, VEHICLE, CAR, ["seating_capacity", "dimensions"], "小型轿车"),
        (BACK, BUS | {"dimensions": "--"}, VEHICLE, CAR, ["seating_capacity"], "小型轿车"),
    ],
)
def test_the_size_on_one_page_goes_with_the_type_on_the_other(  # noqa: PLR0913, PLR0917 - two pages
    one: DocumentType,
    mine: dict[str, str],
    two: DocumentType,
    theirs: dict[str, str],
    fields: list[str],
    other: str,
) -> None:
    """A car with 45 seats: each answer names its own fields and says what the other page has."""
    (finding,) = compare(case_of(one, **mine), page(two, **theirs))
    assert (finding.code, list(finding.fields)) == ("type_size", fields)
    assert finding.params == {"doubt": "no", "other": other}


def test_what_goes_together_is_no_finding() -> None:
    """A car with five seats, and two pages that say nothing of each other."""
    small = {"seating_capacity": "5人", "dimensions": "4523×1775×1467mm"}
    assert found(VEHICLE, CAR, BACK, small) == []
    assert found(VEHICLE, CAR, BACK, {"seating_capacity": "*人"}) == []
    assert found(VEHICLE, {}, BACK, BUS) == []


def test_a_finding_names_the_fields_of_its_own_page() -> None:
    """The agent looks at the page that the answer is about."""
    (driver,) = found(DRIVING, {"name": "张三"}, VEHICLE, {"owner": "李四"})
    (owner,) = found(VEHICLE, {"owner": "李四"}, DRIVING, {"name": "张三"})
    assert (driver[1], owner[1]) == ((FieldName.NAME,), (FieldName.OWNER,))
    both = found(DRIVING, {"name": "张三", "licence_number": "3422X"}, DRIVING, FRONT)
    assert both == [("pages_agree", (FieldName.LICENCE_NUMBER, FieldName.NAME))]


@pytest.mark.parametrize(
    ("here", "there", "doubt"),
    [(0.9, 0.9, "no"), (0.9, None, "no"), (0.1, 0.9, "yes"), (0.9, 0.1, "yes")],
)
def test_a_misreading_on_either_page_is_suspected(
    here: float, there: float | None, doubt: str
) -> None:
    """The print is blamed only where both were easy to read."""
    case = case_of(BACK, here, plate_number=A_PLATE)
    (finding,) = compare(case, page(VEHICLE, there, plate_number=ANOTHER))
    assert finding.params == {"doubt": doubt, "other": ANOTHER}


def test_the_other_value_is_told_briefly() -> None:
    """On one line, and no longer than can be compared at a glance."""
    (finding,) = compare(case_of(DRIVING, name="某人"), page(VEHICLE, owner="某\n公司 " * 50))
    other = finding.params["other"]
    assert isinstance(other, str)
    assert len(other) == LONGEST
    assert other.startswith("某 公司 某")


def test_a_page_is_compared_with_all_that_lie_beside_it() -> None:
    """Grave findings come first, and the owner may silence each."""
    back = page(BACK, plate_number=A_PLATE)
    beside = [page(VEHICLE, plate_number=A_PLATE), page(VEHICLE, plate_number=ANOTHER)]
    codes = [finding.code for finding in assess(back, TODAY, Policy(), beside).findings]
    assert codes.index("plate_differs") < codes.index("pages_agree")
    silent = Policy(silenced=frozenset({"plate_differs"}))
    assert "plate_differs" not in {f.code for f in assess(back, TODAY, silent, beside).findings}


@given(one=st.sampled_from(DocumentType), two=st.sampled_from(DocumentType), data=st.data())
def test_no_text_makes_a_comparison_raise(
    one: DocumentType, two: DocumentType, data: st.DataObject
) -> None:
    """What differs from one side differs from the other side too."""
    texts = st.text(st.characters(), max_size=6)
    mine = {str(name): data.draw(texts) for name in fields_of(one)}
    theirs = {str(name): data.draw(texts) for name in fields_of(two)}
    forth = [code for code, _ in found(one, mine, two, theirs)]
    assert forth == [code for code, _ in found(two, theirs, one, mine)]
