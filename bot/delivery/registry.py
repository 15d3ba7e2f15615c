"""What is kept about people, put together: who may come, what they used, what they want."""

from __future__ import annotations

from datetime import date, datetime, time
from functools import partial
from typing import TYPE_CHECKING, Final

from bot.delivery.audit import Audit
from bot.delivery.people import People
from bot.delivery.quotas import Quotas
from bot.delivery.reminders import Reminders

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from bot.delivery.store import Store
    from bot.metrics import Metrics
    from bot.settings import Settings

MORNING: Final = time(9)
"""When reminders are said, in the time zone of the policy."""


class Registry:
    """The tables about people in a store.

    Attributes:
        audit: what was done.
        people: who came by an invitation.
        quotas: how much each has used.
        reminders: what is to be said, and when.
    """

    def __init__(self, settings: Settings, store: Store, metrics: Metrics | None = None) -> None:
        access = settings.access
        self.audit = Audit(store, access.audit_days)
        self.people = People(store, self.audit, access.invitation_days)
        self.quotas = Quotas(store, access)
        hour = partial(morning_of, settings.policy.timezone)
        self.reminders = Reminders(store, hour, metrics=metrics)

    async def prune(self) -> None:
        """Delete what was kept for long enough.

        Raises:
            ConnectorException: the database is away.
        """
        await self.audit.prune()
        await self.people.prune()
        await self.quotas.prune()


def morning_of(timezone: ZoneInfo, day: date) -> datetime:
    """The moment of a day at which its reminders are said."""
    return datetime.combine(day, MORNING, timezone)
