"""The picture in a message: finding it, and fetching it into memory."""

from __future__ import annotations

from typing import TYPE_CHECKING

from telegram.error import BadRequest, TelegramError

from bot.errors import PhotoError, TransferError
from bot.recognition.photo import MAX_BYTES, Photo, open_photo

if TYPE_CHECKING:
    from telegram import Document, Message, PhotoSize

    from bot.metrics import Metrics


def picture_of(message: Message | None) -> PhotoSize | Document | None:
    """The photo in its largest size, or the file; `None` where a message has neither.

    A moving picture carries a file too, but it is an animation first.
    """
    if message is None or message.animation:
        return None
    return message.photo[-1] if message.photo else message.document


async def fetch(message: Message, metrics: Metrics) -> Photo:
    """The picture of a message, decoded; it never touches the disk.

    Raises:
        PhotoError: the picture is gone or can't be read.
        TransferError: Telegram did not hand it over.
    """
    picture = picture_of(message)
    if picture is None:
        raise PhotoError("gone")
    if (picture.file_size or 0) > MAX_BYTES:
        raise _too_large()
    try:
        with metrics.stage("download"):
            file = await picture.get_file()
            data = await file.download_as_bytearray()
    except BadRequest as error:
        raise _refusal(error) from None
    except TelegramError:
        raise TransferError("download-failed") from None  # its message may hold the file's url
    with metrics.stage("decode"):
        return await open_photo(bytes(data))


def _refusal(error: BadRequest) -> PhotoError:
    return _too_large() if "too big" in error.message.lower() else PhotoError("gone")


def _too_large() -> PhotoError:
    return PhotoError("too-large", megabytes=MAX_BYTES // 2**20)
