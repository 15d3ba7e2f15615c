"""A person who talks to the real bot through the real playground."""

from __future__ import annotations

import asyncio
import ssl
from contextlib import AsyncExitStack, asynccontextmanager
from functools import cache
from io import BytesIO
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from PIL import Image
from pydantic import SecretStr

from bot.chat import pace
from bot.chat.application import build
from bot.delivery.connection import Heartbeat, connect
from bot.delivery.delivery import delivering
from bot.delivery.polling import poll
from bot.licence.documents import PRINTED_FIELDS, DocumentType, FieldName
from bot.licence.recognition import Box, Field, Recognition
from bot.playground.server import Playground, serve
from bot.recognition.calls import Counted
from bot.settings import Settings, Telegram

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable

    from bot.licence.recognition import QualityWarning
    from bot.metrics import Metrics
    from bot.recognition.embedded.engine import EmbeddedRecogniser
    from bot.recognition.photo import Photo

PATIENCE = 30.0
# Loading certificates takes longer than most tests, and nothing here is encrypted.
NO_CERTIFICATES = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)


class Scripted:
    """A recogniser at the outermost edge: says what a test tells it, when it is told to.

    The chat must be tested with recognisers that hang, fail or contradict themselves; the real
    one is tested with it in `tests/e2e`.
    """

    name = "embedded"

    def __init__(self) -> None:
        self.sees: DocumentType | Exception | None = DocumentType.DRIVING_LICENCE
        self.fails: Exception | None = None
        self.may_classify = asyncio.Event()
        self.may_read = asyncio.Event()
        self.may_classify.set()
        self.may_read.set()
        self.readings: list[DocumentType] = []
        self.missing = 0
        self.boxes: dict[FieldName, Box] = {}
        self.prints: dict[FieldName, str] = {}
        self.quality: tuple[QualityWarning, ...] = ()

    async def classify(self, _: Photo) -> DocumentType | None:
        """What the test wants to be seen."""
        await self.may_classify.wait()
        if isinstance(self.sees, Exception):
            raise self.sees
        return self.sees

    async def recognise(self, _: Photo, document_type: DocumentType) -> Recognition:
        """A licence that ended in 2020, its address read with 50 % confidence.

        So many of its other values as the test wants were not read, and `prints` says others.
        """
        self.readings.append(document_type)
        await self.may_read.wait()
        if self.fails:
            raise self.fails
        values = {
            FieldName.NAME: ("张<三", 0.99),
            FieldName.ADDRESS: ("深圳市南山区万利达大厦", 0.502),
            FieldName.VALID_FROM: ("2014-12-25", 0.99),
            FieldName.VALID_UNTIL: ("2020-12-25", 0.99),
        }
        others = [name for name in PRINTED_FIELDS[document_type] if name not in values]
        values |= dict.fromkeys(others[self.missing :], ("--", 0.99))
        values |= {name: (value, 0.99) for name, value in self.prints.items()}
        fields = tuple(
            Field(name, value, value, conf, self.boxes.get(name))
            for name, (value, conf) in values.items()
        )
        return Recognition(document_type, fields, self.name, self.quality)

    async def aclose(self) -> None:
        """Nothing to let go of."""


class Person:
    """Somebody with a phone."""

    def __init__(self, client: httpx.AsyncClient) -> None:
        self.client = client

    async def send(self, *files: tuple[str, bytes, str], **data: str) -> list[dict[str, Any]]:
        """Send something; the messages that it became."""
        parts = [("files", file) for file in files]
        response = await self.client.post("/api/messages", data=data, files=parts or None)
        assert response.status_code == httpx.codes.OK, response.text
        created: list[dict[str, Any]] = response.json()
        return created

    async def send_photo(self, caption: str = "") -> int:
        """Send a small photo; its message id."""
        (message,) = await self.send(("p.jpg", picture(), "image/jpeg"), caption=caption)
        return int(message["message_id"])

    async def press(self, message_id: int, data: str) -> None:
        """Press a button, or forge one."""
        body = {"message_id": message_id, "data": data}
        response = await self.client.post("/api/presses", json=body)
        assert response.status_code == httpx.codes.OK, response.text

    async def messages(self) -> list[dict[str, Any]]:
        """Everything in the chat."""
        listed: list[dict[str, Any]] = (await self.client.get("/api/messages")).json()
        return listed

    async def sees(self, wanted: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
        """Wait until a message of the bot is as wanted."""
        async with asyncio.timeout(PATIENCE):
            while True:
                for message in await self.messages():
                    if message["from"]["is_bot"] and wanted(message):
                        return message
                await asyncio.sleep(0.02)

    async def reads(self, text: str) -> dict[str, Any]:
        """Wait until the bot has said something with that in it."""
        return await self.sees(lambda message: text in message.get("text", ""))


@cache
def picture(
    size: tuple[int, int] = (400, 300), form: str = "JPEG", mode: str = "RGB", **options: object
) -> bytes:
    """A grey picture."""
    data = BytesIO()
    Image.new(mode, size, "grey").save(data, form, **options)
    return data.getvalue()


def buttons(message: dict[str, Any]) -> list[tuple[str, str]]:
    """Text and data of every button under a message."""
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    return [(button["text"], button["callback_data"]) for row in rows for button in row]


@asynccontextmanager
async def dialogue(  # noqa: PLR0913 - what a test may bring along
    recogniser: Scripted | EmbeddedRecogniser,
    settings: Settings | None = None,
    before: Callable[[Person], Awaitable[None]] | None = None,
    playground: Playground | None = None,
    database: str | None = None,
    *,
    metrics: Metrics | None = None,
) -> AsyncIterator[tuple[Person, Playground]]:
    """The bot polls a playground, and a person is there; perhaps something is done before.

    Whoever gives the playground of an earlier dialogue goes on with that after a restart, and who
    gives its database, too, with what was kept.
    """
    playground = playground or Playground()
    stop = asyncio.Event()
    async with AsyncExitStack() as stack:
        url = await stack.enter_async_context(serve(playground))
        client = await stack.enter_async_context(
            httpx.AsyncClient(base_url=url, trust_env=False, verify=NO_CERTIFICATES)
        )
        telegram = Telegram.model_validate({"token": playground.token, "api_url": url})
        database = database or f"sqlite:///{stack.enter_context(TemporaryDirectory())}/bot.db"
        settings = (settings or Settings()).model_copy(
            update={"telegram": telegram, "database_url": SecretStr(database)}
        )
        heartbeat = Heartbeat(telegram)
        sending = connect(telegram)
        delivery = await stack.enter_async_context(delivering(settings))
        application = build(
            settings,
            Counted(recogniser),
            recogniser,
            delivery.inbox,
            (sending, heartbeat),
            delivery.registry,
            metrics=metrics,
        )
        if before:
            await before(Person(client))
        work = delivery.to(application, lambda: sending.away)
        polling = asyncio.create_task(poll(application, heartbeat, stop, work, delivery.turn))
        try:
            yield Person(client), playground
        finally:
            stop.set()
            await polling


@pytest.fixture(autouse=True)
def _fluent(monkeypatch: pytest.MonkeyPatch) -> None:
    """A person of a test says more in a second than anybody; `test_pace` sees to the limit."""
    monkeypatch.setattr(pace, "CHAT", (50, 5.0))


@pytest.fixture
def scripted() -> Scripted:
    """The recogniser that does what a test tells it."""
    return Scripted()


@pytest.fixture
async def person(scripted: Scripted) -> AsyncIterator[Person]:
    """A person who talks to a bot with the scripted recogniser."""
    async with dialogue(scripted) as (somebody, _):
        yield somebody
