"""A clock that jumps, for one process and its children only.

A library of a few lines is loaded before the C library and adds so many seconds to whatever that
says about the time of day; the seconds stand in a file that all of them have mapped. Clocks that
measure how long something takes go on as they did, as they do when a machine's clock is set.
"""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING, Final

from tests.soak.preloaded import compiled

if TYPE_CHECKING:
    from pathlib import Path

_SOURCE: Final = """
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/time.h>
#include <time.h>

static volatile long *ahead;

__attribute__((constructor)) static void begin(void) {
    int file = open(getenv("SOAK_CLOCK"), O_RDONLY);
    void *mapped = mmap(0, sizeof(long), PROT_READ, MAP_SHARED, file, 0);
    if (mapped != MAP_FAILED) ahead = mapped;
}

int clock_gettime(clockid_t clock, struct timespec *now) {
    static int (*real)(clockid_t, struct timespec *);
    if (!real) real = dlsym(RTLD_NEXT, "clock_gettime");
    int failed = real(clock, now);
    int of_day = clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE;
    if (!failed && ahead && of_day) now->tv_sec += *ahead;
    return failed;
}

int gettimeofday(struct timeval *now, void *zone) {
    struct timespec exact;
    (void)zone;
    int failed = clock_gettime(CLOCK_REALTIME, &exact);
    now->tv_sec = exact.tv_sec;
    now->tv_usec = exact.tv_nsec / 1000;
    return failed;
}

time_t time(time_t *now) {
    struct timespec exact;
    clock_gettime(CLOCK_REALTIME, &exact);
    if (now) *now = exact.tv_sec;
    return exact.tv_sec;
}
"""


class Clock:
    """A clock that can be set; the test is skipped where nothing can be compiled.

    Attributes:
        environment: what a process needs that goes by it.
    """

    def __init__(self, folder: Path) -> None:
        self._file = folder / "clock"
        self.jump(0)
        self.environment = {
            **compiled(_SOURCE, folder / "clock.so"),
            "SOAK_CLOCK": str(self._file),
        }

    def jump(self, ahead: int) -> None:
        """So many seconds ahead of the machine's clock from now on."""
        with self._file.open("r+b" if self._file.exists() else "wb") as file:
            file.write(struct.pack("l", ahead))
