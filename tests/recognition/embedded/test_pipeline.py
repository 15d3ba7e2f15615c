"""The whole way of one photo."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from PIL import Image, ImageDraw

from bot.errors import PhotoError
from bot.licence.documents import DocumentType, FieldName, fields_of
from bot.recognition.embedded import evidence, pipeline, pose
from bot.recognition.embedded.pages import pages
from bot.recognition.photo import Photo

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.recognition.embedded.models import Models

DL, VL, VB = (
    DocumentType.DRIVING_LICENCE,
    DocumentType.VEHICLE_LICENCE,
    DocumentType.VEHICLE_LICENCE_BACK,
)


def photo(image: Image.Image) -> Photo:
    """A picture as if somebody had sent it."""
    return Photo(image, image.width, image.height)


def letter() -> Image.Image:
    """A page of English text."""
    image = Image.new("RGB", (900, 700), "white")
    draw = ImageDraw.Draw(image)
    for row in range(14):
        draw.text((60, 40 + 45 * row), "Dear guests, breakfast is served at 7.", "black", None)
    return image.resize((1800, 1400))


def noise() -> Image.Image:
    """Coloured noise."""
    values = np.random.default_rng(7).integers(0, 256, (600, 800, 3), np.uint8)
    return Image.fromarray(values)


NO_LICENCES: dict[str, tuple[Callable[[], Image.Image], dict[str, str]]] = {
    "noise": (noise, {}),
    "blank": (lambda: Image.new("RGB", (800, 600), "white"), {"why": "blur"}),
    "gradient": (
        lambda: Image.linear_gradient("L").resize((800, 600)).convert("RGB"),
        {"why": "blur"},
    ),
    "letter": (letter, {}),
}


@pytest.mark.parametrize("picture", NO_LICENCES)
def test_a_picture_of_something_else_is_refused(loaded: Models, picture: str) -> None:
    """No page is seen in it, whichever is asked for; a sharp one is not blamed."""
    draw, why = NO_LICENCES[picture]
    shown = photo(draw())

    assert pipeline.classify(loaded, shown) is None
    with pytest.raises(PhotoError) as raised:
        pipeline.read(loaded, shown, VL)
    assert (raised.value.code, raised.value.params) == ("no-licence", why)


@pytest.mark.parametrize(
    ("name", "asked", "seen"),
    [
        ("dl_clean_006", VL, "driving_licence"),
        ("vl_clean_003", VB, "vehicle_licence"),
        ("vb_clean_004", VL, "vehicle_licence_back"),
    ],
)
def test_another_page_is_named(
    loaded: Models, specimen: Callable[..., Any], name: str, asked: DocumentType, seen: str
) -> None:
    """Whoever presses the wrong button is told what the photo shows."""
    with pytest.raises(PhotoError) as raised:
        pipeline.read(loaded, specimen(name).photo, asked)

    assert (raised.value.code, raised.value.params) == ("other-page", {"seen": seen})


@pytest.mark.parametrize(("asked", "name"), [(VL, "vl_clean_003"), (VB, "vb_clean_004")])
def test_both_vehicle_pages_in_one_photo_can_be_read(
    loaded: Models, specimen: Callable[..., Any], asked: DocumentType, name: str
) -> None:
    """The page asked for decides which plate number and which fields are read."""
    pages = [
        specimen(one).photo.image.resize((1000, 690)) for one in ("vl_clean_003", "vb_clean_004")
    ]
    both = Image.new("RGB", (1060, 1450), "#334433")
    for i, page in enumerate(pages):
        both.paste(page, (30, 20 + 710 * i))

    read = pipeline.read(loaded, photo(both), asked).fields

    values = {field.name: field.value for field in read}
    assert values[FieldName.PLATE_NUMBER] == specimen(name).text("号牌号码")
    assert set(values) <= set(fields_of(asked))
    assert len(values) == 11  # ten fields, and the seal or the barcode


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_turned_photo_is_read_the_same(
    loaded: Models, specimen: Callable[..., Any], turn: int
) -> None:
    """Nobody needs to turn the photo first."""
    chosen = specimen("dl_clean_006")
    turned = chosen.photo.image.rotate(turn, expand=True)

    read = pipeline.read(loaded, photo(turned), DL).fields

    values = {field.name: field.value for field in read}
    assert values[FieldName.LICENCE_NUMBER] == chosen.text("证号")
    assert values[FieldName.VALID_UNTIL] == chosen.text("有效日期")
    assert pipeline.classify(loaded, photo(turned)) == DL


def test_boxes_are_in_pixels_of_the_photo_as_it_was_sent(
    loaded: Models, specimen: Callable[..., Any]
) -> None:
    """A photo kept at half its size still gives boxes of the whole."""
    chosen = specimen("vl_clean_003")
    image = chosen.photo.image
    doubled = Photo(image, image.width * 2, image.height * 2)

    boxes = {field.name: field.box for field in pipeline.read(loaded, doubled, VL).fields}

    box = boxes[FieldName.VIN]
    assert box is not None
    x, y, width, height = chosen.truth["fields"]["识别代码"]["box"]
    assert (box.x, box.width) == pytest.approx((2 * x, 2 * width), abs=height)
    assert (box.y, box.height) == pytest.approx((2 * y, 2 * height), abs=height * 0.7)


def test_a_page_that_cannot_be_laid_is_unreadable(
    loaded: Models, specimen: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Captions that do not agree on a pose leave the values unknown."""
    monkeypatch.setattr(pose, "find", lambda *_: None)

    with pytest.raises(PhotoError) as raised:
        pipeline.read(loaded, specimen("vb_clean_004").photo, VB)
    assert raised.value.code == "unreadable"


