"""Entities Telegram finds by itself: commands, addresses, mentions, hashtags."""

from __future__ import annotations

import re
from itertools import islice

from bot.playground.entities import MOST_ENTITIES, Entity, Text, arrange, utf16_length

# Punctuation that closes a sentence does not belong to the link before it.
PATTERNS = {
    "bot_command": re.compile(
        r"(?<![\w/<>])/([A-Za-z0-9_]{1,64})(@[A-Za-z0-9_]{3,32})?(?![\w/<>])"
    ),
    "url": re.compile(r"(?<![A-Za-z0-9_@/])https?://[^\s<>\"“”（）【】，。；！？、]*[\w/=&#%+-]"),
    "email": re.compile(r"(?<![\w.+-])[A-Za-z0-9.+_-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+"),
    "mention": re.compile(r"(?<![\w@/.])@[A-Za-z][A-Za-z0-9_]{3,31}(?!\w)"),
    "hashtag": re.compile(r"(?<![\w#/&])#(?=[^\W\d]|\d*[^\W\d])\w{1,256}"),
}


def find_links(text: Text) -> Text:
    """`text` with the entities found in it, none of them across a link or code set by hand."""
    found: list[Entity] = []
    for kind, pattern in PATTERNS.items():
        for match in islice(pattern.finditer(text.content), MOST_ENTITIES):
            offset = utf16_length(text.content[: match.start()])
            found.append(Entity(kind, offset, utf16_length(match.group())))
    taken = [entity for entity in text.entities if entity.type in {"code", "pre", "text_link"}]
    for entity in found:
        if not any(entity.offset < other.end and other.offset < entity.end for other in taken):
            taken.append(entity)
    marked = [entity for entity in taken if entity in found]
    return Text(text.content, arrange((*text.entities, *marked)))
