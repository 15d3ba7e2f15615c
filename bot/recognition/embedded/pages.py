"""The three pages as data: what is printed where. The figures are in `pages.toml`.

Millimetres on the page: x from its left edge, y from its upper edge, y of the middle of a line.
They say where to expect something; what is found decides.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from bot.licence.documents import DocumentType, FieldName

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


@dataclass(frozen=True, slots=True)
class Anchor:
    """A caption or title at its place: the ends of its middle line."""

    text: str
    left: float
    right: float
    y: float


@dataclass(frozen=True, slots=True)
class Slot:
    """Where a value is expected.

    Attributes:
        names: the fields in it, mostly one; the term of validity holds two.
        caption: the caption it belongs to.
        kind: what its text looks like; see `normalisation`.
        start: where the caption ends.
        left: where values begin.
        right: where something else begins.
        y: the middle of the first line.
        lines: how many lines there may be.
        pitch: from one line to the next.
    """

    names: tuple[FieldName, ...]
    caption: str
    kind: str
    start: float
    left: float
    right: float
    y: float
    lines: int = 1
    pitch: float = 0.0


@dataclass(frozen=True, slots=True)
class Page:
    """One page.

    Attributes:
        document_type: which.
        title: the Chinese title; the back page is also printed without.
        anchors: title and captions; a caption may stand at either of two places.
        slots: the values.
        noise: English captions, which are read and dropped.
    """

    document_type: DocumentType
    title: str
    anchors: tuple[Anchor, ...]
    slots: tuple[Slot, ...]
    noise: tuple[str, ...]

    @property
    def captions(self) -> tuple[str, ...]:
        """The texts of all anchors, each once, the title among them."""
        return tuple(dict.fromkeys(anchor.text for anchor in self.anchors))


@cache
def pages() -> Mapping[DocumentType, Page]:
    """The three pages by type."""
    text = files("bot.recognition.embedded").joinpath("pages.toml").read_text("utf-8")
    tables = tomllib.loads(text)
    return MappingProxyType(
        {
            document_type: _page(document_type, tables[document_type.slug])
            for document_type in DocumentType
        }
    )


def _page(document_type: DocumentType, table: Mapping[str, Any]) -> Page:
    return Page(
        document_type,
        table["title"],
        tuple(Anchor(**anchor) for anchor in table["anchors"]),
        tuple(_slot(slot, table["anchors"]) for slot in table["slots"]),
        tuple(table["english"]),
    )


def _slot(table: Mapping[str, Any], anchors: Iterable[Mapping[str, Any]]) -> Slot:
    names = tuple(FieldName(name) for name in table["names"])
    start = next(anchor["right"] for anchor in anchors if anchor["text"] == table["caption"])
    return Slot(**{**table, "names": names, "start": start})
