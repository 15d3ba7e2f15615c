"""The embedded recogniser as the rest of the program sees it, with the real models."""

from __future__ import annotations

import subprocess
import sys
import time
from typing import TYPE_CHECKING, Any, cast

import psutil  # type: ignore[import-untyped]
import pytest
import pytest_asyncio
from structlog.testing import capture_logs

from bot.errors import PhotoError, ProviderError
from bot.licence.documents import DocumentType, FieldName
from bot.recognition.embedded.engine import EmbeddedRecogniser

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable
    from pathlib import Path

DL = DocumentType.DRIVING_LICENCE

shared = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def recogniser() -> AsyncIterator[EmbeddedRecogniser]:
    """One that is ready."""
    recogniser = EmbeddedRecogniser()
    await recogniser.start()
    yield recogniser
    await recogniser.aclose()


@shared
async def test_a_page_becomes_a_recognition(
    recogniser: EmbeddedRecogniser, specimen: Callable[..., Any]
) -> None:
    """The answer names the page, the provider and the time it took."""
    chosen = specimen("dl_clean_006")

    recognition = await recogniser.recognise(chosen.photo, DL)

    assert recognition.document_type == DL
    assert recognition.provider == recogniser.name == "embedded"
    assert recognition.elapsed > 0
    assert recognition.value(FieldName.NAME) == chosen.text("姓名")


@shared
async def test_the_page_is_told(
    recogniser: EmbeddedRecogniser, specimen: Callable[..., Any]
) -> None:
    """Nobody needs to say which page it is."""
    assert await recogniser.classify(specimen("dl_clean_006").photo) == DL


@shared
async def test_a_photo_of_the_wrong_page_is_the_photos_fault(
    recogniser: EmbeddedRecogniser, specimen: Callable[..., Any]
) -> None:
    """What is wrong with the photo comes through as it is."""
    with pytest.raises(PhotoError, match="other-page") as raised:
        await recogniser.recognise(specimen("vl_clean_003").photo, DL)
    assert raised.value.params == {"seen": DocumentType.VEHICLE_LICENCE.slug}


@shared
async def test_a_surprise_inside_becomes_engine_failed_without_values(
    recogniser: EmbeddedRecogniser, specimen: Callable[..., Any]
) -> None:
    """Neither the error nor the log repeats what it was about."""
    no_such_page = cast("DocumentType", "440524188001010014")

    with capture_logs() as logs, pytest.raises(ProviderError) as raised:
        await recogniser.recognise(specimen("dl_clean_006").photo, no_such_page)

    assert raised.value.code == "engine-failed"
    assert not raised.value.transient
    assert [entry["event"] for entry in logs] == ["engine failed"]
    assert "4405" not in str(logs) + str(raised.value)


async def test_missing_models_are_engine_failed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Starting without models fails as the recogniser's own fault, with one line in the log."""
    (tmp_path / "rapidocr").mkdir()
    (tmp_path / "rapidocr" / "__init__.py").touch()
    monkeypatch.syspath_prepend(tmp_path)
    recogniser = EmbeddedRecogniser(workers=2, threads=1)

    with capture_logs() as logs, pytest.raises(ProviderError, match="engine-failed"):
        await recogniser.start()
    await recogniser.aclose()

    assert [entry["event"] for entry in logs] == ["engine cannot be loaded"]


ALONE = """
import asyncio, os, socket, sys
from pathlib import Path
from bot.licence.documents import DocumentType
from bot.recognition.embedded.engine import EmbeddedRecogniser
from bot.recognition.photo import open_photo

async def main():
    recogniser = EmbeddedRecogniser()
    photo = await open_photo(Path(sys.argv[1]).read_bytes())
    kind = await recogniser.classify(photo)
    print(len((await recogniser.recognise(photo, kind)).fields))
    print(*{"onnxruntime", "cv2", "numpy", "rapidocr"} & set(sys.modules), "heavy")
    print(recogniser._workers._workers[0]._process._process.pid, flush=True)
    if "die" in sys.argv:
        os.kill(os.getpid(), 9)
    await recogniser.aclose()

print(len(socket.if_nameindex()))
asyncio.run(main())
"""


def gone(pid: int) -> bool:
    """Whether that process ends within a minute; one that only waits to be buried has."""
    for _ in range(600):
        try:
            if psutil.Process(pid).status() == psutil.STATUS_ZOMBIE:
                return True
        except psutil.NoSuchProcess:
            return True
        time.sleep(0.1)
    return False


def test_a_bot_that_reads_stays_light_and_leaves_nobody_behind(folder: Path) -> None:
    """It imports none of the heavy libraries, and its worker ends with it when it is killed."""
    done = subprocess.run(  # noqa: S603 - our own interpreter and code
        [sys.executable, "-c", ALONE, str(folder / "dl_clean_006.jpg"), "die"],
        capture_output=True,
        text=True,
        check=False,
    )

    _, fields, heavy, worker = done.stdout.splitlines()
    assert int(fields) >= 10
    assert heavy.split() == ["heavy"]
    assert gone(int(worker))
    assert done.stderr == ""


ISOLATED = 'mount -t tmpfs -o ro none /dev/shm && exec "$@"'
"""No network, and no shared memory, which plain containers hardly have."""


def test_neither_network_nor_shared_memory_is_needed(folder: Path) -> None:
    """A process with nothing but a loopback interface and pipes reads a page."""
    alone = ["unshare", "--net", "--mount", "--map-root-user", "sh", "-c", ISOLATED, "sh"]
    try:
        subprocess.run([*alone, "true"], check=True, capture_output=True)  # noqa: S603
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("this machine gives no namespaces (unshare --net --mount)")

    done = subprocess.run(  # noqa: S603 - our own interpreter and code
        [*alone, sys.executable, "-c", ALONE, str(folder / "vb_clean_004.jpg")],
        capture_output=True,
        text=True,
        check=True,
    )

    interfaces, fields, *_ = done.stdout.split()
    assert interfaces == "1"
    assert int(fields) >= 10
    assert done.stderr == ""
