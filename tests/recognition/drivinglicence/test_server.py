"""The engine over HTTP: what it answers, and to whom."""

from __future__ import annotations

import asyncio
import base64
import gc
import json
import os
import sys
import time
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from structlog.testing import capture_logs

from bot.errors import PhotoError, ProviderError, SettingsError
from bot.licence.documents import DocumentType
from bot.recognition.drivinglicence.server import Limits, engine
from bot.serving import serving

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from starlette.types import Receive, Scope, Send

    from bot.recognition.drivinglicence.accounts import EngineAccount
    from tests.recognition.drivinglicence.conftest import Endless, Engine

    Start = Callable[..., Awaitable[Engine]]

APP = {"appid": "1250000001"}


def form(jpeg: bytes, document_type: str = "0", **fields: str) -> dict[str, Any]:
    """A request as a form."""
    return {
        "data": APP | {"type": document_type} | fields,
        "files": {"image": ("a.jpg", jpeg, "image/jpeg")},
    }


def packed(jpeg: bytes, **fields: Any) -> dict[str, Any]:  # noqa: ANN401 - any JSON
    """A request as JSON."""
    return {"json": APP | {"type": 0, "image": base64.b64encode(jpeg).decode()} | fields}


async def test_a_form_is_answered_in_the_shape_of_the_page(served: Engine, jpeg: bytes) -> None:
    """Code, message, session and items; confidences are 0…1."""
    with capture_logs() as logs:
        answer = await served.post(**form(jpeg))

    body = answer.json()
    session = body["data"]["session_id"]
    entry = {"event": "request answered", "log_level": "info", "code": 0, "session": session}
    assert logs == [entry]
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/json"
    assert (body["code"], body["message"], set(body)) == (0, "OK", {"code", "message", "data"})
    assert set(body["data"]) == {"session_id", "items"}
    assert body["data"]["session_id"].isdecimal()
    assert body["data"]["items"][0] == {
        "item": "车牌号码",
        "itemcoord": {"x": 1, "y": 2, "width": 30, "height": 4},
        "itemconf": 0.99,
        "itemstring": "粤B00000",
    }


@pytest.mark.parametrize("document_type", [0, 1, 2, "0", "1", "2"])
async def test_every_page_can_be_asked_for(
    served: Engine,
    jpeg: bytes,
    document_type: int | str,
) -> None:
    """The type may be a number or its digits."""
    answer = await served.post(**packed(jpeg, type=document_type))

    assert answer.json()["code"] == 0
    assert served.recogniser.asked == [DocumentType(int(document_type))]
    assert served.recogniser.sizes == [(400, 300)]


@pytest.mark.parametrize(
    ("error", "status", "code", "data"),
    [
        (PhotoError("other-page", seen="driving_licence"), 200, -9002, {"seen", "reason"}),
        (PhotoError("unreadable"), 200, -9002, {"reason"}),
        (ProviderError("engine-failed"), 500, 213, set()),
        (ProviderError("too-slow"), 504, 203, {"reason"}),
        (ValueError("粤B00000"), 500, 213, set()),
    ],
)
async def test_a_failure_has_a_code(  # noqa: PLR0913, PLR0917
    served: Engine,
    jpeg: bytes,
    error: Exception,
    status: int,
    code: int,
    data: set[str],
) -> None:
    """Errors of the recogniser, and surprises, are answered and logged without any value."""
    served.recogniser.error = error
    with capture_logs() as logs:
        answer = await served.post(**form(jpeg))

    body = answer.json()
    assert (answer.status_code, body["code"]) == (status, code)
    assert set(body["data"]) == {"session_id", *data}
    assert [log["code"] for log in logs] == [code]
    assert "粤B" not in answer.text + str(logs)


async def test_a_busy_recogniser_says_when_to_come_back(served: Engine, jpeg: bytes) -> None:
    """Code 15 goes with 429 and a number of seconds."""
    served.recogniser.error = ProviderError("busy")

    answer = await served.post(**form(jpeg))

    assert (answer.status_code, answer.json()["code"]) == (429, 15)
    assert int(answer.headers["retry-after"]) >= 1


