"""Several recognisers as one."""

from __future__ import annotations

import asyncio
import time

import pytest
from PIL import Image

from bot.errors import AccountError, PhotoError, ProviderError, RecognitionError, RequestError
from bot.licence.documents import DocumentType
from bot.licence.recognition import Recognition
from bot.metrics import Metrics
from bot.recognition import chain as module
from bot.recognition.breaker import FIRST_REST, STRIKES
from bot.recognition.chain import ATTEMPTS, Chain, Link
from bot.recognition.photo import Photo

PHOTO = Photo(Image.new("RGB", (400, 300)), 400, 300)
PAGE = DocumentType.DRIVING_LICENCE


class Provider:
    """A recogniser at the outermost edge that answers as a test wants it to."""

    def __init__(self, name: str, *failures: RecognitionError) -> None:
        self.name = name
        self.failures = list(failures)
        self.calls = 0
        self.running = 0
        self.most = 0
        self.seconds = 0.0
        self.closed = False

    async def recognise(self, _: Photo, document_type: DocumentType) -> Recognition:
        """Fail as often as wanted, then read."""
        self.calls += 1
        self.running += 1
        self.most = max(self.most, self.running)
        await asyncio.sleep(self.seconds)
        self.running -= 1
        if self.failures:
            raise self.failures.pop(0)
        return Recognition(document_type, (), self.name)

    async def aclose(self) -> None:
        """Remember it."""
        self.closed = True


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pauses between attempts cost a test nothing."""
    monkeypatch.setattr(module, "_FIRST_PAUSE", 0.001)
    monkeypatch.setattr(module, "_LONGEST_WAIT", 0.002)
    monkeypatch.setattr(module, "_JITTER", 0.0)


def passing(word: str, pause: int = 0) -> ProviderError:
    """A fault after which the provider may read the same photo."""
    error = ProviderError(word, transient=True)
    error.pause = pause
    return error


def chain_of(*providers: Provider, seconds: float = 10) -> Chain:
    """A chain in that order."""
    return Chain([Link(provider) for provider in providers], seconds)


async def test_the_first_one_reads() -> None:
    """The owner's order is kept; the second one never sees the photo."""
    first, second = Provider("a"), Provider("b")
    assert (await chain_of(first, second).recognise(PHOTO, PAGE)).provider == "a"
    assert second.calls == 0


async def test_a_fault_that_passes_is_tried_again() -> None:
    """A hiccup costs a moment."""
    provider = Provider("a", passing("out-of-reach"), passing("busy"))
    await chain_of(provider).recognise(PHOTO, PAGE)
    assert provider.calls == ATTEMPTS


@pytest.mark.parametrize("word", ["too-slow", "provider-failed", "unintelligible"])
async def test_a_fault_that_does_not_pass_is_met_once(word: str) -> None:
    """One timeout a photo is enough, and what was refused stays refused."""
    slow, second = Provider("a", ProviderError(word)), Provider("b")
    assert (await chain_of(slow, second).recognise(PHOTO, PAGE)).provider == "b"
    assert slow.calls == 1


async def test_a_provider_that_asks_for_a_pause_gets_it() -> None:
    """As long as it says, and no less."""
    provider = Provider("a", passing("busy", pause=1))
    begun = time.monotonic()
    await chain_of(provider).recognise(PHOTO, PAGE)
    assert (provider.calls, time.monotonic() - begun >= 1) == (2, True)


@pytest.mark.parametrize(("pause", "seconds"), [(2, 1.0), (4, 300.0)])
async def test_a_long_pause_is_not_waited_for(pause: int, seconds: float) -> None:
    """Neither one beyond the deadline nor one that keeps a person: the next one is asked."""
    busy = Provider("a", passing("busy", pause=pause))
    read = await chain_of(busy, Provider("b"), seconds=seconds).recognise(PHOTO, PAGE)
    assert (read.provider, busy.calls) == ("b", 1)


