"""The embedded recogniser beside stock RapidOCR and Tesseract: same photos, same machine, same run.

    python -m tests.benchmarks.peers [FOLDER]

Each of them is a process of its own, so that its memory is its own. RapidOCR runs as it comes, with
its default settings and the same models; of the lines that it or Tesseract read, the text nearest
to the right of a caption is taken for its value, as a program would that knows nothing of pages.
Tesseract is measured where it is installed. Photos are decoded before the clock starts.
"""

from __future__ import annotations

import json
import re
import resource
import shutil
import statistics
import subprocess
import sys
import time
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from rich.console import Console
from rich.table import Table

from bot.errors import PhotoError
from bot.recognition import values
from bot.recognition.embedded.heap import give_back
from bot.recognition.photo import decode
from tests.benchmarks.specimens import NAMES, PAGES, SPECIMENS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from bot.licence.documents import DocumentType
    from bot.recognition.photo import Photo

    Contender = Callable[[Photo, DocumentType], Mapping[str, str]]

OURS: Final = "embedded"

PRINTED: Final = {"领证日期": "初次领证日期", "识别代码": "车辆识别代号", "发动机号": "发动机号码"}
"""What is printed before a value where the truth calls it otherwise."""

TERM: Final = "有效期限"
_DATE: Final = re.compile(r"\d{4}-\d{2}-\d{2}")
_COLONS: Final = ":\uff1a "
_RULES: Final = {
    "核定载人数": values.seats,
    "外廓尺寸": values.dimensions,
    **dict.fromkeys(("总质量", "整备质量", "核定载质量", "准牵引总质量"), values.mass),
}


class Line(NamedTuple):
    """Some text and the upright rectangle around it, in pixels."""

    text: str
    left: float
    top: float
    right: float
    bottom: float

    @property
    def middle(self) -> float:
        """Half of its height down."""
        return (self.top + self.bottom) / 2


def naive(lines: Iterable[Line]) -> dict[str, str]:
    """The value of each caption: the rest of its line, or the nearest line to the right."""
    lines = tuple(lines)
    found = {}
    for caption in NAMES:
        text = _beside(lines, PRINTED.get(caption, caption))
        found[caption] = values.normalise(_RULES.get(caption, values.solid), text)
    term = _DATE.findall(_beside(lines, TERM))
    return found | dict(zip(("起始日期", "有效日期"), term, strict=False))


def _beside(lines: tuple[Line, ...], caption: str) -> str:
    for line in lines:
        before, seen, after = line.text.partition(caption)
        if seen and not before.strip():
            return after.lstrip(_COLONS) or _nearest(lines, line)
    return ""


def _nearest(lines: tuple[Line, ...], caption: Line) -> str:
    height = caption.bottom - caption.top
    beside = (
        line
        for line in lines
        if line.left > caption.left + height and abs(line.middle - caption.middle) < height * 0.7
    )
    nearest = min(beside, key=lambda line: line.left, default=None)
    return nearest.text if nearest else ""


def embedded() -> Contender:
    """Ours, without the process around it, on two threads."""
    import cv2  # noqa: PLC0415 - only this contender may pay for it

    from bot.recognition.embedded import models, pipeline  # noqa: PLC0415

    cv2.setNumThreads(2)
    loaded = models.load(2)
    captions = {name: caption for caption, name in NAMES.items()}

    def read(photo: Photo, page: DocumentType) -> dict[str, str]:
        try:
            fields = pipeline.read(loaded, photo, page).fields
        except PhotoError:
            return {}
        finally:
            give_back()
        return {captions[one.name]: one.value for one in fields if one.name in captions}

    return read


def rapidocr() -> Contender:
    """RapidOCR as it comes."""
    import numpy as np  # noqa: PLC0415
    from rapidocr import RapidOCR  # noqa: PLC0415

    engine: Any = RapidOCR()

    def read(photo: Photo, _: DocumentType) -> dict[str, str]:
        out = engine(np.asarray(photo.image)[:, :, ::-1])
        if out.boxes is None:
            return {}
        return naive(
            Line(text, *box.min(axis=0), *box.max(axis=0))
            for text, box in zip(out.txts, out.boxes, strict=True)
        )

    return read


