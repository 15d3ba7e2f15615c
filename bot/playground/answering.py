"""Methods by which a bot reacts without saying anything."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.playground.addressing import find_chat, find_message
from bot.playground.refusals import bad_request

if TYPE_CHECKING:
    from bot.playground.parameters import Parameters
    from bot.playground.world import World

ACTIONS = frozenset(
    {
        "typing",
        "upload_photo",
        "record_video",
        "upload_video",
        "record_voice",
        "upload_voice",
        "upload_document",
        "choose_sticker",
        "find_location",
        "record_video_note",
        "upload_video_note",
    }
)

_EMOJI = """
❤ 👍 👎 🔥 🥰 👏 😁 🤔 🤯 😱 🤬 😢 🎉 🤩 🤮 💩 🙏 👌 🕊
🤡 🥱 🥴 😍 🐳 ❤‍🔥 🌚 🌭 💯 🤣 ⚡ 🍌 🏆 💔 🤨 😐 🍓 🍾 💋
🖕 😈 😴 😭 🤓 👻 👨‍💻 👀 🎃 🙈 😇 😨 🤝 ✍ 🤗 🫡 🎅 🎄 ☃
💅 🤪 🗿 🆒 💘 🙉 🦄 😘 💊 🙊 😎 👾 🤷‍♂ 🤷 🤷‍♀ 😡
"""

EMOJI = frozenset(_EMOJI.split())
"""With which a bot may react (Bot API, ``ReactionTypeEmoji``)."""


async def send_chat_action(world: World, parameters: Parameters) -> bool:
    """``sendChatAction``."""
    find_chat(world, parameters)
    action = parameters.text("action")
    if action not in ACTIONS:
        raise bad_request("wrong parameter action in request")
    world.events.publish("chat_action", action=action)
    return True


async def answer_callback_query(world: World, parameters: Parameters) -> bool:
    """``answerCallbackQuery``."""
    query_id = parameters.text("callback_query_id")
    text = parameters.text("text")
    world.callbacks.answer(query_id, text)
    show_alert = parameters.flag("show_alert")
    world.events.publish("callback_answer", id=query_id, text=text, show_alert=show_alert)
    return True


async def set_message_reaction(world: World, parameters: Parameters) -> bool:
    """``setMessageReaction``: at most one emoji; an empty list takes it back."""
    message = find_message(world, parameters, "react")
    raw = parameters.structure("reaction", "reaction types list") or []
    if not isinstance(raw, list) or not all(isinstance(item, dict) for item in raw):
        raise bad_request("expected an Array of ReactionType")
    if len(raw) > 1:
        raise bad_request("REACTIONS_TOO_MANY")
    for item in raw:
        if item.get("type") != "emoji" or str(item.get("emoji")) not in EMOJI:
            raise bad_request("REACTION_INVALID")
    find_chat(world, parameters).react(
        message.id, [{"type": "emoji", "emoji": item["emoji"]} for item in raw]
    )
    return True
