"""Methods by which a bot says something new."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Any

from bot.playground.addressing import find_chat, find_reply
from bot.playground.attaching import read_document, read_photo
from bot.playground.keyboards import read_keyboard, read_prompt
from bot.playground.media import Document, Media
from bot.playground.messages import Message
from bot.playground.parameters import Parameters
from bot.playground.refusals import bad_request
from bot.playground.wording import read_caption, read_text

if TYPE_CHECKING:
    from bot.playground.chat import Chat
    from bot.playground.entities import Text
    from bot.playground.world import World

LARGEST_ALBUM = 10


async def send_message(world: World, parameters: Parameters) -> dict[str, Any]:
    """``sendMessage``."""
    chat = find_chat(world, parameters)
    return _send(world, chat, parameters, read_text(parameters))


async def send_photo(world: World, parameters: Parameters) -> dict[str, Any]:
    """``sendPhoto``."""
    chat = find_chat(world, parameters)
    caption = read_caption(parameters)
    photo = await read_photo(world.files, parameters)
    return _send(world, chat, parameters, caption, photo)


async def send_document(world: World, parameters: Parameters) -> dict[str, Any]:
    """``sendDocument``."""
    chat = find_chat(world, parameters)
    caption = read_caption(parameters)
    document = await read_document(world.files, parameters)
    return _send(world, chat, parameters, caption, document)


async def send_media_group(world: World, parameters: Parameters) -> list[dict[str, Any]]:
    """``sendMediaGroup`` with photos, or with documents."""
    chat = find_chat(world, parameters)
    items = parameters.structure("media", "media")
    if not isinstance(items, list) or not items:
        raise bad_request("there are no messages to send")
    if len(items) > LARGEST_ALBUM:
        raise bad_request("too many messages to send as an album")
    album = [await _album_item(world, item, parameters) for item in items]
    if len({isinstance(media, Document) for _, media in album}) > 1:
        raise bad_request("document can't be mixed with other media types")
    group = new_group_id() if len(album) > 1 else None
    return [_send(world, chat, parameters, caption, media, group) for caption, media in album]


async def _album_item(
    world: World, item: object, parameters: Parameters
) -> tuple[Text | None, Media]:
    if not isinstance(item, dict):
        raise bad_request("can't parse InputMedia: expected an Object")
    own = Parameters(item, parameters.files)
    caption = read_caption(own)
    match item.get("type"):
        case "photo":
            return caption, await read_photo(world.files, own, "media")
        case "document":
            return caption, await read_document(world.files, own, "media")
        case other:
            raise bad_request(f'can\'t parse InputMedia: type "{other}" is unknown here')


def _send(  # noqa: PLR0913, PLR0917 - a message has many parts
    world: World,
    chat: Chat,
    parameters: Parameters,
    text: Text | None,
    media: Media | None = None,
    group: str | None = None,
) -> dict[str, Any]:
    markup = parameters.structure("reply_markup", "reply keyboard markup")
    prompt = read_prompt(markup)
    draft = Message(
        id=0,
        date=0,
        by_bot=True,
        text=text,
        media=media,
        media_group_id=group,
        reply_to=find_reply(chat, parameters),
        keyboard=read_keyboard(markup),
    )
    sent = chat.to_api(chat.add(draft))
    if prompt is not None:
        world.events.publish("force_reply", message=sent, placeholder=prompt)
    return sent


def new_group_id() -> str:
    """A fresh ``media_group_id``."""
    return str(13_000_000_000_000_000 + secrets.randbits(52))
