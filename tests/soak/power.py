"""A disk that loses what was not synchronised with it, as at a power cut.

A library of a few lines is loaded before the C library and keeps a copy of each file of a folder as
it was when a program last waited for the disk; of the folder it keeps the names. When the power
goes, each piece of a file is what it was then or what was written since, as chance will have it,
and files whose names did not reach the disk are gone.
"""

from __future__ import annotations

import random
import shutil
from typing import TYPE_CHECKING, Final

from tests.soak.preloaded import compiled

if TYPE_CHECKING:
    from pathlib import Path

_SOURCE: Final = r"""
#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <unistd.h>

static void keep(int file) {
    char link[64], path[PATH_MAX], draft[PATH_MAX], copy[PATH_MAX];
    const char *disk = getenv("SOAK_DISK"), *kept = getenv("SOAK_KEPT");
    struct stat about;
    snprintf(link, sizeof link, "/proc/self/fd/%d", file);
    ssize_t length = readlink(link, path, sizeof path - 1);
    if (length < 0 || fstat(file, &about)) return;
    path[length] = 0;
    if (strncmp(path, disk, strlen(disk))) return;
    int is_folder = S_ISDIR(about.st_mode);
    snprintf(draft, sizeof draft, "%s/draft", kept);
    snprintf(copy, sizeof copy, "%s/%lu", kept, is_folder ? 0 : about.st_ino);
    int to = open(draft, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    if (is_folder) {
        DIR *folder = opendir(path);
        struct dirent *one;
        while (folder && (one = readdir(folder))) dprintf(to, "%lu %s\n", one->d_ino, one->d_name);
        if (folder) closedir(folder);
    } else {
        int from = open(path, O_RDONLY);
        while (sendfile(to, from, 0, 1 << 20) > 0) {}
        close(from);
    }
    close(to);
    rename(draft, copy);
}

int fsync(int file) {
    static int (*real)(int);
    if (!real) real = dlsym(RTLD_NEXT, "fsync");
    int failed = real(file);
    if (!failed) keep(file);
    return failed;
}

int fdatasync(int file) {
    static int (*real)(int);
    if (!real) real = dlsym(RTLD_NEXT, "fdatasync");
    int failed = real(file);
    if (!failed) keep(file);
    return failed;
}
"""
_PIECE: Final = 4096


class Power:
    """The power of a disk, for one process; the test is skipped where nothing can be compiled.

    Args:
        disk: the folder that the process writes to; nothing lies in folders below it.
        folder: where copies are kept.

    Attributes:
        environment: what that process needs.
    """

    def __init__(self, disk: Path, folder: Path) -> None:
        self._disk = disk
        self._kept = folder / "kept"
        self._kept.mkdir()
        self.environment = {
            **compiled(_SOURCE, folder / "power.so"),
            "SOAK_DISK": str(disk),
            "SOAK_KEPT": str(self._kept),
        }

    def cut(self) -> None:
        """Lose what was not synchronised. The process must be dead."""
        names = self._kept / "0"
        known = names.read_text("utf-8").split("\n") if names.exists() else []
        for file in self._disk.iterdir():
            number = file.stat().st_ino
            kept = self._kept / str(number)
            if f"{number} {file.name}" in known:
                old = kept.read_bytes() if kept.exists() else b""
                file.write_bytes(_left(old, file.read_bytes()))
                shutil.copyfile(file, kept)
            else:
                file.unlink()


def _left(old: bytes, new: bytes) -> bytes:
    """What a disk holds of a file; one that was cut short is so at once, or not at all."""
    choice = random.choice
    if len(new) < len(old):
        return choice([old, new])
    length = choice([len(old), len(new)])
    pieces = [(old[at : at + _PIECE], new[at : at + _PIECE]) for at in range(0, length, _PIECE)]
    return b"".join(choice(piece).ljust(_PIECE, b"\0") for piece in pieces)[:length]
