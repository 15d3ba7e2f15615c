"""Where text stands: photo -> rectangles, by the DB detector.

Source: Liao et al., "Real-time Scene Text Detection with Differentiable Binarization", AAAI 2020.
The network marks the shrunken kernel of each line; a box is that kernel grown back.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import cv2
import numpy as np

if TYPE_CHECKING:
    from bot.recognition.embedded.geometry import Pixels, Points
    from bot.recognition.embedded.models import Network

KERNEL_AT: Final = 0.3
"""Probability from which a pixel belongs to a kernel."""

BOX_AT: Final = 0.5
"""Mean probability from which a kernel is a line of text."""

GROWTH: Final = 1.6
"""How far a kernel grows: this × area / perimeter, as in the network's training."""

_LEAST_SIDE: Final = 3  # pixels of a kernel, in the detector's picture
_CLIP: Final = 2.0
_TILES: Final = 8  # in each direction, each with a contrast of its own
_STRIDE: Final = 32  # the network wants sides that are multiples of this


def detect(network: Network, pixels: Pixels, long_side: int, *, even: bool = False) -> list[Points]:
    """Find lines of text.

    Args:
        network: the detector.
        pixels: H×W×3, blue first.
        long_side: pixels of the long side that the network sees; fewer are faster.
        even: whether to lift the contrast of faint and shadowed parts first. It finds more of
            them, and less exactly where a line ends.

    Returns:
        Rectangles in pixels of the photo, corners clockwise, the first one arbitrary.
    """
    seen = _fitted(pixels, long_side)
    if even:
        seen = _contrasted(seen)
    values = seen.astype(np.float32).transpose(2, 0, 1)[None] / np.float32(127.5) - 1
    probability = np.ascontiguousarray(network.run(values)[0, 0])
    ratio = np.array([pixels.shape[1] / seen.shape[1], pixels.shape[0] / seen.shape[0]])
    return [box * ratio for box in _boxes(probability)]


def _fitted(pixels: Pixels, long_side: int) -> Pixels:
    ratio = min(1.0, long_side / max(pixels.shape[:2]))
    high, wide = (max(_STRIDE, round(n * ratio / _STRIDE) * _STRIDE) for n in pixels.shape[:2])
    return np.asarray(cv2.resize(pixels, (wide, high), interpolation=cv2.INTER_AREA), np.uint8)


def _contrasted(pixels: Pixels) -> Pixels:
    """The same contrast in shadow and light, for faint captions and for black print."""
    light, red, blue = cv2.split(cv2.cvtColor(pixels, cv2.COLOR_BGR2YCrCb))
    light = cv2.createCLAHE(_CLIP, (_TILES, _TILES)).apply(light)
    return np.asarray(cv2.cvtColor(cv2.merge((light, red, blue)), cv2.COLOR_YCrCb2BGR), np.uint8)


def _boxes(probability: np.ndarray) -> list[Points]:
    mask = (probability > KERNEL_AT).astype(np.uint8)
    mask = cv2.dilate(mask, np.ones((2, 2), np.uint8)).astype(np.uint8)
    kernels, _ = cv2.findContours(mask, cv2.RETR_LIST, cv2.CHAIN_APPROX_SIMPLE)
    boxes = (_box(np.asarray(kernel), probability) for kernel in kernels)
    return [box for box in boxes if box is not None]


def _box(kernel: np.ndarray, probability: np.ndarray) -> Points | None:
    centre, (wide, high), angle = cv2.minAreaRect(kernel)
    if min(wide, high) < _LEAST_SIDE:
        return None
    if _mean_inside(cv2.boxPoints((centre, (wide, high), angle)), probability) < BOX_AT:
        return None
    grown = 2 * GROWTH * wide * high / (2 * (wide + high))
    corners = cv2.boxPoints((centre, (wide + grown, high + grown), angle))
    return np.asarray(corners, np.float64)


def _mean_inside(corners: np.ndarray, probability: np.ndarray) -> float:
    last = np.array(probability.shape[::-1]) - 1
    low = np.clip(np.floor(corners.min(axis=0)).astype(int), 0, last)
    high = np.clip(np.ceil(corners.max(axis=0)).astype(int), 0, last)
    window = probability[low[1] : high[1] + 1, low[0] : high[0] + 1]
    mask = np.zeros(window.shape, np.uint8)
    cv2.fillPoly(mask, [(corners - low).astype(np.int32)], [1.0])
    return float(cv2.mean(window, mask)[0])
