"""How sharp a picture is: over what distance the edges in it are spread.

Both measures divide one property of an edge by another of the same edge, so that neither what is
printed nor how dark it is matters; and both are taken along and across, for a shaken picture stays
sharp along the movement.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import cv2
import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    Grey = npt.NDArray[np.float32]

SIDE: Final = 1280
"""Pixels of a picture's long side at which `crispness` looks: that of Telegram's photos."""

_ALONG_AND_ACROSS: Final = ((1, 0), (0, 1))
_FINE, _COARSE = 1.0, 3.0  # sigmas between which an edge loses its height, unless it is wide
_SLOPES: Final = 97  # percentile of slopes that stands for the edges of a caption
_EDGES: Final = 99.7  # the same of a whole picture, in which edges are rare
_FLAT: Final = 0.3  # grey levels per pixel, below which there is no edge at all
_LEAST: Final = 200  # pixels of a caption that tell something


def edge_width(captions: Sequence[Grey]) -> float:
    """Pixels over which the edges of print are spread: contrast by slope, of the median caption.

    Args:
        captions: cuts of a grey picture, each with print on it.
    """
    widths = [_width(caption) for caption in captions if caption.size >= _LEAST]
    return float(np.median(widths)) if widths else 0.0


def _width(grey: Grey) -> float:
    dark, light = np.percentile(grey, (3, 98))
    slopes = (
        float(np.percentile(np.abs(cv2.Sobel(grey, cv2.CV_32F, x, y, ksize=3)), _SLOPES)) / 8
        for x, y in _ALONG_AND_ACROSS
    )
    return float(light - dark) / max(min(slopes), _FLAT)


def crispness(grey: Grey) -> float:
    """How much of the steepest edges is left by a blur: 1 for soft ones, 3 for steps and more.

    An edge that is spread over σ pixels gives √((σ² + 9) / (σ² + 1)).

    Args:
        grey: a picture whose long side is `SIDE`.
    """
    fine, coarse = (
        cv2.GaussianBlur(grey, (0, 0), sigma).astype(np.float32) for sigma in (_FINE, _COARSE)
    )
    return min(
        _steepest(fine, x, y) / max(_steepest(coarse, x, y), _FLAT) for x, y in _ALONG_AND_ACROSS
    )


def _steepest(grey: Grey, x: int, y: int) -> float:
    slopes = np.abs(cv2.Sobel(grey, cv2.CV_32F, x, y, ksize=1)) / 2
    return float(np.percentile(slopes, _EDGES))
