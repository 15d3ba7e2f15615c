"""The files of the job store: their owner's alone, and one process's at a time."""

from __future__ import annotations

import os
from contextlib import suppress
from typing import IO, TYPE_CHECKING

from bot.errors import SettingsError
from bot.settings import variable

if TYPE_CHECKING:
    from pathlib import Path


def unusable(path: Path, reason: str) -> SettingsError:
    """The setting that names the file, and why it will not do."""
    return SettingsError(f"{variable('database_url')}: {path}: {reason}")


def take(path: Path) -> IO[bytes]:
    """Take a database file for this process until the returned file is closed.

    The lock is on a file beside it: SQLite's own would go whenever anybody closed the database.

    Raises:
        SettingsError: another process has it, or there is no such place.
    """
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.close(
            os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        )  # SQLite's own would be for everybody
        path.chmod(0o600)  # its log gets the same
        file = path.with_name(f"{path.name}.lock").open("wb")
    except OSError as error:
        raise unusable(path, error.strerror or type(error).__name__) from None
    try:
        _lock(file)
    except OSError:
        file.close()
        raise unusable(path, "another process uses it; each bot needs a file of its own") from None
    return file


def keep(path: Path, content: bytes) -> None:
    """Write a file of the owner's alone: a power cut leaves all of it, or nothing.

    Raises:
        OSError: it cannot be written.
    """
    draft = path.with_name(f"{path.name}.new")
    draft.unlink(missing_ok=True)  # a leftover has a mode of its own, or leads elsewhere
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
    if os.name != "nt":  # Windows has no such call, and keeps names by itself
        _synchronise(path.parent)


def _synchronise(folder: Path) -> None:
    """A name is its folder's.

    Some file systems of networks cannot do this. The file is in its place nevertheless.
    """
    with suppress(OSError):
        opened = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(opened)
        finally:
            os.close(opened)


def _lock(file: IO[bytes]) -> None:
    try:
        from fcntl import LOCK_EX, LOCK_NB, flock  # noqa: PLC0415 - not on Windows
    except ImportError:  # pragma: no cover - Windows
        import msvcrt  # noqa: PLC0415

        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined]
    else:
        flock(file, LOCK_EX | LOCK_NB)
