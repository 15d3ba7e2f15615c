"""The three pages as data."""

from __future__ import annotations

import pytest

from bot.licence.documents import PRINTED_FIELDS, DocumentType, FieldName
from bot.recognition.embedded import confidence, normalisation
from bot.recognition.embedded.pages import pages


@pytest.mark.parametrize("document_type", DocumentType)
def test_every_printed_field_has_a_slot(document_type: DocumentType) -> None:
    """All fields but the seal's are expected somewhere, each once."""
    names = [name for slot in pages()[document_type].slots for name in slot.names]

    assert set(names) == set(PRINTED_FIELDS[document_type]) - {FieldName.ISSUING_AUTHORITY}
    assert len(names) == len(set(names))


@pytest.mark.parametrize("document_type", DocumentType)
def test_every_slot_stands_on_the_page_after_its_caption(document_type: DocumentType) -> None:
    """Values begin after their captions, in the same row."""
    page = pages()[document_type]
    for slot in page.slots:
        anchor = next(a for a in page.anchors if a.text == slot.caption)
        assert anchor.left < anchor.right < slot.left < slot.right <= 91
        assert abs(anchor.y - slot.y) < 1.5
        assert 0 < slot.y < 60


@pytest.mark.parametrize("document_type", DocumentType)
def test_every_kind_is_known(document_type: DocumentType) -> None:
    """Each kind can be normalised and judged; a term is split into a date and an end first."""
    for slot in pages()[document_type].slots:
        for kind in ("date", "until") if slot.kind == "term" else (slot.kind,):
            value = normalisation.normalise(kind, "甲1")
            assert isinstance(confidence.well_formed(kind, value), bool)


def test_captions_are_listed_once() -> None:
    """有效期限 may stand at two places and is one caption."""
    captions = pages()[DocumentType.DRIVING_LICENCE].captions

    assert captions.count("有效期限") == 1
    assert captions[0] == "中华人民共和国机动车驾驶证"
