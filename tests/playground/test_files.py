"""Files in memory."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.playground import files as module
from bot.playground.files import Files

if TYPE_CHECKING:
    import pytest


def test_ids_are_new_and_unique_ids_are_stable() -> None:
    """Lengths are those of Telegram's; the folder is part of the identity."""
    files = Files()
    one, same = files.add("photos", b"a", "image/jpeg"), files.add("photos", b"a", "image/jpeg")
    assert one.file_id != same.file_id
    assert one.file_unique_id == same.file_unique_id
    assert 70 <= len(one.file_id) <= 90
    assert files.add("documents", b"a", "x/y").file_unique_id != one.file_unique_id
    assert one.path.endswith(".jpg")
    assert files.at(one.path) is one
    assert files.at("photos/other") is None


def test_the_oldest_give_way() -> None:
    """As many bytes as fit; the newest is kept even if it alone is too much."""
    files = Files(limit=10)
    first = files.add("documents", bytes(6), "x/y")
    second = files.add("documents", bytes(4), "x/y")
    assert files.get(first.file_id) is first
    third = files.add("documents", bytes(1), "x/y")
    assert files.get(first.file_id) is None
    assert files.get(second.file_id) is second
    huge = files.add("documents", bytes(11), "x/y")
    assert [files.get(one.file_id) for one in (second, third, huge)] == [None, None, huge]


def test_their_number_is_bounded_too(monkeypatch: pytest.MonkeyPatch) -> None:
    """Empty files also take room."""
    monkeypatch.setattr(module, "KEPT_FILES", 2)
    files = Files()
    ids = [files.add("documents", b"", "x/y").file_id for _ in range(3)]
    assert [files.get(one) is not None for one in ids] == [False, True, True]
