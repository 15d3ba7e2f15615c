"""The client against a real server on this machine, which plays every fault it can meet."""

from __future__ import annotations

import base64
import gzip
import json
import logging
import random
import time
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from PIL import Image
from starlette.applications import Starlette
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from bot.errors import AccountError, PhotoError, ProviderError, RecognitionError
from bot.licence.documents import DocumentType, FieldName
from bot.licence.recognition import Box, Field, Recognition
from bot.recognition.drivinglicence.accounts import EngineAccount
from bot.recognition.drivinglicence.client import (
    LIFE,
    URL,
    Account,
    DrivingLicenceRecogniser,
)
from bot.recognition.drivinglicence.codes import MAX_BODY
from bot.recognition.drivinglicence.server import engine
from bot.recognition.drivinglicence.signature import is_genuine, parse
from bot.recognition.drivinglicence.wire import Form
from bot.recognition.photo import Photo
from bot.serving import serving

if TYPE_CHECKING:
    import asyncio
    from collections.abc import AsyncIterator, Awaitable, Callable

    from starlette.requests import Request

DRIVING = DocumentType.DRIVING_LICENCE
PATH = "/ocr/drivinglicence"
KEY = "a key that nobody may see"
SAMPLE = (Path(__file__).parent / "samples" / "published.json").read_bytes()


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
    clock: Callable[[], float] = lambda: 1_700_000_000.9,
    **account: Any,  # noqa: ANN401 - whatever an account has
) -> AsyncIterator[DrivingLicenceRecogniser]:
    """A recogniser that is connected to a provider."""
    app = Starlette(routes=[Route(PATH, provider.__call__, methods=["POST"])])
    async with serving(app, "127.0.0.1", 0) as base:
        ours = Account("1250000000", "AKIDtest", KEY, **{"url": base + PATH, **account})
        async with closing(ours, clock=clock) as recogniser:
            yield recogniser


@asynccontextmanager
async def closing(
    account: Account,
    **sources: Any,  # noqa: ANN401 - clock and nonce
) -> AsyncIterator[DrivingLicenceRecogniser]:
    """A recogniser, closed in the end."""
    recogniser = DrivingLicenceRecogniser(account, per_second=1000, **sources)
    try:
        yield recogniser
    finally:
        await recogniser.aclose()


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
    assert 0 < recognition.elapsed < 60


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
    async with asking(provider, form=form) as ours:
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
    "an encoding that nobody asked for": (
        lambda: Response(gzip.compress(SAMPLE), headers={"Content-Encoding": "gzip"}),
        ProviderError,
        "unintelligible",
    ),
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


def test_the_provider_is_asked_by_default() -> None:
    """Encrypted, at the address on the API's page."""
    assert Account("1", "2", KEY).url == URL
    assert URL == "https://recognition.image.myqcloud.com/ocr/drivinglicence"


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
        async with closing(account, clock=lambda: time.time() + hours * 3600) as ours:
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
        ProviderError("too-slow"),
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
