"""A file of the owner's alone, whatever lay there before."""

from __future__ import annotations

import errno
import os
import stat
from typing import TYPE_CHECKING

import pytest

from bot.delivery.files import keep

if TYPE_CHECKING:
    from pathlib import Path

CONTENT = bytes(range(256)) * 300


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Where it is to lie, alone."""
    return tmp_path / "key"


def check(file: Path) -> None:
    """It is whole and its owner's, and nothing else is left of it."""
    assert not file.is_symlink()
    assert file.read_bytes() == CONTENT
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert not file.with_name("key.new").is_symlink()
    assert not file.with_name("key.new").exists()


def test_a_file_is_its_owners(file: Path) -> None:
    """Also one that takes the place of another."""
    file.write_bytes(b"before")
    file.chmod(0o644)
    keep(file, CONTENT)
    check(file)


@pytest.mark.parametrize("mode", [0o666, 0o000])
def test_a_draft_that_was_left_gives_nothing_away(file: Path, mode: int) -> None:
    """Neither its mode nor what it holds; somebody may have it open."""
    draft = file.with_name("key.new")
    draft.write_bytes(b"x" * 100_000)
    draft.chmod(mode)
    with draft.open("rb") if mode else open(os.devnull, "rb") as overheard:  # noqa: PTH123
        keep(file, CONTENT)
        assert CONTENT not in overheard.read()
    check(file)


@pytest.mark.parametrize("there", [True, False])
def test_a_draft_that_leads_elsewhere_is_not_followed(file: Path, *, there: bool) -> None:
    """Whoever laid it there would have the key."""
    elsewhere = file.with_name("elsewhere")
    if there:
        elsewhere.write_bytes(b"theirs")
    file.with_name("key.new").symlink_to(elsewhere)
    keep(file, CONTENT)
    check(file)
    assert elsewhere.exists() == there
    assert not there or elsewhere.read_bytes() == b"theirs"


def test_a_folder_that_cannot_be_synchronised_will_do(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its file could, and is in its place: the first start does not fail."""
    synchronise = os.fsync

    def refuse(descriptor: int) -> None:
        if stat.S_ISDIR(os.fstat(descriptor).st_mode):
            raise OSError(errno.EINVAL, "Invalid argument")
        synchronise(descriptor)

    monkeypatch.setattr(os, "fsync", refuse)
    keep(file, CONTENT)
    check(file)


def test_a_file_that_cannot_be_synchronised_is_an_error(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And is not put into its place."""

    def refuse(_: int) -> None:
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(os, "fsync", refuse)
    with pytest.raises(OSError, match="Input/output"):
        keep(file, CONTENT)
    assert not file.exists()
