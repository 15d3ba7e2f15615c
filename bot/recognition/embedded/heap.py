"""The C library's heap, which keeps what a photo has left."""

from __future__ import annotations

import ctypes
from contextlib import suppress


def give_back() -> None:
    """Return to the system what is free; 10–40 ms.

    Only glibc keeps so much that it matters, and only glibc can be asked.
    """
    with suppress(OSError, AttributeError, TypeError):
        ctypes.CDLL(None).malloc_trim(0)
