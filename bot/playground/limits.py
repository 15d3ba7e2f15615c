"""Telegram's limits on what a bot says, and what becomes of one that does not keep them.

The figures are Telegram's own advice (core.telegram.org/bots/faq, "My bot is hitting limits"): 30
messages a second in all, one a second in a chat with short bursts, 20 a minute in a group. Its real
ones are not published.
"""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass, field

from bot.playground.refusals import Refusal

SAID = ("send", "edit", "copy", "forward")
"""How the methods begin that count; ``sendChatAction`` says nothing."""


@dataclass(slots=True)
class Bucket:
    """Holds so many messages, and drains at so many a second."""

    size: float
    rate: float
    level: float = 0.0
    seen: float = 0.0
    closed_until: float = 0.0

    def wait(self, now: float) -> float:
        """Seconds until there is room for one more; 0 where it was put in."""
        self.level = max(self.level - (now - self.seen) * self.rate, 0.0)
        self.seen = now
        if self.level + 1 <= self.size:
            self.level += 1
            return 0.0
        return (self.level + 1 - self.size) / self.rate


@dataclass(slots=True)
class Limits:
    """What a bot may say. Whoever goes on although it was told to wait is banned in the end.

    Attributes:
        overall: messages a second.
        chat: messages a second in one chat.
        burst: messages at once in one chat.
        group: messages a minute in one group.
        patience: calls during a wait that Telegram puts up with.
        refused: messages that were too many, by the limit.
        deaf: calls that came although they should have waited.
        banned: whether nothing is taken any more.
    """

    overall: float = 30.0
    chat: float = 1.0
    burst: float = 5.0
    group: float = 20.0
    patience: int = 100
    refused: Counter[str] = field(default_factory=Counter)
    deaf: int = 0
    banned: bool = False
    _all: Bucket | None = None
    _chats: dict[str, Bucket] = field(default_factory=dict)

    def check(self, method: str, chat_id: str, now: float) -> None:
        """Count a call.

        Raises:
            Refusal: 429, with the seconds to wait.
        """
        if not method.startswith(SAID) or method == "sendChatAction":
            return
        if self.banned:
            raise _too_many(3_600)
        self._all = self._all or Bucket(self.overall, self.overall)
        self._admit("overall", self._all, now)
        self._admit("chat", self._bucket(chat_id), now)

    def _admit(self, name: str, bucket: Bucket, now: float) -> None:
        if now < bucket.closed_until:
            self.deaf += 1
            self.banned = self.deaf > self.patience
            raise _too_many(bucket.closed_until - now)
        if wait := bucket.wait(now):
            self.refused[name] += 1
            refusal = _too_many(wait)
            bucket.closed_until = now + (refusal.retry_after or 0)
            raise refusal

    def _bucket(self, chat_id: str) -> Bucket:
        if chat_id not in self._chats:
            group = Bucket(self.group, self.group / 60)
            private = Bucket(self.burst, self.chat)
            self._chats[chat_id] = group if chat_id.startswith("-") else private
        return self._chats[chat_id]


def _too_many(wait: float) -> Refusal:
    seconds = max(math.ceil(wait), 1)
    return Refusal(429, f"Too Many Requests: retry after {seconds}", retry_after=seconds)
