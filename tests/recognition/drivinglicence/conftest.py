"""An engine on a free port with a recogniser that does as it is told, and those who call it."""

from __future__ import annotations

import asyncio
import ssl
import threading
import time
from contextlib import AsyncExitStack, asynccontextmanager, closing
from dataclasses import dataclass, field
from io import BytesIO
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from PIL import Image

from bot.licence.documents import DocumentType, FieldName
from bot.licence.recognition import Box, Field, Recognition
from bot.recognition.drivinglicence.accounts import EngineAccount
from bot.recognition.drivinglicence.server import PATH, engine
from bot.recognition.drivinglicence.signature import sign
from bot.serving import serving

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable

    from bot.recognition.photo import Photo

# Loading certificates takes longer than most tests, and little here is encrypted.
NO_CERTIFICATES = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)

PATIENCE = 20
"""Seconds after which something that should have happened never will."""

ACCOUNT = EngineAccount("1250000001", "AKIDspecimen", "a key made up")
OTHER = EngineAccount("1250000002", "AKIDother", "another key")


@dataclass
class Scripted:
    """A recogniser that waits, fails or answers as a test wants."""

    error: Exception | None = None
    proceed: asyncio.Event = field(default_factory=asyncio.Event)
    begun: asyncio.Event = field(default_factory=asyncio.Event)
    asked: list[DocumentType] = field(default_factory=list)
    sizes: list[tuple[int, int]] = field(default_factory=list)
    cancelled: int = 0
    name: str = "scripted"

    def __post_init__(self) -> None:
        self.proceed.set()

    async def recognise(self, photo: Photo, document_type: DocumentType) -> Recognition:
        """The same page for every photo, once `proceed` is set."""
        self.asked.append(document_type)
        self.sizes.append((photo.width, photo.height))
        self.begun.set()
        try:
            await self.proceed.wait()
        except asyncio.CancelledError:
            self.cancelled += 1
            raise
        if self.error is not None:
            raise self.error
        fields = (
            Field(FieldName.PLATE_NUMBER, "粤B00000", "粤B00000", 0.99, Box(1, 2, 30, 4)),
            Field(FieldName.OWNER, "样本", "样本", 0.5, Box(5, 6, 70, 8)),
        )
        return Recognition(document_type, fields, self.name)

    async def aclose(self) -> None:
        """Nothing to let go of."""


class Endless:
    """A recogniser whose thread reads on, whoever gave up, until it is released."""

    name = "endless"

    def __init__(self) -> None:
        self.begun = asyncio.Semaphore(0)
        self.released = threading.Event()

    async def recognise(self, photo: Photo, document_type: DocumentType) -> Recognition:
        """Nothing that anybody waits for."""
        del photo
        self.begun.release()
        await asyncio.to_thread(self.released.wait)
        return Recognition(document_type, (), self.name)

    async def aclose(self) -> None:
        """Nothing to let go of."""


@pytest.fixture
async def endless() -> AsyncIterator[Endless]:
    """One that is released before the event loop ends, which waits for its threads."""
    endless = Endless()
    yield endless
    endless.released.set()


@dataclass(frozen=True, slots=True)
class Engine:
    """A served engine."""

    client: httpx.AsyncClient
    recogniser: Scripted
    url: str

    async def post(self, **request: Any) -> httpx.Response:  # noqa: ANN401 - httpx' own arguments
        """Ask it; signed, unless the headers say otherwise."""
        headers = {"Authorization": authorization()} | (request.pop("headers", None) or {})
        return await self.client.post(PATH, headers=headers, **request)

    async def raw(self, request: bytes) -> bytes:
        """Send those bytes and read until the end."""
        async with self.connection() as (reader, writer):
            writer.write(request)
            return await reader.read()

    @asynccontextmanager
    async def connection(self) -> AsyncIterator[tuple[asyncio.StreamReader, asyncio.StreamWriter]]:
        """A connection of one's own, for so long at most."""
        address = httpx.URL(self.url)
        reader, writer = await asyncio.open_connection(address.host, address.port)
        with closing(writer):
            async with asyncio.timeout(PATIENCE):
                yield reader, writer

    async def metric(self, name: str) -> float:
        """A line of `/metrics`; 0 where there is none."""
        text = (await self.client.get("/metrics")).text
        lines = (line.rpartition(" ") for line in text.splitlines())
        return next((float(value) for key, _, value in lines if key == name), 0.0)

    async def until(self, name: str, value: float) -> None:
        """Wait until `/metrics` says so."""
        async with asyncio.timeout(PATIENCE):
            while await self.metric(name) != value:  # noqa: ASYNC110 - it is another side's
                await asyncio.sleep(0.01)


def authorization(account: EngineAccount = ACCOUNT, **changed: Any) -> str:  # noqa: ANN401
    """A signature made now, for 30 seconds."""
    now = int(time.time())
    values = {"app_id": account.app_id, "secret_id": account.secret_id, "bucket": ""}
    times = {"issued": now, "expires": now + 30, "nonce": 1}
    return sign(changed.pop("secret_key", account.secret_key), **(values | times | changed))


@pytest.fixture
def signed() -> Callable[..., str]:
    """Makes the value of `Authorization`; see `authorization`."""
    return authorization


@pytest.fixture
def account() -> EngineAccount:
    """The one that calls."""
    return ACCOUNT


@pytest.fixture
def other() -> EngineAccount:
    """Another one that may call."""
    return OTHER


@pytest.fixture(scope="session")
def jpeg() -> bytes:
    """A grey picture of 400 by 300 pixels."""
    file = BytesIO()
    Image.new("RGB", (400, 300), "grey").save(file, "JPEG")
    return file.getvalue()


@pytest.fixture
async def start() -> AsyncIterator[Callable[..., Awaitable[Engine]]]:
    """Makes and serves engines: a recogniser, or none, and the options of `engine`."""
    async with AsyncExitStack() as stack:

        async def begin(recogniser: Any = None, **options: Any) -> Engine:  # noqa: ANN401
            recogniser = recogniser or Scripted()
            accounts = () if options.get("unsigned") else (ACCOUNT, OTHER)
            app = engine(recogniser, accounts, **options)
            url = await stack.enter_async_context(serving(app, "127.0.0.1", 0))
            client = httpx.AsyncClient(
                base_url=url, trust_env=False, verify=NO_CERTIFICATES, timeout=20
            )
            return Engine(await stack.enter_async_context(client), recogniser, url)

        yield begin


@pytest.fixture
async def served(start: Callable[..., Awaitable[Engine]]) -> Engine:
    """An engine with two accounts and a recogniser that answers at once."""
    return await start()
