"""The stages of the embedded recogniser on one drawn photo: the picture in the documentation.

    python -m tests.benchmarks.stages [PICTURE] [--specimen dl_hard_003]

Needs the fonts of Debian's `fonts-noto-cjk`. Everything is drawn at twice its size and then halved,
which makes slanted lines smooth.
"""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from bot.recognition.embedded import (
    attention,
    closer,
    evidence,
    extraction,
    fields,
    geometry,
    marks,
    models,
    pipeline,
    pose,
    rectification,
)
from bot.recognition.embedded.pages import Zone, pages
from bot.recognition.photo import decode
from tests.benchmarks.specimens import PAGES, SPECIMENS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bot.recognition.embedded.captions import Parted
    from bot.recognition.embedded.extraction import Found
    from bot.recognition.embedded.fields import Reading
    from bot.recognition.embedded.geometry import Pixels, Points
    from bot.recognition.embedded.models import Models
    from bot.recognition.embedded.pages import Page
    from bot.recognition.embedded.pose import Pose

PICTURE: Final = Path(__file__).parents[2] / "docs" / "embedded-recogniser.png"
FONT: Final = Path("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc")
BOLD: Final = FONT.with_name("NotoSansCJK-Bold.ttc")

WIDE, HIGH = 1200, 860  # pixels of a panel, twice as many as in the picture
GAP, HEAD = 32, 76
MARGIN: Final = 1.12  # times what the captions take
COLOURS: Final = 128  # of the palette

INK, PAPER, UNREAD = "#212529", "#ffffff", "#5c4f6b"
FOUND, CAPTION, VALUE, PLACE = "#f76707", "#1c7ed6", "#2b8a3e", "#c2255c"
SURE: Final = ((0.9, "#2b8a3e"), (0.7, "#e67700"), (0.0, "#c92a2a"))
"""Confidence from which a colour says so."""


@dataclass(frozen=True, slots=True, eq=False)
class Stages:
    """What each stage made of one photo."""

    pixels: Pixels
    page: Page
    quads: Sequence[Points]
    read: Sequence[Points]
    parted: Parted
    laid: Pose
    found: Sequence[Found]
    readings: Sequence[Reading]  # of the values, then of seal and barcode


def stages(loaded: Models, path: Path) -> Stages:
    """Read a photo as `pipeline.read` does, and keep what lies between."""
    document_type = PAGES[json.loads(path.read_text("utf-8"))["page"]]
    pixels = pipeline.pixels_of(decode(path.with_suffix(".jpg").read_bytes()))
    page = pages()[document_type]
    quads = pipeline._quads(loaded, pixels, pipeline.DETECTOR_SIDE)
    lines = attention.read(loaded, pixels, page, quads)
    parted = evidence.part(lines)[document_type]
    laid = pose.find(page, parted.captions)
    if laid is None:
        raise SystemExit("the page cannot be laid on this photo")
    found = extraction.extract(page, laid, parted, fields.worth)
    carried = marks.read(loaded, pixels, laid, page, lines).readings
    readings = (*pipeline._readings(loaded, pixels, page, laid, parted), *carried)
    read = [line.quad for line in lines]
    return Stages(pixels, page, quads, read, parted, laid, found, readings)


def font(size: int, *, bold: bool = False) -> ImageFont.FreeTypeFont:
    """Noto Sans with the Chinese shapes."""
    return ImageFont.truetype(str(BOLD if bold else FONT), size, index=2)


def shown(pixels: Pixels) -> Image.Image:
    """Pixels as Pillow has them."""
    return Image.fromarray(np.ascontiguousarray(pixels[:, :, ::-1]))


def outline(draw: ImageDraw.ImageDraw, quad: Points, colour: str, width: int = 4) -> None:
    """A closed line."""
    corners = [(float(x), float(y)) for x, y in quad]
    draw.line([*corners, *corners[:2]], colour, width, "curve")


