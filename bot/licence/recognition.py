"""What a recogniser returns: fields with their doubt, and what is wrong with the picture."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.licence.documents import DocumentType, FieldName


class QualityWarning(StrEnum):
    """Something about the picture that makes its values less certain."""

    COPY = "copy"
    SCREEN = "screen"
    GLARE = "glare"
    BLUR = "blur"
    CUT_OFF = "cut_off"
    TOO_SMALL = "too_small"
    DARK = "dark"


@dataclass(frozen=True, slots=True)
class Box:
    """An upright rectangle in pixels of the photo as it was sent (after its EXIF turn)."""

    x: int
    y: int
    width: int
    height: int

    def __post_init__(self) -> None:
        if min(self.width, self.height) < 0:
            raise ValueError("a box has no negative size")


@dataclass(frozen=True, slots=True)
class Field:
    """One printed field as it was read.

    Attributes:
        name: the canonical name.
        value: the normalised text: dates as `YYYY-MM-DD`, plain digits, one width. `--` where
            the page prints dashes; empty where nothing was found.
        raw: the text as the recogniser saw it.
        confidence: 0…1, or `None` where the provider gives none.
        box: where it stands, or `None` where the provider does not say.
        derived: whether the value was concluded from something else than its own print.
        corrected: whether a person wrote the value; `raw` is still what the recogniser saw.
    """

    name: FieldName
    value: str
    raw: str
    confidence: float | None = None
    box: Box | None = None
    derived: bool = False
    corrected: bool = False

    def __post_init__(self) -> None:
        if self.confidence is not None and not 0 <= self.confidence <= 1:
            raise ValueError("confidence is 0…1")


@dataclass(frozen=True, slots=True)
class Recognition:
    """One page as one recogniser read it.

    Attributes:
        document_type: the page that was asked for.
        fields: at most one for each name.
        quality: what is wrong with the picture.
        provider: the recogniser's name in the settings, e.g. `embedded`.
        request_id: the provider's own id for the call, or empty.
        elapsed: seconds of wall time.
    """

    document_type: DocumentType
    fields: tuple[Field, ...]
    provider: str
    quality: tuple[QualityWarning, ...] = ()
    request_id: str = ""
    elapsed: float = 0.0

    def __post_init__(self) -> None:
        names = [field.name for field in self.fields]
        if len(names) != len(set(names)):
            raise ValueError("a field stands twice in a recognition")

    def field(self, name: FieldName) -> Field | None:
        """The field of that name, or `None` where the recogniser did not return it."""
        return next((field for field in self.fields if field.name == name), None)

    def value(self, name: FieldName) -> str:
        """The value of that field; empty where there is none."""
        found = self.field(name)
        return found.value if found else ""
