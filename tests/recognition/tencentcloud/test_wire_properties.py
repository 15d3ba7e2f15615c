"""Replies as nobody has seen them yet."""

from __future__ import annotations

import copy
import json
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.errors import RecognitionError
from bot.licence.documents import DocumentType
from bot.recognition.tencentcloud import names, wire
from tests.recognition.tencentcloud.conftest import SAMPLES, sample

JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)
KEYS = sorted(
    {
        key
        for table in (names.DRIVING_LICENCE, names.VEHICLE_LICENCE, names.VEHICLE_LICENCE_BACK)
        for source in table
        for key in source.keys
    }
)
PARTS = st.dictionaries(st.sampled_from(KEYS), st.text() | JSON_VALUES, max_size=6)
RESPONSES = st.dictionaries(
    st.sampled_from(
        [
            *("FrontInfo", "BackInfo", "TractorBackInfo", "Error", "RequestId", "Name", "EndDate"),
            *("RecognizeWarnCode", "RecognizeWarnMsg", "VehicleLicenseType", "DriverLicenseType"),
        ]
    ),
    PARTS | JSON_VALUES | st.lists(st.integers() | st.text(), max_size=3),
    max_size=8,
)


@given(
    st.binary() | JSON_VALUES.map(json.dumps).map(str.encode),
    st.sampled_from(DocumentType),
    st.integers(100, 999),
)
def test_no_bytes_surprise_it(body: bytes, page: DocumentType, status: int) -> None:
    """Whatever is sent, the answer is an error of ours."""
    with pytest.raises(RecognitionError):
        wire.reply(status, body, page)


@given(RESPONSES, st.sampled_from(DocumentType))
@example({"FrontInfo": {"Owner": "\ud800"}}, DocumentType.VEHICLE_LICENCE)
def test_no_json_surprises_it(response: dict[str, Any], page: DocumentType) -> None:
    """Whatever stands in a reply, it is read into fields that can be shown or is an error."""
    try:
        reply = wire.reply(200, json.dumps({"Response": response}).encode(), page)
    except RecognitionError:
        return
    assert reply.fields
    for field in reply.fields:
        assert field.value
        assert field.raw
        field.value.encode()
        field.raw.encode()


@given(st.sampled_from(sorted(path.stem for path in SAMPLES.glob("*.json"))), st.data())
def test_no_broken_sample_surprises_it(name: str, data: st.DataObject) -> None:
    """A published reply with one value replaced by anything is read or an error of ours."""
    broken = copy.deepcopy(sample(name))
    parts = [
        broken["Response"],
        *filter(None, map(broken["Response"].get, ("FrontInfo", "BackInfo"))),
    ]
    part = data.draw(st.sampled_from(parts))
    part[data.draw(st.sampled_from(sorted(part)))] = data.draw(JSON_VALUES)
    try:
        page = data.draw(st.sampled_from(DocumentType))
        reply = wire.reply(200, json.dumps(broken).encode(), page)
    except RecognitionError:
        return
    assert reply.fields
