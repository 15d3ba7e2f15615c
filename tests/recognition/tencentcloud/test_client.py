"""The recogniser against a provider on this machine, and against worse."""

from __future__ import annotations

import asyncio
import base64
import itertools
import json
import socket
import time
from contextlib import asynccontextmanager
from dataclasses import replace
from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from PIL import Image
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, Response

from bot.errors import AccountError, PhotoError, ProviderError, RecognitionError
from bot.licence.documents import DocumentType
from bot.licence.recognition import QualityWarning
from bot.recognition.tencentcloud.account import Account
from bot.recognition.tencentcloud.client import (
    MAX_CONNECTIONS,
    MAX_REPLY,
    Patience,
    TencentCloudRecogniser,
)
from bot.recognition.tencentcloud.codes import MEANINGS, WRONG_SIDE, error_for
from tests.recognition.tencentcloud.conftest import (
    SECRET_ID,
    SECRET_KEY,
    failure,
    heard,
    noise,
    sample,
    shown,
    small_photo,
    talking,
)

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from bot.recognition.recogniser import Recogniser
    from tests.recognition.tencentcloud.conftest import Cloud

DRIVING = DocumentType.DRIVING_LICENCE
VEHICLE = DocumentType.VEHICLE_LICENCE
BACK = DocumentType.VEHICLE_LICENCE_BACK

SHORT = Patience(connect=0.3, pool=5, write=0.3, read=0.3, total=0.8)
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n"


@asynccontextmanager
async def recogniser(
    account: Account, patience: Patience | None = None
) -> AsyncIterator[TencentCloudRecogniser]:
    """One that is closed at the end."""
    made = TencentCloudRecogniser(account, patience=patience)
    try:
        yield made
    finally:
        await made.aclose()


def at(url: str) -> Account:
    """An account at that endpoint."""
    return Account(SECRET_ID, SECRET_KEY, endpoint=url)


async def refused(
    account: Account, patience: Patience | None = None, page: DocumentType = VEHICLE
) -> RecognitionError:
    """The error of one reading."""
    async with recogniser(account, patience) as asked:
        with pytest.raises(RecognitionError) as caught:
            await asked.recognise(small_photo(), page)
    return caught.value


@pytest.mark.parametrize(
    ("name", "page", "call"),
    [
        ("vehicle-front", VEHICLE, ("VehicleLicenseOCR", "FRONT")),
        ("vehicle-back", BACK, ("VehicleLicenseOCR", "BACK")),
        ("driver-front", DRIVING, ("DriverLicenseOCR", "DOUBLE")),
    ],
)
async def test_a_page_costs_one_call(
    cloud: Cloud, name: str, page: DocumentType, call: tuple[str, str]
) -> None:
    """A photo is sent once, signed so that a strict provider takes it, and its fields come back."""
    cloud.answers = [sample(name)]
    async with recogniser(cloud.account) as asked:
        interface: Recogniser = asked
        recognition = await interface.recognise(small_photo(), page)
    assert cloud.calls == [call]
    assert recognition.provider == interface.name == "tencentcloud"
    assert recognition.document_type is page
    assert recognition.request_id == sample(name)["Response"]["RequestId"]
    assert len(recognition.fields) > 5
    assert 0 < recognition.elapsed < 5


async def test_warnings_come_back(cloud: Cloud) -> None:
    """What the provider says of the picture reaches the finding."""
    cloud.answers = [sample("vehicle-front")]
    async with recogniser(cloud.account) as asked:
        recognition = await asked.recognise(small_photo(), VEHICLE)
    assert recognition.quality == (QualityWarning.COPY,)


async def test_what_is_sent(cloud: Cloud) -> None:
    """The headers of the API, and the picture as a JPEG that is no smaller than the photo."""
    cloud.answers = [sample("vehicle-front")]
    async with recogniser(cloud.account) as asked:
        await asked.recognise(small_photo(), VEHICLE)
    assert cloud.headers["x-tc-version"] == "2018-11-19"
    assert cloud.headers["x-tc-region"] == "ap-guangzhou"
    assert cloud.headers["content-type"] == "application/json"
    assert cloud.headers["accept-encoding"] == "identity"
    assert cloud.headers["user-agent"].startswith("licence-bot/")
    assert set(cloud.bodies[0]) == {"ImageBase64", "CardSide"}
    with Image.open(BytesIO(base64.b64decode(cloud.bodies[0]["ImageBase64"]))) as picture:
        assert (picture.format, picture.size) == ("JPEG", (120, 80))


async def test_the_provider_may_choose_the_region(cloud: Cloud) -> None:
    """The region is optional now."""
    cloud.answers = [sample("vehicle-front")]
    async with recogniser(replace(cloud.account, region="")) as asked:
        await asked.recognise(small_photo(), VEHICLE)
    assert "x-tc-region" not in cloud.headers