@pytest.mark.parametrize(
    ("picture", "code", "reason"),
    [
        (b"no picture at all", -1102, "not-a-picture"),
        (b"\xff\xd8\xff cut off", -1102, "damaged"),
        (b"%PDF-1.7", -9005, "pdf"),
    ],
)
async def test_a_bad_picture_has_a_code(
    served: Engine,
    picture: bytes,
    code: int,
    reason: str,
) -> None:
    """The recogniser never sees it."""
    body = (await served.post(**form(picture))).json()

    assert (body["code"], body["data"]["reason"]) == (code, reason)
    assert served.recogniser.asked == []


async def test_the_body_names_the_account_of_the_signature(
    served: Engine,
    jpeg: bytes,
    signed: Callable[..., str],
    other: EngineAccount,
) -> None:
    """Another account's AppID, even one that exists, is refused; so is another bucket."""
    headers = {"Authorization": signed(bucket="one")}

    strange = await served.post(**form(jpeg) | {"data": {"appid": other.app_id, "type": "0"}})
    absent = await served.post(**form(jpeg) | {"data": {"type": "0"}})
    bucket = await served.post(**form(jpeg, bucket="two"), headers=headers)
    same = await served.post(**form(jpeg, bucket="one"), headers=headers)

    assert [answer.json()["code"] for answer in (strange, absent, bucket, same)] == [6, -1301, 6, 0]
    assert strange.status_code == 403


async def test_who_has_not_signed_is_not_heard_out(served: Engine) -> None:
    """The answer comes before the body was sent."""
    async with served.connection() as (reader, writer):
        writer.write(
            b"POST /ocr/drivinglicence HTTP/1.1\r\nHost: a\r\nContent-Length: 5000000\r\n\r\n"
        )
        head = await reader.readuntil(b"\r\n\r\n")

    assert head.startswith(b"HTTP/1.1 401")


@pytest.mark.parametrize("length", [True, False])
async def test_a_large_body_is_refused_while_it_comes(
    start: Start,
    signed: Callable[..., str],
    length: bool,
) -> None:
    """With its length said, at once; without, as soon as it is too long; and never kept."""
    served = await start(limits=Limits(body=1000))
    head = f"POST /ocr/drivinglicence HTTP/1.1\r\nHost: a\r\nAuthorization: {signed()}\r\n"
    kind = "Content-Type: application/json\r\n"
    size = "Content-Length: 9000" if length else "Transfer-Encoding: chunked"
    async with served.connection() as (reader, writer):
        writer.write(f"{head}{kind}{size}\r\n\r\n".encode())
        if not length:
            writer.write(b"3e9\r\n" + b" " * 1001 + b"\r\n")
        answer = await reader.readuntil(b"}}")

    assert answer.startswith(b"HTTP/1.1 413")
    assert json.loads(answer.partition(b"\r\n\r\n")[2])["code"] == 23


async def test_no_photo_touches_the_disk(served: Engine, jpeg: bytes) -> None:
    """Not even one of several megabytes, which Starlette's own parser would spool."""
    opened: list[object] = []
    watching = True

    def watch(event: str, arguments: tuple[Any, ...]) -> None:
        writes = os.O_WRONLY | os.O_RDWR | os.O_CREAT
        if watching and event == "open" and isinstance(arguments[2], int) and arguments[2] & writes:
            opened.append(arguments)

    sys.addaudithook(watch)
    large = jpeg + bytes(4_000_000)
    answers = [await served.post(**form(large)), await served.post(**packed(large))]
    watching = False

    assert [answer.json()["code"] for answer in answers] == [0, 0]
    assert opened == []


async def test_a_slow_sender_is_given_up(start: Start, signed: Callable[..., str]) -> None:
    """A body has to come in time; the connection is closed then."""
    served = await start(limits=Limits(sending=0.05))
    head = f"POST /ocr/drivinglicence HTTP/1.1\r\nHost: a\r\nAuthorization: {signed()}\r\n"

    answer = await served.raw(
        f"{head}Content-Type: application/json\r\nContent-Length: 10\r\n\r\n{{".encode()
    )

    assert answer.startswith(b"HTTP/1.1 408")
    assert b'"code":3' in answer
    assert await served.metric("licence_engine_waiting") == 0


async def test_who_hangs_up_while_sending_leaves(
    served: Engine, signed: Callable[..., str]
) -> None:
    """Its room is free again, and it is counted as gone."""
    head = f"POST /ocr/drivinglicence HTTP/1.1\r\nHost: a\r\nAuthorization: {signed()}\r\n"
    rest = "Content-Type: application/json\r\nContent-Length: 10\r\n\r\n{"
    async with served.connection() as (_, writer):
        writer.write((head + rest).encode())
        await served.until("licence_engine_waiting", 1)

    await served.until('licence_engine_requests_total{code="gone"}', 1)
    await served.until("licence_engine_waiting", 0)


