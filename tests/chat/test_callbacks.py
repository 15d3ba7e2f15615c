"""What a pressed button carries."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.callbacks import MAX_BYTES, Ask, Mask, ReadAs, Wish, parse
from bot.licence.documents import DocumentType

PRESSES: list[ReadAs | Mask | Ask] = [
    *(ReadAs(page, anyway) for page in DocumentType for anyway in (False, True)),
    *(Mask(page, hidden) for page in DocumentType for hidden in (False, True)),
    *(Ask(wish, page) for page in DocumentType for wish in Wish),
]


@pytest.mark.parametrize("press", PRESSES)
def test_a_press_is_read_back(press: ReadAs | Mask | Ask) -> None:
    """What a button carries fits, and means what it meant."""
    data = press.encode()
    assert len(data.encode()) <= MAX_BYTES
    assert parse(data) == press


@given(st.text(max_size=80) | st.from_regex(r"(read|(un)?mask|show|correct|json):\d(:anyway)?"))
def test_forged_data_is_no_press(data: str) -> None:
    """Anything else than our own data means nothing."""
    ours = {press.encode() for press in PRESSES}
    assert (parse(data) is not None) == (data in ours)


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
        "show:3",
        "show:1:anyway",
        "correct:",
        "json:1\n",
        "json:١",
        "csv:1",
        "mask:3",
        "unmask:1:anyway",
    ],
)
def test_what_is_nearly_right_is_wrong(data: str) -> None:
    """No forged number reaches the recogniser."""
    assert parse(data) is None
