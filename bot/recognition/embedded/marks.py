"""What a page carries besides its printed values: the seal and the barcode.

They are a bonus. Nothing that goes wrong with them may keep the values from being answered.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import structlog

from bot.recognition.embedded import barcode, seal

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bot.recognition.embedded.fields import Reading
    from bot.recognition.embedded.geometry import Pixels
    from bot.recognition.embedded.models import Models
    from bot.recognition.embedded.pages import Page
    from bot.recognition.embedded.pose import Pose
    from bot.recognition.embedded.reading import Line

_log = structlog.get_logger()


def read(
    models: Models, pixels: Pixels, pose: Pose, page: Page, lines: Sequence[Line]
) -> tuple[Reading, ...]:
    """The issuing authority and the card's number, as far as the page has them.

    Args:
        models: the reader.
        pixels: the photo.
        pose: how the page lies in it.
        page: what is where on it.
        lines: everything that was read in the photo.
    """
    stages: tuple[Callable[[], Reading | None], ...] = (
        lambda: seal.read(models, pixels, pose, page.seal, lines),
        lambda: barcode.read(pixels, pose, page.barcode, lines),
    )
    readings = (_unharmed(stage) for stage in stages)
    return tuple(one for one in readings if one is not None)


def _unharmed(stage: Callable[[], Reading | None]) -> Reading | None:
    try:
        return stage()
    except Exception as error:  # noqa: BLE001 - whatever it is, the values of the page are there
        # Neither the error's text nor its trace: both may hold what the page says.
        _log.warning("mark not read", error=type(error).__name__)
        return None
