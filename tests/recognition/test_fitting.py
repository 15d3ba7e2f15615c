"""A photo as a file for somebody else."""

from __future__ import annotations

from io import BytesIO

import pytest
from PIL import Image

from bot.recognition.fitting import encode, fit
from bot.recognition.photo import Photo

NOISE = Image.effect_noise((1600, 1200), 90).convert("RGB")
LEAST = (300, 300)


def sides(data: bytes) -> tuple[int, int]:
    """The size of a picture file."""
    with Image.open(BytesIO(data)) as image:
        return image.size


def test_a_photo_that_fits_keeps_its_size_and_quality() -> None:
    """Nothing is lost where nothing has to be."""
    fitted = encode(Photo(NOISE, 3200, 2400), 10_000_000, LEAST)
    assert sides(fitted.data) == (1600, 1200)
    assert fitted.scale == 2.0


def test_quality_gives_way_before_size() -> None:
    """A lower quality is enough for this limit."""
    whole = len(encode(Photo(NOISE, 1600, 1200), 10_000_000, LEAST).data)
    fitted = encode(Photo(NOISE, 1600, 1200), whole * 3 // 4, LEAST)
    assert sides(fitted.data) == (1600, 1200)
    assert len(fitted.data) <= whole * 3 // 4


@pytest.mark.parametrize("limit", [300_000, 120_000])
def test_a_small_limit_is_kept(limit: int) -> None:
    """Boxes in the smaller file still lead back to the photo as it was sent."""
    fitted = encode(Photo(NOISE, 1600, 1200), limit, LEAST)
    assert len(fitted.data) <= limit
    assert fitted.scale == pytest.approx(1600 / sides(fitted.data)[0])


def test_it_is_never_smaller_than_the_provider_advises() -> None:
    """A picture that nobody can read would not help, however well it fits."""
    width, height = sides(encode(Photo(NOISE, 1600, 1200), 1, (500, 800)).data)
    assert height >= 500
    assert width >= 800


def test_a_small_photo_is_not_made_smaller() -> None:
    """It is below the advice already."""
    small = NOISE.resize((280, 200))
    assert sides(encode(Photo(small, 280, 200), 1, LEAST).data) == (280, 200)


async def test_fitting_leaves_the_event_loop_free() -> None:
    """The coroutine gives what the function gives."""
    fitted = await fit(Photo(NOISE, 1600, 1200), 10_000_000, LEAST)
    assert fitted.scale == 1.0