async def test_a_huge_photo_is_made_to_fit(cloud: Cloud) -> None:
    """Seven megabytes of base64 are the provider's limit."""
    cloud.answers = [sample("vehicle-front")]
    async with recogniser(cloud.account) as asked:
        await asked.recognise(noise(2560, 2560), VEHICLE)
    assert 1_000_000 < len(cloud.bodies[0]["ImageBase64"]) <= 7_000_000


async def test_a_signature_of_another_time_blames_the_clock(cloud: Cloud) -> None:
    """The provider refuses what is more than five minutes old or from the future."""
    cloud.answers = [sample("vehicle-front")]
    asked = TencentCloudRecogniser(cloud.account, clock=lambda: time.time() - 301)
    with pytest.raises(AccountError) as caught:
        await asked.recognise(small_photo(), VEHICLE)
    await asked.aclose()
    assert (caught.value.code, caught.value.detail) == (
        "clock-wrong",
        "AuthFailure.SignatureExpire",
    )


@pytest.mark.parametrize(
    ("wrong", "detail"),
    [
        ({"secret_key": "another"}, "AuthFailure.SignatureFailure"),
        ({"secret_id": "AKIDnobody"}, "AuthFailure.SecretIdNotFound"),
    ],
)
async def test_a_wrong_key_blames_the_owner(
    cloud: Cloud, wrong: dict[str, str], detail: str
) -> None:
    """Neither another photo nor another try helps, so none is made."""
    error = await refused(replace(cloud.account, **wrong))
    assert (type(error), error.code, error.detail) == (AccountError, "key-refused", detail)
    assert cloud.calls == []


async def test_every_code_of_the_table_comes_through(cloud: Cloud) -> None:
    """An error in a reply with status 200 is what the table says, and is asked for once."""
    async with recogniser(cloud.account) as asked:
        for code in MEANINGS:
            cloud.answers, cloud.calls = [failure(code)], []
            with pytest.raises(RecognitionError) as caught:
                await asked.recognise(small_photo(), DRIVING)
            assert type(caught.value) is type(error_for(code))
            assert (caught.value.code, caught.value.detail) == (error_for(code).code, code)
            assert cloud.calls == [("DriverLicenseOCR", "DOUBLE")]


async def test_another_content_type_hides_no_error(cloud: Cloud) -> None:
    """The official client overlooks an error that comes with a character set, or as text."""
    said = failure("FailedOperation.UnOpenError")
    for content_type in ("application/json; charset=utf-8", "text/html"):
        cloud.answers = [JSONResponse(said, headers={"content-type": content_type})]
        error = await refused(cloud.account)
        assert (error.code, error.detail) == ("not-permitted", "FailedOperation.UnOpenError")


# The second try


@pytest.mark.parametrize(("page", "name"), [(VEHICLE, "vehicle-front"), (BACK, "vehicle-back")])
async def test_an_open_folder_is_read_by_a_second_try(
    cloud: Cloud, page: DocumentType, name: str
) -> None:
    """Where the provider sees another side, both are asked for and the right one is taken."""
    both = sample("vehicle-front")
    both["Response"]["BackInfo"] = sample("vehicle-back")["Response"]["BackInfo"]
    cloud.answers = [failure(WRONG_SIDE), both]
    async with recogniser(cloud.account) as asked:
        recognition = await asked.recognise(small_photo(), page)
        cloud.answers = [sample(name)]
        plain = await asked.recognise(small_photo(), page)
    assert [side for _, side in cloud.calls[:2]] == [cloud.calls[2][1], "DOUBLE"]
    assert shown(recognition.fields) == shown(plain.fields)


async def test_the_second_try_tells_which_page_it_is(cloud: Cloud) -> None:
    """A back page taken for the front is named, so that the right button can stand first."""
    cloud.answers = [failure(WRONG_SIDE), sample("vehicle-back")]
    error = await refused(cloud.account)
    assert (type(error), error.code) == (PhotoError, "other-page")
    assert error.params == {"seen": "vehicle_licence_back"}


@pytest.mark.parametrize(
    "second", ["RequestLimitExceeded", "InternalError", "InvalidParameterValue", WRONG_SIDE]
)
async def test_a_failed_second_try_leaves_the_first_answer(cloud: Cloud, second: str) -> None:
    """A chain that tried again would pay for both calls once more."""
    cloud.answers = [failure(WRONG_SIDE), failure(second)]
    error = await refused(cloud.account)
    assert (type(error), error.code, error.detail) == (PhotoError, "not-this-page", WRONG_SIDE)
    assert [side for _, side in cloud.calls] == ["FRONT", "DOUBLE"]


