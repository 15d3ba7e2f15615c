"""What the official clients send, byte by byte, and what their own signer signs."""

from __future__ import annotations

import base64
import json
import time
from ipaddress import ip_network
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from starlette.applications import Starlette
from starlette.responses import Response
from starlette.routing import Route

from bot.licence.documents import DocumentType
from bot.recognition.drivinglicence.fetching import Fetcher
from bot.recognition.drivinglicence.signature import seal
from bot.serving import serving

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable

    from bot.recognition.drivinglicence.accounts import EngineAccount
    from tests.recognition.drivinglicence.conftest import Engine

TARGET = "/ocr/drivinglicence"
NAME = "recognition.image.myqcloud.com"
CRLF = b"\r\n"

PLAIN = {
    "page of 2017": "a={a}&b=box&k={k}&e={e}&t={t}&r=7&u=0&f=",
    "page of 2020": "a={a}&b=&k={k}&e={e}&t={t}&r=7&f=",
    "python": "a={a}&b=box&k={k}&e={e}&t={t}&r=999999999&f=",
    "node": "a={a}&k={k}&e={e}&t={t}&r=7&u=0&f=",
    "java": "a={a}&b=box&k={k}&t={t}&e={e}",
    "fractions": "a={a}&b=box&k={k}&e={e}.25&t={t}.5&r=7&u=0&f=",
}


@pytest.fixture
async def picture_url(jpeg: bytes) -> AsyncIterator[str]:
    """A web server that has one picture."""

    async def picture(_: object) -> Response:
        return Response(jpeg, media_type="image/jpeg")

    async with serving(Starlette(routes=[Route("/a.jpg", picture)]), "127.0.0.1", 0) as url:
        yield f"{url}/a.jpg"


@pytest.fixture
async def served(start: Callable[..., Awaitable[Engine]], picture_url: str) -> Engine:
    """An engine that may fetch from that server."""
    port = httpx.URL(picture_url).port
    assert port is not None
    allowed = (ip_network("127.0.0.0/8"),)
    return await start(fetcher=Fetcher(ports={port}, allowed=allowed))


@pytest.fixture
def seals(account: EngineAccount) -> Callable[[str], str]:
    """Signs as that client does."""

    def make(client: str) -> str:
        now = int(time.time())
        values = {"a": account.app_id, "k": account.secret_id, "t": now, "e": now + 100}
        return seal(account.secret_key, PLAIN[client].format(**values))

    return make


def message(authorization: str, content_type: str, body: bytes, target: str = TARGET) -> bytes:
    """A whole request."""
    head = (
        f"POST {target} HTTP/1.1\r\nAuthorization: {authorization}\r\nHost: {NAME}\r\n"
        f"Content-Length: {len(body)}\r\nContent-Type: {content_type}\r\nConnection: close\r\n\r\n"
    )
    return head.encode() + body


def form(boundary: str, *parts: tuple[str, bytes]) -> bytes:
    """Parts, each with the lines that its client writes above it."""
    line = b"--" + boundary.encode()
    written = [line + CRLF + head.encode() + CRLF * 2 + data + CRLF for head, data in parts]
    return b"".join(written) + line + b"--" + CRLF


def disposition(name: str, rest: str = "") -> str:
    """The first line above a part."""
    return f'Content-Disposition: form-data; name="{name}"{rest}'


def answered(answer: bytes) -> dict[str, Any]:
    """The JSON at the end of a response."""
    body: dict[str, Any] = json.loads(answer.rpartition(CRLF)[2])
    return body


async def test_the_page_s_own_example(
    served: Engine, jpeg: bytes, seals: Callable[[str], str], account: EngineAccount
) -> None:
    """A semicolon too many after each name, and dashes upon dashes in the boundary."""
    boundary = "--------------acebdf13572468"
    body = form(
        boundary,
        (disposition("appid", ";"), account.app_id.encode()),
        (disposition("bucket", ";"), b"box"),
        (disposition("type", ";"), b"1"),
        (disposition("image", '; filename="test.jpg"\r\nContent-Type: image/jpeg'), jpeg),
    )
    kind = f"multipart/form-data;boundary={boundary}"

    answer = await served.raw(message(seals("page of 2017"), kind, body))

    assert answered(answer)["code"] == 0
    assert served.recogniser.asked == [DocumentType.DRIVING_LICENCE]


async def test_node(
    served: Engine,
    jpeg: bytes,
    seals: Callable[[str], str],
    account: EngineAccount,
    picture_url: str,
) -> None:
    """No bucket anywhere; JSON without spaces; in a form the AppID comes last."""
    head = (b'{"type":1,"url":"', b'{"type":2,"image":"', b'","appid":"' + account.app_id.encode())
    url = head[0] + picture_url.encode() + head[2] + b'"}'
    image = head[1] + base64.b64encode(jpeg) + head[2] + b'"}'
    boundary = "--------------------------802213021372918127474424"
    parts = form(
        boundary,
        (disposition("type"), b"0"),
        (disposition("image", '; filename="pic.jpg"\r\nContent-Type: image/jpeg'), jpeg),
        (disposition("appid"), account.app_id.encode()),
    )
    kind = f"multipart/form-data; boundary={boundary}"

    for content_type, body in (
        ("application/json", url),
        ("application/json", image),
        (kind, parts),
    ):
        answer = await served.raw(message(seals("node"), content_type, body))
        assert answered(answer)["code"] == 0

    assert served.recogniser.asked == [1, 2, 0]


