"""What a bot tells about itself: names, descriptions, commands, each per language."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from bot.playground.refusals import bad_request

MOST_COMMANDS = 100
LONGEST_COMMAND_DESCRIPTION = 256

SCOPES = (
    "default",
    "all_private_chats",
    "all_group_chats",
    "all_chat_administrators",
    "chat",
    "chat_administrators",
    "chat_member",
)

Command = dict[str, str]


@dataclass(frozen=True, slots=True)
class Sentence:
    """A text a bot sets about itself: its field in the Bot API, and how long it may be."""

    field: str
    longest: int
    too_long: str


NAME = Sentence("name", 64, "BOT_TITLE_INVALID")
DESCRIPTION = Sentence("description", 512, "BOT_DESCRIPTION_TOO_LONG")
SHORT_DESCRIPTION = Sentence("short_description", 120, "BOT_SHORT_DESCRIPTION_TOO_LONG")


@dataclass(slots=True)
class Profile:
    """Texts by field and language, commands by scope and language; "" is every language."""

    texts: dict[tuple[str, str], str] = field(default_factory=dict)
    commands: dict[tuple[str, str], list[Command]] = field(default_factory=dict)

    def set_text(self, sentence: Sentence, language: str, text: str) -> None:
        """Set a text, or take it back with an empty one."""
        if len(text) > sentence.longest:
            raise bad_request(sentence.too_long)
        self.texts.pop((sentence.field, language), None)
        if text:
            self.texts[sentence.field, language] = text

    def text(self, sentence: Sentence, language: str) -> str:
        """A text in that language, else the one for all."""
        key = sentence.field
        return self.texts.get((key, language)) or self.texts.get((key, ""), "")

    def menu(self, language: str) -> list[Command]:
        """The commands a person sees in a private chat.

        The narrower scope wins, and within a scope the person's language.
        """
        for scope in ("chat", "all_private_chats", "default"):
            for tag in (language, ""):
                commands = self.commands.get((scope, tag))
                if commands:
                    return commands
        return []


def read_language(code: str) -> str:
    """A two-letter language code, or "" for every language.

    Raises:
        Refusal: 400 for anything else.
    """
    if code and not re.fullmatch(r"[a-z]{2}", code):
        raise bad_request("LANG_CODE_INVALID")
    return code


def read_scope(scope: object) -> str:
    """The kind of chats a list of commands is for.

    Raises:
        Refusal: 400 for a kind Telegram does not know.
    """
    kind = scope.get("type") if isinstance(scope, dict) else "default" if scope is None else None
    if kind not in SCOPES:
        raise bad_request("unsupported type specified")
    return str(kind)


def read_commands(raw: object) -> list[Command]:
    """A list of commands as ``setMyCommands`` sends it.

    Raises:
        Refusal: 400 in Telegram's words.
    """
    if not isinstance(raw, list):
        raise bad_request("expected an Array of BotCommand")
    if len(raw) > MOST_COMMANDS:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    return [_command(item) for item in raw]


def _command(item: Any) -> Command:  # noqa: ANN401 - it is JSON
    if not isinstance(item, dict):
        raise bad_request("expected an Object as BotCommand")
    name = str(item.get("command", "")).removeprefix("/")
    description = str(item.get("description", "")).strip()
    if not re.fullmatch(r"[a-z0-9_]{1,32}", name):
        raise bad_request("BOT_COMMAND_INVALID")
    if not 1 <= len(description) <= LONGEST_COMMAND_DESCRIPTION:
        raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    return {"command": name, "description": description}