async def test_a_full_house_says_so(start: Start, jpeg: bytes) -> None:
    """Beyond the places and those who may wait, the answer is 429, code 15 and a pause."""
    served = await start(limits=Limits(places=1, waiting=1))
    served.recogniser.proceed.clear()
    inside = [asyncio.create_task(served.post(**form(jpeg))) for _ in range(2)]
    await served.until("licence_engine_in_flight", 1)
    await served.until("licence_engine_waiting", 1)

    refused = await served.post(**form(jpeg))
    served.recogniser.proceed.set()
    answers = await asyncio.gather(*inside)

    assert (refused.status_code, refused.json()["code"]) == (429, 15)
    assert 1 <= int(refused.headers["retry-after"]) <= 60
    assert [answer.json()["code"] for answer in answers] == [0, 0]
    assert len(served.recogniser.asked) == 2


async def test_a_photo_that_nobody_waits_for_is_not_read(start: Start, jpeg: bytes) -> None:
    """Whoever hangs up while waiting frees the room at once, whoever was in place at its end."""
    served = await start(limits=Limits(places=1, waiting=1))
    served.recogniser.proceed.clear()
    first = asyncio.create_task(served.post(**form(jpeg)))
    await served.until("licence_engine_in_flight", 1)
    second = asyncio.create_task(served.post(**form(jpeg)))
    await served.until("licence_engine_waiting", 1)

    second.cancel()
    await served.until("licence_engine_waiting", 0)
    first.cancel()
    await served.until('licence_engine_requests_total{code="gone"}', 2)
    assert await served.metric("licence_engine_in_flight") == 1
    served.recogniser.proceed.set()
    await served.until("licence_engine_in_flight", 0)

    assert (len(served.recogniser.asked), served.recogniser.cancelled) == (1, 0)
    await asyncio.gather(first, second, return_exceptions=True)


async def test_a_photo_that_takes_too_long_is_given_up(
    start: Start, endless: Endless, jpeg: bytes
) -> None:
    """The caller is answered in time, 203 and 504; the place is taken until the thread is done."""
    served = await start(endless, limits=Limits(places=1, reading=3))
    assert (await served.client.get("/healthz")).text == "ok"

    late = await served.post(**form(jpeg))
    health = await served.client.get("/healthz")

    assert (late.status_code, late.json()["code"]) == (504, 203)
    assert (health.status_code, health.text) == (503, "stuck")
    assert (await served.client.get("/livez")).status_code == 200  # a restart would help nobody
    assert await served.metric("licence_engine_in_flight") == 1
    endless.released.set()
    await served.until("licence_engine_in_flight", 0)
    assert (await served.client.get("/healthz")).text == "ok"


async def test_those_who_went_count_as_inside(start: Start, endless: Endless, jpeg: bytes) -> None:
    """However many callers come and go, no more photos are held than there is room for."""
    served = await start(endless, limits=Limits(places=2, waiting=0))
    for number in (1, 2):
        asking = asyncio.create_task(served.post(**form(jpeg)))
        await endless.begun.acquire()
        asking.cancel()
        await served.until('licence_engine_requests_total{code="gone"}', number)

    refused = await served.post(**form(jpeg))

    assert (refused.status_code, refused.json()["code"]) == (429, 15)
    assert await served.metric("licence_engine_in_flight") == 2
    assert await served.metric("licence_engine_waiting") == 0


async def test_an_engine_stops_although_a_photo_never_ends(
    endless: Endless, jpeg: bytes, account: EngineAccount, signed: Callable[..., str]
) -> None:
    """It waits for a while, leaves the thread behind, and nothing complains."""
    complaints = list[object]()
    asyncio.get_running_loop().set_exception_handler(lambda _, about: complaints.append(about))
    app = engine(endless, (account,), limits=Limits(stopping=0.1))
    async with serving(app, "127.0.0.1", 0) as url, httpx.AsyncClient(trust_env=False) as client:
        headers = {"Authorization": signed()}
        request = client.post(f"{url}/ocr/drivinglicence", headers=headers, **form(jpeg))
        asking = asyncio.create_task(request)
        await endless.begun.acquire()
        asking.cancel()
        await asyncio.wait({asking})

    gc.collect()
    assert complaints == []
    assert asyncio.all_tasks() == {asyncio.current_task()}


