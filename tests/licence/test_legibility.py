"""Whether a better photo is worth asking for."""

from __future__ import annotations

import pytest

from bot.licence.documents import PRINTED_FIELDS, DocumentType, FieldName
from bot.licence.legibility import MENDABLE, weigh
from bot.licence.recognition import Field, QualityWarning, Recognition

PRINTED = tuple(
    name
    for name in PRINTED_FIELDS[DocumentType.DRIVING_LICENCE]
    if name is not FieldName.ISSUING_AUTHORITY
)
BLURRED = (QualityWarning.BLUR,)


def page(
    missing: int = 0,
    doubtful: int = 0,
    quality: tuple[QualityWarning, ...] = (),
    confidence: float | None = 0.99,
    *,
    derived: bool = False,
) -> Recognition:
    """A driving licence whose first values are missing and the next ones doubtful."""
    fields = [
        Field(name, "x", "x", 0.5 if i < doubtful else confidence, derived=derived)
        for i, name in enumerate(PRINTED[missing:])
    ]
    return Recognition(DocumentType.DRIVING_LICENCE, tuple(fields), "test", quality)


@pytest.mark.parametrize(
    ("missing", "doubtful", "quality", "poor"),
    [
        (0, 0, (), False),
        (0, 0, BLURRED, False),
        (2, 0, BLURRED, False),
        (1, 2, BLURRED, True),
        (3, 0, BLURRED, True),
        (4, 0, (), False),
        (2, 3, (), True),
        (10, 0, (), True),
    ],
)
def test_many_lost_values_are_worth_another_photo(
    missing: int, doubtful: int, quality: tuple[QualityWarning, ...], poor: bool
) -> None:
    """Fewer are enough where the photo has a fault that another one need not have."""
    assert weigh(page(missing, doubtful, quality), 0.7).is_poor is poor


def test_what_was_lost_is_named_in_the_order_of_the_page() -> None:
    """Missing and doubtful alike; the rest can be relied upon."""
    legibility = weigh(page(2, 1), 0.7)
    assert legibility.lost == PRINTED[:3]
    assert (legibility.printed, legibility.sure) == (10, 7)


def test_an_illegible_seal_is_no_reason() -> None:
    """It is mostly illegible by nature."""
    assert weigh(page(), 0.7).lost == ()


def test_without_confidences_only_missing_values_count() -> None:
    """A provider that gives none is not taken for an unsure one."""
    assert weigh(page(confidence=None), 0.7).sure == 10
    assert weigh(page(3, confidence=None, quality=BLURRED), 0.7).is_poor


def test_the_owner_decides_what_is_doubtful() -> None:
    """The threshold is the same as for the marks in an answer."""
    assert weigh(page(doubtful=5), 0.7).is_poor
    assert not weigh(page(doubtful=5), 0.5).is_poor


def test_a_fault_that_stays_is_no_reason() -> None:
    """A new photo of a copy shows a copy."""
    copied = page(3, quality=(QualityWarning.SCREEN, QualityWarning.COPY))
    assert weigh(copied, 0.7).reasons == ()
    assert not weigh(copied, 0.7).is_poor
    assert weigh(page(quality=tuple(QualityWarning)), 0.7).reasons == tuple(
        warning for warning in QualityWarning if warning in MENDABLE
    )


def test_concluded_dashes_are_lost_only_where_something_may_have_hidden_the_print() -> None:
    """An empty place in a good photo is one; glare makes one of any place."""
    assert weigh(page(doubtful=5, derived=True), 0.7).lost == ()
    assert weigh(page(doubtful=5, quality=(QualityWarning.GLARE,), derived=True), 0.7).is_poor


def test_an_electronic_licence_is_never_taken_again() -> None:
    """What it lacks was not on it."""
    form = Field(FieldName.LICENCE_FORM, "电子", "Electronic", derived=True)
    recognition = Recognition(DocumentType.DRIVING_LICENCE, (form,), "test")
    assert not weigh(recognition, 0.7).is_poor
