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
    from collections.abc import Mapping

    from bot.recognition.embedded.geometry import Points


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
        left: where values begin.
        right: where something else begins.
        y: the middle of the first line.
        lines: how many lines there may be.
        pitch: from one line to the next.
    """

    names: tuple[FieldName, ...]
    caption: str
    kind: str
    left: float
    right: float
    y: float
    lines: int = 1
    pitch: float = 0.0


@dataclass(frozen=True, slots=True)
class Zone:
    """A part of the page in which something without a caption is looked for."""

    left: float
    right: float
    top: float
    bottom: float

    @property
    def width(self) -> float:
        """Millimetres across."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """Millimetres from top to bottom."""
        return self.bottom - self.top

    def holds(self, quad: Points) -> bool:
        """Whether the middle of a quad is in it; all in millimetres."""
        x, y = quad.mean(axis=0).tolist()
        return bool(self.left < x < self.right and self.top < y < self.bottom)


@dataclass(frozen=True, slots=True)
class Page:
    """One page.

    Attributes:
        document_type: which.
        title: the Chinese title; the back page is also printed without.
        anchors: title and captions; a caption may stand at either of two places.
        slots: the values.
        noise: English captions, which are read and dropped.
        seal: where the issuing authority's seal is looked for, the likeliest zone first.
        barcode: likewise the barcode; empty where the page has none.
    """

    document_type: DocumentType
    title: str
    anchors: tuple[Anchor, ...]
    slots: tuple[Slot, ...]
    noise: tuple[str, ...]
    seal: tuple[Zone, ...] = ()
    barcode: tuple[Zone, ...] = ()

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
        tuple(_slot(slot) for slot in table["slots"]),
        tuple(table["english"]),
        _zones(table, "seal"),
        _zones(table, "barcode"),
    )


def _zones(table: Mapping[str, Any], name: str) -> tuple[Zone, ...]:
    return tuple(Zone(**zone) for zone in table.get(name, {}).get("zones", ()))


def _slot(table: Mapping[str, Any]) -> Slot:
    names = tuple(FieldName(name) for name in table["names"])
    return Slot(**{**table, "names": names})
