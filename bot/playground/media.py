"""What a message may carry besides text: photos and files."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file at Telegram; `folder` is ``photos``, ``documents`` or ``animations``."""

    file_id: str
    file_unique_id: str
    path: str
    folder: str
    data: bytes
    mime_type: str

    @property
    def size(self) -> int:
        """In bytes."""
        return len(self.data)


@dataclass(frozen=True, slots=True)
class PhotoSize:
    """One size of a photo; pixels and bytes."""

    file_id: str
    file_unique_id: str
    file_size: int
    width: int
    height: int

    def to_api(self) -> dict[str, Any]:
        """A ``PhotoSize`` of the Bot API."""
        return {
            "file_id": self.file_id,
            "file_unique_id": self.file_unique_id,
            "file_size": self.file_size,
            "width": self.width,
            "height": self.height,
        }


@dataclass(frozen=True, slots=True)
class Photo:
    """A photo in all its sizes, the smallest first."""

    sizes: tuple[PhotoSize, ...]

    def to_api(self) -> dict[str, Any]:
        """What it adds to a ``Message``."""
        return {"photo": [size.to_api() for size in self.sizes]}


@dataclass(frozen=True, slots=True)
class Document:
    """A file as it was sent; an `animation` (width, height, seconds) if it is a GIF."""

    file: StoredFile
    file_name: str | None
    thumbnail: PhotoSize | None = None
    animation: tuple[int, int, int] | None = None

    def to_api(self) -> dict[str, Any]:
        """What it adds to a ``Message``; a GIF stands in it twice."""
        document: dict[str, Any] = {
            "file_id": self.file.file_id,
            "file_unique_id": self.file.file_unique_id,
            "file_size": self.file.size,
            "mime_type": self.file.mime_type,
        }
        if self.file_name:
            document["file_name"] = self.file_name
        if self.thumbnail:
            document["thumbnail"] = self.thumbnail.to_api()
        if self.animation is None:
            return {"document": document}
        width, height, duration = self.animation
        moving = document | {"width": width, "height": height, "duration": duration}
        return {"animation": moving, "document": document}


Media = Photo | Document