async def test_metrics_count_and_tell_nothing(served: Engine, jpeg: bytes) -> None:
    """Codes and seconds of stages; no account, no value, no file name."""
    await served.post(**form(jpeg))
    await served.post(headers={"Authorization": ""}, **form(jpeg))

    answer = await served.client.get("/metrics")

    assert answer.headers["content-type"].startswith("text/plain; version=0.0.4")
    assert 'licence_engine_requests_total{code="0"} 1.0' in answer.text
    assert 'licence_engine_requests_total{code="4"} 1.0' in answer.text
    for stage in ("receive", "wait", "decode", "recognise"):
        assert f'licence_engine_stage_seconds_count{{stage="{stage}"}} 1.0' in answer.text
    for secret in ("1250000001", "AKID", "粤B", "a.jpg"):
        assert secret not in answer.text


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [("GET", "/ocr/drivinglicence", 405), ("POST", "/ocr/idcard", 404), ("GET", "/", 404)],
)
async def test_elsewhere_is_nothing(served: Engine, method: str, path: str, status: int) -> None:
    """Another path or verb is a bad request, in JSON too."""
    answer = await served.client.request(method, path)

    assert (answer.status_code, answer.json()["code"]) == (status, 3)


async def test_a_proxy_s_request_line_is_understood(
    served: Engine, signed: Callable[..., str]
) -> None:
    """An absolute URL counts as its path, whatever its host."""
    answer = await served.raw(
        b"POST http://recognition.image.myqcloud.com/ocr/drivinglicence HTTP/1.1\r\n"
        b"Host: recognition.image.myqcloud.com\r\nConnection: close\r\n"
        b"Authorization: " + signed().encode() + b"\r\n"
        b"Content-Type: application/json\r\nContent-Length: 2\r\n\r\n{}"
    )

    assert json.loads(answer.partition(b"\r\n\r\n")[2])["code"] == -1301


async def test_unsigned_requests_need_an_explicit_word() -> None:
    """Neither accounts nor the word, and both at once, are mistakes of the owner."""
    with pytest.raises(SettingsError, match="either"):
        engine(Any, ())  # type: ignore[arg-type]


async def test_unsigned_and_accounts_exclude_each_other(account: EngineAccount) -> None:
    """Who has an account wants it checked."""
    with pytest.raises(SettingsError, match="not both"):
        engine(Any, (account,), unsigned=True)  # type: ignore[arg-type]


async def test_this_machine_may_be_served_unsigned(start: Start, jpeg: bytes) -> None:
    """Without a signature and without an AppID; but a web page may not drive it."""
    served = await start(unsigned=True)
    request: dict[str, Any] = {"data": {"type": "1"}, "files": {"image": jpeg}}

    plain = await served.client.post("/ocr/drivinglicence", **request)
    page = await served.client.post(
        "/ocr/drivinglicence", headers={"Origin": "http://example.com"}, **request
    )

    assert plain.json()["code"] == 0
    assert (page.status_code, page.json()["code"]) == (403, 24)


@pytest.mark.parametrize("server", [("192.0.2.1", 80), ("no address", 80), None])
async def test_other_machines_are_never_served_unsigned(server: tuple[str, int] | None) -> None:
    """What counts is the address that was called, not what the owner meant to listen on."""
    app = engine(Any, (), unsigned=True)  # type: ignore[arg-type]

    async def called(scope: Scope, receive: Receive, send: Send) -> None:
        await app({**scope, "server": server}, receive, send)

    transport = httpx.ASGITransport(app=called)
    async with httpx.AsyncClient(transport=transport, base_url="http://a") as client:
        answer = await client.post("/ocr/drivinglicence", json={})

    assert answer.json()["code"] == 24


async def test_signatures_end_by_the_engine_s_clock(
    start: Start, jpeg: bytes, signed: Callable[..., str]
) -> None:
    """An hour later the same signature is out of its time."""
    served = await start(clock=lambda: time.time() + 3600)

    answer = await served.post(**form(jpeg), headers={"Authorization": signed()})

    assert (answer.status_code, answer.json()["code"]) == (401, 9)
