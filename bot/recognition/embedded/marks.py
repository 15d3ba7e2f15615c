"""What a page carries besides its printed values: the seal and the barcode.

They are a bonus. Nothing that goes wrong with them may keep the values from being answered.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.recognition.embedded import barcode, seal
from bot.recognition.embedded.messages import Note, place_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bot.recognition.embedded.fields import Reading
    from bot.recognition.embedded.geometry import Pixels
    from bot.recognition.embedded.models import Models
    from bot.recognition.embedded.pages import Page
    from bot.recognition.embedded.pose import Pose
    from bot.recognition.embedded.reading import Line


@dataclass(frozen=True, slots=True)
class Marks:
    """What was read of them.

    Attributes:
        readings: what they say.
        notes: which of them could not be looked at, and why.
    """

    readings: tuple[Reading, ...]
    notes: tuple[Note, ...]


def read(models: Models, pixels: Pixels, pose: Pose, page: Page, lines: Sequence[Line]) -> Marks:
    """The issuing authority and the card's number, as far as the page has them.

    Args:
        models: the reader.
        pixels: the photo.
        pose: how the page lies in it.
        page: what is where on it.
        lines: everything that was read in the photo.
    """
    stages: dict[str, Callable[[], Reading | None]] = {
        "seal": lambda: seal.read(models, pixels, pose, page.seal, lines),
        "barcode": lambda: barcode.read(pixels, pose, page.barcode, lines),
    }
    found = [_unharmed(name, stage) for name, stage in stages.items()]
    return Marks(
        tuple(one for one in found if one is not None and not isinstance(one, Note)),
        tuple(one for one in found if isinstance(one, Note)),
    )


def _unharmed(name: str, stage: Callable[[], Reading | None]) -> Reading | Note | None:
    try:
        return stage()
    except Exception as error:  # noqa: BLE001 - whatever it is, the values of the page are there
        # Neither the error's text nor its trace: both may hold what the page says.
        return Note(name, type(error).__name__, place_of(error))