def tesseract() -> Contender:
    """Tesseract with its Chinese data, text scattered over the picture."""

    def read(photo: Photo, _: DocumentType) -> dict[str, str]:
        file = BytesIO()
        photo.image.save(file, "PNG", compress_level=1)
        command = ["tesseract", "-", "-", "-l", "chi_sim+eng", "--psm", "11", "tsv"]
        done = subprocess.run(  # noqa: S603 - a constant
            command, input=file.getvalue(), capture_output=True, check=True
        )
        return naive(_words(done.stdout.decode()))

    return read


def _words(table: str) -> list[Line]:
    """Words of one line, joined."""
    lines: dict[tuple[str, ...], Line] = {}
    for row in table.splitlines()[1:]:
        *place, left, top, width, height, _, text = row.split("\t")
        if not text.strip():
            continue
        x, y, wide, high = float(left), float(top), float(width), float(height)
        key = tuple(place[:5])
        old = lines.get(key, Line("", x, y, x, y))
        lines[key] = Line(
            old.text + text,
            *(min(old.left, x), min(old.top, y)),
            *(max(old.right, x + wide), max(old.bottom, y + high)),
        )
    return list(lines.values())


CONTENDERS: Final = {OURS: embedded, "rapidocr": rapidocr, "tesseract": tesseract}


def run(name: str, folder: Path) -> dict[str, Any]:
    """What a contender reads, and what it costs."""
    begun = time.perf_counter()
    read = CONTENDERS[name]()
    loading = time.perf_counter() - begun
    right = total = 0
    cpus, walls = [], []
    for path in sorted(folder.glob("*.json")):
        truth = json.loads(path.read_text("utf-8"))
        photo = decode(path.with_suffix(".jpg").read_bytes())
        wall, cpu = time.perf_counter(), _cpu()
        found = read(photo, PAGES[truth["page"]])
        walls.append(time.perf_counter() - wall)
        cpus.append(_cpu() - cpu)
        printed = {key: one["text"] for key, one in truth["fields"].items() if key in NAMES}
        total += len(printed)
        right += sum(found.get(key) == text for key, text in printed.items())
    return {
        "loading": loading,
        "cpu": statistics.mean(cpus),
        "wall": statistics.median(walls),
        "peak": _peak(),
        "exact": right / total,
        "photos": len(walls),
    }


def _cpu() -> float:
    """Seconds of this process and of those that it waited for."""
    usages = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(usage.ru_utime + usage.ru_stime for usage in usages)


def _peak() -> float:
    """MiB of memory: its own and that of its largest child."""
    whose = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    return sum(resource.getrusage(who).ru_maxrss for who in whose) / 1024


def measured(name: str, folder: Path) -> dict[str, Any]:
    """The same, in a process of its own."""
    command = [sys.executable, "-m", "tests.benchmarks.peers", str(folder), "--only", name]
    done = subprocess.run(command, capture_output=True, check=True, text=True)  # noqa: S603 - ourselves
    figures: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return figures


def main() -> None:
    """Print the table."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else SPECIMENS
    if "--only" in sys.argv:
        print(json.dumps(run(sys.argv[-1], folder)))  # noqa: T201 - heard by the process above
        return
    present = [name for name in CONTENDERS if name != "tesseract" or shutil.which(name)]
    figures = {name: measured(name, folder) for name in present}
    stock = figures["rapidocr"]
    table = Table(
        *("", "exact %", "CPU s", "of stock", "wall s", "peak MiB", "of stock", "load s"),
        title=f"{stock['photos']} photos",
    )
    for name, one in figures.items():
        table.add_row(
            name,
            f"{100 * one['exact']:.1f}",
            *(f"{one['cpu']:.2f}", f"{one['cpu'] / stock['cpu']:.2f}", f"{one['wall']:.2f}"),
            *(f"{one['peak']:.0f}", f"{one['peak'] / stock['peak']:.2f}", f"{one['loading']:.2f}"),
        )
    Console(width=100).print(table)


if __name__ == "__main__":
    main()
