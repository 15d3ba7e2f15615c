"""The way to a provider, which here does everything wrong that one can."""

from __future__ import annotations

import asyncio
import itertools
import socket
import ssl
import struct
import time
from contextlib import asynccontextmanager, suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import certifi
import pytest

from bot.errors import ProviderError
from bot.recognition.transport import CONNECTIONS, MAX_ANSWER, Answer, Patience, Transport
from tests.recognition.faults import HEAD, OK, heard, talking

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from tests.recognition.faults import Talk

LONG = Patience(connect=20, pool=20, write=20, read=20, total=20)
"""More than a loaded machine takes; a test that waits for an end shortens the one it is about."""

MANY = 1000.0
LARGE = b"x" * 20_000_000  # more than sockets hold


@asynccontextmanager
async def transport(
    url: str, patience: Patience = LONG, per_second: float = MANY
) -> AsyncIterator[Transport]:
    """One that is closed at the end."""
    made = Transport(url, patience, per_second)
    try:
        yield made
    finally:
        await made.aclose()


async def failure(url: str, patience: Patience = LONG, body: bytes = b"x") -> tuple[str, str, bool]:
    """Code, detail and transience of one call's error."""
    async with transport(url, patience) as sender:
        with pytest.raises(ProviderError) as caught:
            await sender.post({}, content=body)
    return caught.value.code, caught.value.detail, caught.value.transient


async def answer_to(said: bytes) -> Answer:
    """What comes of an answer."""
    async with talking(saying(said)) as url, transport(url) as sender:
        return await sender.post({}, content=b"x")


def saying(said: bytes) -> Talk:
    """A server that says so to each request, and hangs up."""

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await heard(reader)
        writer.write(said)
        await writer.drain()
        writer.close()
        await writer.wait_closed()

    return talk


@pytest.mark.parametrize("status", [200, 302, 404, 429, 502])
async def test_an_answer_comes_back_whatever_it_is(status: int) -> None:
    """Status and body are judged elsewhere; a redirect is not followed."""
    head = b"HTTP/1.1 %d X\r\nLocation: /b\r\nContent-Encoding: gzip\r\n" % status
    answer = await answer_to(head + b"Content-Length: 4\r\n\r\n<no>")
    assert answer == Answer(status, b"<no>", 0)


@pytest.mark.parametrize(
    ("said", "pause"),
    [
        ("7", 7),
        ("0", 0),
        ("99999999999999", 3600),
        ("-1", 0),
        ("1.5", 0),
        ("²", 0),
        ("Wed, 21 Oct 2026 07:28:00 GMT", 0),
    ],
)
async def test_a_pause_is_heard(said: str, pause: int) -> None:
    """In seconds; a provider that says more than an hour is not believed."""
    head = f"HTTP/1.1 429 X\r\nRetry-After: {said}\r\nContent-Length: 0\r\n\r\n".encode()
    answer = await answer_to(head)
    assert answer.pause == pause
    with pytest.raises(ProviderError) as caught, answer.judged():
        raise ProviderError("busy")
    assert caught.value.pause == pause


async def test_nobody_listens() -> None:
    """A refused connection."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # bound, but not listening
        error = await failure(f"http://127.0.0.1:{taken.getsockname()[1]}")
    assert error == ("out-of-reach", "ConnectError", True)


async def test_nobody_accepts() -> None:
    """A connection that is neither made nor refused: the queue of the listener is full."""
    with socket.socket() as full, socket.socket() as one, socket.socket() as two:
        full.bind(("127.0.0.1", 0))
        full.listen(0)
        for waiting in (one, two):
            waiting.settimeout(0)
            waiting.connect_ex(full.getsockname())
        url = f"http://127.0.0.1:{full.getsockname()[1]}"
        error = await failure(url, replace(LONG, connect=0.2))
    assert error == ("out-of-reach", "ConnectTimeout", False)


async def silence(reader: asyncio.StreamReader, _writer: asyncio.StreamWriter) -> None:
    """Hear a request and say nothing."""
    await heard(reader)
    await asyncio.sleep(60)


async def half(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Begin an answer and stop."""
    await heard(reader)
    writer.write(HEAD + b"{")
    await asyncio.sleep(60)