@pytest.mark.parametrize(
    "failure",
    [ProviderError("provider-failed"), AccountError("in-arrears"), RequestError("request-refused")],
)
async def test_the_next_one_is_asked_where_the_first_cannot(failure: RecognitionError) -> None:
    """Their fault, the owner's or ours: the photo may still be read."""
    first = Provider("a", *[failure] * ATTEMPTS)
    assert (await chain_of(first, Provider("b")).recognise(PHOTO, PAGE)).provider == "b"


async def test_a_fault_of_the_photo_ends_the_search() -> None:
    """Another provider would see the same picture, and cost money."""
    second = Provider("b")
    with pytest.raises(PhotoError, match="unreadable"):
        await chain_of(Provider("a", PhotoError("unreadable")), second).recognise(PHOTO, PAGE)
    assert second.calls == 0


async def test_the_last_failure_is_told() -> None:
    """Where nobody can read it, the person learns why."""
    first = Provider("a", *[passing("provider-failed")] * ATTEMPTS)
    second = Provider("b", AccountError("in-arrears"))
    with pytest.raises(AccountError, match="in-arrears"):
        await chain_of(first, second).recognise(PHOTO, PAGE)


async def test_a_dead_provider_costs_one_timeout() -> None:
    """The next photos go past it until its rest is over."""
    now = 0.0
    dead = Provider("a", *[ProviderError("too-slow")] * 5)
    links = [Link(dead, clock=lambda: now), Link(Provider("b"))]
    chain = Chain(links, 10)
    for _ in range(5):
        assert (await chain.recognise(PHOTO, PAGE)).provider == "b"
    assert dead.calls == 1
    now = FIRST_REST
    await chain.recognise(PHOTO, PAGE)
    assert dead.calls == 2


async def test_a_photo_that_takes_too_long_on_this_machine_costs_nobody_else() -> None:
    """However many heavy photos come: each is its own doing, and the next one is read."""
    slow = Provider("a", *[ProviderError("too-slow")] * (STRIKES + 1))
    chain = Chain([Link(slow, near=True)], 10)
    for _ in range(STRIKES + 1):
        with pytest.raises(ProviderError, match="too-slow"):
            await chain.recognise(PHOTO, PAGE)
    assert (await chain.recognise(PHOTO, PAGE)).provider == "a"


async def test_a_chain_of_the_dead_says_so_at_once() -> None:
    """Without a provider left, the person is told without waiting."""
    dead = Provider("a", ProviderError("too-slow"))
    chain = chain_of(dead)
    with pytest.raises(ProviderError, match="too-slow"):
        await chain.recognise(PHOTO, PAGE)
    with pytest.raises(ProviderError, match="out-of-reach"):
        await chain.recognise(PHOTO, PAGE)
    assert dead.calls == 1


async def test_photos_that_wait_for_a_dead_provider_do_not_find_out_one_by_one() -> None:
    """Whoever waits for a place goes past it as soon as the first one knows."""
    dead = Provider("a", *[ProviderError("too-slow")] * 30)
    dead.seconds = 0.02
    chain = Chain([Link(dead, parallel=2), Link(Provider("b"), 50)], 10)
    read = await asyncio.gather(*(chain.recognise(PHOTO, PAGE) for _ in range(30)))
    assert {recognition.provider for recognition in read} == {"b"}
    assert dead.calls == 2


async def test_one_photo_that_stumbles_does_not_close_a_provider() -> None:
    """It answers; the next photo may go well."""
    provider = Provider("a", *[passing("provider-failed")] * ATTEMPTS)
    chain = chain_of(provider)
    with pytest.raises(ProviderError):
        await chain.recognise(PHOTO, PAGE)
    assert (await chain.recognise(PHOTO, PAGE)).provider == "a"


async def test_nobody_waits_for_a_place_beyond_the_deadline() -> None:
    """A full provider is busy; the person is told in time."""
    provider = Provider("a")
    provider.seconds = 0.3
    chain = Chain([Link(provider, parallel=1)], 0.1)
    results = await asyncio.gather(
        *(chain.recognise(PHOTO, PAGE) for _ in range(3)), return_exceptions=True
    )
    assert provider.calls == 1
    assert sum(isinstance(result, ProviderError) for result in results) == 2


