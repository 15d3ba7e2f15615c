"""What a pressed button carries."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.callbacks import (
    LONGEST_ALIAS,
    MAX_BYTES,
    Ask,
    Cancel,
    Mask,
    ReadAs,
    Remind,
    Remove,
    When,
    Wish,
    is_ours,
    parse,
)
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
    assert not is_ours(data)


@given(
    st.sampled_from(DocumentType),
    st.dates(date(1900, 1, 1), date(2099, 12, 31)),
    st.sampled_from(When),
    st.text(st.characters(exclude_categories=["C", "Z"]), max_size=LONGEST_ALIAS),
)
def test_all_that_a_reminder_needs_stands_in_its_button(
    page: DocumentType, until: date, when: When, name: str
) -> None:
    """Whatever somebody calls it, cut to what has room."""
    alias = name.encode()[:LONGEST_ALIAS].decode(errors="ignore")
    press = Remind(page, until, when, alias)
    assert len(press.encode().encode()) <= MAX_BYTES
    assert Remind.parse(press.encode()) == press


@given(st.integers(0, 2**48 - 1), st.integers(1, 2**52))
def test_ids_stand_in_buttons(reminder: int, person: int) -> None:
    """Of reminders and of people."""
    assert Cancel.parse(Cancel(reminder).encode()) == Cancel(reminder)
    assert Remove.parse(Remove(person).encode()) == Remove(person)


@pytest.mark.parametrize(
    "data",
    [
        "remind:3:20270731:30:",
        "remind:1:20270230:30:",
        "remind:1:00010101:30:",
        "remind:1:20270731:31:",
        "remind:1:2027073:30:",
        "remind:1:20270731:30",
        "remind:1:٢٠٢٧0731:30:",
        f"remind:1:20270731:30:{'x' * 41}",
        "cancel:",
        "cancel:-1",
        "cancel:1 ",
        "cancel:9999999999999999",
        "people:",
        "people:x",
        "people:99999999999999999",
    ],
)
def test_forged_wishes_are_none(data: str) -> None:
    """No id that a database would choke on, and no day that the calendar has not."""
    assert Remind.parse(data) is None
    assert Cancel.parse(data) is None
    assert Remove.parse(data) is None
    assert parse(data) is None
    assert not is_ours(data)


@pytest.mark.parametrize(
    "data", ["read:0", "read:1:anyway", "mask:1", "unmask:2", "show:0", "cancel:7", "people:7",
             "forget", "remind:1:20270731:ask:京A1"]
)  # fmt: skip
def test_each_kind_of_button_is_known(data: str) -> None:
    """Or the gate would turn it away."""
    assert is_ours(data)
    assert not is_ours(f"{data}\n")


def test_a_button_without_data_is_none_of_ours() -> None:
    """Games have such."""
    assert not is_ours(None)
