"""Text with entities, measured as Telegram measures it.

Offsets and lengths of entities count UTF-16 code units; limits on text count code points.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

MOST_ENTITIES = 100

OPTIONAL: dict[str, type] = {
    "url": str,
    "language": str,
    "custom_emoji_id": str,
    "unix_time": int,
    "date_time_format": str,
}

# Types that mean nothing without this field.
NEEDED = {"text_link": "url", "custom_emoji": "custom_emoji_id", "date_time": "unix_time"}

# Of entities that cover the same text the outer one comes first.
ORDER = ("expandable_blockquote", "blockquote", "text_link", "pre", "code", "bold", "italic")


@dataclass(frozen=True, slots=True)
class Entity:
    """A stretch of text with a meaning; `offset` and `length` in UTF-16 code units."""

    type: str
    offset: int
    length: int
    url: str | None = None
    language: str | None = None
    custom_emoji_id: str | None = None
    unix_time: int | None = None
    date_time_format: str | None = None

    @property
    def end(self) -> int:
        """The first code unit behind the entity."""
        return self.offset + self.length

    def to_api(self) -> dict[str, Any]:
        """A ``MessageEntity`` of the Bot API."""
        entity: dict[str, Any] = {"type": self.type, "offset": self.offset, "length": self.length}
        optional = {name: getattr(self, name) for name in OPTIONAL}
        return entity | {name: value for name, value in optional.items() if value is not None}


@dataclass(frozen=True, slots=True)
class Text:
    """What is written and how it is marked."""

    content: str
    entities: tuple[Entity, ...] = ()


def utf16_length(text: str) -> int:
    """Code units of `text` in UTF-16: two for every character beyond U+FFFF."""
    return len(text) + sum(character > "\uffff" for character in text)


def utf16_slice(text: str, offset: int, length: int) -> str:
    """The stretch an entity covers."""
    units = text.encode("utf-16-le")
    return units[2 * offset : 2 * (offset + length)].decode("utf-16-le", "replace")


def clean(raw: str) -> str:
    """Without carriage returns; other control characters become spaces, as on the server."""
    text = raw.replace("\r", "")
    return "".join(
        " " if character < " " and character != "\n" else character for character in text
    )


def arrange(entities: Iterable[Entity]) -> tuple[Entity, ...]:
    """Sorted, and without what Telegram drops.

    Nothing is marked inside code, and nothing is marked twice in the same way.
    """
    kept: list[Entity] = []
    for entity in sorted(entities, key=_order):
        if len(kept) == MOST_ENTITIES:
            break
        around = [outer for outer in kept if outer.offset <= entity.offset < outer.end]
        hidden = any(outer.type in {"code", "pre", entity.type} for outer in around)
        if entity.length > 0 and not hidden:
            kept.append(entity)
    return tuple(kept)


def _order(entity: Entity) -> tuple[int, int, int]:
    rank = ORDER.index(entity.type) if entity.type in ORDER else len(ORDER)
    return entity.offset, -entity.length, rank


def trim(text: Text) -> Text:
    """Without white space at the end, nor at the beginning as far as no entity covers it."""
    content = text.content.rstrip()
    shortened = [_within(entity, utf16_length(content)) for entity in text.entities]
    entities = [entity for entity in shortened if entity.length > 0]
    first = min((entity.offset for entity in entities), default=len(content))
    # White space is one code unit each, so units and characters agree here.
    leading = min(len(content) - len(content.lstrip(" \n")), first)
    moved = (replace(entity, offset=entity.offset - leading) for entity in entities)
    return Text(content[leading:], tuple(moved))


def _within(entity: Entity, units: int) -> Entity:
    return replace(entity, length=min(entity.end, units) - entity.offset)


def from_api(raw: Iterable[Mapping[str, Any]], text: str) -> tuple[Entity, ...]:
    """Entities a bot has sent ready-made; those that do not lie within `text` are left out."""
    units = utf16_length(text)
    entities = []
    for item in raw:
        offset, length = item.get("offset"), item.get("length")
        if not isinstance(offset, int) or not isinstance(length, int):
            continue
        more = {
            name: item[name] for name, kind in OPTIONAL.items() if isinstance(item.get(name), kind)
        }
        entity = Entity(str(item.get("type")), offset, length, **more)
        whole = entity.type not in NEEDED or NEEDED[entity.type] in more
        if whole and offset >= 0 and entity.end <= units and entity.type in SENDABLE:
            entities.append(entity)
    return arrange(entities)


SENDABLE = frozenset(
    {
        "blockquote",
        "bold",
        "code",
        "custom_emoji",
        "date_time",
        "expandable_blockquote",
        "italic",
        "pre",
        "spoiler",
        "strikethrough",
        "text_link",
        "underline",
    }
)
"""Types a bot may set itself; links, mentions and the like Telegram finds on its own."""
