"""Whether a photo was read well enough, or a better one is worth asking for.

The rule looks only at what came back, so that it holds for every recogniser: one says how sure it
is of each value but nothing of the picture, another the other way round.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from bot.licence.documents import PRINTED_FIELDS, FieldName
from bot.licence.findings import is_doubtful
from bot.licence.recognition import QualityWarning

if TYPE_CHECKING:
    from bot.licence.recognition import Field, Recognition

MANY: Final = 1 / 2
"""Share of the printed fields that must be lost where nothing is known to be wrong with the photo:
another one may then come out the same."""

SEVERAL: Final = 3 / 10
"""The same where the photo has a fault that its sender can mend. Of ten fields, one or two in
doubt are compared with the licence faster than a new photo is taken."""

MENDABLE: Final = frozenset(QualityWarning) - {QualityWarning.COPY, QualityWarning.SCREEN}
"""What the next photo can do better; a copy stays a copy."""


@dataclass(frozen=True, slots=True)
class Legibility:
    """How much of a page could be read.

    Attributes:
        printed: how many values the page has.
        lost: those of them that are missing or doubtful, in the order of the page.
        reasons: what is wrong with the photo, as far as another one can do better.
    """

    printed: int
    lost: tuple[FieldName, ...]
    reasons: tuple[QualityWarning, ...]

    @property
    def sure(self) -> int:
        """How many values can be relied upon."""
        return self.printed - len(self.lost)

    @property
    def is_poor(self) -> bool:
        """Whether a better photo is worth asking for."""
        return len(self.lost) >= self.printed * (SEVERAL if self.reasons else MANY)


def weigh(recognition: Recognition, low_confidence: float) -> Legibility:
    """Count what a photo gave.

    Args:
        recognition: the page as it was read.
        low_confidence: 0…1, below which a value is doubtful; of a provider that gives no
            confidences only missing values count.
    """
    # The seal is often illegible by nature, so that another photo does not help.
    printed = [
        name
        for name in PRINTED_FIELDS[recognition.document_type]
        if name is not FieldName.ISSUING_AUTHORITY
    ]
    reasons = tuple(w for w in QualityWarning if w in recognition.quality and w in MENDABLE)
    lost = tuple(
        name
        for name in printed
        if _is_lost(recognition.field(name), low_confidence, spoilt=bool(reasons))
    )
    # An electronic licence is drawn, not photographed: what it lacks was never on it.
    drawn = recognition.field(FieldName.LICENCE_FORM) is not None
    return Legibility(len(printed), () if drawn else lost, reasons)


def _is_lost(field: Field | None, low_confidence: float, *, spoilt: bool) -> bool:
    """Dashes concluded from an empty place are always in doubt; a good photo shows no more."""
    if field is None or not field.value:
        return True
    return is_doubtful(field, low_confidence) and (spoilt or not field.derived)
