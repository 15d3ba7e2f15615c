"""What the chat needs to have kept about people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.chat import registry
from bot.delivery.registry import Registry
from bot.delivery.store import opened
from bot.settings import Settings

if TYPE_CHECKING:
    from pathlib import Path


async def test_delivery_keeps_what_the_chat_needs(tmp_path: Path) -> None:
    """Neither imports the other: here the two are held against each other, by mypy as well."""
    settings = Settings.model_validate({"database_url": f"sqlite:///{tmp_path}/bot.db"})
    async with opened(settings) as store:
        kept: registry.Registry = Registry(settings, store)
        for part, needed in (
            (kept.people, registry.People),
            (kept.quotas, registry.Quotas),
            (kept.reminders, registry.Reminders),
        ):
            methods = {name for base in needed.__mro__ for name in vars(base) if name[0] != "_"}
            assert methods
            assert [name for name in methods if not callable(getattr(part, name, None))] == []
