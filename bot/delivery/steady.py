"""A clock that nobody sets.

A pause that is decided by one clock and stored by another would be wrong by an hour where somebody
sets a clock by an hour in between. Moments of this one are good for their distance only.
"""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from typing import Final

_BEGUN: Final = datetime.now(UTC)
_SINCE: Final = time.monotonic()


def now() -> datetime:
    """The moment by the machine's clock as it was when this process began."""
    return _BEGUN + timedelta(seconds=time.monotonic() - _SINCE)


def in_seconds(pause: float) -> datetime:
    """The moment after a pause."""
    return now() + timedelta(seconds=pause)


def until(moment: datetime) -> timedelta:
    """How long it still is, or less than nothing."""
    return moment - now()
