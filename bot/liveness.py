"""Whether the program that runs on this machine lives, as `licence-bot alive` asks it.

That is less than being ready: a program that lives may wait for a database or a provider, and a
restart would mend neither.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import httpx

from bot.errors import SettingsError
from bot.serving import address
from bot.settings import variable

if TYPE_CHECKING:
    from bot.settings import Health, Serve

PATIENCE: Final = 5.0
"""Seconds in which it has to answer."""


def bot_lives(health: Health) -> bool:
    """Whether the bot answers, and Telegram answers the bot.

    Raises:
        SettingsError: nobody knows where to ask.
    """
    if health.port is None:
        raise SettingsError(f"{variable('health', 'port')}: missing; it is where to ask")
    answer = _asked(f"{address(health.host, health.port)}/healthz")
    try:
        return answer is not None and answer.json()["parts"]["telegram"] != "silent"
    except (ValueError, LookupError, TypeError):  # somebody else listens there
        return False


def engine_lives(serve: Serve) -> bool:
    """Whether the engine answers."""
    answer = _asked(f"{address(serve.host, serve.port)}/livez")
    return answer is not None and answer.is_success


def _asked(url: str) -> httpx.Response | None:
    try:
        return httpx.get(url, trust_env=False, timeout=PATIENCE)
    except httpx.HTTPError:
        return None
