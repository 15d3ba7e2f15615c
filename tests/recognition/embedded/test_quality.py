"""What is wrong with a photo, told by the real engine on real pictures made worse."""

from __future__ import annotations

import pickle
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import cv2
import numpy as np
import pytest
from PIL import Image

from bot.errors import PhotoError
from bot.licence.documents import DocumentType, FieldName
from bot.licence.recognition import QualityWarning
from bot.recognition.embedded import evidence, pipeline, quality
from bot.recognition.embedded.pages import pages
from bot.recognition.photo import Photo

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.recognition.embedded.geometry import Pixels
    from bot.recognition.embedded.models import Models
    from bot.recognition.embedded.reading import Line
    from tests.recognition.embedded.conftest import Specimen

PAGE = DocumentType.VEHICLE_LICENCE


@pytest.fixture(scope="module")
def card(specimen: Callable[[str], Specimen]) -> Specimen:
    """A clean vehicle licence, about 1200 pixels wide."""
    return specimen("vl_clean_003")


def changed(chosen: Specimen, change: Callable[[Pixels], Any]) -> Photo:
    """The photo after something was done to its pixels."""
    pixels = np.asarray(change(np.array(chosen.photo.image)))
    image = Image.fromarray(np.clip(pixels, 0, 255).astype(np.uint8))
    return Photo(image, image.width, image.height)


def small(pixels: Pixels, width: int, ground: int = 90) -> Pixels:
    """The card far away on a desk, the picture as large as before."""
    height = round(pixels.shape[0] * width / pixels.shape[1])
    far = cv2.resize(pixels, (width, height), interpolation=cv2.INTER_AREA)
    desk = np.full((960, 1280, 3), ground, np.uint8)
    desk[300 : 300 + height, 500 : 500 + width] = far
    return desk


def lit(pixels: Pixels, radius: int) -> Pixels:
    """A lamp in the film, off the middle."""
    high, wide = pixels.shape[:2]
    white = (255, 255, 255)
    return np.asarray(cv2.circle(pixels.copy(), (wide // 3, high // 3), radius, white, -1))


@pytest.fixture(scope="module")
def plain(loaded: Models, card: Specimen) -> pipeline.Read:
    """What is read of the card as it is."""
    return pipeline.read(loaded, card.photo, PAGE)


@pytest.mark.parametrize("name", ["dl_clean_006", "dl_good_001", "vb_good_001"])
def test_a_good_photo_has_no_fault(
    loaded: Models, specimen: Callable[[str], Specimen], name: str
) -> None:
    """Nothing is complained of where there is nothing."""
    page = {"dl": DocumentType.DRIVING_LICENCE, "vb": DocumentType.VEHICLE_LICENCE_BACK}[name[:2]]
    assert pipeline.read(loaded, specimen(name).photo, page).quality == ()


FAULTS: dict[str, tuple[Callable[[Pixels], Any], QualityWarning]] = {
    "blur": (lambda p: cv2.GaussianBlur(p, (0, 0), 3.8), QualityWarning.BLUR),
    "dark": (lambda p: p * 0.16, QualityWarning.DARK),
    "glare": (lambda p: lit(p, p.shape[1] // 5), QualityWarning.GLARE),
    "cut off": (lambda p: p[:, : round(p.shape[1] * 0.88)], QualityWarning.CUT_OFF),
    "too small": (lambda p: small(p, 270), QualityWarning.TOO_SMALL),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_told_beside_what_can_be_read(
    loaded: Models, card: Specimen, fault: str
) -> None:
    """Each alone, and most values are there nevertheless; it goes through the worker's pipe."""
    change, warning = FAULTS[fault]
    read = pipeline.read(loaded, changed(card, change), PAGE)
    assert read.quality == (warning,)
    assert len(read.fields) >= 6
    assert pickle.loads(pickle.dumps(read)) == read  # noqa: S301 - our own


HOPELESS: dict[str, tuple[Callable[[Pixels], Any], QualityWarning]] = {
    "blur": (lambda p: cv2.GaussianBlur(p, (0, 0), 9), QualityWarning.BLUR),
    "dark": (lambda p: p * 0.03, QualityWarning.DARK),
    "too small": (lambda p: small(p, 180), QualityWarning.TOO_SMALL),
}


@pytest.mark.parametrize("fault", HOPELESS)
def test_a_hopeless_photo_says_why(loaded: Models, card: Specimen, fault: str) -> None:
    """Where no page can be laid, the whole picture is measured; the reason goes into JSON."""
    change, warning = HOPELESS[fault]
    with pytest.raises(PhotoError) as raised:
        pipeline.read(loaded, changed(card, change), PAGE)
    assert raised.value.code in {"no-licence", "unreadable"}
    assert raised.value.params == {"why": str(warning)}
    assert type(raised.value.params["why"]) is str


def test_a_wiped_page_is_blamed_on_the_lamp(
    loaded: Models, card: Specimen, read_all: Callable[[Pixels], list[Line]]
) -> None:
    """A white hole in its midst; where no licence can be seen at all, it may be any white thing."""
    wiped = pipeline.pixels_of(changed(card, lambda p: lit(p, p.shape[1] // 4)))
    captions = evidence.part(read_all(wiped))[PAGE].captions
    assert captions
    assert quality.look(loaded, wiped, pages()[PAGE], None, captions) == (QualityWarning.GLARE,)
    assert quality.look(loaded, wiped, pages()[PAGE], None) == ()


def test_a_sharp_photo_gives_no_hint(
    loaded: Models,
    specimen: Callable[[str], Specimen],
    read_all: Callable[[Pixels], list[Line]],
) -> None:
    """Whatever made it illegible was not seen."""
    pixels = pipeline.pixels_of(specimen("vl_good_003").photo)
    captions = evidence.part(read_all(pixels))[PAGE].captions
    assert quality.look(loaded, pixels, pages()[PAGE], None, captions) == ()


@pytest.mark.parametrize(
    ("change", "warning"),
    [
        (lambda p: small(p, 200), QualityWarning.TOO_SMALL),
        (lambda p: cv2.GaussianBlur(p, (0, 0), 4), QualityWarning.BLUR),
        (lambda p: p[: round(p.shape[0] * 0.7)], QualityWarning.CUT_OFF),
    ],
)
def test_a_few_captions_give_a_hint(
    loaded: Models,
    card: Specimen,
    read_all: Callable[[Pixels], list[Line]],
    change: Callable[[Pixels], Any],
    warning: QualityWarning,
) -> None:
    """They are too few to read the page by, but their size and place are known."""
    pixels = pipeline.pixels_of(changed(card, change))
    parted = evidence.part(read_all(pixels))
    few = parted[PAGE].captions[:3]
    assert few
    assert quality.look(loaded, pixels, pages()[PAGE], None, few) == (warning,)


def test_a_clean_card_has_no_fault(plain: pipeline.Read) -> None:
    """It is the one that other tests make worse."""
    assert plain.quality == ()


def test_a_fault_does_not_change_what_is_read(
    loaded: Models, card: Specimen, plain: pipeline.Read
) -> None:
    """The measure only looks."""
    again = pipeline.read(loaded, replace(card.photo), PAGE)
    assert plain == again
    assert {field.name for field in plain.fields} >= {FieldName.VIN, FieldName.OWNER}
