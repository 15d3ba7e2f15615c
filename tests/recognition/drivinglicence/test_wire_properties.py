"""Replies as nobody has seen them yet."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import ProviderError, RecognitionError
from bot.licence.documents import DocumentType
from bot.recognition.drivinglicence.fields import _ROWS, read_items
from bot.recognition.drivinglicence.wire import parse_reply

PUBLISHED = (Path(__file__).parent / "samples" / "published.json").read_bytes()

# What stands for a value in JSON, mostly of the right type: only then is the whole way gone.
texts = st.text(max_size=12) | st.sampled_from(["--", " ", "6年", "人张三", "0.98", "1,495kg"])
names = st.sampled_from([name for rows in _ROWS.values() for row in rows for name in row.items])
numbers = st.integers() | st.floats() | st.sampled_from([0, 1, 10, 100, 0.5])
anything = st.recursive(
    st.none() | st.booleans() | numbers | texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=8,
)


def mostly(usual: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """The right type three times out of four."""
    return st.one_of(usual, usual, usual, anything)


places = st.fixed_dictionaries(
    {}, optional={key: mostly(numbers) for key in ("x", "y", "width", "height")}
)
items = st.fixed_dictionaries(
    {},
    optional={
        "item": mostly(names),
        "itemstring": mostly(texts),
        "itemconf": mostly(numbers),
        "itemcoord": mostly(places),
    },
)
replies = st.fixed_dictionaries(
    {},
    optional={
        "code": mostly(st.just(0)),
        "message": mostly(texts),
        "data": mostly(
            st.fixed_dictionaries(
                {}, optional={"session_id": mostly(texts), "items": mostly(st.lists(mostly(items)))}
            )
        ),
    },
)


@given(
    mostly(replies).map(lambda reply: json.dumps(reply).encode()) | st.binary(max_size=100),
    st.integers(100, 599),
    st.sampled_from(DocumentType),
)
def test_nothing_but_our_errors_is_ever_raised(
    content: bytes, status: int, page: DocumentType
) -> None:
    """Arbitrary bytes, and arbitrary JSON near the valid shape."""
    try:
        reply = parse_reply(content, status, page, 1.5)
    except RecognitionError:
        return
    assert reply.fields
    for field in reply.fields:
        assert field.value
        assert field.value.encode()
        assert field.raw.encode()


@given(st.lists(mostly(items)), st.sampled_from(DocumentType))
def test_items_are_read_or_refused(entries: list[object], page: DocumentType) -> None:
    """Whatever stands in the list, no other error comes of it, and no field comes twice."""
    try:
        fields = read_items(entries, page, 1.5)
    except ProviderError:
        return
    assert len(fields) == len({field.name for field in fields})


@given(st.lists(anything | items.map(lambda item: item | {"item": "积分", "itemconf": None})))
def test_what_is_unknown_changes_nothing(entries: list[object]) -> None:
    """The published items are read the same among any others."""
    published = json.loads(PUBLISHED)["data"]["items"]
    page = DocumentType.DRIVING_LICENCE
    assert read_items([*entries, *published, *entries], page) == read_items(published, page)


@given(st.data())
def test_a_cut_off_reply_is_none(data: st.DataObject) -> None:
    """Wherever the connection broke."""
    whole = PUBLISHED.rstrip()
    cut = data.draw(st.integers(0, len(whole) - 1))
    with pytest.raises(ProviderError) as refused:
        parse_reply(whole[:cut], 200, DocumentType.DRIVING_LICENCE)
    assert refused.value.code == "unintelligible"
