"""Files and their names at Telegram: kept in memory, and only as many as fit."""

from __future__ import annotations

import hashlib
import secrets
from base64 import urlsafe_b64encode
from typing import TYPE_CHECKING

from bot.playground.media import StoredFile

if TYPE_CHECKING:
    from bot.playground.media import Media

KEPT_BYTES = 512 << 20
KEPT_FILES = 10_000
DOWNLOAD_LIMIT = 20 << 20
"""Bytes a bot may download, inclusive (telegram-bot-api, ``Client.h``)."""

# What a file_id begins with tells its kind to those who look closely.
PREFIXES = {"photos": "AgACAgIAAxkB", "documents": "BQACAgIAAxkB", "animations": "CgACAgIAAxkB"}
ENDINGS = {
    "image/jpeg": ".jpg",
    "image/png": ".png",
    "image/gif": ".gif",
    "application/pdf": ".pdf",
}


class Files:
    """Every file that was sent. The oldest give way when `limit` bytes are exceeded."""

    def __init__(self, limit: int = KEPT_BYTES) -> None:
        self._limit = limit
        self._size = 0
        self._count = 0
        self._by_id: dict[str, StoredFile] = {}
        self._media: dict[str, Media] = {}

    def add(self, folder: str, data: bytes, mime_type: str) -> StoredFile:
        """Keep a file under a new ``file_id``; the same bytes keep their ``file_unique_id``."""
        self._count += 1
        digest = urlsafe_b64encode(hashlib.sha256(folder.encode() + data).digest()).decode()
        stored = StoredFile(
            file_id=PREFIXES[folder] + secrets.token_urlsafe(48),
            file_unique_id="AQAD" + digest[:12],
            path=f"{folder}/file_{self._count}{ENDINGS.get(mime_type, '')}",
            folder=folder,
            data=data,
            mime_type=mime_type,
        )
        self._by_id[stored.file_id] = stored
        self._size += stored.size
        self._make_room(stored)
        return stored

    def _make_room(self, newest: StoredFile) -> None:
        for file_id, stored in tuple(self._by_id.items()):
            fits = self._size <= self._limit and len(self._by_id) <= KEPT_FILES
            if fits or stored is newest:
                return
            del self._by_id[file_id]
            self._media.pop(file_id, None)
            self._size -= stored.size

    def remember(self, file_id: str, media: Media) -> None:
        """Know what a file belongs to, so that it can be sent again by its id."""
        self._media[file_id] = media

    def media(self, file_id: str) -> Media | None:
        """What the file of that id was sent as."""
        return self._media.get(file_id)

    def get(self, file_id: str) -> StoredFile | None:
        """The file of that id, if it is still kept."""
        return self._by_id.get(file_id)

    def at(self, path: str) -> StoredFile | None:
        """The file behind a ``file_path``."""
        return next((stored for stored in self._by_id.values() if stored.path == path), None)

    def clear(self) -> None:
        """Forget all of them."""
        self._by_id.clear()
        self._media.clear()
        self._size = 0
