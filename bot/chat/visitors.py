"""Who sent the update that is being worked on, for whoever counts what it costs."""

from __future__ import annotations

from contextvars import ContextVar
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Visitor:
    """Somebody who was let in.

    Attributes:
        person: the id.
        update_id: of what they sent; a second try has the same.
    """

    person: int
    update_id: int


CURRENT: Final[ContextVar[Visitor | None]] = ContextVar("visitor", default=None)
"""Each update is worked on in a task of its own, and so has its own."""
