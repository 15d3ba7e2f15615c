"""From an upload, or from the id of an earlier one, to what a message carries."""

from __future__ import annotations

import asyncio
import mimetypes
from typing import TYPE_CHECKING

from bot.playground.media import Document, Media, Photo, PhotoSize
from bot.playground.photos import (
    NotAPicture,
    Rendition,
    animation,
    dimensions,
    renditions,
    thumbnail,
)
from bot.playground.refusals import bad_request

if TYPE_CHECKING:
    from bot.playground.files import Files
    from bot.playground.parameters import Parameters, Upload

PHOTO_LIMIT = 10 << 20
DOCUMENT_LIMIT = 50 << 20
"""Bytes a bot may upload."""

SUM_OF_SIDES = 10_000
LARGEST_RATIO = 20
UNKNOWN_TYPE = "application/octet-stream"


async def make_photo(files: Files, upload: Upload) -> Photo:
    """Keep a picture in Telegram's sizes.

    Raises:
        NotAPicture: if it cannot be decoded.
    """
    sizes = await asyncio.to_thread(renditions, upload.data)
    photo = Photo(tuple(_photo_size(files, size) for size in sizes))
    for size in photo.sizes:
        files.remember(size.file_id, photo)
    return photo


async def make_document(files: Files, upload: Upload) -> Document:
    """Keep a file byte for byte, with a small picture of it where it is one."""
    mime_type = _mime_type(upload)
    size = await asyncio.to_thread(thumbnail, upload.data)
    moving = None
    if mime_type == "image/gif" and size is not None:
        moving = await asyncio.to_thread(animation, upload.data)
    document = Document(
        file=files.add("documents" if moving is None else "animations", upload.data, mime_type),
        file_name=upload.name or None,
        thumbnail=None if size is None else _photo_size(files, size),
        animation=moving,
    )
    files.remember(document.file.file_id, document)
    return document


async def read_photo(files: Files, parameters: Parameters, name: str = "photo") -> Photo:
    """The photo a bot sends in parameter `name`.

    Raises:
        Refusal: 400 in Telegram's words.
    """
    upload = parameters.file(name)
    if upload is None:
        media = _sent_before(files, parameters, name, "photo")
        if not isinstance(media, Photo):
            raise bad_request("can't use file of type Document as Photo")
        return media
    _check_size(upload, "photo", PHOTO_LIMIT)
    try:
        _check_sides(*await asyncio.to_thread(dimensions, upload.data))
        return await make_photo(files, upload)
    except NotAPicture as error:
        raise bad_request("IMAGE_PROCESS_FAILED") from error


async def read_document(files: Files, parameters: Parameters, name: str = "document") -> Document:
    """The document a bot sends in parameter `name`.

    Raises:
        Refusal: 400 in Telegram's words.
    """
    upload = parameters.file(name)
    if upload is None:
        media = _sent_before(files, parameters, name, "document")
        if not isinstance(media, Document):
            raise bad_request("can't use file of type Photo as Document")
        return media
    _check_size(upload, "document", DOCUMENT_LIMIT)
    return await make_document(files, upload)


def _sent_before(files: Files, parameters: Parameters, name: str, kind: str) -> Media:
    file_id = parameters.text(name)
    if not file_id:
        raise bad_request(f"there is no {kind} in the request")
    media = files.media(file_id)
    if media is None:
        raise bad_request("wrong file identifier/HTTP URL specified")
    return media


def _check_size(upload: Upload, kind: str, limit: int) -> None:
    size = len(upload.data)
    if not size:
        raise bad_request("file must be non-empty")
    if size > limit:
        too_big = f"file of size {size} bytes is too big for a {kind}"
        raise bad_request(f"{too_big}; the maximum size is {limit} bytes")


def _check_sides(width: int, height: int) -> None:
    ratio = max(width, height) / min(width, height)
    if width + height > SUM_OF_SIDES or ratio > LARGEST_RATIO:
        raise bad_request("PHOTO_INVALID_DIMENSIONS")


def _photo_size(files: Files, size: Rendition) -> PhotoSize:
    stored = files.add("photos", size.data, "image/jpeg")
    return PhotoSize(stored.file_id, stored.file_unique_id, stored.size, size.width, size.height)


def _mime_type(upload: Upload) -> str:
    """What the client says it is, else what its name says."""
    said = (upload.mime_type or "").partition(";")[0].strip().lower()
    if said and said != UNKNOWN_TYPE:
        return said
    return mimetypes.guess_type(upload.name or "")[0] or UNKNOWN_TYPE
