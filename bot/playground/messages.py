"""A message and what it may carry."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from bot.playground.entities import Text
    from bot.playground.files import StoredFile
    from bot.playground.keyboards import Keyboard


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


@dataclass(frozen=True, slots=True)
class Message:
    """A message in the one chat there is. Dates are Unix time in whole seconds.

    `text` is the caption where there is `media`.
    """

    id: int
    date: int
    by_bot: bool
    text: Text | None = None
    media: Media | None = None
    media_group_id: str | None = None
    reply_to: int | None = None
    keyboard: Keyboard | None = None
    edit_date: int | None = None

    def body(self) -> dict[str, Any]:
        """Text or media with caption, and the keyboard, as fields of a ``Message``."""
        body: dict[str, Any] = {} if self.media is None else self.media.to_api()
        if self.text is not None:
            entities = [entity.to_api() for entity in self.text.entities]
            content, marks = (
                ("text", "entities") if self.media is None else ("caption", "caption_entities")
            )
            body[content] = self.text.content
            if entities:
                body[marks] = entities
        if self.media_group_id is not None:
            body["media_group_id"] = self.media_group_id
        if self.edit_date is not None:
            body["edit_date"] = self.edit_date
        if self.keyboard is not None:
            body["reply_markup"] = self.keyboard
        return body
