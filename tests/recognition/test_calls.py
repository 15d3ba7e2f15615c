"""How often providers were asked for one photo."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from bot.errors import ProviderError
from bot.licence.documents import DocumentType
from bot.licence.recognition import Recognition
from bot.recognition.calls import Counted, counting
from bot.recognition.chain import Chain, Link

if TYPE_CHECKING:
    import pytest

PAGE = DocumentType.DRIVING_LICENCE
PHOTO: Any = object()


class Provider:
    """Fails so often, then reads."""

    def __init__(self, name: str, failures: int = 0) -> None:
        self.name = name
        self.failures = failures
        self.closed = False

    async def recognise(self, _: object, document_type: DocumentType) -> Recognition:
        """Read, or fail."""
        await asyncio.sleep(0)
        if self.failures:
            self.failures -= 1
            raise ProviderError("provider-failed", transient=self.failures > 0)
        return Recognition(document_type, (), self.name)

    async def aclose(self) -> None:
        """Close."""
        self.closed = True


async def test_every_call_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Also one that failed and was tried again, and the one to the next provider."""
    monkeypatch.setattr("bot.recognition.chain._FIRST_PAUSE", 0.0)
    monkeypatch.setattr("bot.recognition.chain._JITTER", 0.0)
    chain = Chain([Link(Counted(Provider("a", 2))), Link(Counted(Provider("b")))], 30)
    with counting() as calls:
        assert (await chain.recognise(PHOTO, PAGE)).provider == "b"
    assert calls == ["a", "a", "b"]


async def test_each_task_counts_its_own() -> None:
    """Two people at the same time do not pay for each other; outside nothing is counted."""
    recogniser = Counted(Provider("a"))

    async def ask(times: int) -> int:
        with counting() as calls:
            for _ in range(times):
                await recogniser.recognise(PHOTO, PAGE)
        await recogniser.recognise(PHOTO, PAGE)
        return len(calls)

    assert tuple(await asyncio.gather(ask(1), ask(3))) == (1, 3)


async def test_it_is_the_recogniser_otherwise() -> None:
    """Its name, and its end."""
    provider = Provider("a")
    recogniser = Counted(provider)
    await recogniser.aclose()
    assert (recogniser.name, provider.closed) == ("a", True)


def test_whether_it_can_read_is_still_known() -> None:
    """A counter before a recogniser does not hide from /healthz that it cannot read."""

    class Watched(Provider):
        state = "workers-dead"

    assert Link(Counted(Watched("a"))).state == "workers-dead"
    assert Link(Counted(Provider("a"))).state == "ok"
