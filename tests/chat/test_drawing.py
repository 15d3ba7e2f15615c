"""Numbered frames on a photo."""

from __future__ import annotations

from io import BytesIO

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageColor

from bot.chat.drawing import LEAST_SIDE, MAX_BYTES, MAX_RATIO, PALETTE, draw, turns_of
from bot.licence.recognition import Box
from bot.recognition.photo import Photo

LINES = [Box(400, 100 + 60 * line, 300, 30) for line in range(6)]  # of a page in 1200 × 800


def photo(size: tuple[int, int] = (1200, 800), sent: tuple[int, int] | None = None) -> Photo:
    """A grey photo, perhaps sent larger than it is kept."""
    return Photo(Image.new("RGB", size, "grey"), *(sent or size))


def drawn(data: bytes) -> Image.Image:
    """The picture in a JPEG file."""
    image = Image.open(BytesIO(data))
    assert image.format == "JPEG"
    return image.convert("RGB")


def turned(box: Box, turns: int) -> Box:
    """Where a place of a photo of 1200 × 800 lies after quarter turns clockwise."""
    height = 800
    for _ in range(turns):
        box = Box(height - box.y - box.height, box.x, box.height, box.width)
        height = 2000 - height
    return box


def has(image: Image.Image, colour: str, at: tuple[int, int] | None = None) -> bool:
    """Whether that colour is in the picture, or near that place of it."""
    part = image.crop((at[0] - 12, at[1] - 12, at[0] + 12, at[1] + 12)) if at else image
    distance = np.abs(np.asarray(part, np.int16) - ImageColor.getrgb(colour))
    return bool((distance < 40).all(axis=-1).any())


@pytest.mark.parametrize("turns", range(4))
def test_a_page_is_set_upright(turns: int) -> None:
    """Its fields run from top to bottom, however the photo was held."""
    assert turns_of([turned(box, turns) for box in LINES]) == (4 - turns) % 4


@pytest.mark.parametrize(
    "boxes",
    [
        [],
        LINES[:3],
        [Box(0, 0, 9, 9)] * 5,
        [Box(0, y, 1, 9) for y in (0, 9, 0, 9)],
        [Box(0, y, 9, 1) for y in (5, 0, 5, 0)],
    ],
)
def test_what_tells_nothing_turns_nothing(boxes: list[Box]) -> None:
    """Few places, or places without an order."""
    assert turns_of(boxes) == 0


@pytest.mark.parametrize("turns", range(4))
def test_the_frame_stands_where_the_value_does(turns: int) -> None:
    """In the photo that was turned and cut, too: the same picture comes out."""
    size = (1200, 800) if turns % 2 == 0 else (800, 1200)
    page = [turned(box, turns) for box in LINES]
    image = drawn(draw(photo(size), [page[0]], page))
    assert has(image, PALETTE[0])
    assert not has(image, PALETTE[1])
    upright = drawn(draw(photo(), [LINES[0]], LINES))
    assert image.size == upright.size


def test_the_frame_is_scaled_with_the_photo() -> None:
    """Boxes are pixels of the photo as it was sent, not of the one that was kept."""
    box = Box(1000, 1000, 400, 100)
    image = drawn(draw(photo((1500, 1000), sent=(3000, 2000)), [box], []))
    assert image.size == (1500, 1000)
    assert has(image, PALETTE[0], (500, 525))
    assert has(image, PALETTE[0], (700, 525))
    assert not has(image, PALETTE[0], (1000, 800))


def test_every_frame_has_a_colour_of_its_own_and_the_eighth_begins_anew() -> None:
    """The number tells those apart that share one."""
    boxes = [Box(300, 20 + 90 * line, 400, 30) for line in range(8)]
    image = drawn(draw(photo(), boxes, []))
    for colour, box in zip((*PALETTE, PALETTE[0]), boxes, strict=True):
        assert has(image, colour, (700, box.y + 15))


def test_a_small_page_fills_the_picture() -> None:
    """What lies around it on a table is cut away."""
    page = [Box(1500, 1000 + 40 * line, 300, 20) for line in range(6)]
    image = drawn(draw(photo((2400, 1800)), [page[0]], page))
    assert image.size == (LEAST_SIDE, 810)
    assert has(image, PALETTE[0])


def test_places_outside_of_the_photo_cut_nothing() -> None:
    """A provider that counts in other pixels spoils the frames, not the picture."""
    far = [Box(5000, 5000 + 40 * line, 300, 20) for line in range(6)]
    assert drawn(draw(photo(), far, far)).size == (1200, 800)


def test_a_number_finds_room_at_the_edge() -> None:
    """On the right of a frame that begins at the left edge; and never outside."""
    image = drawn(draw(photo(), [Box(0, 0, 100, 10), Box(1190, 795, 300, 90)], []))
    assert has(image, PALETTE[0], (120, 20))
    assert has(image, PALETTE[1], (1160, 770))


def test_a_small_photo_is_enlarged() -> None:
    """Digits would cover it."""
    image = drawn(draw(photo((250, 200)), [Box(50, 50, 60, 10)], []))
    assert image.size == (LEAST_SIDE, 800)


@pytest.mark.parametrize("size", [(2560, 10), (10, 2560), (2560, 2560)])
def test_telegram_takes_it(size: tuple[int, int]) -> None:
    """Neither too long nor too narrow nor too large."""
    noisy = Photo(Image.effect_noise(size, 200).convert("RGB"), *size)
    data = draw(noisy, [Box(2, 2, 4, 4)], [])
    width, height = drawn(data).size
    assert len(data) <= MAX_BYTES
    assert max(width, height) / min(width, height) <= MAX_RATIO
    assert width + height <= 10_000


SIDES = st.integers(0, 3000)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.builds(Box, SIDES, SIDES, SIDES, SIDES), max_size=12))
def test_no_box_breaks_it(boxes: list[Box]) -> None:
    """A provider may say anything, places outside of the photo too."""
    assert drawn(draw(photo((400, 300)), boxes, boxes)).size > (0, 0)
