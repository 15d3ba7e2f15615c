"""A photo as people send it."""

from __future__ import annotations

from contextlib import suppress
from io import BytesIO

import pillow_heif
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from bot.errors import PhotoError
from bot.recognition.photo import KEPT_SIDE, MAX_BYTES, decode, open_photo

ORIENTATION = 0x0112
RED, BLUE = (200, 30, 30), (30, 30, 200)


def two_colours(width: int = 640, height: int = 400) -> Image.Image:
    """The left half red, the right half blue."""
    image = Image.new("RGB", (width, height), RED)
    image.paste(BLUE, (width // 2, 0, width, height))
    return image


def encoded(image: Image.Image, form: str, **options: object) -> bytes:
    """The bytes of a picture file."""
    data = BytesIO()
    image.save(data, form, **options)
    return data.getvalue()


def refusal(data: bytes) -> PhotoError:
    """How such bytes are refused."""
    with pytest.raises(PhotoError) as refused:
        decode(data)
    return refused.value


def is_near(pixel: object, colour: tuple[int, int, int]) -> bool:
    """Whether a pixel has that colour, as far as a JPEG keeps it."""
    assert isinstance(pixel, tuple)
    return all(abs(a - b) < 40 for a, b in zip(pixel, colour, strict=True))


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "BMP", "TIFF", "GIF", "HEIF", "AVIF"])
def test_every_format_of_a_phone_is_read(form: str) -> None:
    """Android, iPhone, scanners and screen shots."""
    photo = decode(encoded(two_colours(), form))
    assert (photo.width, photo.height, photo.scale) == (640, 400, 1.0)
    assert photo.image.mode == "RGB"
    assert is_near(photo.image.getpixel((100, 200)), RED)
    assert is_near(photo.image.getpixel((500, 200)), BLUE)


def test_an_iphones_picture_of_two_frames_is_its_first() -> None:
    """A multi-picture JPEG does not move."""
    mpo = encoded(two_colours(), "MPO", save_all=True, append_images=[two_colours()])
    assert decode(mpo).width == 640


@pytest.mark.parametrize(
    ("orientation", "size", "first"),
    [
        (1, (640, 400), RED),
        (2, (640, 400), BLUE),
        (3, (640, 400), BLUE),
        (4, (640, 400), RED),
        (5, (400, 640), RED),
        (6, (400, 640), RED),
        (7, (400, 640), BLUE),
        (8, (400, 640), BLUE),
    ],
)
def test_a_turned_photo_stands_upright(
    orientation: int, size: tuple[int, int], first: tuple[int, int, int]
) -> None:
    """The camera's note of its position is obeyed and then forgotten."""
    exif = Image.Exif()
    exif[ORIENTATION] = orientation
    photo = decode(encoded(two_colours(), "JPEG", exif=exif))
    assert photo.image.size == (photo.width, photo.height) == size
    assert is_near(photo.image.getpixel((20, 20)), first)
    assert not photo.image.getexif()


def test_metadata_is_stripped() -> None:
    """Neither the place nor the phone goes any further."""
    exif = Image.Exif()
    exif[0x010F] = "phone"
    photo = decode(encoded(two_colours(), "JPEG", exif=exif, comment=b"where"))
    assert photo.image.info == {}
    assert not photo.image.getexif()


@pytest.mark.parametrize(("form", "size"), [("JPEG", (6000, 4000)), ("PNG", (5200, 2000))])
def test_a_large_photo_is_kept_smaller(form: str, size: tuple[int, int]) -> None:
    """Boxes still come out in pixels as they were sent."""
    photo = decode(encoded(two_colours(*size), form))
    assert (photo.width, photo.height) == size
    assert max(photo.image.size) == KEPT_SIDE
    assert photo.scale == pytest.approx(size[0] / KEPT_SIDE)


def test_a_turned_large_photo_keeps_its_sides_apart() -> None:
    """Width and height are those of the upright photo, also when it is decoded smaller."""
    exif = Image.Exif()
    exif[ORIENTATION] = 6
    photo = decode(encoded(two_colours(6000, 4000), "JPEG", exif=exif))
    assert (photo.width, photo.height) == (4000, 6000)
    assert photo.image.height == KEPT_SIDE


