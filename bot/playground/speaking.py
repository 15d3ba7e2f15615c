"""What a person sends: text, photos, files, albums."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.playground.attaching import DOCUMENT_LIMIT, make_document, make_photo
from bot.playground.entities import Text, clean
from bot.playground.messages import Message
from bot.playground.photos import NotAPicture
from bot.playground.refusals import bad_request, too_large
from bot.playground.sending import LARGEST_ALBUM, new_group_id
from bot.playground.wording import LONGEST_CAPTION, LONGEST_TEXT, dress

if TYPE_CHECKING:
    from bot.playground.media import Media
    from bot.playground.parameters import Parameters, Upload
    from bot.playground.world import World

NO_PHOTO = "{name} is not a picture that can be sent as a photo; send it as a file"


async def speak(world: World, parameters: Parameters) -> list[Message]:
    """Put what the person sends into the chat, and give it to the bot.

    Raises:
        Refusal: 400 if there is nothing to send or an app would not send it.
    """
    reply_to = parameters.integer("reply_to") or None
    if reply_to is not None and world.chat.get(reply_to) is None:
        raise bad_request("message to be replied not found")
    uploads = [upload for _, upload in parameters.files]
    if uploads:
        return await _send_files(world, parameters, uploads, reply_to)
    text = dress(Text(clean(parameters.text("text")))).content
    if not text:
        raise bad_request("message text is empty")
    pieces = [text[at : at + LONGEST_TEXT] for at in range(0, len(text), LONGEST_TEXT)]
    drafts = [_draft(reply_to, text=dress(Text(piece))) for piece in pieces]
    return [world.hear(draft) for draft in drafts if draft.text and draft.text.content]


async def _send_files(
    world: World, parameters: Parameters, uploads: list[Upload], reply_to: int | None
) -> list[Message]:
    as_photo = _as_photo(parameters)
    caption = dress(Text(clean(parameters.text("caption") or parameters.text("text"))))
    if len(caption.content) > LONGEST_CAPTION:
        raise bad_request("message caption is too long")
    media = [await _media(world, upload, as_photo=as_photo) for upload in uploads]
    messages = []
    for begin in range(0, len(media), LARGEST_ALBUM):
        album = media[begin : begin + LARGEST_ALBUM]
        group = new_group_id() if len(album) > 1 else None
        for place, item in enumerate(album, begin):
            words = caption if caption.content and place == 0 else None
            messages.append(world.hear(_draft(reply_to, text=words, media=item, group=group)))
    return messages


def _as_photo(parameters: Parameters) -> bool:
    kind = parameters.text("as", "photo")
    if kind not in {"photo", "file"}:
        raise bad_request('"as" must be photo or file')
    return kind == "photo"


async def _media(world: World, upload: Upload, *, as_photo: bool) -> Media:
    if len(upload.data) > DOCUMENT_LIMIT:
        raise too_large()
    if not as_photo:
        return await make_document(world.files, upload)
    try:
        return await make_photo(world.files, upload)
    except NotAPicture as error:
        raise bad_request(NO_PHOTO.format(name=upload.name or "this")) from error


def _draft(
    reply_to: int | None,
    text: Text | None = None,
    media: Media | None = None,
    group: str | None = None,
) -> Message:
    return Message(
        id=0,
        date=0,
        by_bot=False,
        text=text,
        media=media,
        media_group_id=group,
        reply_to=reply_to,
    )
