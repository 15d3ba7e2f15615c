"""The client against a real server on this machine, which plays every fault it can meet."""

from __future__ import annotations

import asyncio
import base64
import json
import logging
import random
import socket
import ssl
import struct
import time
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import certifi
import httpx
import pytest
from PIL import Image
from starlette.applications import Starlette
from starlette.responses import JSONResponse, RedirectResponse, Response, StreamingResponse
from starlette.routing import Route

from bot.errors import AccountError, PhotoError, ProviderError, RecognitionError
from bot.licence.documents import DocumentType, FieldName
from bot.licence.recognition import Box, Field, Recognition
from bot.recognition.drivinglicence import client
from bot.recognition.drivinglicence.accounts import EngineAccount
from bot.recognition.drivinglicence.client import (
    LIFE,
    MAX_CONNECTIONS,
    MAX_REPLY,
    URL,
    Account,
    DrivingLicenceRecogniser,
    Patience,
)
from bot.recognition.drivinglicence.codes import MAX_BODY
from bot.recognition.drivinglicence.server import engine
from bot.recognition.drivinglicence.signature import is_genuine, parse
from bot.recognition.drivinglicence.wire import Form
from bot.recognition.photo import Photo
from bot.serving import serving

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable

    from starlette.requests import Request

DRIVING = DocumentType.DRIVING_LICENCE
PATH = "/ocr/drivinglicence"
KEY = "a key that nobody may see"
SAMPLE = (Path(__file__).parent / "samples" / "published.json").read_bytes()
PATIENCE = Patience(connect=0.3, read=0.3, write=0.3, pool=0.2, reply=0.5)


@dataclass
class Provider:
    """The far end: says what a test wants, and remembers what it was asked."""

    answers: list[Response] = field(default_factory=list)
    asked: list[tuple[httpx.Headers, bytes]] = field(default_factory=list)
    proceed: asyncio.Event | None = None

    async def __call__(self, request: Request) -> Response:
        """The next answer, or the last one again; the published one where there is none."""
        self.asked.append((httpx.Headers(request.headers.raw), await request.body()))
        if self.proceed is not None:
            await self.proceed.wait()
        if not self.answers:
            return Response(SAMPLE, media_type="application/json")
        return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]


@asynccontextmanager
async def asking(
    provider: Provider,
    patience: Patience = PATIENCE,
    clock: Callable[[], float] = lambda: 1_700_000_000.9,
    **account: Any,  # noqa: ANN401 - whatever an account has
) -> AsyncIterator[DrivingLicenceRecogniser]:
    """A recogniser that is connected to a provider."""
    app = Starlette(routes=[Route(PATH, provider.__call__, methods=["POST"])])
    async with serving(app, "127.0.0.1", 0) as base:
        ours = Account("1250000000", "AKIDtest", KEY, **{"url": base + PATH, **account})
        async with closing(ours, patience, clock=clock) as recogniser:
            yield recogniser


@asynccontextmanager
async def closing(
    account: Account,
    patience: Patience = PATIENCE,
    **sources: Any,  # noqa: ANN401 - clock and nonce
) -> AsyncIterator[DrivingLicenceRecogniser]:
    """A recogniser, closed in the end."""
    recogniser = DrivingLicenceRecogniser(account, patience=patience, **sources)
    try:
        yield recogniser
    finally:
        await recogniser.aclose()


