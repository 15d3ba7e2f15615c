"""What a person reads for every fault of a provider, how often it is asked, and for how long.

Every case has a server of its own on loopback and the patience of production. Run it with
`python -m tests.benchmarks.faults`; silence is waited out, so it takes a minute and a half.
"""

from __future__ import annotations

import asyncio
import json
import socket
import struct
import sys
import time
from contextlib import asynccontextmanager
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from PIL import Image
from rich.console import Console
from rich.table import Table

from bot.chat.languages import language
from bot.errors import RecognitionError
from bot.licence.documents import DocumentType
from bot.recognition.chain import Chain, Link
from bot.recognition.drivinglicence import client as legacy
from bot.recognition.drivinglicence.codes import MEANINGS
from bot.recognition.photo import Photo
from bot.recognition.tencentcloud.account import Account
from bot.recognition.tencentcloud.client import TencentCloudRecogniser
from bot.recognition.tencentcloud.codes import MEANINGS as NEWER_MEANINGS
from tests.recognition.faults import HEAD, heard, talking

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from bot.recognition.recogniser import Recogniser
    from tests.recognition.faults import Talk

PAGE = DocumentType.VEHICLE_LICENCE
SECONDS = 60.0  # the default of BOT_RECOGNITION__SECONDS
SMALL = Photo(Image.new("RGB", (640, 400), "white"), 640, 400)
LARGE = Photo(Image.effect_noise((2560, 2560), 200).convert("RGB"), 2560, 2560)


@dataclass(frozen=True)
class Case:
    """One fault.

    Attributes:
        name: of the fault.
        talk: how the server makes it; none where nobody listens.
        photo: what is sent.
    """

    name: str
    talk: Talk | None
    photo: Photo = SMALL


def saying(body: bytes, status: int = 200, kind: str = "application/json") -> Talk:
    """A server that answers so, again and again."""
    head = f"HTTP/1.1 {status} X\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n"

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while True:
            await heard(reader)
            writer.write(head.encode() + body)

    return talk


def dripping(before: bytes) -> Talk:
    """A server that goes on with a byte every fifth of a second."""

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await heard(reader)
        writer.write(before)
        while True:
            writer.write(b" ")
            await asyncio.sleep(0.2)

    return talk


def stopping(before: bytes) -> Talk:
    """A server that says so much and falls silent."""

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await heard(reader)
        writer.write(before)
        await asyncio.sleep(600)

    return talk


