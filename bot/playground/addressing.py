"""Whom and what a method is about: the chat, the message, the reply."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.playground.refusals import bad_request

if TYPE_CHECKING:
    from bot.playground.chat import Chat
    from bot.playground.messages import Message
    from bot.playground.parameters import Parameters
    from bot.playground.world import World


def find_chat(world: World, parameters: Parameters) -> Chat:
    """The chat that ``chat_id`` names: the person's, or that of somebody who joined.

    Raises:
        Refusal: 400 in Telegram's words.
    """
    chat_id = parameters.text("chat_id").strip()
    if not chat_id:
        raise bad_request("chat_id is empty")
    chat = world.chat_of(chat_id)
    if chat is None:
        raise bad_request("chat not found")
    return chat


def find_message(world: World, parameters: Parameters, purpose: str) -> Message:
    """The message that ``chat_id`` and ``message_id`` name.

    Raises:
        Refusal: 400 ``message to … not found``, `purpose` being the verb.
    """
    chat = find_chat(world, parameters)
    message_id = parameters.integer("message_id")
    if message_id <= 0:
        raise bad_request("message identifier is not specified")
    message = chat.get(message_id)
    if message is None:
        raise bad_request(f"message to {purpose} not found")
    return message


def find_reply(chat: Chat, parameters: Parameters) -> int | None:
    """The id of the message to reply to, if there is one.

    Raises:
        Refusal: 400 if it is gone and the bot does not want to send without it.
    """
    reply = parameters.structure("reply_parameters", "reply parameters")
    if reply is None and "reply_to_message_id" in parameters:  # how it was said before Bot API 7
        reply = {
            "message_id": parameters.integer("reply_to_message_id"),
            "allow_sending_without_reply": parameters.flag("allow_sending_without_reply"),
        }
    if reply is None:
        return None
    if not isinstance(reply, dict):
        raise bad_request("object expected as reply parameters")
    message_id = reply.get("message_id")
    if isinstance(message_id, int) and chat.get(message_id):
        return message_id
    if reply.get("allow_sending_without_reply") is True:
        return None
    raise bad_request("message to be replied not found")