@asynccontextmanager
async def raw_server(
    talk: Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]],
    context: ssl.SSLContext | None = None,
) -> AsyncIterator[Account]:
    """A server below HTTP, for what no framework would do."""

    async def guarded(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await talk(reader, writer)
        except ConnectionError:
            pass  # the client has hung up, as it should
        finally:
            writer.close()

    server = await asyncio.start_server(guarded, "127.0.0.1", 0, ssl=context)
    port = server.sockets[0].getsockname()[1]
    try:
        yield Account("1", "2", KEY, url=f"http://127.0.0.1:{port}{PATH}")
    finally:
        server.close()


@pytest.fixture(scope="module")
def photo() -> Photo:
    """A small photo that was twice as large when it was sent."""
    return Photo(Image.new("RGB", (640, 400), "white"), 1280, 800)


@pytest.fixture(scope="module")
def noise() -> Photo:
    """A photo that no encoder can make small."""
    side = 2560
    pixels = random.Random(1).randbytes(side * side * 3)  # noqa: S311 - noise
    return Photo(Image.frombytes("RGB", (side, side), pixels), side, side)


async def failure(awaitable: Awaitable[object]) -> RecognitionError:
    """How it fails."""
    with pytest.raises(RecognitionError) as failed:
        await awaitable
    return failed.value


async def test_a_photo_is_read(photo: Photo) -> None:
    """By the published reply; boxes are in pixels of the photo as it was sent."""
    async with asking(Provider()) as recogniser:
        recognition = await recogniser.recognise(photo, DRIVING)
    assert (recognition.provider, recognition.document_type) == ("drivinglicence", DRIVING)
    assert recognition.request_id == "10000018324840"
    assert recognition.value(FieldName.LICENCE_NUMBER) == "342221199005033256"
    number = recognition.field(FieldName.LICENCE_NUMBER)
    assert number is not None
    assert number.box == Box(452, 132, 388, 60)
    assert 0 < recognition.elapsed < 5


@pytest.mark.parametrize("bucket", ["", "box"])
async def test_a_request_is_signed_anew(photo: Photo, bucket: str) -> None:
    """For one hour, with the account's ids and the bucket of the body; never twice the same."""
    provider = Provider()
    async with asking(provider, bucket=bucket) as recogniser:
        await recogniser.recognise(photo, DRIVING)
        await recogniser.recognise(photo, DRIVING)
    signatures = [parse(headers["Authorization"]) for headers, _ in provider.asked]
    for parsed in signatures:
        assert is_genuine(parsed, KEY)
        assert (parsed.app_id, parsed.secret_id) == ("1250000000", "AKIDtest")
        assert (parsed.bucket, parsed.file_id) == (bucket, "")
        assert (parsed.issued, parsed.expires) == (1_700_000_000, 1_700_000_000 + LIFE)
        assert len(parsed.fields["r"]) <= 10
    assert signatures[0].fields["r"] != signatures[1].fields["r"]
    assert (b'name="bucket"' in provider.asked[0][1]) == bool(bucket)


async def test_the_nonce_may_be_given(photo: Photo) -> None:
    """For tests elsewhere."""
    provider = Provider()
    async with (
        asking(provider) as ours,
        closing(ours._account, nonce=lambda: 42) as recogniser,
    ):
        await recogniser.recognise(photo, DRIVING)
    assert parse(provider.asked[0][0]["Authorization"]).fields["r"] == "42"


async def test_a_photo_may_go_within_json(photo: Photo) -> None:
    """For gateways that pass no forms; it is a JPEG file either way."""
    provider = Provider()
    async with asking(provider, form=Form.BASE64) as recogniser:
        await recogniser.recognise(photo, DRIVING)
    headers, content = provider.asked[0]
    assert headers["Content-Type"] == "application/json"
    said = json.loads(content)
    assert base64.b64decode(said["image"]).startswith(b"\xff\xd8\xff")
    assert (said["appid"], said["type"]) == ("1250000000", 1)


async def test_an_address_may_stand_for_a_photo() -> None:
    """The provider fetches it; boxes are then in pixels of what it fetched."""
    provider = Provider()
    async with asking(provider) as recogniser:
        recognition = await recogniser.recognise_url("https://example.com/1.jpg", DRIVING)
    said = json.loads(provider.asked[0][1])
    assert said == {"appid": "1250000000", "type": 1, "url": "https://example.com/1.jpg"}
    number = recognition.field(FieldName.LICENCE_NUMBER)
    assert number is not None
    assert number.box == Box(226, 66, 194, 30)


@pytest.mark.parametrize("form", Form)
async def test_no_photo_is_too_large(noise: Photo, form: Form) -> None:
    """The whole body stays below the provider's limit, in either form, and still is a picture."""
    provider = Provider()
    async with asking(provider, replace(PATIENCE, write=5, read=5, reply=9), form=form) as ours:
        await ours.recognise(noise, DRIVING)
    assert 2_000_000 < len(provider.asked[0][1]) < MAX_BODY


async def test_an_expired_signature_is_renewed_once(photo: Photo) -> None:
    """With the clock of that moment."""
    provider = Provider([JSONResponse({"code": 9, "message": "expired"}), Response(SAMPLE)])
    times = iter([1_700_000_000.0, 1_700_009_999.0])
    async with asking(provider, clock=lambda: next(times)) as recogniser:
        await recogniser.recognise(photo, DRIVING)
    issued = [parse(headers["Authorization"]).issued for headers, _ in provider.asked]
    assert issued == [1_700_000_000, 1_700_009_999]


async def test_a_signature_that_stays_expired_tells_of_the_clock(photo: Photo) -> None:
    """There is no third try."""
    provider = Provider([JSONResponse({"code": 9, "message": "expired"})])
    async with asking(provider) as recogniser:
        error = await failure(recogniser.recognise(photo, DRIVING))
    assert (type(error), error.code, error.detail) == (AccountError, "clock-wrong", "9")
    assert len(provider.asked) == 2


async def endless() -> AsyncIterator[bytes]:
    """More than anybody wants to read, although it is JSON."""
    for _ in range(MAX_REPLY // 2**16):
        yield b" " * 2**16
    yield SAMPLE


async def dripping() -> AsyncIterator[bytes]:
    """A byte now and then, for a long time."""
    for byte in SAMPLE:
        yield bytes([byte])
        await asyncio.sleep(0.02)


def with_code(code: int, status: int = 200) -> Response:
    """The API's own way to say no."""
    return JSONResponse({"code": code, "message": "x", "data": {}}, status)


FAULTS: dict[str, tuple[Callable[[], Response], type[RecognitionError], str]] = {
    "a gateway's page": (
        lambda: Response("<html>502</html>", 502),
        ProviderError,
        "provider-failed",
    ),
    "429": (lambda: Response("slow down", 429), ProviderError, "busy"),
    "401": (lambda: Response("<html>", 401), AccountError, "key-refused"),
    "a page with 200": (lambda: Response("<html>wifi</html>"), ProviderError, "unintelligible"),
    "an empty body": (lambda: Response(b""), ProviderError, "unintelligible"),
    "204": (lambda: Response(status_code=204), ProviderError, "unintelligible"),
    "cut-off JSON": (lambda: Response(SAMPLE[:-9]), ProviderError, "unintelligible"),
    "a wrong encoding": (
        lambda: Response(SAMPLE, headers={"Content-Encoding": "gzip"}),
        ProviderError,
        "unintelligible",
    ),
    "an endless body": (lambda: StreamingResponse(endless()), ProviderError, "unintelligible"),
    "a drip": (lambda: StreamingResponse(dripping()), ProviderError, "too-slow"),
    "a redirect": (lambda: RedirectResponse("/elsewhere"), ProviderError, "unintelligible"),
    "code 15": (lambda: with_code(15), ProviderError, "busy"),
    "code 25": (lambda: with_code(25, 403), AccountError, "quota-used-up"),
    "code -9002": (lambda: with_code(-9002), PhotoError, "unreadable"),
}


@pytest.mark.parametrize(("fault", "kind", "word"), FAULTS.values(), ids=FAULTS)
async def test_a_fault_is_one_error_after_one_try(
    photo: Photo, fault: Callable[[], Response], kind: type[RecognitionError], word: str
) -> None:
    """Whether and when to try again is for the caller to say."""
    provider = Provider([fault()])
    async with asking(provider) as recogniser:
        error = await failure(recogniser.recognise(photo, DRIVING))
    assert (type(error), error.code) == (kind, word)
    assert error.detail
    assert len(provider.asked) == 1


@pytest.mark.parametrize("kind", ["text/html", "text/plain; charset=gbk", "image/png", ""])
async def test_the_content_type_is_no_matter(photo: Photo, kind: str) -> None:
    """JSON is JSON."""
    answer = Response(SAMPLE, headers={"Content-Type": kind} if kind else {})
    async with asking(Provider([answer])) as recogniser:
        assert (await recogniser.recognise(photo, DRIVING)).fields


async def test_nobody_listens(photo: Photo) -> None:
    """A refused connection."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    async with closing(Account("1", "2", KEY, url=f"http://127.0.0.1:{port}/")) as recogniser:
        error = await failure(recogniser.recognise(photo, DRIVING))
    assert (type(error), error.code, error.detail) == (
        ProviderError,
        "out-of-reach",
        "ConnectError",
    )


async def test_nobody_accepts(photo: Photo) -> None:
    """A connection that is neither made nor refused: the queue of the listener is full."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen(0)
        address = listener.getsockname()
        first = socket.create_connection(address)
        second = socket.socket()
        second.settimeout(0)
        second.connect_ex(address)
        url = f"http://127.0.0.1:{address[1]}/"
        with first, second:
            async with closing(Account("1", "2", KEY, url=url)) as recogniser:
                error = await failure(recogniser.recognise(photo, DRIVING))
    assert (type(error), error.code, error.detail) == (ProviderError, "too-slow", "ConnectTimeout")


async def test_nobody_answers(photo: Photo) -> None:
    """The request is taken, and then there is silence."""
    provider = Provider(proceed=asyncio.Event())
    assert provider.proceed is not None
    async with asking(provider) as recogniser:
        error = await failure(recogniser.recognise(photo, DRIVING))
        provider.proceed.set()
    assert (type(error), error.code, error.detail) == (ProviderError, "too-slow", "ReadTimeout")


async def test_nobody_takes_the_request(noise: Photo) -> None:
    """The connection is made, and then nothing is read from it."""
    hung_up = asyncio.Event()

    async def ignore(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.transport.pause_reading()  # type: ignore[attr-defined]
        await hung_up.wait()

    async with raw_server(ignore) as account, closing(account) as recogniser:
        error = await failure(recogniser.recognise(noise, DRIVING))
        hung_up.set()
    assert (type(error), error.code, error.detail) == (ProviderError, "too-slow", "WriteTimeout")


BROKEN = {
    "cut off": b"HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n" + SAMPLE[:500],
    "no answer": b"",
    "not HTTP": b"SSH-2.0-OpenSSH_9.2\r\n\r\n",
}


@pytest.mark.parametrize("reset", [False, True], ids=["closed", "reset"])
@pytest.mark.parametrize("said", BROKEN.values(), ids=BROKEN)
async def test_the_connection_breaks(photo: Photo, said: bytes, *, reset: bool) -> None:
    """Closed or reset in the middle of an answer, or before it."""

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n--")  # the head, so the rest is on its way
        writer.write(said)
        await writer.drain()
        if reset:
            await asyncio.sleep(0.05)
            off = struct.pack("ii", 1, 0)
            writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, off)

    async with raw_server(talk) as account, closing(account) as recogniser:
        error = await failure(recogniser.recognise(photo, DRIVING))
    assert (type(error), error.code) == (ProviderError, "out-of-reach")


async def test_too_many_at_once() -> None:
    """All connections are in use; afterwards everything goes on as before."""
    provider = Provider(proceed=asyncio.Event())
    assert provider.proceed is not None
    async with asking(provider, replace(PATIENCE, read=9, reply=9)) as recogniser:
        many = [
            asyncio.create_task(recogniser.recognise_url("http://x/", DRIVING))
            for _ in range(MAX_CONNECTIONS)
        ]
        while len(provider.asked) < MAX_CONNECTIONS:  # noqa: ASYNC110 - the server counts
            await asyncio.sleep(0.01)
        error = await failure(recogniser.recognise_url("http://x/", DRIVING))
        provider.proceed.set()
        assert all(read.fields for read in await asyncio.gather(*many))
        assert (await recogniser.recognise_url("http://x/", DRIVING)).fields
    assert (type(error), error.code, error.detail) == (ProviderError, "busy", "PoolTimeout")


async def test_nothing_private_is_logged(
    photo: Photo, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    """Neither key and signature nor values and pictures, whatever the level, well or ill."""
    caplog.set_level(logging.DEBUG)
    provider = Provider([Response(SAMPLE), Response(SAMPLE[:-9]), with_code(14)])
    async with asking(provider) as recogniser:
        await recogniser.recognise(photo, DRIVING)
        errors = [await failure(recogniser.recognise(photo, DRIVING)) for _ in range(2)]
    said = caplog.text + "".join(capfd.readouterr()) + repr(errors) + repr(recogniser._account)
    signatures = [headers["Authorization"] for headers, _ in provider.asked]
    for secret in (KEY, "342221199005033256", "张三", *signatures):
        assert secret not in said


async def test_a_proxy_is_never_asked_for_this_machine(
    photo: Photo, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The environment's proxy is for the provider on the internet."""
    for name in ("http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9/")
    async with asking(Provider()) as recogniser:
        assert (await recogniser.recognise(photo, DRIVING)).fields


@pytest.mark.parametrize(
    ("host", "here"),
    [
        ("127.0.0.1", True),
        ("127.8.8.8", True),
        ("::1", True),
        ("localhost", True),
        ("10.0.0.1", False),
        ("recognition.image.myqcloud.com", False),
    ],
)
def test_this_machine_is_known(host: str, *, here: bool) -> None:
    """By its names and its addresses."""
    assert client._is_here(host) is here


def test_the_provider_is_asked_by_default() -> None:
    """Encrypted, at the address on the API's page."""
    assert Account("1", "2", KEY).url == URL
    assert URL == "https://recognition.image.myqcloud.com/ocr/drivinglicence"


@pytest.mark.parametrize("known", [False, True], ids=["a stranger", "known"])
async def test_only_the_provider_gets_a_photo(
    photo: Photo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, known: bool
) -> None:
    """Who cannot prove to be it is not asked; the authorities are those that httpx knows."""
    asked: list[bytes] = []

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        asked.append(await reader.readuntil(b"--\r\n"))
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % len(SAMPLE) + SAMPLE)
        await writer.drain()

    certificate = home_made_certificate(tmp_path)
    if known:
        monkeypatch.setattr(certifi, "where", lambda: str(certificate))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    async with (
        raw_server(talk, context) as account,
        closing(
            replace(account, url=account.url.replace("http://127.0.0.1", "https://localhost"))
        ) as recogniser,
    ):
        if known:
            assert (await recogniser.recognise(photo, DRIVING)).fields
        else:
            error = await failure(recogniser.recognise(photo, DRIVING))
            assert (error.code, error.detail) == ("out-of-reach", "ConnectError")
    assert bool(asked) == known


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


@dataclass
class Reader:
    """Who reads behind our own engine: one field, or an error."""

    error: RecognitionError | None = None
    name: str = "embedded"

    async def recognise(self, _: Photo, document_type: DocumentType) -> Recognition:
        """What a test wants."""
        if self.error:
            raise self.error
        name = Field(FieldName.NAME, "样本", "样 本", 0.25, Box(2, 4, 6, 8))
        return Recognition(document_type, (name,), self.name)

    async def aclose(self) -> None:
        """Nothing to let go of."""


@asynccontextmanager
async def asking_our_engine(
    reader: Reader, key: str = KEY, hours: int = 0
) -> AsyncIterator[DrivingLicenceRecogniser]:
    """A recogniser whose provider is another machine of ours."""
    app = engine(reader, [EngineAccount("1", "AKIDours", KEY)])
    async with serving(app, "127.0.0.1", 0) as base:
        account = Account("1", "AKIDours", key, url=base + PATH)
        patience = replace(PATIENCE, read=5, reply=5)
        async with closing(account, patience, clock=lambda: time.time() + hours * 3600) as ours:
            yield ours


async def test_our_own_engine_is_a_provider(photo: Photo) -> None:
    """What it reads arrives as it was read, in pixels of the photo as it was sent."""
    async with asking_our_engine(Reader()) as recogniser:
        recognition = await recogniser.recognise(photo, DRIVING)
    assert recognition.fields == (Field(FieldName.NAME, "样本", "样本", 0.25, Box(4, 8, 12, 16)),)
    assert recognition.request_id


@pytest.mark.parametrize(
    "said",
    [
        PhotoError("no-licence"),
        PhotoError("other-page", seen="vehicle_licence"),
        PhotoError("several-pages"),
        PhotoError("unreadable"),
        ProviderError("busy"),
    ],
    ids=lambda error: error.code,
)
async def test_our_own_engines_errors_arrive(photo: Photo, said: RecognitionError) -> None:
    """Whoever reads the photo, a person is told the same."""
    async with asking_our_engine(Reader(said)) as recogniser:
        error = await failure(recogniser.recognise(photo, DRIVING))
    assert (type(error), error.code, error.params) == (type(said), said.code, said.params)


@pytest.mark.parametrize(
    ("changes", "word"),
    [({"key": "another"}, "key-refused"), ({"hours": -2}, "clock-wrong")],
)
async def test_our_own_engine_refuses_strangers(
    photo: Photo, changes: dict[str, Any], word: str
) -> None:
    """A wrong key, and a signature that has long expired."""
    async with asking_our_engine(Reader(), **changes) as recogniser:
        error = await failure(recogniser.recognise(photo, DRIVING))
    assert (type(error), error.code) == (AccountError, word)
