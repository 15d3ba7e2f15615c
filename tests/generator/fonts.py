"""The faces a machine has, and which of them a part may use."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PIL import ImageFont

from tests.generator.tables import table

if TYPE_CHECKING:
    import random

    from tests.generator.tables import Part

_FOLDERS: Final = (Path("/usr/share/fonts"), Path("/usr/local/share/fonts"), Path.home() / ".fonts")


@dataclass(frozen=True, slots=True)
class Face:
    """One face in one file."""

    name: str
    path: str
    index: int

    def at(self, pixels: float) -> ImageFont.FreeTypeFont:
        """In that size."""
        return _loaded(self, max(round(pixels), 4))

    def has(self, text: str) -> bool:
        """Whether it knows all of these characters."""
        return all(_drawn(self, sign) for sign in text)


@cache
def faces(part: Part, role: str) -> tuple[Face, ...]:
    """The part's faces of a role that the machine has."""
    files = _files()
    return tuple(
        Face(one["name"], files[one["file"]], one["index"])
        for one in table("fonts")["face"]
        if one["part"] == part and role in one["roles"] and one["file"] in files
    )


def choose(rng: random.Random, part: Part, role: str, text: str) -> Face:
    """Any face of a role that knows the text.

    Raises:
        LookupError: no font of the part is installed.
    """
    able = [one for one in faces(part, role) if one.has(text)] or [
        one for one in faces(part, "value") if one.has(text)
    ]
    if not able:
        raise LookupError(f"no {part} font of the role {role!r} is installed")
    return rng.choice(able)


@cache
def _files() -> dict[str, str]:
    return {
        path.name: str(path)
        for folder in _FOLDERS
        for path in sorted(folder.rglob("*.*"))
        if path.suffix in {".ttf", ".ttc", ".otf"}
    }


@cache
def _loaded(face: Face, pixels: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(face.path, pixels, face.index)


@cache
def _drawn(face: Face, sign: str) -> bool:
    """A face without a character draws the same box for all it lacks, or nothing."""
    return sign.isspace() or _shape(face, sign) not in {_shape(face, "\U0010fffe"), b""}


@cache
def _shape(face: Face, sign: str) -> bytes:
    return bytes(face.at(16).getmask(sign))
