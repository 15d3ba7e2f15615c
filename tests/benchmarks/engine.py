"""The embedded recogniser as a neighbour: latency of the loop, throughput, start, memory.

`python -m tests.benchmarks.engine`. Wall times mean something on a quiet machine only; the table
names its load.
"""

from __future__ import annotations

import asyncio
import os
import resource
import statistics
import subprocess
import sys
import time
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import psutil  # type: ignore[import-untyped]
from rich.console import Console
from rich.table import Table

from bot.recognition.embedded.engine import EmbeddedRecogniser
from bot.recognition.photo import open_photo
from tests.benchmarks.specimens import PAGES, SPECIMENS

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from bot.licence.documents import DocumentType
    from bot.recognition.photo import Photo

MIB = 2**20
ROUNDS = 4
WAITING = 1000
LARGEST = 2560
IMPORTS = ("bot", "bot.cli", "bot.recognition.building", "bot.recognition.embedded.engine")
HEAVY = ("onnxruntime", "cv2", "numpy")
FIRST = ("-m", "bot", "read", "--type", "driving", str(SPECIMENS / "dl_clean_006.jpg"))

Asked = tuple["Photo", "DocumentType"]


async def photos() -> list[Asked]:
    """Every specimen with its page."""
    return [
        (await open_photo(path.read_bytes()), PAGES[path.name[:2]])
        for path in sorted(SPECIMENS.glob("*.jpg"))
    ]


async def enlarged(asked: Asked) -> Asked:
    """The same photo as large as photos may be: what crosses to the worker is largest then."""
    photo, page = asked
    factor = LARGEST / max(photo.image.size)
    image = photo.image.resize(
        (round(photo.image.width * factor), round(photo.image.height * factor))
    )
    return type(photo)(image, *image.size), page


@asynccontextmanager
async def started(workers: int, threads: int) -> AsyncIterator[EmbeddedRecogniser]:
    """A recogniser that is ready."""
    recogniser = EmbeddedRecogniser(workers=workers, threads=threads, waiting=WAITING)
    try:
        await recogniser.start()
        yield recogniser
    finally:
        await recogniser.aclose()


async def loop_latency(asked: list[Asked]) -> list[float]:
    """Milliseconds by which a trivial coroutine comes late while four photos are being read."""
    late: list[float] = []
    async with started(1, 2) as recogniser:
        reading = asyncio.gather(*(recogniser.recognise(*one) for one in asked * 2))
        while not reading.done():
            begun = time.perf_counter()
            await asyncio.sleep(0.01)
            late.append((time.perf_counter() - begun - 0.01) * 1000)
        await reading
    return sorted(late)


async def throughput(workers: int, threads: int, asked: list[Asked]) -> tuple[float, float]:
    """Photos a second, and CPU seconds of a photo."""
    async with started(workers, threads) as recogniser:
        await asyncio.gather(*(recogniser.recognise(*one) for one in asked[: workers * 2]))
        spent, begun = cpu(), time.perf_counter()
        await asyncio.gather(*(recogniser.recognise(*one) for one in asked * ROUNDS))
        count = len(asked) * ROUNDS
        return count / (time.perf_counter() - begun), (cpu() - spent) / count


def cpu() -> float:
    """CPU seconds of all workers so far."""
    times = [child.cpu_times() for child in psutil.Process().children()]
    return float(sum(each.user + each.system for each in times))


async def cold_start(asked: Asked) -> tuple[float, float]:
    """Seconds until a worker is ready, and until it has answered its first photo besides."""
    begun = time.perf_counter()
    async with started(1, 2) as recogniser:
        ready = time.perf_counter() - begun
        await recogniser.recognise(*asked)
        return ready, time.perf_counter() - begun


async def memory(asked: list[Asked]) -> list[tuple[int, float, float]]:
    """Photos read so far, MiB of the worker then, and its peak."""
    figures = []
    async with started(1, 2) as recogniser:
        (worker,) = psutil.Process().children()
        for count in range(1, 10):
            for one in asked:
                await recogniser.recognise(*one)
            peak = int(_status(worker.pid, "VmHWM")) / 1024
            figures.append((count * len(asked), worker.memory_info().rss / MIB, peak))
    return figures


def _status(pid: int, name: str) -> str:
    lines = Path(f"/proc/{pid}/status").read_text("ascii").splitlines()
    return next(line.split()[1] for line in lines if line.startswith(name))


def imported(module: str) -> tuple[float, float, str]:
    """Seconds and CPU seconds of an import in a fresh interpreter, the best of five each.

    Besides, which heavy libraries come along.
    """
    script = (
        f"import sys, time; t, c = time.perf_counter(), time.process_time(); import {module};"
        f"t, c = time.perf_counter() - t, time.process_time() - c;"
        f"print(t, c, *({set(HEAVY)} & {{*sys.modules}}))"
    )
    runs = [
        subprocess.check_output([sys.executable, "-c", script], text=True).split()  # noqa: S603 - our own
        for _ in range(5)
    ]
    heavy = ", ".join(sorted(runs[0][2:])) or "none"
    return min(float(run[0]) for run in runs), min(float(run[1]) for run in runs), heavy


def first_answer() -> tuple[float, float]:
    """Seconds and CPU seconds from a command to the page it prints, the best of three."""
    walls, cpus = [], []
    for _ in range(3):
        begun, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.check_output([sys.executable, *FIRST])  # noqa: S603 - our own
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        walls.append(time.perf_counter() - begun)
        cpus.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return min(walls), min(cpus)


async def main() -> None:
    """Print the table."""
    asked = await photos()
    four = asked[:4]
    table = Table("what", "figure", title=f"load {os.getloadavg()[0]:.1f}, {os.cpu_count()} cores")
    wall, spent = first_answer()
    table.add_row("bot read: start to answer", f"{wall:.2f} s, {spent:.2f} CPU s")
    ready, first = await cold_start(asked[0])
    table.add_row("cold start of a worker", f"ready {ready:.2f} s, first answer {first:.2f} s")
    for module in IMPORTS:
        wall, spent, heavy = imported(module)
        figures = f"{wall:.2f} s, {spent:.2f} CPU s; of {', '.join(HEAVY)}: {heavy}"
        table.add_row(f"import {module}", figures)
    for name, some in (("4 photos", four), ("4 large", [await enlarged(one) for one in four])):
        late = await loop_latency(some)
        median, most = statistics.median(late), late[-1]
        table.add_row(f"loop late under {name}", f"median {median:.1f} ms, most {most:.1f} ms")
    for workers, threads in ((1, 2), (2, 1), (1, 1)):
        rate, cost = await throughput(workers, threads, asked)
        table.add_row(
            f"{workers} workers × {threads} threads",
            f"{rate:.2f} photos/s, {cost:.2f} CPU s each",
        )
    for count, now, peak in (await memory(asked))[::4]:
        table.add_row(f"worker after {count} photos", f"{now:.0f} MiB, peak {peak:.0f}")
    table.add_row("bot's own process", f"peak {int(_status(os.getpid(), 'VmHWM')) / 1024:.0f} MiB")
    Console(width=100).print(table)


if __name__ == "__main__":
    asyncio.run(main())
