"""What is kept about people and their wishes: ids, days and codes.

The chat makes these values and delivery keeps them; neither knows the other.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Literal

from procrastinate.exceptions import ConnectorException

if TYPE_CHECKING:
    from datetime import date, datetime

    from bot.licence.documents import DocumentType

StoreAwayError = ConnectorException
"""What is kept cannot be reached now: whatever wanted it is done again later."""

Entry = Literal["joined", "used", "expired", "unknown"]
"""What became of an invitation that somebody brought."""

Kept = Literal["kept", "known", "full"]
"""What became of a reminder that somebody wants: it may be there already, or one too many."""


class Event(StrEnum):
    """What the audit tells of."""

    READ = "read"  # a photo was read, or could not be by its own fault
    FAILED = "failed"  # it was not read by somebody else's fault, and counts for no quota
    INVITED = "invited"
    JOINED = "joined"
    REMOVED = "removed"
    REFUSED = "refused"
    FORGOTTEN = "forgotten"  # somebody had deleted what can be


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody who came by an invitation.

    Attributes:
        person: the id.
        joined: when.
    """

    person: int
    joined: datetime


@dataclass(frozen=True, slots=True)
class Note:
    """A line of the audit.

    Attributes:
        event: what happened.
        person: whom it is about.
        actor: who did it, where that is somebody else.
        update_id: the update that brought it.
        document_type: the page that was to be read.
        verdict: the status that was told.
        provider: who read.
        cost: calls to providers.
        code: how it ended: `ok`, or an error's code.
        at: when; seconds since 1970, 0 until it is kept.
    """

    event: Event
    person: int
    actor: int | None = None
    update_id: int | None = None
    document_type: DocumentType | None = None
    verdict: str = ""
    provider: str = ""
    cost: int = 0
    code: str = "ok"
    at: int = 0


@dataclass(frozen=True, slots=True)
class Reminder:
    """Something to be said on a day.

    Attributes:
        chat: where.
        document_type: the page that ends.
        until: its last day.
        day: on which it is said.
        alias: by which the person knows it among others; never a full number.
        language: the tag of the person's language when they asked.
        id: 0 until it is kept.
    """

    chat: int
    document_type: DocumentType
    until: date
    day: date
    alias: str = ""
    language: str = "en"
    id: int = 0


@dataclass(frozen=True, slots=True)
class Limit:
    """A quota that is used up.

    Attributes:
        span: the quota's.
        most: photos that it allows.
        free_at: when the next one may be read, in seconds since 1970.
    """

    span: Literal["hour", "day"]
    most: int
    free_at: int
