"""The kinds of pictures: each makes one photo, known to the last value."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import numpy as np

from tests.generator import camera, card, driver, light, paper, phone, scenery, vehicle
from tests.generator.camera import LEVELS, Photo
from tests.generator.sheet import Sheet, laid, shift

if TYPE_CHECKING:
    import random
    from collections.abc import Callable, Mapping

    from tests.generator.tables import Part

FAULTS: Final = ("small", "blurred", "glare", "cut", "dark")
"""What is wrong with photos that should be refused."""

_SMALL: Final = replace(LEVELS["good"], scale=(1.9, 2.8), blur=0.1)
_DARK: Final = replace(LEVELS["good"], gain=(0.04, 0.08), noise=(5, 8), glare=0)
_SCREEN: Final = replace(LEVELS["good"], moire=0.8, blur=0.6, glare=0.2)


@dataclass(frozen=True, slots=True)
class Order:
    """What to draw: `page` is empty where a kind has none; a fault stands in the level's place."""

    kind: str
    page: str
    level: str
    number: int

    @property
    def stem(self) -> str:
        """The name of its file without suffix, such as `dl_good_001` or `dl_chat_good_001`."""
        kind = "" if self.kind in {"card", "quality"} else self.kind
        return "_".join(one for one in (self.page, kind, self.level, f"{self.number:03d}") if one)


def draw(rng: random.Random, part: Part, order: Order) -> Photo:
    """The photo, its truth's beginning already in `known`."""
    photo = _KINDS[order.kind](rng, part, order)
    level = "poor" if order.kind == "quality" else order.level
    head: dict[str, object] = {"level": level, "kind": order.kind, "part": part, "quality": []}
    return replace(photo, known=head | photo.known)


def _card(rng: random.Random, part: Part, order: Order) -> Photo:
    film = 0.2 if order.level == "clean" else 0.5
    return _shot(rng, part, _page(rng, part, order.page, film), order.level)


def _both(rng: random.Random, part: Part, order: Order) -> Photo:
    """Front and back of one vehicle licence, printed by the same office on different days."""
    one, film = vehicle.invent(rng, part), rng.random() < 0.5
    front = card.draw(rng, part, "vl", vehicle.front(rng, one, part))
    back = card.draw(rng, part, "vb", vehicle.back(rng, one))
    if film:
        front, back = card.laminated(rng, front), card.laminated(rng, back)
    sheet = laid(rng, (front, back), below=rng.random() < 0.6)
    if order.level == "clean":
        return camera.scan(rng, sheet, rng.uniform(6.8, 7.6))
    return camera.photograph(rng, part, sheet, LEVELS[order.level])


def _chat(rng: random.Random, part: Part, order: Order) -> Photo:
    photo = phone.screen_shot(rng, part, _card(rng, part, order))
    return replace(photo, known=photo.known | {"quality": ["screen shot"], "q": camera.QUALITY})


def _screen(rng: random.Random, part: Part, order: Order) -> Photo:
    """A photo of a monitor; moire is a matter of the good level already."""
    sheet = phone.monitor(rng, _page(rng, part, order.page, film=0))
    level = LEVELS["hard"] if order.level == "hard" else _SCREEN
    photo = camera.photograph(rng, part, sheet, replace(level, moire=0.8))
    return replace(photo, known=photo.known | {"quality": ["copy"]})


def _quality(rng: random.Random, part: Part, order: Order) -> Photo:
    """A photo with one fault that nobody should be blamed for not reading through."""
    sheet = _page(rng, part, order.page)
    level = {"small": _SMALL, "dark": _DARK}.get(order.level, LEVELS["good"])
    photo = camera.photograph(rng, part, sheet, level)
    if order.level == "blurred":
        photo = _unsharp(rng, photo)
    elif order.level == "glare":
        spot = light.glare(rng, photo.pixels, photo.pages[0].corners, rng.uniform(0.2, 0.28), 4)
        photo = replace(photo, pixels=spot)
    elif order.level == "cut":
        photo = _cut(rng, photo)
    return replace(photo, known=photo.known | {"quality": [order.level]})


def _unsharp(rng: random.Random, photo: Photo) -> Photo:
    if rng.random() < 0.5:
        return replace(photo, pixels=light.defocused(photo.pixels, rng.uniform(4, 7)))
    return replace(photo, pixels=light.shaken(rng, photo.pixels, rng.uniform(18, 32)))


def _cut(rng: random.Random, photo: Photo) -> Photo:
    """One corner, or one whole side, lies outside the frame."""
    high, wide = photo.pixels.shape[:2]
    corners = photo.pages[0].corners
    corner, share = corners[rng.randrange(4)], rng.uniform(0.06, 0.2)
    inward = corner + (corners.mean(0) - corner) * share * 2
    left, right, top, bottom = 0, wide, 0, high
    if rng.random() < 0.7:
        left, right = (
            (int(inward[0]), wide) if corner[0] < corners[:, 0].mean() else (0, int(inward[0]))
        )
    else:
        top, bottom = (
            (int(inward[1]), high) if corner[1] < corners[:, 1].mean() else (0, int(inward[1]))
        )
    pages = tuple(page.through(shift(-left, -top)) for page in photo.pages)
    return replace(photo, pixels=photo.pixels[top:bottom, left:right], pages=pages)


def _negative(rng: random.Random, part: Part, order: Order) -> Photo:
    """No licence: papers as often as all else, each subject in turn."""
    subjects = [*paper.subjects(), *scenery.subjects()]
    subject = subjects[order.number % len(subjects)]
    if subject in paper.subjects():
        photo = _shot(rng, part, paper.draw(rng, part, subject), order.level)
    else:
        picture = scenery.draw(rng, part, subject)
        mask = np.ones(picture.shape[:2], np.float32)
        known: dict[str, object] = {"rot": 0, "ang": 0, "eff": [], "q": camera.QUALITY}
        photo = Photo(Sheet(picture, mask).pixels, (), known)
    return replace(photo, known=photo.known | {"subject": subject})


def _shot(rng: random.Random, part: Part, sheet: Sheet, level: str) -> Photo:
    if level == "clean":
        return camera.scan(rng, sheet)
    return camera.photograph(rng, part, sheet, LEVELS[level])


def _page(rng: random.Random, part: Part, page: str, film: float = 0.5) -> Sheet:
    """One page with values of its own; `film` is how often it is laminated."""
    one = vehicle.invent(rng, part)
    if page == "dl":
        old = rng.random() < 0.15
        page, values = "dl2008" if old else "dl", driver.values(rng, part, old=old)
    elif page == "vl":
        values = vehicle.front(rng, one, part)
    else:
        values = vehicle.back(rng, one)
    sheet = card.draw(rng, part, page, values)
    return card.laminated(rng, sheet) if rng.random() < film else sheet


_KINDS: Final[Mapping[str, Callable[[random.Random, Part, Order], Photo]]] = {
    "card": _card,
    "both": _both,
    "chat": _chat,
    "screen": _screen,
    "quality": _quality,
    "negative": _negative,
}
KINDS: Final = tuple(_KINDS)
