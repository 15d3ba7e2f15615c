"""The embedded recogniser as the rest of the program sees it."""

from __future__ import annotations

import asyncio
import subprocess
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from structlog.testing import capture_logs

from bot.errors import PhotoError, ProviderError
from bot.licence.documents import DocumentType, FieldName
from bot.recognition.embedded import models, pipeline
from bot.recognition.embedded.engine import EmbeddedRecogniser

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from bot.recognition.embedded.models import Models

DL = DocumentType.DRIVING_LICENCE


@pytest.fixture
async def recogniser(
    loaded: Models, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[EmbeddedRecogniser]:
    """A recogniser that shares the models of the other tests."""
    monkeypatch.setattr(models, "load", lambda _threads: loaded)
    recogniser = EmbeddedRecogniser()
    yield recogniser
    await recogniser.aclose()


async def test_a_page_becomes_a_recognition(
    recogniser: EmbeddedRecogniser, specimen: Callable[..., Any]
) -> None:
    """The answer names the page, the provider and the time it took."""
    chosen = specimen("dl_clean_006")
    await recogniser.start()

    recognition = await recogniser.recognise(chosen.photo, DL)

    assert recognition.document_type == DL
    assert recognition.provider == recogniser.name == "embedded"
    assert recognition.elapsed > 0
    assert recognition.value(FieldName.NAME) == chosen.text("姓名")
    assert recognition.field(FieldName.ISSUING_AUTHORITY) is None


async def test_the_page_is_told(
    recogniser: EmbeddedRecogniser, specimen: Callable[..., Any]
) -> None:
    """Nobody needs to say which page it is."""
    assert await recogniser.classify(specimen("dl_clean_006").photo) == DL


async def test_a_photo_of_the_wrong_page_is_the_photos_fault(
    recogniser: EmbeddedRecogniser, specimen: Callable[..., Any]
) -> None:
    """What is wrong with the photo comes through as it is."""
    with pytest.raises(PhotoError):
        await recogniser.recognise(specimen("vl_clean_003").photo, DL)


async def test_a_surprise_inside_becomes_engine_failed_without_values(
    recogniser: EmbeddedRecogniser,
    specimen: Callable[..., Any],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Neither the error nor the log repeats what a page says."""

    def stumble(*_: object) -> None:
        raise KeyError("440524188001010014")

    monkeypatch.setattr(pipeline, "read", stumble)

    with capture_logs() as logs, pytest.raises(ProviderError) as raised:
        await recogniser.recognise(specimen("dl_clean_006").photo, DL)

    assert raised.value.code == "engine-failed"
    assert raised.value.__suppress_context__
    assert [entry["error"] for entry in logs] == ["KeyError"]
    assert "4405" not in str(logs) + str(raised.value)


async def test_missing_models_are_engine_failed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Starting without models fails as the recogniser's own fault."""
    monkeypatch.setattr(models, "_folder", lambda: Path("nowhere"))
    recogniser = EmbeddedRecogniser(threads=1)

    with pytest.raises(ProviderError, match="engine-failed"):
        await recogniser.start()
    await recogniser.aclose()


async def test_what_nobody_waits_for_is_not_begun(
    recogniser: EmbeddedRecogniser,
    specimen: Callable[..., Any],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A photo given up while another one is read is never read."""
    begun, going = threading.Event(), threading.Event()
    read: list[DocumentType] = []

    def slow(_models: Models, _photo: object, document_type: DocumentType) -> tuple[()]:
        read.append(document_type)
        begun.set()
        going.wait(10)
        return ()

    monkeypatch.setattr(pipeline, "read", slow)
    photo = specimen("dl_clean_006").photo
    first = asyncio.ensure_future(recogniser.recognise(photo, DL))
    await asyncio.to_thread(begun.wait, 10)
    given_up = asyncio.ensure_future(recogniser.recognise(photo, DocumentType.VEHICLE_LICENCE))
    await asyncio.sleep(0)
    given_up.cancel()
    last = asyncio.ensure_future(recogniser.recognise(photo, DocumentType.VEHICLE_LICENCE_BACK))
    await asyncio.sleep(0)
    going.set()
    await asyncio.gather(first, last)

    assert given_up.cancelled()
    assert read == [DL, DocumentType.VEHICLE_LICENCE_BACK]


OFFLINE = """
import asyncio, socket, sys
from pathlib import Path
from bot.licence.documents import DocumentType
from bot.recognition.embedded.engine import EmbeddedRecogniser
from bot.recognition.photo import open_photo

async def main():
    recogniser = EmbeddedRecogniser()
    photo = await open_photo(Path(sys.argv[1]).read_bytes())
    kind = await recogniser.classify(photo)
    print(len((await recogniser.recognise(photo, kind)).fields))
    await recogniser.aclose()

print(len(socket.if_nameindex()))
asyncio.run(main())
"""


def test_no_network_is_needed(folder: Path) -> None:
    """A process with nothing but a loopback interface reads a page."""
    alone = ["unshare", "--net", "--map-root-user"]
    try:
        subprocess.run([*alone, "true"], check=True, capture_output=True)  # noqa: S603
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("this machine gives no network namespaces (unshare --net)")

    done = subprocess.run(  # noqa: S603 - our own interpreter and code
        [*alone, sys.executable, "-c", OFFLINE, str(folder / "vb_clean_004.jpg")],
        capture_output=True,
        text=True,
        check=True,
    )

    assert done.stdout.split() == ["1", "11"]