async def test_who_gives_up_leaves_the_provider_as_it_was() -> None:
    """A cancelled photo says nothing of a provider."""
    provider = Provider("a")
    provider.seconds = 5
    chain = chain_of(provider)
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(chain.recognise(PHOTO, PAGE), 0.01)
    provider.seconds = 0
    assert (await chain.recognise(PHOTO, PAGE)).provider == "a"


async def test_a_bad_photo_is_no_sign_of_death() -> None:
    """A provider that refuses photos works."""
    provider = Provider("a", *[PhotoError("no-licence")] * 3)
    chain = chain_of(provider)
    for _ in range(3):
        with pytest.raises(PhotoError):
            await chain.recognise(PHOTO, PAGE)
    assert (await chain.recognise(PHOTO, PAGE)).provider == "a"


async def test_no_attempt_begins_after_the_deadline() -> None:
    """One photo has one deadline, over all providers."""
    first = Provider("a", *[passing("provider-failed")] * ATTEMPTS)
    first.seconds = 0.05
    second = Provider("b")
    with pytest.raises(ProviderError):
        await chain_of(first, second, seconds=0.02).recognise(PHOTO, PAGE)
    assert second.calls == 0


async def test_calls_at_a_time_are_limited() -> None:
    """A provider allows only so many."""
    provider = Provider("a")
    provider.seconds = 0.02
    chain = Chain([Link(provider, parallel=3)], 10)
    await asyncio.gather(*(chain.recognise(PHOTO, PAGE) for _ in range(12)))
    assert provider.most == 3


async def test_closing_closes_every_link() -> None:
    """Connections are let go."""
    providers = [Provider("a"), Provider("b")]
    chain = chain_of(*providers)
    assert chain.name == "a+b"
    await chain.aclose()
    assert all(provider.closed for provider in providers)


def test_a_chain_needs_a_link() -> None:
    """An empty list is a mistake of ours; the settings refuse it before."""
    with pytest.raises(ValueError, match="link"):
        Chain([], 10)


async def test_calls_are_counted_by_their_outcome() -> None:
    """Each attempt, with its seconds; the codes are ours, never a provider's words."""
    metrics = Metrics()
    failing, working = Provider("tencentcloud", *[passing("busy")] * 9), Provider("embedded")
    chain = Chain([Link(one, metrics=metrics) for one in (failing, working)], 60)
    await chain.recognise(PHOTO, PAGE)
    failed = {"provider": "tencentcloud", "code": "busy"}
    assert metrics.value("provider_calls_total", **failed) == ATTEMPTS
    assert metrics.value("provider_calls_total", provider="embedded", code="ok") == 1
    assert metrics.value("recognition_seconds_count", provider="embedded") == 1


async def test_a_bug_and_a_hurry_are_outcomes_too() -> None:
    """Neither would show in a provider's own figures."""

    class Buggy(Provider):
        async def recognise(self, *_: object) -> Recognition:
            raise KeyError

    metrics, slow = Metrics(), Provider("slow")
    slow.seconds = 60
    with pytest.raises(KeyError):
        await Chain([Link(Buggy("buggy"), metrics=metrics)], 60).recognise(PHOTO, PAGE)
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.01):
            await Chain([Link(slow, metrics=metrics)], 60).recognise(PHOTO, PAGE)
    for provider, code in (("buggy", "unexpected"), ("slow", "cancelled")):
        assert metrics.value("provider_calls_total", provider=provider, code=code) == 1


class Loading(Provider):
    """A recogniser that says how it is."""

    state = "loading"


async def test_a_chain_is_able_while_any_link_is() -> None:
    """A breaker that is open, and a recogniser that is not ready, are in the way."""
    dead = [ProviderError("out-of-reach") for _ in range(9)]
    first, loading = Link(Provider("a", *dead)), Link(Loading("b"))
    assert Chain([loading], 60).state == "loading"
    chain = Chain([first, loading], 60)
    assert chain.state == "ok"
    with pytest.raises(RecognitionError):
        await Chain([first], 60).recognise(PHOTO, PAGE)
    assert chain.state == "breaker-open"
    assert Chain([first, Link(Provider("c"))], 60).state == "ok"