async def test_php(
    served: Engine,
    jpeg: bytes,
    seals: Callable[[str], str],
    account: EngineAccount,
    picture_url: str,
) -> None:
    """Escaped slashes, a whole path or none as file name, and curl's request line to a proxy."""
    app_id = account.app_id.encode()
    escaped = picture_url.replace("/", r"\/").encode()
    url = b'{"appid":"' + app_id + b'","bucket":"box","url":"' + escaped + b'","type":1}'
    head = [
        (disposition("appid"), app_id),
        (disposition("bucket"), b"box"),
        (disposition("type"), b"0"),
    ]
    octets = '; filename="/home/me/照片/a.jpg"\r\nContent-Type: application/octet-stream'
    boundary = "------------------------d74496d66958873e"
    kind = f"multipart/form-data; boundary={boundary}"
    file = form(boundary, *head, (disposition("image", octets), jpeg))
    buffer = form(boundary, *head, (disposition("image"), jpeg))

    for content_type, body in (("application/json", url), (kind, file), (kind, buffer)):
        target = f"http://{NAME}{TARGET}"
        answer = await served.raw(message(seals("python"), content_type, body, target))
        assert answered(answer)["code"] == 0

    assert served.recogniser.asked == [1, 0, 0]


async def test_curl_waits_for_a_word_before_a_large_body(
    served: Engine, seals: Callable[[str], str]
) -> None:
    """Who has signed hears "100 Continue"; who has not is spared the sending."""
    request = message(seals("python"), "application/json", b"{}")
    head = request.replace(b"Connection: close", b"Expect: 100-continue").removesuffix(b"{}")
    async with served.connection() as (reader, writer):
        writer.write(head)
        assert (await reader.readuntil(CRLF * 2)).startswith(b"HTTP/1.1 100")
        writer.write(b"{}")
        assert b'"code":-1301' in await reader.readuntil(b"}}")

        writer.write(head.replace(b"Authorization", b"X-Authorization"))
        assert (await reader.readuntil(CRLF * 2)).startswith(b"HTTP/1.1 401")


async def test_java(
    served: Engine,
    jpeg: bytes,
    seals: Callable[[str], str],
    account: EngineAccount,
    picture_url: str,
) -> None:
    """A charset beside JSON, and a length above each part."""
    boundary = "f3b3a4ac-1b5c-4a51-8c5e-3c6e3d1c0f5e"
    words = {"bucket": b"box", "appid": account.app_id.encode(), "type": b"2"}
    parts = [
        (f"{disposition(name)}\r\nContent-Length: {len(data)}", data)
        for name, data in words.items()
    ]
    picture = f'; filename="a.jpg"\r\nContent-Type: image/jpg\r\nContent-Length: {len(jpeg)}'
    file = form(boundary, *parts, (disposition("image", picture), jpeg))
    fields = {"bucket": "box", "appid": account.app_id, "type": 1, "url": picture_url}
    url = json.dumps(fields, separators=(",", ":")).encode()

    for content_type, body in (
        (f"multipart/form-data; boundary={boundary}", file),
        ("application/json; charset=utf-8", url),
    ):
        answer = await served.raw(message(seals("java"), content_type, body))
        assert answered(answer)["code"] == 0

    assert served.recogniser.asked == [2, 1]


async def test_python(
    served: Engine, jpeg: bytes, seals: Callable[[str], str], account: EngineAccount
) -> None:
    """Every part has a file name, the text too, and none has a type."""
    boundary = "1d2b5f8c5bd84d2e8c4f7f0bd0b3a111"
    words = {"image": jpeg, "type": b"0", "appid": account.app_id.encode(), "bucket": b"box"}
    body = form(
        boundary,
        *((disposition(name, f'; filename="{name}"'), data) for name, data in words.items()),
    )

    answer = await served.raw(
        message(seals("python"), f"multipart/form-data; boundary={boundary}", body)
    )

    assert answered(answer)["code"] == 0


@pytest.mark.parametrize("client", PLAIN)
async def test_every_order_of_the_signed_text(
    served: Engine, jpeg: bytes, seals: Callable[[str], str], account: EngineAccount, client: str
) -> None:
    """What is signed are bytes; how they are ordered is the client's affair."""
    answer = await served.post(
        headers={"Authorization": seals(client)},
        data={"appid": account.app_id, "type": "0"},
        files={"image": jpeg},
    )

    assert answer.json()["code"] == 0


async def test_the_official_python_signer_is_believed(
    served: Engine, jpeg: bytes, account: EngineAccount
) -> None:
    """A signature made by the provider's own library, not by ours."""
    library = pytest.importorskip("qcloud_image")
    signer = library.Auth(account.app_id, account.secret_id, account.secret_key)
    forger = library.Auth(account.app_id, account.secret_id, "another key")
    request: dict[str, Any] = {
        "data": {"appid": account.app_id, "type": "0"},
        "files": {"image": jpeg},
    }

    right = await served.post(
        headers={"Authorization": signer.get_sign("box", 30).decode()}, **request
    )
    wrong = await served.post(
        headers={"Authorization": forger.get_sign("box", 30).decode()}, **request
    )

    assert [right.json()["code"], wrong.json()["code"]] == [0, 14]


async def test_the_url_wins(served: Engine, jpeg: bytes, picture_url: str) -> None:
    """As the page says; and what cannot be fetched is -1308, whatever the image beside it."""
    fields = {"appid": "1250000001", "type": 0, "image": "no base64!"}

    fetched = await served.post(json=fields | {"url": picture_url})
    private = await served.post(
        json=fields | {"url": "http://10.0.0.1/a.jpg", "image": base64.b64encode(jpeg).decode()}
    )

    assert [fetched.json()["code"], private.json()["code"]] == [0, -1308]
    assert await served.metric('licence_engine_stage_seconds_count{stage="fetch"}') == 2