def view(of: Stages, quad: Points) -> tuple[Image.Image, Points]:
    """What is under a quad as a panel, and the map from pixels of the photo to it."""
    panel = shown(rectification.warped(of.pixels, quad, WIDE, HIGH))
    corners = np.array([[0, 0], [WIDE, 0], [WIDE, HIGH], [0, HIGH]], np.float64)
    return panel, homography(quad, corners)


def homography(source: Points, target: Points) -> Points:
    """The map that takes four corners to four others."""
    rows = []
    for (x, y), (u, v) in zip(source, target, strict=True):
        rows += [[x, y, 1, 0, 0, 0, -u * x, -u * y], [0, 0, 0, x, y, 1, -v * x, -v * y]]
    solved = np.linalg.solve(np.array(rows), target.reshape(-1))
    return np.append(solved, 1).reshape(3, 3)


def framed(centre: Points, along: Points, width: float) -> Points:
    """A quad in the shape of a panel."""
    right = along / np.linalg.norm(along) * width / 2
    down = np.array([-right[1], right[0]]) * HIGH / WIDE
    return np.stack(
        [centre + x * right + y * down for x, y in ((-1, -1), (1, -1), (1, 1), (-1, 1))]
    )


def detected(of: Stages) -> Image.Image:
    """All text of the photo; what cannot belong to the page stays unread."""
    size = np.array(of.pixels.shape[1::-1], np.float64)
    half = np.array([1, HIGH / WIDE]) * min(size[0], size[1] * WIDE / HIGH) / 2
    centre = np.clip(np.concatenate(of.quads).mean(axis=0), half, size - half)
    panel, there = view(of, framed(centre, np.array([1.0, 0.0]), 2 * half[0]))
    draw = ImageDraw.Draw(panel)
    for quad in of.quads:
        is_read = any(np.array_equal(quad, one) for one in of.read)
        outline(draw, geometry.mapped(there, quad), FOUND if is_read else UNREAD)
    return panel


def cut(of: Stages) -> Image.Image:
    """Upright, captions told from values."""
    title = max((one.line.quad for one in of.parted.captions), key=geometry.width)
    around = closer.around([one.line.quad for one in of.laid.captions], title)
    size = MARGIN * max(geometry.width(around), geometry.height(around) * WIDE / HIGH)
    panel, there = view(of, framed(around.mean(axis=0), around[1] - around[0], size))
    draw = ImageDraw.Draw(panel, "RGBA")
    others = [(line.quad, UNREAD) for line in of.parted.values]
    values = [(line.quad, VALUE) for found in of.found for line in found.lines]
    captions = [(one.line.quad, CAPTION) for one in of.parted.captions]
    for quad, colour in others + values + captions:
        corners = geometry.mapped(there, quad)
        draw.polygon([(float(x), float(y)) for x, y in corners], f"{colour}38")
        outline(draw, corners, colour)
    return panel


def laid(of: Stages) -> Image.Image:
    """The template over the page: anchors of captions, and where this print has its values."""
    zone = Zone(-2.0, 90.0, -3.0, -3.0 + 92.0 * HIGH / WIDE)
    scale = WIDE / zone.width
    panel = shown(rectification.cut(of.pixels, of.laid, zone, scale))
    draw = ImageDraw.Draw(panel, "RGBA")

    def box(left: float, right: float, y: float, half: float) -> tuple[float, ...]:
        corners = (left, y - half), (right, y + half)
        return tuple(
            n for x, y in corners for n in ((x - zone.left) * scale, (y - zone.top) * scale)
        )

    for anchor in of.page.anchors:
        left, top, right, bottom = box(anchor.left, anchor.right, anchor.y, 1.6)
        draw.line([(left, top), (left, bottom), (right, bottom)], CAPTION, 5)
    for found in of.found:
        place = found.place
        for row in range(place.slot.lines):
            y = place.y + row * place.slot.pitch
            draw.rounded_rectangle(box(place.left, place.right, y, 2.1), 10, f"{PLACE}22", PLACE, 3)
    return panel


