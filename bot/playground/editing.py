"""Methods by which a bot changes or takes back what was said."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from bot.playground.addressing import find_chat, find_message
from bot.playground.chat import FADING
from bot.playground.keyboards import read_keyboard
from bot.playground.refusals import bad_request
from bot.playground.wording import read_caption, read_text

if TYPE_CHECKING:
    from bot.playground.chat import Chat
    from bot.playground.messages import Message
    from bot.playground.parameters import Parameters
    from bot.playground.world import World

NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)


async def edit_message_text(world: World, parameters: Parameters) -> dict[str, Any]:
    """``editMessageText``."""
    text = read_text(parameters)
    message = _editable(world, parameters)
    if message.media is not None:
        raise bad_request("there is no text in the message to edit")
    return _edit(
        find_chat(world, parameters),
        message,
        replace(message, text=text, keyboard=_keyboard(parameters)),
    )


async def edit_message_caption(world: World, parameters: Parameters) -> dict[str, Any]:
    """``editMessageCaption``."""
    caption = read_caption(parameters)
    message = _editable(world, parameters)
    if message.media is None:
        raise bad_request("there is no caption in the message to edit")
    return _edit(
        find_chat(world, parameters),
        message,
        replace(message, text=caption, keyboard=_keyboard(parameters)),
    )


async def edit_message_reply_markup(world: World, parameters: Parameters) -> dict[str, Any]:
    """``editMessageReplyMarkup``."""
    message = _editable(world, parameters)
    return _edit(
        find_chat(world, parameters), message, replace(message, keyboard=_keyboard(parameters))
    )


async def delete_message(world: World, parameters: Parameters) -> bool:
    """``deleteMessage``: anybody's in a private chat, as long as it is young enough."""
    message = find_message(world, parameters, "delete")
    if world.clock.now() - message.date >= FADING:
        raise bad_request("message can't be deleted for everyone")
    return find_chat(world, parameters).remove(message.id)


def _editable(world: World, parameters: Parameters) -> Message:
    message = find_message(world, parameters, "edit")
    if not message.by_bot:
        raise bad_request("message can't be edited")
    return message


def _keyboard(parameters: Parameters) -> dict[str, Any] | None:
    """The new keyboard; none means that the old one goes."""
    return read_keyboard(parameters.structure("reply_markup", "reply keyboard markup"))


def _edit(chat: Chat, old: Message, new: Message) -> dict[str, Any]:
    if old == new:
        raise bad_request(NOT_MODIFIED)
    return chat.to_api(chat.edit(new))