async def dripping_body(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Send a byte of the body at a time."""
    await heard(reader)
    writer.write(HEAD)
    for _ in range(1000):
        writer.write(b" ")
        await asyncio.sleep(0.05)


async def dripping_head(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Send a byte of the headers at a time."""
    await heard(reader)
    writer.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
    for _ in range(1000):
        writer.write(b"o")
        await asyncio.sleep(0.05)


async def sipping(reader: asyncio.StreamReader, _: asyncio.StreamWriter) -> None:
    """Take a little of the request at a time."""
    while True:
        await reader.read(4096)
        await asyncio.sleep(0.05)


async def deaf(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Take nothing of the request."""
    writer.transport.pause_reading()  # type: ignore[attr-defined]
    await asyncio.sleep(60)


@pytest.mark.parametrize(
    ("talk", "patience", "detail"),
    [
        (silence, replace(LONG, read=0.2), "ReadTimeout"),
        (half, replace(LONG, read=0.2), "ReadTimeout"),
        (deaf, replace(LONG, write=0.2), "WriteTimeout"),
        (dripping_head, replace(LONG, total=0.4), "TimeoutError"),
        (dripping_body, replace(LONG, total=0.4), "TimeoutError"),
        (sipping, replace(LONG, total=0.4), "TimeoutError"),
    ],
)
async def test_no_call_lasts_for_ever(talk: Talk, patience: Patience, detail: str) -> None:
    """Silence ends a call, and so does whatever goes on drop by drop, either way."""
    async with asyncio.timeout(15), talking(talk, buffer=4096) as url:
        error = await failure(url, patience, LARGE)
    assert error == ("too-slow", detail, False)


@pytest.mark.parametrize("said", [b"", HEAD + b"{", b"220 smtp.example ESMTP\r\n\r\n"])
async def test_a_connection_that_ends(said: bytes) -> None:
    """Before or within the answer, and after one in another protocol; all this may pass."""
    async with talking(saying(said)) as url:
        assert await failure(url) == ("out-of-reach", "RemoteProtocolError", True)


async def test_a_connection_that_is_reset() -> None:
    """The other end throws the connection away."""

    async def reset(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await heard(reader)
        connection = writer.get_extra_info("socket")
        linger_for_no_time = struct.pack("ii", 1, 0)
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger_for_no_time)
        writer.transport.abort()

    async with talking(reset) as url:
        assert await failure(url) == ("out-of-reach", "ReadError", True)


async def test_an_endless_answer_is_not_read_to_its_end() -> None:
    """Memory is bounded by us, not by the other end."""
    body = b" " * (MAX_ANSWER + 1)
    said = b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % len(body) + body
    async with talking(saying(said)) as url:
        word, detail, _ = await failure(url)
    assert (word, detail) == ("unintelligible", f"more than {MAX_ANSWER} bytes")


async def test_calls_that_failed_leave_their_place() -> None:
    """After as many cut-off calls as there are connections the next one still finds a free one."""
    heard_of = itertools.count()

    async def late(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if next(heard_of) < CONNECTIONS:
            await dripping_head(reader, writer)
        await saying(OK)(reader, writer)

    async with talking(late) as url, transport(url, replace(LONG, total=3)) as sender:
        calls = (sender.post({}, content=b"x") for _ in range(CONNECTIONS))
        errors = await asyncio.gather(*calls, return_exceptions=True)
        answer = await sender.post({}, content=b"x")
    assert [str(error) for error in errors] == ["too-slow"] * CONNECTIONS
    assert answer.status == 200


async def test_the_wait_for_a_connection_does_not_count() -> None:
    """The total time runs from the first byte sent: who waits longer before is not cut off."""

    async def slow(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while True:
            await heard(reader)
            await asyncio.sleep(1.2)
            writer.write(OK)

    async with talking(slow) as url, transport(url, replace(LONG, total=5)) as sender:
        begun = time.monotonic()
        calls = (sender.post({}, content=b"x") for _ in range(4 * CONNECTIONS + 1))
        await asyncio.gather(*calls)
    assert time.monotonic() - begun > 5


async def test_who_waits_in_vain_for_a_connection_learns_that_others_wait() -> None:
    """And afterwards everything goes on as before."""
    proceed = asyncio.Event()

    async def held(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await heard(reader)
        await proceed.wait()
        writer.write(OK)
        await saying(OK)(reader, writer)

    async with talking(held) as url, transport(url, replace(LONG, pool=0.1)) as sender:
        calls = [asyncio.create_task(sender.post({}, content=b"x")) for _ in range(CONNECTIONS + 1)]
        done, _ = await asyncio.wait(calls, return_when=asyncio.FIRST_COMPLETED)
        proceed.set()
        answers = await asyncio.gather(*calls, return_exceptions=True)
        assert (await sender.post({}, content=b"x")).status == 200
    assert [str(call.exception()) for call in done] == ["busy"]
    assert sum(isinstance(answer, Answer) for answer in answers) == CONNECTIONS


async def test_calls_a_second_are_limited() -> None:
    """Whoever makes them: of twenty-five at once no more arrive in any second than may."""
    arrivals: list[float] = []

    async def patient(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while True:
            await heard(reader)
            arrivals.append(time.monotonic())
            writer.write(OK)

    async with talking(patient) as url, transport(url, per_second=20) as sender:
        await asyncio.gather(*(sender.post({}, content=b"x") for _ in range(25)))
    assert arrivals[-1] - arrivals[0] > 1


async def test_who_gives_up_leaves_no_place_taken() -> None:
    """Whenever they give up; afterwards there are as many connections as before."""

    async def patient(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while True:
            await heard(reader)
            await asyncio.sleep(0.02)
            writer.write(OK)

    async def fleeting(sender: Transport, seconds: float) -> None:
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await sender.post({}, content=b"x")

    async with talking(patient) as url, transport(url, per_second=1e6) as sender:
        for _ in range(3):
            await asyncio.gather(*(fleeting(sender, n / 2000) for n in range(60)))
        many = (sender.post({}, content=b"x") for _ in range(2 * CONNECTIONS))
        answers = await asyncio.gather(*many)
    assert [answer.status for answer in answers] == [200] * 2 * CONNECTIONS


async def test_closing_ends_what_nobody_waits_for() -> None:
    """A call that was given up does not outlive its transport."""
    async with talking(silence) as url:
        async with transport(url) as sender:
            with pytest.raises(TimeoutError):
                await asyncio.wait_for(sender.post({}, content=b"x"), 0.05)
            assert len(sender._calls) == 1
        assert not sender._calls


async def test_a_connection_is_used_again() -> None:
    """The second photo need not wait for another handshake."""
    connections = itertools.count()

    async def patient(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        next(connections)
        while True:
            await heard(reader)
            writer.write(OK)

    async with talking(patient) as url, transport(url) as sender:
        for _ in range(3):
            await sender.post({}, content=b"x")
    assert next(connections) == 1


async def test_no_proxy_stands_before_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    """The environment's proxy is for the provider on the internet."""
    for name in ("http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9/")
    assert (await answer_to(OK)).status == 200


@pytest.mark.parametrize("known", [False, True], ids=["a stranger", "known"])
async def test_only_the_provider_gets_a_photo(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, known: bool
) -> None:
    """Who cannot prove to be it is not asked; the authorities are those that httpx knows."""
    asked = itertools.count()

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await heard(reader)
        next(asked)
        writer.write(OK)
        await writer.drain()

    certificate = home_made_certificate(tmp_path)
    if known:
        monkeypatch.setattr(certifi, "where", lambda: str(certificate))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    async with talking(talk, context=context) as url:
        encrypted = url.replace("http://127.0.0.1", "https://localhost")
        if known:
            async with transport(encrypted) as sender:
                assert (await sender.post({}, content=b"x")).status == 200
        else:
            assert await failure(encrypted) == ("out-of-reach", "ConnectError", True)
    assert next(asked) == known


def home_made_certificate(folder: Path) -> Path:
    """A file with a key and a certificate for `localhost` that nobody else has signed."""
    x509 = pytest.importorskip("cryptography.x509")
    from cryptography.hazmat.primitives import hashes, serialization  # noqa: PLC0415
    from cryptography.hazmat.primitives.asymmetric import ec  # noqa: PLC0415

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), 1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .sign(key, hashes.SHA256())
    )
    plain = serialization.NoEncryption()
    pem = serialization.Encoding.PEM
    file = folder / "localhost.pem"
    file.write_bytes(
        key.private_bytes(pem, serialization.PrivateFormat.PKCS8, plain)
        + certificate.public_bytes(pem)
    )
    return file
