"""What a reader should find in a photo, as `tests/benchmarks/accuracy.py` reads it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np

from bot.licence.documents import DocumentType

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.generator.camera import Photo
    from tests.generator.raster import Raster
    from tests.generator.sheet import Page, Placed

_TYPES: Final[Mapping[str, DocumentType]] = {
    "dl": DocumentType.DRIVING_LICENCE,
    "vl": DocumentType.VEHICLE_LICENCE,
    "vb": DocumentType.VEHICLE_LICENCE_BACK,
}
_INSIDE: Final = 0.7  # of a line, to count as in the photo
_NOT_TEXT: Final = ("红章", "条码")


def of(photo: Photo) -> dict[str, Any]:
    """The truth of a photo: of its first page, and of all where there are several."""
    pages = [_page(one, photo.pixels) for one in photo.pages]
    if not pages:
        return {"document_type": None, "page": None, **photo.known, "fields": {}}
    several = {"pages": pages} if len(pages) > 1 else {}
    head = {key: pages[0][key] for key in ("document_type", "page")}
    return head | photo.known | pages[0] | several


def _page(page: Page, pixels: Raster) -> dict[str, Any]:
    height, width = pixels.shape[:2]
    fields = {name: placed for name, placed in page.fields.items() if _seen(placed, height, width)}
    heights = [
        float(np.linalg.norm(placed.polygons[0][3] - placed.polygons[0][0]))
        for name, placed in fields.items()
        if name not in _NOT_TEXT and placed.value.text != "--"
    ]
    across = float(np.linalg.norm(page.corners[1] - page.corners[0]))
    return {
        "document_type": int(_TYPES[page.page]),
        "page": page.page,
        "quad": _rounded(page.corners),
        "valfont": page.faces[0],
        "capfont": page.faces[1],
        "scale": round(across / 88 / 14, 3),
        "text_height": round(float(np.median(heights)), 1) if heights else 0.0,
        "outside": [name for name in page.fields if name not in fields],
        "fields": {name: _field(placed, height, width) for name, placed in fields.items()},
    }


def _field(placed: Placed, height: int, width: int) -> dict[str, Any]:
    points = np.vstack(placed.polygons)
    left, top = (max(int(one), 0) for one in np.floor(points.min(0)))
    right, bottom = (int(one) for one in np.minimum(np.ceil(points.max(0)), (width, height)))
    text = {"text": placed.value.text}
    if placed.value.printed != placed.value.text:
        text["printed"] = placed.value.printed
    return {
        **text,
        "box": [left, top, right - left, bottom - top],
        "polys": [_rounded(one) for one in placed.polygons],
    }


def _seen(placed: Placed, height: int, width: int) -> bool:
    """Whether nearly all of a value lies in the photo."""
    points = np.vstack(placed.polygons)
    whole = np.prod(points.max(0) - points.min(0))
    inside = np.minimum(points.max(0), (width, height)) - np.maximum(points.min(0), 0)
    return bool((inside > 0).all() and np.prod(inside) >= _INSIDE * whole)


def _rounded(points: Raster) -> list[list[float]]:
    return [[round(float(x), 1), round(float(y), 1)] for x, y in points]
