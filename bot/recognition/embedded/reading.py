"""What text says: boxes -> lines of glyphs, by the CRNN/SVTR reader."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import cv2
import numpy as np

from bot.recognition.embedded import ctc, geometry, ink

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from bot.recognition.embedded.ctc import Glyph
    from bot.recognition.embedded.geometry import Pixels, Points
    from bot.recognition.embedded.models import Models, Network

HEIGHT: Final = 48
"""Pixels of height that the reader and the turner want."""

_SMOOTH: Final = 1.0
"""Standard deviation, in pixels of a strip, of the blur that takes a photo's noise from it.

The reader takes noise for strokes sooner than it misses the sharpness.
"""

_BATCH: Final = 2  # more in one go is slower: a batch is as wide as its widest strip
_WIDEST: Final = 2400  # pixels; a longer strip is squeezed
_STEP: Final = 8  # pixels of width for each step of the reader's answer
_TURNER_WIDTH: Final = 192
_TURNED: Final = 8  # strips that the turner sees at a time; more need more memory


@dataclass(frozen=True, slots=True, eq=False)
class Line:
    """A run of glyphs on one base line.

    Attributes:
        quad: its corners in the photo.
        glyphs: what it says, from left to right; their places are fractions of `quad`.
    """

    quad: Points
    glyphs: tuple[Glyph, ...]

    @property
    def text(self) -> str:
        """All characters in one string."""
        return "".join(glyph.text for glyph in self.glyphs)

    def cut(self, start: int, stop: int) -> Line:
        """The glyphs from `start` up to `stop`, with the part of the quad they stand on."""
        part = self.glyphs[start:stop]
        left, right = part[0].left, part[-1].right
        span = max(right - left, 1e-6)
        moved = tuple(
            replace(g, left=(g.left - left) / span, right=(g.right - left) / span) for g in part
        )
        return Line(geometry.slice_of(self.quad, left, right), moved)


def read(models: Models, pixels: Pixels, quads: Sequence[Points]) -> list[Line]:
    """Read the text under each quad; the answer has their order. Unread text has no glyphs."""
    strips = [_narrowed(_smooth(geometry.strip(pixels, quad, HEIGHT))) for quad in quads]
    order = sorted(range(len(strips)), key=lambda i: strips[i].shape[1])
    lines: dict[int, Line] = {}
    for start in range(0, len(order), _BATCH):
        chosen = order[start : start + _BATCH]
        answers = models.reader.run(_batch([strips[i] for i in chosen], multiple=_STEP))
        for i, answer in zip(chosen, answers, strict=True):
            pixel_width = strips[i].shape[1]
            glyphs = ctc.decode(
                answer,
                models.alphabet,
                models.weights,
                steps=pixel_width / _STEP,
                aspect=pixel_width / HEIGHT,
            )
            lines[i] = Line(quads[i], ink.spaced(strips[i], glyphs))
    return [lines[i] for i in range(len(quads))]


def upside_down(turner: Network, pixels: Pixels, quads: Sequence[Points]) -> list[float]:
    """The probability that the text under each quad stands on its head, by its beginning."""
    begun = [_begun(quad) for quad in quads]
    strips = [geometry.strip(pixels, quad, HEIGHT)[:, :_TURNER_WIDTH] for quad in begun]
    answers: list[float] = []
    for start in range(0, len(strips), _TURNED):
        batch = _batch(strips[start : start + _TURNED], multiple=_TURNER_WIDTH)
        answers += [float(answer[1]) for answer in turner.run(batch)]
    return answers


def _begun(quad: Points) -> Points:
    """As much of a quad as the turner sees."""
    seen = _TURNER_WIDTH / HEIGHT * geometry.height(quad)
    return geometry.slice_of(quad, 0.0, min(1.0, seen / max(geometry.width(quad), 1.0)))


def _smooth(strip: Pixels) -> Pixels:
    return np.asarray(cv2.GaussianBlur(strip, (0, 0), _SMOOTH), np.uint8)


def _narrowed(strip: Pixels) -> Pixels:
    if strip.shape[1] <= _WIDEST:
        return strip
    columns = np.linspace(0, strip.shape[1] - 1, _WIDEST).astype(int)
    return strip[:, columns]


def _batch(strips: Sequence[Pixels], *, multiple: int) -> npt.NDArray[np.float32]:
    """Strips side by side as the networks want them: -1…1, padded with the middle grey."""
    widest = max(strip.shape[1] for strip in strips)
    padded = -(-widest // multiple) * multiple
    batch = np.zeros((len(strips), 3, HEIGHT, padded), np.float32)
    for values, strip in zip(batch, strips, strict=True):
        values[:, :, : strip.shape[1]] = strip.transpose(2, 0, 1) / np.float32(127.5) - 1
    return batch