def told(of: Stages) -> Image.Image:
    """Every field: its strip of the photo, what was read, and how likely it is right."""
    panel = Image.new("RGB", (WIDE, HIGH), "#f8f9fa")
    draw = ImageDraw.Draw(panel)
    step = HIGH / len(of.readings)
    values = len(of.page.slots)
    text, small = font(31), font(28, bold=True)
    for row, one in enumerate(of.readings):
        y = step * (row + 0.5)
        height = round(step * 0.68)
        strip = shown(
            geometry.strip(of.pixels, one.lines[0].quad if row < values else one.quad, height)
        )
        strip.thumbnail((430, height))
        panel.paste(strip, (24, round(y - strip.height / 2)))
        draw.text((480, y), shortened(one.value, text, 560), INK, text, anchor="lm")
        colour = next(colour for least, colour in SURE if one.confidence >= least)
        draw.rounded_rectangle((1068, y - 24, 1176, y + 24), 24, colour)
        draw.text((1122, y), f"{one.confidence:.2f}", PAPER, small, anchor="mm")
        if row:
            draw.line([(24, step * row), (WIDE - 24, step * row)], "#dee2e6", 2)
    return panel


def shortened(text: str, face: ImageFont.FreeTypeFont, width: int) -> str:
    """As much of a text as fits."""
    if face.getlength(text) <= width:
        return text
    return next(
        cut for n in range(len(text), 0, -1) if face.getlength(cut := f"{text[:n]}…") <= width
    )


def sheet(panels: Iterable[tuple[str, Sequence[tuple[str, str]], Image.Image]]) -> Image.Image:
    """Two by two, a headline with its colours over each."""
    listed = list(panels)
    rows = -(-len(listed) // 2)
    size = 2 * WIDE + 3 * GAP, rows * (HIGH + HEAD + GAP) + GAP
    whole = Image.new("RGB", size, PAPER)
    draw = ImageDraw.Draw(whole)
    for i, (title, key, panel) in enumerate(listed):
        left, top = GAP + i % 2 * (WIDE + GAP), GAP + i // 2 * (HIGH + HEAD + GAP)
        draw.text((left, top + HEAD / 2 - 8), title, INK, font(40, bold=True), anchor="lm")
        right = left + WIDE
        for word, colour in reversed(key):
            draw.text((right, top + HEAD / 2 - 8), word, colour, font(32, bold=True), anchor="rm")
            right -= round(font(32, bold=True).getlength(word)) + 28
        mask = Image.new("L", panel.size)
        ImageDraw.Draw(mask).rounded_rectangle((0, 0, WIDE, HIGH), 24, 255)
        whole.paste(panel, (left, top + HEAD), mask)
    return whole.resize((size[0] // 2, size[1] // 2), Image.Resampling.LANCZOS)


def picture(of: Stages) -> Image.Image:
    """The whole sheet."""
    confidence = [(f"≥ {least}" if least else "less", colour) for least, colour in SURE]
    return sheet(
        [
            ("1  Find text", [("read", FOUND), ("left unread", UNREAD)], detected(of)),
            (
                "2  Turn, read, cut",
                [("captions", CAPTION), ("values", VALUE), ("neither", UNREAD)],
                cut(of),
            ),
            ("3  Lay the page", [("its captions", CAPTION), ("places of values", PLACE)], laid(of)),
            ("4  Say how sure", confidence, told(of)),
        ]
    )


def main() -> int:
    """Draw the picture."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("picture", type=Path, nargs="?", default=PICTURE)
    parser.add_argument("--specimen", default="dl_hard_003")
    asked = parser.parse_args()
    drawn = picture(stages(models.load(2), SPECIMENS / f"{asked.specimen}.json"))
    drawn.quantize(COLOURS, dither=Image.Dither.NONE).save(asked.picture, optimize=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
