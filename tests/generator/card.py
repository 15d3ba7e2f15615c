"""A page of a licence: its form, and what is printed on this one."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

import cv2
import numpy as np

from tests.generator import barcode, fonts, form, printer, raster, seal
from tests.generator.form import HEIGHT, WIDTH
from tests.generator.line import box, centred, fitted, wrapped
from tests.generator.sheet import SCALE, Page, Placed, Sheet, rounded, shift
from tests.generator.tables import table

if TYPE_CHECKING:
    import random
    from collections.abc import Mapping

    from tests.generator.line import Line
    from tests.generator.printer import Printer
    from tests.generator.raster import Raster
    from tests.generator.tables import Part
    from tests.generator.value import Value

_EDGE: Final = 87.4  # mm: nothing is printed beyond
_FILM: Final = 3.25  # mm that the film reaches over the page (95 × 66 mm)


def draw(rng: random.Random, part: Part, page: str, values: Mapping[str, Value]) -> Sheet:
    """A page (`dl`, `dl2008`, `vl`, `vb`) that says this."""
    layout = table("layouts")["page"][page]
    if "untitled" in layout and rng.random() < 0.35:
        layout = form.untitled(layout)
    jitter = table("layouts")["jitter"][part]
    printing = printer.choose(rng, part, "".join(one.printed for one in values.values()))
    face = fonts.choose(rng, part, "caption", "驾")
    sheet = form.draw(rng, layout, face, jitter["caption"])
    fields: dict[str, Placed] = {}
    if "条码" in values:
        sheet, fields["条码"] = _barred(rng, part, sheet, values["条码"])
    lines = _lines(rng, printing, layout, values, jitter["value"])
    over = rng.random() < 0.5  # the seal over the print, or the print over the seal
    if "seal" in layout and not over:
        sheet, fields["红章"] = _sealed(rng, part, sheet, layout["seal"], values["红章"])
    mask = _printed(rng, lines, values, jitter, fields)
    sheet = raster.over(sheet, printing.ink, mask * _strength(rng, printing))
    if "seal" in layout and over:
        sheet, fields["红章"] = _sealed(rng, part, sheet, layout["seal"], values["红章"])
    corners = np.array([[0, 0], [WIDTH, 0], [WIDTH, HEIGHT], [0, HEIGHT]], np.float32)
    ordered = {name: fields[name] for name in values}
    done = Page(page[:2], corners, ordered, (printing.han.name, face.name))
    return Sheet(sheet, np.ones((HEIGHT, WIDTH), np.float32), (done,))


def laminated(rng: random.Random, card: Sheet) -> Sheet:
    """Under film that reaches over the edge on all sides, with a sheen."""
    edge = round(_FILM * SCALE)
    height, width = HEIGHT + 2 * edge, WIDTH + 2 * edge
    grey = rng.uniform(205, 238)
    whole = raster.plain(height, width, (grey, grey + 2, grey - 1))
    whole[edge:-edge, edge:-edge] = card.pixels
    sheen = raster.cloud(rng, height, width, 500) * rng.uniform(0, 0.12)
    mask = rounded(height, width, 3.5 * SCALE) * rng.uniform(0.75, 0.95)
    mask[edge:-edge, edge:-edge] = 1
    pages = tuple(page.through(shift(edge, edge)) for page in card.pages)
    return Sheet(raster.over(whole, (255, 255, 255), sheen), mask, pages)


def _lines(
    rng: random.Random,
    printing: Printer,
    layout: Mapping[str, Any],
    values: Mapping[str, Value],
    jitter: float,
) -> dict[str, list[Line]]:
    """All lines where they should be printed; a key that is no field is a word between two."""
    placed: dict[str, list[Line]] = {}
    for spec in layout["values"]:
        x = spec["x"] + rng.uniform(-jitter, jitter)
        y = spec["y"] + rng.uniform(-jitter, jitter)
        size = spec["size"] * printing.scale
        if "follows" in spec:
            before = placed[spec["follows"]][0]
            y = before.y
            at = (before.right + rng.uniform(0.8, 1.8), y)
            lead = fitted(printing, spec["lead"], size, spec["width"], at)
            placed[spec["lead"]] = [lead]
            x = lead.right + rng.uniform(0.8, 1.8)
        rows = wrapped(printing, values[spec["name"]].printed, size, spec)
        placed[spec["name"]] = [
            fitted(printing, row, size, spec["width"], (x, y + number * spec.get("pitch", 0)))
            for number, row in enumerate(rows)
        ]
    return placed


def _printed(
    rng: random.Random,
    lines: Mapping[str, list[Line]],
    values: Mapping[str, Value],
    jitter: Mapping[str, float],
    fields: dict[str, Placed],
) -> Raster:
    """The mask of all lines, off their places and turned as the page lay in the printer."""
    right = max(line.right for rows in lines.values() for line in rows)
    dx = min(rng.uniform(-jitter["print"], jitter["print"]), _EDGE - right)
    dy = rng.uniform(-jitter["print"], jitter["print"])
    angle = min(max(rng.gauss(0, jitter["tilt"] / 2), -jitter["tilt"]), jitter["tilt"])
    turn = np.vstack((cv2.getRotationMatrix2D((WIDTH / 2, HEIGHT / 2), angle, 1), (0, 0, 1)))
    mask = np.zeros((HEIGHT, WIDTH), np.float32)
    for name, rows in lines.items():
        boxes = tuple(replace(line, x=line.x + dx, y=line.y + dy).put(mask) for line in rows)
        if name in values:
            fields[name] = Placed(values[name], boxes).through(turn)
    return raster.warped(mask, turn, HEIGHT, WIDTH).clip(0, 1)


def _strength(rng: random.Random, printing: Printer) -> Raster:
    """How much ink the ribbon gives in each place."""
    worn = 1 - printing.ribbon * raster.cloud(rng, HEIGHT, WIDTH, 160, 12)
    return np.asarray(worn * printing.strength, np.float32)


def _barred(rng: random.Random, part: Part, sheet: Raster, digits: Value) -> tuple[Raster, Placed]:
    """With the bar code and its number below."""
    width, height = 40 * SCALE, round(6.5 * SCALE)
    x, y = round(rng.uniform(5, 42) * SCALE), round(rng.uniform(48.6, 49.6) * SCALE)
    mask = np.zeros((HEIGHT, WIDTH), np.float32)
    mask[y : y + height, x : x + width] = barcode.draw(rng, digits.text, width, height)
    plain = printer.plain(fonts.choose(rng, part, "latin", "0"))
    text = rng.choice(("*{}*", "{}")).format(digits.text)
    centred(plain, text, 2.3, ((x + width / 2) / SCALE, y / SCALE + 8.1)).put(mask)
    placed = Placed(digits, (box(x, y, x + width, y + height),))
    return raster.over(sheet, (15, 15, 15), mask), placed


def _sealed(
    rng: random.Random, part: Part, sheet: Raster, spec: Mapping[str, float], text: Value
) -> tuple[Raster, Placed]:
    """With the seal at its place, now and then over values."""
    side = round(spec["size"] * rng.uniform(0.93, 1.08) * SCALE)
    astray = rng.random() < 0.25
    x = round((spec["x"] + rng.uniform(-2, 2) + astray * rng.uniform(2, 6)) * SCALE)
    y = round((spec["y"] + rng.uniform(-1.5, 1.5) + astray * rng.uniform(0, 4)) * SCALE)
    y = min(y - side // 2, HEIGHT - side - SCALE)
    mask = np.zeros((HEIGHT, WIDTH), np.float32)
    mask[y : y + side, x : x + side] = seal.draw(rng, part, text.text, side)
    placed = Placed(text, (box(x, y, x + side, y + side),))
    return raster.over(sheet, seal.ink(rng), mask * rng.uniform(0.75, 0.95)), placed
