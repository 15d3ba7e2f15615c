"""What the bot says of itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import structlog
from telegram import BotCommand, BotCommandScopeAllPrivateChats, BotCommandScopeChat
from telegram.error import BadRequest

from bot.chat.languages import DEFAULT, language

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from telegram import Bot, BotCommandScope

    from bot.admission import Access
    from bot.chat.languages import Language

MENU: Final = ("driving", "vehicle", "back", "reminders", "help", "privacy", "forget")
"""The commands in the order in which the menu lists them."""

OWNERS_MENU: Final = (*MENU, "invite", "people")

_HERE: Final = "embedded"
_WHERE: Final = BotCommandScopeAllPrivateChats()
_TELEGRAM_LANGUAGES: Final = ((None, DEFAULT), ("zh", "zh-Hans"))
"""Telegram knows a menu by two letters, so that one Chinese must serve both scripts."""


log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class About:
    """What there is to say of the bot itself.

    Attributes:
        readers: who sees photos: `embedded`, `engine`, `tencent`.
        operator: who runs the bot; empty where the owner does not say.
        access: the owner's settings.
    """

    readers: Sequence[str]
    operator: str
    access: Access


def start(spoken: Language) -> str:
    """What the bot is for."""
    return spoken.say("start")


def help_(spoken: Language) -> str:
    """How to use it, tips and limits."""
    return spoken.say("help")


def privacy(spoken: Language, about: About) -> str:
    """What happens to photos, and what is kept."""
    lines = [
        spoken.say("privacy"),
        *(spoken.say(f"privacy-{reader}") for reader in _told(about.readers)),
        spoken.say("privacy-telegram"),
        "",
        *_kept(spoken, about.access),
        "",
        spoken.say("privacy-consent"),
    ]
    if about.operator:
        lines += ["", spoken.say("privacy-operator", operator=about.operator)]
    return "\n".join(lines)


def _kept(spoken: Language, access: Access) -> Iterator[str]:
    """Only what is kept under these settings."""
    yield spoken.say("privacy-kept")
    yield spoken.say("privacy-audit", count=access.audit_days)
    if access.photos_per_hour or access.photos_per_day:
        yield spoken.say("privacy-quota")
    if access.mode == "invited":
        yield spoken.say("privacy-joined")
    yield spoken.say("privacy-reminders")
    yield spoken.say("privacy-forget")


def _told(readers: Sequence[str]) -> Iterator[str]:
    """Those that others see the photos of come first; alone, this machine is a promise."""
    elsewhere = [reader for reader in readers if reader != _HERE]
    yield from elsewhere
    if _HERE in readers:
        yield f"{_HERE}-too" if elsewhere else _HERE


async def introduce(bot: Bot, owners: Sequence[int] = ()) -> None:
    """Set the menus and the descriptions that Telegram shows before the first message.

    Only what differs is set: Telegram allows few changes of a description a day.
    """
    for code, tag in _TELEGRAM_LANGUAGES:
        spoken = language(tag)
        await _list(bot, MENU, _WHERE, code, spoken)
        text = spoken.plain("bot-description")
        if (await bot.get_my_description(code)).description != text:
            await bot.set_my_description(text, code)
        short = spoken.plain("bot-short-description")
        if (await bot.get_my_short_description(code)).short_description != short:
            await bot.set_my_short_description(short, code)
        for owner in owners:
            try:
                await _list(bot, OWNERS_MENU, BotCommandScopeChat(owner), code, spoken)
            except BadRequest:  # who has not yet written to the bot has no chat with a menu
                log.info("an owner has no chat with this bot yet")


async def _list(
    bot: Bot, names: Sequence[str], scope: BotCommandScope, code: str | None, spoken: Language
) -> None:
    menu = tuple(BotCommand(name, spoken.plain(f"command-{name}")) for name in names)
    if await bot.get_my_commands(scope, code) != menu:
        await bot.set_my_commands(menu, scope, code)
