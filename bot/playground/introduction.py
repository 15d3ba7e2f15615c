"""Methods about the bot and the chat themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.playground.addressing import find_chat
from bot.playground.profile import (
    DESCRIPTION,
    NAME,
    SHORT_DESCRIPTION,
    Sentence,
    read_commands,
    read_language,
    read_scope,
)

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from bot.playground.parameters import Parameters
    from bot.playground.world import World

    Method = Callable[[World, Parameters], Awaitable[object]]


async def get_me(world: World, _: Parameters) -> dict[str, Any]:
    """``getMe``."""
    return world.chat.bot.to_get_me()


async def get_chat(world: World, parameters: Parameters) -> dict[str, Any]:
    """``getChat``: the person's chat, with the fields every ``ChatFullInfo`` has."""
    person = find_chat(world, parameters).person
    return person.chat() | {
        "accent_color_id": person.id % 7,
        "max_reaction_count": 11,
        "accepted_gift_types": {
            "unlimited_gifts": False,
            "limited_gifts": False,
            "unique_gifts": False,
            "premium_subscription": False,
            "gifts_from_channels": False,
        },
    }


async def set_my_commands(world: World, parameters: Parameters) -> bool:
    """``setMyCommands``; an empty list deletes."""
    commands = read_commands(parameters.structure("commands", "commands list"))
    world.profile.commands[_commands_key(parameters)] = commands
    _tell(world)
    return True


async def get_my_commands(world: World, parameters: Parameters) -> list[dict[str, str]]:
    """``getMyCommands``: exactly what was set for that scope and language."""
    return world.profile.commands.get(_commands_key(parameters), [])


async def delete_my_commands(world: World, parameters: Parameters) -> bool:
    """``deleteMyCommands``."""
    world.profile.commands.pop(_commands_key(parameters), None)
    _tell(world)
    return True


def setter(sentence: Sentence) -> Method:
    """``setMyName`` and its like."""

    async def set_sentence(world: World, parameters: Parameters) -> bool:
        language = read_language(parameters.text("language_code"))
        world.profile.set_text(sentence, language, parameters.text(sentence.field))
        _tell(world)
        return True

    return set_sentence


def getter(sentence: Sentence) -> Method:
    """``getMyName`` and its like."""

    async def get_sentence(world: World, parameters: Parameters) -> dict[str, str]:
        language = read_language(parameters.text("language_code"))
        text = world.profile.text(sentence, language)
        return {sentence.field: text or (world.chat.bot.first_name if sentence is NAME else "")}

    return get_sentence


SENTENCES: dict[str, Method] = {
    "setMyName": setter(NAME),
    "getMyName": getter(NAME),
    "setMyDescription": setter(DESCRIPTION),
    "getMyDescription": getter(DESCRIPTION),
    "setMyShortDescription": setter(SHORT_DESCRIPTION),
    "getMyShortDescription": getter(SHORT_DESCRIPTION),
}


def _commands_key(parameters: Parameters) -> tuple[str, str]:
    scope = read_scope(parameters.structure("scope", "BotCommandScope"))
    return scope, read_language(parameters.text("language_code"))


def _tell(world: World) -> None:
    world.events.publish("profile")
