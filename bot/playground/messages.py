"""A message and what it may carry."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from bot.playground.entities import Text
    from bot.playground.keyboards import Keyboard
    from bot.playground.media import Media


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
