"""What the bot says of itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from telegram import BotCommand, BotCommandScopeAllPrivateChats

from bot.chat.languages import DEFAULT, language

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from telegram import Bot

    from bot.chat.languages import Language

MENU: Final = ("driving", "vehicle", "back", "help", "privacy")
"""The commands in the order in which the menu lists them."""

_HERE: Final = "embedded"
_WHERE: Final = BotCommandScopeAllPrivateChats()
_TELEGRAM_LANGUAGES: Final = ((None, DEFAULT), ("zh", "zh-Hans"))
"""Telegram knows a menu by two letters, so that one Chinese must serve both scripts."""


def start(spoken: Language) -> str:
    """What the bot is for."""
    return spoken.say("start")


def help_(spoken: Language) -> str:
    """How to use it, tips and limits."""
    return spoken.say("help")


def privacy(spoken: Language, readers: Sequence[str], operator: str) -> str:
    """What happens to photos.

    Args:
        spoken: the person's language.
        readers: who sees them: `embedded`, `engine`, `tencent`.
        operator: who runs the bot; empty where the owner does not say.
    """
    lines = [
        spoken.say("privacy"),
        *(spoken.say(f"privacy-{reader}") for reader in _told(readers)),
        spoken.say("privacy-telegram"),
        "",
        spoken.say("privacy-consent"),
    ]
    if operator:
        lines += ["", spoken.say("privacy-operator", operator=operator)]
    return "\n".join(lines)


def _told(readers: Sequence[str]) -> Iterator[str]:
    """Those that others see the photos of come first; alone, this machine is a promise."""
    elsewhere = [reader for reader in readers if reader != _HERE]
    yield from elsewhere
    if _HERE in readers:
        yield f"{_HERE}-too" if elsewhere else _HERE


async def introduce(bot: Bot) -> None:
    """Set the menu and the descriptions that Telegram shows before the first message.

    Only what differs is set: Telegram allows few changes of a description a day.
    """
    for code, tag in _TELEGRAM_LANGUAGES:
        spoken = language(tag)
        menu = tuple(BotCommand(name, spoken.plain(f"command-{name}")) for name in MENU)
        if await bot.get_my_commands(_WHERE, code) != menu:
            await bot.set_my_commands(menu, _WHERE, code)
        text = spoken.plain("bot-description")
        if (await bot.get_my_description(code)).description != text:
            await bot.set_my_description(text, code)
        short = spoken.plain("bot-short-description")
        if (await bot.get_my_short_description(code)).short_description != short:
            await bot.set_my_short_description(short, code)
