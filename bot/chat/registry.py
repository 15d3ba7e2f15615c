"""What the chat needs to have kept about people; whoever keeps it knows nothing of the chat."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from bot.chat import access, forgetting, membership, metering, reminding

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from bot.records import Reminder


class People(access.People, membership.Members, Protocol):
    """Who came by an invitation."""


class Quotas(metering.Quotas, forgetting.Forgettable, Protocol):
    """How much each person may have read."""


class Reminders(reminding.Reminders, membership.Droppable, Protocol):
    """Where reminders are kept."""

    def tell_with(self, tell: Callable[[Reminder], Awaitable[None]]) -> None:
        """Who says them."""


class Registry(Protocol):
    """What is kept about people."""

    @property
    def audit(self) -> access.Audit:
        """What was done."""

    @property
    def people(self) -> People:
        """Who came by an invitation."""

    @property
    def quotas(self) -> Quotas:
        """How much each has used."""

    @property
    def reminders(self) -> Reminders:
        """What is to be said, and when."""