@pytest.mark.parametrize(
    "code", ["FailedOperation.NoVehicleLicenseError", "FailedOperation.OcrFailed"]
)
async def test_no_other_failure_costs_a_second_call(cloud: Cloud, code: str) -> None:
    """Where the photo shows no vehicle licence, both sides would not help either."""
    cloud.answers = [failure(code)]
    await refused(cloud.account)
    assert len(cloud.calls) == 1


async def test_a_driving_licence_has_no_second_try(cloud: Cloud) -> None:
    """Both of its sides were asked for already."""
    cloud.answers = [failure(WRONG_SIDE)]
    error = await refused(cloud.account, page=DRIVING)
    assert error.code == "not-this-page"
    assert len(cloud.calls) == 1


# Answers that are none


@pytest.mark.parametrize(
    ("answer", "code", "detail"),
    [
        (HTMLResponse("<h1>Bad Gateway</h1>", 502), "provider-failed", "HTTP 502"),
        (HTMLResponse("<h1>Slow down</h1>", 429), "busy", "HTTP 429"),
        (HTMLResponse("<h1>Welcome</h1>"), "unintelligible", "HTTP 200"),
        (PlainTextResponse(""), "unintelligible", "HTTP 200"),
        (Response('{"Response": {"FrontI'), "unintelligible", "HTTP 200"),
        (Response(status_code=302, headers={"location": "/"}), "unintelligible", "HTTP 302"),
        (Response(b"\x00\xff" * 100), "unintelligible", "HTTP 200"),
        (
            Response(str(sample("vehicle-front")), headers={"content-encoding": "gzip"}),
            "unintelligible",
            "HTTP 200",
        ),
        (Response(b" " * (MAX_REPLY + 1)), "unintelligible", f"more than {MAX_REPLY} bytes"),
    ],
)
async def test_an_answer_that_is_none(
    cloud: Cloud, answer: Response, code: str, detail: str
) -> None:
    """Pages of gateways, half an answer, redirects, floods: the provider is at fault."""
    cloud.answers = [answer]
    error = await refused(cloud.account)
    assert (type(error), error.code, error.detail) == (ProviderError, code, detail)
    assert len(cloud.calls) == 1


# No answer


async def test_nobody_listens() -> None:
    """A refused connection."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # bound, but not listening
        error = await refused(at(f"http://127.0.0.1:{taken.getsockname()[1]}"))
    assert (type(error), error.code, error.detail) == (
        ProviderError,
        "out-of-reach",
        "ConnectError",
    )


async def test_nobody_takes_the_connection() -> None:
    """A full queue of connections lets no further one through."""
    with socket.socket() as full, socket.socket() as one, socket.socket() as two:
        full.bind(("127.0.0.1", 0))
        full.listen(0)
        for waiting in (one, two):
            waiting.settimeout(0)
            waiting.connect_ex(full.getsockname())
        error = await refused(at(f"http://127.0.0.1:{full.getsockname()[1]}"), SHORT)
    assert (error.code, error.detail) == ("too-slow", "ConnectTimeout")


async def silence(reader: asyncio.StreamReader, _writer: asyncio.StreamWriter) -> None:
    """Hear a request and say nothing."""
    await heard(reader)
    await asyncio.sleep(60)


async def half(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Begin an answer and stop."""
    await heard(reader)
    writer.write(HEAD + b'{"Response": ')
    await asyncio.sleep(60)


