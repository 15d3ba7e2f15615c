"""CPU milliseconds of one call by our clients, beside the official SDK in the same run.

A loopback server answers at once; the photo is a JPEG of about 300 kB. Printed are CPU time of
this process and ratios, since wall time on a shared machine says little.
"""

from __future__ import annotations

import asyncio
import statistics
import sys
import time
from base64 import b64encode
from contextlib import asynccontextmanager
from io import BytesIO
from typing import TYPE_CHECKING, Any

from PIL import Image
from rich.console import Console
from rich.table import Table
from starlette.applications import Starlette
from starlette.responses import JSONResponse
from starlette.routing import Route
from tencentcloud.common.credential import Credential
from tencentcloud.common.profile.client_profile import ClientProfile
from tencentcloud.common.profile.http_profile import HttpProfile
from tencentcloud.ocr.v20181119.models import DriverLicenseOCRRequest
from tencentcloud.ocr.v20181119.ocr_client import OcrClient

from bot.licence.documents import DocumentType
from bot.recognition.drivinglicence import client as legacy
from bot.recognition.photo import Photo
from bot.recognition.tencentcloud.account import Account
from bot.recognition.tencentcloud.client import TencentCloudRecogniser
from bot.serving import serving

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable

    from starlette.requests import Request

CALLS = 60
FAST = 10_000  # calls a second: what is measured is work, not waiting
PAGE = DocumentType.DRIVING_LICENCE
LEGACY = {"code": 0, "message": "OK", "data": {"session_id": "1", "items": [
    {"item": "姓名", "itemstring": "张三", "itemconf": 0.99,
     "itemcoord": {"x": 1, "y": 2, "width": 3, "height": 4}}]}}  # fmt: skip
NEWER = {"Response": {"Name": "张三", "CardCode": "1", "RequestId": "r"}}


async def provide() -> None:
    """Answer both APIs at once, until the process is ended."""

    async def answer(request: Request) -> JSONResponse:
        await request.body()
        return JSONResponse(LEGACY if "ocr" in request.url.path else NEWER)

    app = Starlette(routes=[Route("/{path:path}", answer, methods=["POST"])])
    async with serving(app, "127.0.0.1", 0) as url:
        sys.stdout.write(f"{url}\n")
        sys.stdout.flush()
        await asyncio.Event().wait()


@asynccontextmanager
async def provider() -> AsyncIterator[str]:
    """The same in a process of its own, so that its work is not counted; its address."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.benchmarks.clients", "provide", stdout=asyncio.subprocess.PIPE
    )
    try:
        if process.stdout is None:
            raise RuntimeError("no pipe to the provider")
        yield (await process.stdout.readline()).decode().strip()
    finally:
        process.terminate()
        await process.wait()


def photo() -> Photo:
    """A photo of about 300 kB."""
    image = Image.effect_noise((1280, 960), 4).convert("RGB")
    return Photo(image, *image.size)


async def costs(calls: dict[str, Callable[[], Awaitable[object]]]) -> dict[str, float]:
    """CPU milliseconds of a call, the median of several; the server is in another process.

    The clients take turns, so that whatever else the machine does hits them alike.
    """
    spent: dict[str, list[float]] = {name: [] for name in calls}
    for _ in range(CALLS + 1):
        for name, call in calls.items():
            begun = time.process_time()
            await call()
            spent[name].append((time.process_time() - begun) * 1000)
    return {name: statistics.median(each[1:]) for name, each in spent.items()}


def official(url: str) -> OcrClient:
    """The official SDK, pointed at the loopback server."""
    host = url.removeprefix("http://")
    profile = ClientProfile(httpProfile=HttpProfile(endpoint=host, protocol="http", keepAlive=True))
    return OcrClient(Credential("AKIDbench", "secret"), "ap-guangzhou", profile)


async def measure(url: str) -> dict[str, float]:
    """Every client in turn, on the same photo."""
    picture = photo()
    file = BytesIO()
    picture.image.save(file, "JPEG", quality=92)
    Console().print(f"photo: {len(file.getvalue()) / 1000:.0f} kB, {CALLS} calls each")
    old = legacy.DrivingLicenceRecogniser(
        legacy.Account("1", "2", "3", url=f"{url}/ocr/drivinglicence"), per_second=FAST
    )
    new = TencentCloudRecogniser(Account("AKIDbench", "secret", endpoint=url), per_second=FAST)
    sdk = official(url)

    def by_sdk() -> Any:  # noqa: ANN401 - the SDK's own type
        # the SDK wants a finished file; encoding it is part of what our clients do
        encoded = BytesIO()
        picture.image.save(encoded, "JPEG", quality=92)
        request = DriverLicenseOCRRequest()
        request.ImageBase64 = b64encode(encoded.getvalue()).decode()
        return sdk.DriverLicenseOCR(request)

    figures = await costs(
        {
            "tencentcloud-sdk-python": lambda: asyncio.to_thread(by_sdk),
            "tencentcloud (ours)": lambda: new.recognise(picture, PAGE),
            "drivinglicence (ours)": lambda: old.recognise(picture, PAGE),
        }
    )
    await old.aclose()
    await new.aclose()
    return figures


async def main() -> None:
    """Print the table."""
    async with provider() as url:
        figures = await measure(url)
    peer = figures["tencentcloud-sdk-python"]
    table = Table("client", "CPU ms a call", "of the SDK's")
    for name, milliseconds in figures.items():
        table.add_row(name, f"{milliseconds:.1f}", f"{milliseconds / peer:.2f}")
    Console().print(table)


if __name__ == "__main__":
    asyncio.run(provide() if sys.argv[1:] == ["provide"] else main())
