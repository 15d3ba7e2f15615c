"""Many people at once: everybody is answered, and Telegram's limits are kept."""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack, asynccontextmanager
from io import BytesIO
from typing import TYPE_CHECKING, Final

import pytest
from PIL import Image

from bot.chat import pace
from bot.chat.application import build
from bot.delivery.connection import Heartbeat, connect
from bot.delivery.delivery import delivering
from bot.delivery.listening import Door, listen
from bot.delivery.webhook import address, webhook
from bot.metrics import Metrics
from bot.playground.accounts import Person
from bot.playground.attaching import make_photo
from bot.playground.entities import Text
from bot.playground.limits import Limits
from bot.playground.messages import Message
from bot.playground.parameters import Upload
from bot.playground.server import Playground, serve
from bot.serving import serving
from bot.settings import Settings
from tests.chat.conftest import Scripted
from tests.delivery.test_listening import free_port

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from bot.playground.chat import Chat

pytestmark = pytest.mark.crowd

PEOPLE: Final = 50
SPEED: Final = 5
"""The bot's limits and Telegram's are both so much higher, so that the test takes a fifth."""

PATIENCE: Final = 120.0


@asynccontextmanager
async def crowded(folder: Path, playground: Playground, metrics: Metrics) -> AsyncIterator[None]:
    """A bot behind a webhook, with a recogniser that needs no time."""
    async with AsyncExitStack() as stack:
        port, reader = free_port(), Scripted()
        url = await stack.enter_async_context(serve(playground))
        telegram = {
            "token": playground.token,
            "api_url": url,
            "webhook_url": f"http://127.0.0.1:{port}/",
        }
        store = f"sqlite:///{folder}/bot.db"
        settings = Settings.model_validate({"telegram": telegram, "database_url": store})
        delivery = await stack.enter_async_context(delivering(settings, metrics))
        sending = connect(settings.telegram, metrics)
        connections = sending, Heartbeat(settings.telegram)
        registry = delivery.registry
        application = build(
            settings, reader, None, delivery.inbox, connections, registry, metrics=metrics
        )
        place, stop = address(settings), asyncio.Event()
        door = Door(place, serving(webhook(place, delivery.inbox, metrics), "127.0.0.1", port))
        work = delivery.to(application)
        running = asyncio.create_task(listen(application, sending, stop, work, door))
        try:
            yield
        finally:
            stop.set()
            await running


async def send_all(playground: Playground, photos: int) -> list[Chat]:
    """Everybody sends all their photos at once, and says which page they show."""
    world, file = playground.world, BytesIO()
    Image.new("RGB", (64, 48), "white").save(file, "JPEG")
    photo = await make_photo(world.files, Upload(file.getvalue(), "p.jpg", "image/jpeg"))
    chats = [world.join(Person(id=1_000 + one)) for one in range(PEOPLE)]
    for _ in range(photos):
        for chat in chats:
            world.hear(Message(0, 0, by_bot=False, text=Text("驾驶证"), media=photo), chat)
    return chats


def answered(chat: Chat) -> int:
    """Photos that were answered with a verdict and not only with a "reading …"."""
    return sum(bool(one.by_bot and one.edit_date and one.text) for one in chat)


@pytest.mark.parametrize(
    ("strict", "photos"), [pytest.param(1.0, 10, marks=pytest.mark.soak), (0.2, 4)]
)
async def test_a_burst_is_answered_and_nobody_is_banned(
    strict: float, photos: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """500 photos of 50 people; fewer where Telegram likes less than it advises and says 429."""
    for name in ("OVERALL", "CHAT"):
        size, period = getattr(pace, name)
        monkeypatch.setattr(pace, name, (size, period / SPEED))
    playground, metrics = Playground(), Metrics()
    limits = Limits(overall=30 * SPEED * strict, chat=SPEED * strict, burst=5 * strict)
    playground.world.limits = limits
    async with crowded(tmp_path, playground, metrics), asyncio.timeout(PATIENCE):
        chats = await send_all(playground, photos)
        while any(answered(chat) < photos for chat in chats):  # noqa: ASYNC110 - no event
            await asyncio.sleep(0.1)
    assert not limits.banned
    assert [answered(chat) for chat in chats] == [photos] * PEOPLE
    assert metrics.value("telegram_waits_total") == limits.refused.total() + limits.deaf
    assert (limits.refused.total() > 0) is (strict < 1)
    assert metrics.value("updates_total", kind="photo") == PEOPLE * photos
    assert not [sample for family in metrics.dead.collect() for sample in family.samples]