async def dripping_body(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Send a byte of the body at a time."""
    await heard(reader)
    writer.write(HEAD)
    for _ in range(30):
        writer.write(b" ")
        await asyncio.sleep(0.1)


async def dripping_head(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Send a byte of the headers at a time."""
    await heard(reader)
    writer.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
    for _ in range(30):
        writer.write(b"o")
        await asyncio.sleep(0.1)


@pytest.mark.parametrize(
    ("talk", "detail"),
    [
        (silence, "ReadTimeout"),
        (half, "ReadTimeout"),
        (dripping_body, "TimeoutError"),
        (dripping_head, "TimeoutError"),
    ],
)
async def test_an_answer_may_not_take_for_ever(talk: object, detail: str) -> None:
    """Silence ends a call, and so does an answer that comes in drops."""
    async with talking(talk) as url:  # type: ignore[arg-type]
        begun = time.monotonic()
        error = await refused(at(url), SHORT)
    assert (type(error), error.code, error.detail) == (ProviderError, "too-slow", detail)
    assert time.monotonic() - begun < SHORT.total + 1


async def test_a_request_may_not_take_for_ever() -> None:
    """A provider that takes no bytes."""

    async def deaf(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.transport.pause_reading()  # type: ignore[attr-defined]
        await asyncio.sleep(60)

    async with talking(deaf, buffer=4096) as url, recogniser(at(url), SHORT) as asked:
        with pytest.raises(ProviderError) as caught:
            await asked.recognise(noise(2560, 2560), VEHICLE)
    assert (caught.value.code, caught.value.detail) == ("too-slow", "WriteTimeout")


@pytest.mark.parametrize(
    ("said", "detail"),
    [
        (b"", "RemoteProtocolError"),
        (HEAD + b'{"Response": ', "RemoteProtocolError"),
        (b"220 smtp.example ESMTP\r\n\r\n", "RemoteProtocolError"),
    ],
)
async def test_a_connection_that_ends(said: bytes, detail: str) -> None:
    """An end before or within the answer, and an answer in another protocol."""

    async def speak(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await heard(reader)
        writer.write(said)
        await writer.drain()
        writer.close()
        await writer.wait_closed()

    async with talking(speak) as url:
        error = await refused(at(url), SHORT)
    assert (type(error), error.code, error.detail) == (ProviderError, "out-of-reach", detail)


async def test_a_connection_that_is_reset() -> None:
    """The other end throws the connection away."""

    async def reset(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await heard(reader)
        connection = writer.get_extra_info("socket")
        linger_for_no_time = b"\x01\x00\x00\x00\x00\x00\x00\x00"
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger_for_no_time)
        writer.transport.abort()

    async with talking(reset) as url:
        error = await refused(at(url), SHORT)
    assert (type(error), error.code, error.detail) == (ProviderError, "out-of-reach", "ReadError")


async def test_calls_that_failed_leave_their_place() -> None:
    """After as many cut-off calls as there are connections the next one still finds a free one."""
    calls = MAX_CONNECTIONS
    heard_of = itertools.count()

    async def late(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if next(heard_of) < calls:
            await dripping_head(reader, writer)
        await heard(reader)
        body = json.dumps(sample("vehicle-front")).encode()
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % len(body) + body)
        await writer.drain()

    async with talking(late) as url, recogniser(at(url), replace(SHORT, pool=0.1)) as asked:
        cut_off = (asked.recognise(small_photo(), VEHICLE) for _ in range(calls))
        errors = await asyncio.gather(*cut_off, return_exceptions=True)
        recognition = await asked.recognise(small_photo(), VEHICLE)
    assert [str(error) for error in errors] == ["too-slow"] * calls
    assert recognition.fields


async def test_the_wait_for_a_connection_does_not_count() -> None:
    """The total time runs from the first byte sent: who waits longer before is not cut off."""
    patience = replace(SHORT, read=2, total=1)

    async def slow(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while True:
            await heard(reader)
            await asyncio.sleep(0.6)
            body = json.dumps(sample("vehicle-front")).encode()
            writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % len(body) + body)

    async with talking(slow) as url, recogniser(at(url), patience) as asked:
        calls = (asked.recognise(small_photo(), VEHICLE) for _ in range(MAX_CONNECTIONS + 1))
        read = await asyncio.gather(*calls)
    assert max(recognition.elapsed for recognition in read) > patience.total


async def test_too_many_calls_at_once_are_told_so() -> None:
    """Who waits for a free connection in vain learns that many photos wait."""
    patience = replace(SHORT, pool=0.1, read=0.6)
    async with talking(silence) as url, recogniser(at(url), patience) as asked:
        calls = (asked.recognise(small_photo(), VEHICLE) for _ in range(MAX_CONNECTIONS + 1))
        errors = await asyncio.gather(*calls, return_exceptions=True)
    codes = sorted(str(error) for error in errors)
    assert codes == ["busy"] + ["too-slow"] * MAX_CONNECTIONS


async def test_a_connection_is_used_again(cloud: Cloud) -> None:
    """The second photo need not wait for another handshake."""
    cloud.answers = [sample("vehicle-front")]
    async with recogniser(cloud.account) as asked:
        for _ in range(3):
            await asked.recognise(small_photo(), VEHICLE)
        assert len(asked._client._transport._pool.connections) == 1  # type: ignore[attr-defined]
    assert len(cloud.calls) == 3


async def test_no_proxy_stands_before_this_machine(
    cloud: Cloud, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The environment's proxy is for others."""
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:9")
    cloud.answers = [sample("vehicle-front")]
    async with recogniser(cloud.account) as asked:
        await asked.recognise(small_photo(), VEHICLE)
    assert len(cloud.calls) == 1


async def test_the_provider_itself_is_reached_by_https() -> None:
    """Certificates are checked, and the environment's proxy is used."""
    async with recogniser(Account(SECRET_ID, SECRET_KEY)) as asked:
        assert asked._account.url == "https://ocr.tencentcloudapi.com/"
        assert asked._client.trust_env
