"""What a trial is, and what is found in it. Values only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.soak.crowd import Tally


@dataclass(frozen=True, slots=True)
class Shape:
    """How a bot is run.

    Attributes:
        store: `sqlite` or `postgresql`.
        webhook: whether Telegram delivers, instead of being polled.
        replicas: processes on one store.
    """

    store: str
    webhook: bool = False
    replicas: int = 1

    def __str__(self) -> str:
        name = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}[self.store]
        way = "webhook" if self.webhook else "polling"
        return f"{name}, {way}{f', {self.replicas} replicas' if self.replicas > 1 else ''}"


@dataclass(frozen=True, slots=True)
class Trial:
    """One trial.

    Attributes:
        what: was done to the bot.
        shape: how it was run.
        tally: what became of the updates.
        waiting: updates that were stored and not answered at that moment.
        done: seconds from then until the last update was answered.
        serving: seconds from then until updates were taken again; `None` where they always were.
    """

    what: str
    shape: Shape
    tally: Tally
    waiting: int
    done: float
    serving: float | None = None