async def deaf(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Take nothing."""
    writer.transport.pause_reading()  # type: ignore[attr-defined]
    await asyncio.sleep(600)


async def sipping(reader: asyncio.StreamReader, _: asyncio.StreamWriter) -> None:
    """Take a little at a time."""
    while True:
        await reader.read(2048)
        await asyncio.sleep(0.2)


async def reset(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Throw the connection away after the request."""
    await heard(reader)
    connection = writer.get_extra_info("socket")
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    writer.transport.abort()


async def ending(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """End in the middle of the body."""
    await heard(reader)
    writer.write(HEAD + b'{"code": 0')
    await writer.drain()


HTML = b"<html><h1>no</h1></html>"

TRANSPORT = [
    Case("nobody listens", None),
    Case("connect: nobody accepts", None),
    Case("write: nobody takes the request", deaf, LARGE),
    Case("write: taken in sips", sipping, LARGE),
    Case("read: silence", stopping(b"")),
    Case("read: silence mid-body", stopping(HEAD + b"{")),
    Case("slow drip of headers", dripping(b"HTTP/1.1 200 OK\r\nX-Slow: ")),
    Case("slow drip of the body", dripping(HEAD)),
    Case("reset", reset),
    Case("closed mid-body", ending),
    Case("200 HTML", saying(HTML, 200, "text/html")),
    Case("200 empty", saying(b"")),
    Case("200 truncated JSON", saying(b'{"code": 0, "data": {"it')),
    Case("302", saying(b"", 302)),
    *(Case(f"HTML {status}", saying(HTML, status, "text/html"))
      for status in (400, 401, 403, 404, 413, 429, 500, 502, 503, 504)),
]  # fmt: skip


def legacy_cases() -> list[Case]:
    """Each code of the older API, the account's state, and a wrong content type."""
    bodies = {f"code {int(code)}": {"code": int(code), "message": "x"} for code in MEANINGS}
    bodies["code 3, account abnormal 2"] = {"code": 3, "message": "account abnormal,errorno is:2"}
    bodies["code 777 (unknown)"] = {"code": 777, "message": "x"}
    cases = [Case(name, saying(json.dumps(body).encode())) for name, body in bodies.items()]
    photo_fault = json.dumps({"code": -9002, "message": "x"}).encode()
    return [*cases, Case("code -9002 as text/html, 500", saying(photo_fault, 500, "text/html"))]


def newer_cases() -> list[Case]:
    """Each code of the newer API, in replies with status 200."""
    return [
        Case(code, saying(json.dumps({"Response": {"Error": {"Code": code}}}).encode()))
        for code in [*NEWER_MEANINGS, "Unknown"]
    ]


@asynccontextmanager
async def address(case: Case) -> AsyncIterator[str]:
    """Where the case happens."""
    if case.talk:
        async with talking(case.talk, buffer=4096) as url:
            yield url
        return
    with socket.socket() as bound, socket.socket() as one, socket.socket() as two:
        bound.bind(("127.0.0.1", 0))
        if case.name.startswith("connect"):
            bound.listen(0)
            for waiting in (one, two):
                waiting.settimeout(0)
                waiting.connect_ex(bound.getsockname())
        yield f"http://127.0.0.1:{bound.getsockname()[1]}"


class Counting:
    """A recogniser that counts how often it is asked."""

    def __init__(self, recogniser: Recogniser) -> None:
        self.recogniser = recogniser
        self.name = recogniser.name
        self.calls = 0

    async def recognise(self, photo: Photo, document_type: DocumentType) -> object:
        """Pass it on."""
        self.calls += 1
        return await self.recogniser.recognise(photo, document_type)

    async def aclose(self) -> None:
        """Pass it on."""
        await self.recogniser.aclose()


def recogniser_at(provider: str, url: str) -> Recogniser:
    """A client of that provider."""
    if provider == "drivinglicence":
        account = legacy.Account("1", "2", "3", url=f"{url}/ocr/drivinglicence")
        return legacy.DrivingLicenceRecogniser(account)
    return TencentCloudRecogniser(Account("2", "3", endpoint=url))


async def outcome(provider: str, case: Case) -> tuple[str, int, float]:
    """The sentence, how often the chain asked, and the seconds."""
    async with address(case) as url:
        counting = Counting(recogniser_at(provider, url))
        chain = Chain([Link(counting)], SECONDS)  # type: ignore[arg-type]
        begun = time.monotonic()
        try:
            await chain.recognise(case.photo, PAGE)
            sentence = "(read)"
        except RecognitionError as error:
            sentence = language("en").plain(f"error-{error.code}", **error.params)
        seconds = time.monotonic() - begun
        await chain.aclose()
    return sentence, counting.calls, seconds


async def rows(provider: str, cases: list[Case]) -> list[tuple[str, str, int, float]]:
    """The outcomes, those that are alike in one row."""
    outcomes = await asyncio.gather(*(outcome(provider, case) for case in cases))
    found = sorted(
        (sentence, calls, case.name, seconds)
        for case, (sentence, calls, seconds) in zip(cases, outcomes, strict=True)
    )
    table = []
    for (sentence, calls), group in groupby(found, key=lambda row: row[:2]):
        alike = list(group)
        names = ", ".join(name for _, _, name, _ in alike)
        table.append((names, sentence, calls, max(seconds for *_, seconds in alike)))
    return table


async def main() -> None:
    """Print the tables; the faults of the transport case by case, the codes by what they mean."""
    console = Console(width=200 if not sys.stdout.isatty() else None)
    for provider, codes in (("drivinglicence", legacy_cases()), ("tencentcloud", newer_cases())):
        table = Table("fault", "what the person reads", "tries", "seconds", title=provider)
        singly = await asyncio.gather(*(outcome(provider, case) for case in TRANSPORT))
        grouped = await rows(provider, codes)
        for case, (sentence, calls, seconds) in zip(TRANSPORT, singly, strict=True):
            table.add_row(case.name, sentence, str(calls), f"{seconds:.1f}")
        table.add_section()
        for names, sentence, calls, seconds in grouped:
            table.add_row(names, sentence, str(calls), f"≤ {seconds:.1f}")
        console.print(table)


if __name__ == "__main__":
    asyncio.run(main())
