"""A playground on a free port, and both sides of it as HTTP clients."""

from __future__ import annotations

import ssl
from io import BytesIO
from typing import TYPE_CHECKING

import httpx
import pytest
from PIL import Image, ImageDraw

from bot.playground.server import Playground, serve

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable


# Loading certificates takes longer than most tests, and nothing here is encrypted.
NO_CERTIFICATES = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)


@pytest.fixture
def playground() -> Playground:
    """Telegram on this machine, not served yet."""
    return Playground()


@pytest.fixture
async def url(playground: Playground) -> AsyncIterator[str]:
    """The address it is served at."""
    async with serve(playground) as address:
        yield address


@pytest.fixture
async def bot(playground: Playground, url: str) -> AsyncIterator[httpx.AsyncClient]:
    """The bot's side: ``await bot.post("getMe")``."""
    base = f"{url}/bot{playground.token}/"
    async with httpx.AsyncClient(
        base_url=base, trust_env=False, verify=NO_CERTIFICATES, timeout=10
    ) as client:
        yield client


@pytest.fixture
async def person(url: str) -> AsyncIterator[httpx.AsyncClient]:
    """The person's side: ``await person.get("/api/messages")``."""
    async with httpx.AsyncClient(
        base_url=url, trust_env=False, verify=NO_CERTIFICATES, timeout=10
    ) as client:
        yield client


@pytest.fixture
def picture() -> Callable[..., bytes]:
    """Makes picture bytes: ``picture(width, height, format, **save options)``."""

    def draw(
        width: int = 400,
        height: int = 300,
        kind: str = "JPEG",
        mode: str = "RGB",
        **options: object,
    ) -> bytes:
        image = Image.new(mode, (width, height), 0 if mode in {"L", "1"} else None)
        pen = ImageDraw.Draw(image)
        pen.rectangle((0, 0, width // 2, height // 2), fill=255 if mode in {"L", "1"} else "red")
        out = BytesIO()
        image.save(out, kind, **options)
        return out.getvalue()

    return draw
