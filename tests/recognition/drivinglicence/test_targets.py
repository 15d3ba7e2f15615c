"""Request lines as proxies write them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.recognition.drivinglicence.targets import OriginForm

if TYPE_CHECKING:
    from starlette.types import Message, Receive, Scope, Send


@pytest.mark.parametrize(
    ("kind", "path", "seen"),
    [
        ("http", "/ocr/drivinglicence", "/ocr/drivinglicence"),
        ("http", "http://a.example:80/ocr/drivinglicence", "/ocr/drivinglicence"),
        ("http", "https://a.example/b", "/b"),
        ("http", "http://a.example", "/"),
        ("http", "http://[a", "/"),
        ("http", "ftp://a.example/b", "ftp://a.example/b"),
        ("lifespan", "http://a.example/b", "http://a.example/b"),
    ],
)
async def test_an_absolute_target_counts_as_its_path(kind: str, path: str, seen: str) -> None:
    """And nothing else is touched."""
    paths: list[str] = []

    async def app(scope: Scope, _receive: Receive, _send: Send) -> None:
        paths.append(scope["path"])

    async def receive() -> Message:
        raise NotImplementedError

    async def send(_: Message) -> None:
        raise NotImplementedError

    await OriginForm(app)({"type": kind, "path": path}, receive, send)

    assert paths == [seen]
