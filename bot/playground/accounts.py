"""The two who talk: a person and a bot."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

PERSON_ID = 7_204_918_365
"""Beyond 32 bits, as new accounts are."""


@dataclass(frozen=True, slots=True)
class Person:
    """Who holds the phone. `language_code` is an IETF tag, ``None`` where the app sends none."""

    id: int = PERSON_ID
    first_name: str = "Alex"
    username: str | None = None
    language_code: str | None = "en"

    def to_api(self) -> dict[str, Any]:
        """A ``User`` of the Bot API."""
        return self._named({"id": self.id, "is_bot": False}) | (
            {} if self.language_code is None else {"language_code": self.language_code}
        )

    def chat(self) -> dict[str, Any]:
        """The private ``Chat`` with this person."""
        return self._named({"id": self.id, "type": "private"})

    def _named(self, who: dict[str, Any]) -> dict[str, Any]:
        name = {"first_name": self.first_name}
        return who | name | ({} if self.username is None else {"username": self.username})


@dataclass(frozen=True, slots=True)
class Bot:
    """The bot's account."""

    id: int
    first_name: str
    username: str

    def to_api(self) -> dict[str, Any]:
        """A ``User`` of the Bot API."""
        return {
            "id": self.id,
            "is_bot": True,
            "first_name": self.first_name,
            "username": self.username,
        }

    def to_get_me(self) -> dict[str, Any]:
        """The longer ``User`` that only ``getMe`` answers."""
        return self.to_api() | {
            "can_join_groups": False,
            "can_read_all_group_messages": False,
            "supports_inline_queries": False,
            "can_connect_to_business": False,
            "has_main_web_app": False,
        }