@pytest.mark.parametrize("mode", ["L", "CMYK", "P", "1", "YCbCr", "LA", "RGBA"])
def test_every_colour_mode_becomes_rgb(mode: str) -> None:
    """Grey scans and print colours are pictures too, and keep their light and dark."""
    form = "TIFF" if mode in {"CMYK", "YCbCr"} else "PNG"
    picture = Image.new("RGB", (640, 400), "white")
    picture.paste("black", (0, 0, 320, 400))
    photo = decode(encoded(picture.convert(mode), form))
    assert photo.image.mode == "RGB"
    assert is_near(photo.image.getpixel((100, 200)), (0, 0, 0))
    assert is_near(photo.image.getpixel((500, 200)), (255, 255, 255))


def test_sixteen_bits_become_eight() -> None:
    """A deep grey scan keeps its greys."""
    deep = Image.new("I;16", (640, 400), 32768)
    assert is_near(decode(encoded(deep, "PNG")).image.getpixel((5, 5)), (128, 128, 128))


def test_a_large_line_scan_keeps_its_greys() -> None:
    """Two colours become many when a scan is made smaller; otherwise thin strokes break."""
    scan = Image.effect_noise((3508, 2480), 100).convert("1")
    colours = decode(encoded(scan, "PNG")).image.getcolors(1 << 24)
    assert colours is not None
    assert len(colours) > 16


def test_what_is_transparent_becomes_paper() -> None:
    """A cut-out page lies on white, not on black."""
    image = Image.new("RGBA", (400, 300), (0, 0, 0, 0))
    assert decode(encoded(image, "PNG")).image.getpixel((5, 5)) == (255, 255, 255)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (bytes(MAX_BYTES + 1), "too-large"),
        (b"%PDF-1.7\n", "pdf"),
        (b"hello", "not-a-picture"),
        (b"<html></html>", "not-a-picture"),
        (b"\0\0\0\x18ftypmp42" + bytes(500), "not-a-picture"),
        (b"\0\0\0\x18ftypheic" + bytes(500), "damaged"),
        (b"\xff\xd8\xff" + bytes(50), "damaged"),
        (encoded(two_colours(), "JPEG")[:2000], "damaged"),
        (encoded(two_colours(), "PNG")[:200], "damaged"),
        (encoded(two_colours(), "WEBP")[:60], "damaged"),
        (encoded(two_colours(100, 60), "JPEG"), "too-small"),
    ],
)
def test_what_cannot_be_read_is_named(data: bytes, code: str) -> None:
    """Each has its own sentence, because each has its own remedy."""
    assert refusal(data).code == code


@pytest.mark.parametrize("side", [9000, 20000])
def test_a_picture_that_would_fill_the_memory_is_refused(side: int) -> None:
    """Some thousand bytes may hold many megapixels, and Pillow itself refuses the most."""
    assert refusal(encoded(Image.new("1", (side, side)), "PNG")).code == "too-many-pixels"


@pytest.mark.parametrize("form", ["GIF", "PNG", "WEBP"])
def test_a_moving_picture_is_refused(form: str) -> None:
    """Which of its frames should be read?"""
    frames = [two_colours(), Image.new("RGB", (640, 400), BLUE)]
    data = encoded(frames[0], form, save_all=True, append_images=frames[1:])
    assert refusal(data).code == "animated"


@given(st.binary(max_size=300), st.sampled_from(["JPEG", "PNG", "WEBP", "GIF", "BMP", "TIFF"]))
def test_no_bytes_break_the_decoder(noise: bytes, form: str) -> None:
    """Whatever the bytes, it is a photo or a `PhotoError`."""
    whole = encoded(Image.new("RGB", (300, 200)), form)
    for data in (noise, whole[:40] + noise + whole[40 + len(noise) :], whole + noise):
        with suppress(PhotoError):
            assert decode(data).image.mode == "RGB"


def test_an_iphones_heic_is_turned_once() -> None:
    """Its decoder turns by itself; turning again would lay the page on its side."""
    exif = Image.Exif()
    exif[ORIENTATION] = 6
    heif = pillow_heif.from_pillow(two_colours())
    data = BytesIO()
    heif.save(data, exif=exif.tobytes())
    photo = decode(data.getvalue())
    assert (photo.width, photo.height) == (400, 640)


async def test_decoding_leaves_the_event_loop_free() -> None:
    """The coroutine gives the same photo as the function."""
    assert (await open_photo(encoded(two_colours(), "PNG"))).width == 640
