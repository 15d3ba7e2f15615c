"""Pictures in Telegram's sizes."""

from __future__ import annotations

import warnings
from contextlib import suppress
from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from bot.playground import photos
from bot.playground.photos import NotAPicture, animation, dimensions, renditions, thumbnail

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.mark.parametrize(
    ("size", "sides"),
    [
        ((2000, 1500), [90, 320, 800, 1280]),
        ((1280, 800), [90, 320, 800, 1280]),
        ((500, 700), [90, 320, 700]),
        ((320, 100), [90, 320]),
        ((60, 40), [60]),
        ((1, 3000), [90, 320, 800, 1280]),
    ],
)
def test_boxes(picture: Callable[..., bytes], size: tuple[int, int], sides: list[int]) -> None:
    """Long sides of 90, 320, 800 and 1280, and never more than there is."""
    made = renditions(picture(*size, "PNG"))
    assert [max(one.width, one.height) for one in made] == sides
    for one in made:
        assert Image.open(BytesIO(one.data)).size == (one.width, one.height)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF", "BMP", "TIFF", "HEIF", "AVIF"])
def test_every_kind_becomes_a_jpeg(picture: Callable[..., bytes], kind: str) -> None:
    """What phones and browsers make can be sent."""
    [small, *_] = renditions(picture(64, 48, kind))
    assert Image.open(BytesIO(small.data)).format == "JPEG"


@pytest.mark.parametrize("mode", ["L", "1", "RGBA", "LA", "P", "CMYK"])
def test_every_mode_becomes_rgb(mode: str) -> None:
    """Grey, transparent, with a palette, for print."""
    made = renditions(plain(mode, "TIFF" if mode in {"CMYK", "LA"} else "PNG"))
    assert Image.open(BytesIO(made[0].data)).mode == "RGB"


def plain(mode: str, kind: str) -> bytes:
    """A small picture of a mode."""
    out = BytesIO()
    Image.new(mode, (20, 10)).save(out, kind)
    return out.getvalue()


def test_what_is_transparent_becomes_white() -> None:
    """Paper shows through."""
    made = renditions(plain("RGBA", "PNG"))
    assert Image.open(BytesIO(made[0].data)).convert("RGB").getpixel((5, 5)) == (255, 255, 255)


def test_pixels_stand_upright_and_metadata_is_gone(picture: Callable[..., bytes]) -> None:
    """A phone's turned picture arrives turned, without the place it was taken at."""
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010F] = "Camera"
    [*_, large] = renditions(picture(200, 100, exif=exif))
    assert (large.width, large.height) == (100, 200)
    made = Image.open(BytesIO(large.data))
    assert len(made.getexif()) == 0
    red, *_ = made.convert("RGB").getpixel((90, 10))  # type: ignore[misc]
    assert red > 200  # the top left corner has come to the top right


@pytest.mark.parametrize("data", [b"", b"not a picture", b"\xff\xd8\xff\xe0 nearly"])
def test_what_cannot_be_decoded_is_no_picture(data: bytes) -> None:
    """One error for all that Pillow may raise."""
    for look in (renditions, dimensions, animation):
        with pytest.raises(NotAPicture):
            look(data)
    assert thumbnail(data) is None


def test_a_truncated_picture_is_none(picture: Callable[..., bytes]) -> None:
    """Half a file is not shown half."""
    data = picture(800, 600)
    with pytest.raises(NotAPicture):
        renditions(data[: len(data) // 2])


def test_a_bomb_is_not_unpacked(
    picture: Callable[..., bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The header is enough to refuse."""
    monkeypatch.setattr(photos, "MOST_PIXELS", 399)
    with pytest.raises(NotAPicture, match="decoded"):
        renditions(picture(20, 20))
    monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", 10)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert thumbnail(picture(15, 15)) is None


def test_a_gif_has_a_duration() -> None:
    """Frames times their time, rounded to seconds."""
    frames = [Image.new("RGB", (8, 6), shade) for shade in ("red", "green", "blue", "white")]
    out = BytesIO()
    frames[0].save(out, "GIF", save_all=True, append_images=frames[1:], duration=500)
    assert animation(out.getvalue()) == (8, 6, 2)


@settings(deadline=None)  # other work on this machine is no failure
@given(st.binary(max_size=200))
def test_foreign_bytes_raise_one_error_only(data: bytes) -> None:
    """Whatever comes, it is a picture or it is none."""
    with suppress(NotAPicture):
        renditions(data)
