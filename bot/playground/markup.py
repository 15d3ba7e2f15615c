"""``parse_mode=HTML``: a bot's markup to text and entities.

The accepted tags and the words of every refusal are those of Telegram's parser
(tdlib/td, ``MessageEntity.cpp``). Byte offsets in refusals count UTF-8.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from bot.playground.entities import Entity, Text, arrange, utf16_length
from bot.playground.refusals import Refusal, bad_request

SPACE = " \t\n\r\v\f\0"

TYPES = {
    "a": "text_link",
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "span": "spoiler",
    "tg-spoiler": "spoiler",
    "tg-emoji": "custom_emoji",
    "tg-time": "date_time",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
}

NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
REFERENCE = re.compile(r"&(?:#x([0-9a-fA-F]{1,7})|#([0-9]{1,7})|(lt|gt|amp|quot));?")
NAME_TOKEN = re.compile(r"[A-Za-z0-9.-]*")
LARGEST = 0x10FFFF
SURROGATES = range(0xD800, 0xE000)


@dataclass(slots=True)
class _Tag:
    """An open tag: its name, its attributes, and where its text begins."""

    name: str
    at: int
    offset: int = 0
    begin: int = 0
    attributes: dict[str, str] = field(default_factory=dict)


def parse_html(markup: str) -> Text:
    """Text and entities of `markup`.

    Raises:
        Refusal: 400 with Telegram's words when the markup is wrong.
    """
    return _Reader(markup).read()


class _Reader:
    """Goes once through the markup, `at` being the next character."""

    def __init__(self, markup: str) -> None:
        self.markup = markup
        self.at = 0
        self.content: list[str] = []
        self.units = 0
        self.open: list[_Tag] = []
        self.entities: list[Entity] = []

    def read(self) -> Text:
        while self.at < len(self.markup):
            if self.markup[self.at] != "<":
                self._write(self._character())
            elif self.markup.startswith("/", self.at + 1):
                self._end_tag()
            else:
                self._start_tag()
        if self.open:
            name = self.open[-1].name
            raise _refuse(f'can\'t find end tag corresponding to start tag "{name}"')
        return Text("".join(self.content), arrange(self.entities))

    def _write(self, character: str) -> None:
        self.content.append(character)
        self.units += utf16_length(character)

    def _character(self) -> str:
        """The next character; a reference such as ``&lt;`` is one, unknown ones stay text."""
        reference = REFERENCE.match(self.markup, self.at)
        decoded = _decode(reference) if reference else None
        if reference and decoded:
            self.at = reference.end()
            return decoded
        self.at += 1
        return self.markup[self.at - 1]

    def _take_until(self, stops: str) -> str:
        begin = self.at
        while self.at < len(self.markup) and self.markup[self.at] not in stops:
            self.at += 1
        return self.markup[begin : self.at]

    def _skip_space(self) -> None:
        while self._next() in SPACE and self.at < len(self.markup):
            self.at += 1

    def _next(self) -> str:
        return self.markup[self.at : self.at + 1]

    def _start_tag(self) -> None:
        begin = self.at
        self.at += 1
        tag = _Tag(self._take_until(SPACE + ">").lower(), begin, self.units, len(self.content))
        if not self._next():
            raise self._refuse_at("unclosed start tag at byte offset", begin)
        if tag.name not in TYPES:
            raise self._refuse_at(f'unsupported start tag "{tag.name}" at byte offset', begin)
        while self._next() != ">":
            self._skip_space()
            if self._next() != ">":
                self._attribute(tag)
            if not self._next():
                raise self._refuse_at("unclosed start tag at byte offset", begin)
        self.at += 1
        if tag.name == "span" and tag.attributes.get("class") != "tg-spoiler":
            raise self._refuse_at('tag "span" must have class "tg-spoiler" at byte offset', begin)
        self.open.append(tag)

    def _attribute(self, tag: _Tag) -> None:
        name = self._take_until(SPACE + "=>")
        if not name:
            if not self._next():
                return
            raise self._refuse_at(
                f'empty attribute name in the tag "{tag.name}" at byte offset', tag.at
            )
        self._skip_space()
        if self._next() != "=":
            tag.attributes[name.lower()] = ""
            return
        self.at += 1
        self._skip_space()
        tag.attributes[name.lower()] = self._value()

    def _value(self) -> str:
        begin = self.at
        if self._next() not in {"'", '"'}:
            token = NAME_TOKEN.match(self.markup, self.at)
            self.at = token.end() if token else begin
            if self._next() and self._next() not in SPACE + ">":
                raise self._refuse_at("unexpected end of name token at byte offset", begin)
            return self.markup[begin : self.at].lower()
        quote = self._next()
        self.at += 1
        value = []
        while self._next() and self._next() != quote:
            value.append(self._character())
        self.at += 1
        return "".join(value)

    def _end_tag(self) -> None:
        begin = self.at
        if not self.open:
            raise self._refuse_at("unexpected end tag at byte offset", begin)
        self.at += 2
        name = self._take_until(SPACE + ">").lower()
        self._skip_space()
        if self._next() != ">":
            raise self._refuse_at("unclosed end tag at byte offset", begin)
        self.at += 1
        tag = self.open.pop()
        if name not in {"", tag.name}:
            place = f"unmatched end tag at byte offset {self._bytes(begin)}"
            raise _refuse(f'{place}, expected "</{tag.name}>", found "</{name}>"')
        if self.units > tag.offset:
            self._mark(tag)

    def _mark(self, tag: _Tag) -> None:
        covered = "".join(self.content[tag.begin :]) if tag.name == "a" else ""
        entity = _entity(tag, self.units - tag.offset, covered)
        if entity is None:
            return
        inner = self.entities[-1] if self.entities else None
        same = inner and (inner.offset, inner.length) == (entity.offset, entity.length)
        if inner and same and {inner.type, entity.type} == {"pre", "code"}:
            # <pre><code class="language-…"> is one block of that language.
            language = inner.language or entity.language
            self.entities[-1] = Entity("pre", entity.offset, entity.length, language=language)
        else:
            self.entities.append(entity)

    def _bytes(self, position: int) -> int:
        return len(self.markup[:position].encode())

    def _refuse_at(self, reason: str, position: int) -> Refusal:
        return _refuse(f"{reason} {self._bytes(position)}")


def _refuse(reason: str) -> Refusal:
    return bad_request(f"can't parse entities: {reason}")


def _decode(reference: re.Match[str]) -> str | None:
    hexadecimal, decimal, name = reference.groups()
    if name:
        return NAMED[name]
    number = int(hexadecimal, 16) if hexadecimal else int(decimal)
    legal = 0 < number <= LARGEST and number not in SURROGATES
    return chr(number) if legal else None


def _entity(tag: _Tag, length: int, content: str) -> Entity | None:
    """The entity a closed tag makes, or ``None`` where its attributes make it mean nothing."""
    kind = TYPES[tag.name]
    attributes = tag.attributes
    if kind == "text_link":
        url = normal_url(attributes.get("href") or content)
        return Entity(kind, tag.offset, length, url=url) if url else None
    if kind == "code":
        language = attributes.get("class", "")
        known = language.removeprefix("language-") if language.startswith("language-") else None
        return Entity(kind, tag.offset, length, language=known or None)
    if kind == "custom_emoji":
        emoji = attributes.get("emoji-id", "")
        return Entity(kind, tag.offset, length, custom_emoji_id=emoji) if emoji.isdigit() else None
    if kind == "date_time":
        return _date_time(tag, length)
    if kind == "blockquote" and "expandable" in attributes:
        kind = "expandable_blockquote"
    return Entity(kind, tag.offset, length)


def _date_time(tag: _Tag, length: int) -> Entity | None:
    unix = tag.attributes.get("unix", "")
    if not re.fullmatch(r"[0-9]{1,12}", unix):
        return None
    form = tag.attributes.get("format") or None
    return Entity("date_time", tag.offset, length, unix_time=int(unix), date_time_format=form)


def normal_url(link: str) -> str | None:
    """`link` as Telegram stores it, or ``None`` if it is no link.

    A missing scheme is ``http``; a bare host gets its slash.
    """
    link = link.strip()
    if not re.match(r"[A-Za-z][A-Za-z0-9+.-]*:", link):
        link = f"http://{link}"
    try:
        parts = urlsplit(link)
    except ValueError:
        return None
    if parts.scheme in {"http", "https"}:
        whole = "." in parts.netloc or parts.hostname == "localhost"
        if not whole or re.search(r"\s", parts.netloc):
            return None
        return link if parts.path or parts.query or parts.fragment else f"{link}/"
    return link if parts.scheme in {"tg", "ton", "mailto", "tel"} else None
