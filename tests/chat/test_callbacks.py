"""What a pressed button carries."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.callbacks import MAX_BYTES, ReadAs
from bot.licence.documents import DocumentType

PRESSES = [ReadAs(page, anyway) for page in DocumentType for anyway in (False, True)]


@pytest.mark.parametrize("press", PRESSES)
def test_a_press_is_read_back(press: ReadAs) -> None:
    """What a button carries fits, and means what it meant."""
    data = press.encode()
    assert len(data.encode()) <= MAX_BYTES
    assert ReadAs.parse(data) == press


@given(st.text(max_size=80))
def test_forged_data_is_no_press(data: str) -> None:
    """Anything else than our own data means nothing."""
    ours = {press.encode() for press in PRESSES}
    assert (ReadAs.parse(data) is not None) == (data in ours)


@pytest.mark.parametrize(
    "data",
    [
        "read:3",
        "read:9",
        "read:-1",
        "read:1 ",
        "read:1\n",
        "READ:1",
        "read:１",
        "read:1:",
        "read:1:any",
    ],
)
def test_what_is_nearly_right_is_wrong(data: str) -> None:
    """No forged number reaches the recogniser."""
    assert ReadAs.parse(data) is None