def test_a_page_without_legible_values_is_unreadable(
    loaded: Models, specimen: Callable[..., Any]
) -> None:
    """Captions alone are not worth an answer."""
    chosen = specimen("vl_clean_003")
    wiped = chosen.photo.image.copy()
    paper = wiped.getpixel((20, wiped.height // 2))
    for field in chosen.truth["fields"].values():
        x, y, width, height = field["box"]
        wiped.paste(paper, (x - 2, y - 2, x + width + 2, y + height + 2))

    with pytest.raises(PhotoError) as raised:
        pipeline.read(loaded, replace(chosen.photo, image=wiped), VL)
    assert raised.value.code == "unreadable"


def test_a_missing_field_is_left_out(loaded: Models, specimen: Callable[..., Any]) -> None:
    """A value that nobody printed is not made up."""
    chosen = specimen("vl_clean_003")
    wiped = chosen.photo.image.copy()
    x, y, width, height = chosen.truth["fields"]["发动机号"]["box"]
    wiped.paste(wiped.getpixel((x - 3, y - 3)), (x - 2, y - 2, x + width + 2, y + height + 2))

    names = [f.name for f in pipeline.read(loaded, replace(chosen.photo, image=wiped), VL).fields]

    assert FieldName.ENGINE_NUMBER not in names
    assert len(names) == 10


def test_three_captions_are_believed_where_the_values_make_sense(
    specimen: Callable[..., Any], read_all: Callable[..., Any]
) -> None:
    """Two are on many a form, and three without values may be on another one."""
    parted = evidence.part(read_all(pipeline.pixels_of(specimen("dl_clean_006").photo)))[DL]
    laid = pose.find(pages()[DL], parted.captions)
    assert laid is not None
    three, two = (replace(laid, captions=laid.captions[:number]) for number in (3, 2))

    assert not pipeline._believed(three)
    assert pipeline._makes_sense(pages()[DL], three, parted)
    assert not pipeline._makes_sense(pages()[DL], two, parted)
    assert not pipeline._makes_sense(pages()[DL], three, replace(parted, values=()))
