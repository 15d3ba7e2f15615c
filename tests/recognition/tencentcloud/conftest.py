"""The provider on this machine: it checks signatures and answers what it was told to."""

from __future__ import annotations

import hashlib
import hmac
import json
import re
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from PIL import Image
from starlette.applications import Starlette
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.recognition.photo import Photo
from bot.recognition.tencentcloud.account import Account
from bot.serving import serving

if TYPE_CHECKING:
    import asyncio
    from collections.abc import AsyncIterator, Awaitable, Callable, Iterable

    from starlette.datastructures import Headers
    from starlette.requests import Request

    Talk = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]

SECRET_ID = "AKIDz8krbsJ5yKBZQpn74WFkmLPx3EXAMPLE"
SECRET_KEY = "Gu5t9xGARNpq86cd98joQYCN3EXAMPLE"
SAMPLES = Path(__file__).parent / "samples"

_AUTHORIZATION = re.compile(
    r"TC3-HMAC-SHA256 Credential=(\S+?)/([\d-]+)/([\w.:-]+)/tc3_request, "
    r"SignedHeaders=content-type;host, Signature=([0-9a-f]{64})"
)
_CLOCK_TOLERANCE = 300


def sample(name: str) -> dict[str, Any]:
    """One of the replies that the provider publishes."""
    found: dict[str, Any] = json.loads((SAMPLES / f"{name}.json").read_text(encoding="utf-8"))
    return found


def sdk(module: str) -> Any:  # noqa: ANN401 - it has no types
    """A module of the official client, or the test is skipped."""
    reason = "tencentcloud-sdk-python-ocr is not installed"
    return pytest.importorskip(f"tencentcloud.{module}", reason=reason)


def official_client(host: str, secret_id: str = SECRET_ID, secret_key: str = SECRET_KEY) -> Any:  # noqa: ANN401
    """The official client, pointed at a host without encryption."""
    http = sdk("common.profile.http_profile").HttpProfile(endpoint=host, protocol="http")
    profile = sdk("common.profile.client_profile").ClientProfile(httpProfile=http)
    credential = sdk("common.credential").Credential(secret_id, secret_key)
    return sdk("ocr.v20181119.ocr_client").OcrClient(credential, "ap-guangzhou", profile)


def failure(code: str) -> dict[str, Any]:
    """A reply that says what went wrong."""
    return {"Response": {"Error": {"Code": code, "Message": "看不懂"}, "RequestId": "f-1"}}


def small_photo() -> Photo:
    """A photo with nothing on it."""
    return Photo(Image.new("RGB", (120, 80), "white"), 120, 80)


def noise(width: int, height: int) -> Photo:
    """A photo that no compression makes small."""
    image = Image.effect_noise((width, height), 200).convert("RGB")
    return Photo(image, width, height)


def why_refused(headers: Headers, body: bytes) -> str:
    """The error code for a request whose signature is not good; empty where it is.

    Written from the provider's page and apart from the program's own signer.
    """
    found = _AUTHORIZATION.fullmatch(headers.get("authorization", ""))
    if found is None:
        return "AuthFailure.InvalidAuthorization"
    secret_id, day, service, signature = found.groups()
    stamp = headers.get("x-tc-timestamp", "")
    if secret_id != SECRET_ID:
        return "AuthFailure.SecretIdNotFound"
    if abs(int(stamp) - time.time()) > _CLOCK_TOLERANCE:
        return "AuthFailure.SignatureExpire"
    signed = (
        f"POST\n/\n\ncontent-type:{headers['content-type']}\nhost:{headers['host']}\n\n"
        f"content-type;host\n{hashlib.sha256(body).hexdigest()}"
    )
    scope = f"{day}/{service}/tc3_request"
    text = f"TC3-HMAC-SHA256\n{stamp}\n{scope}\n{hashlib.sha256(signed.encode()).hexdigest()}"
    key = b"TC3" + SECRET_KEY.encode()
    for part in (day, service, "tc3_request"):
        key = hmac.new(key, part.encode(), hashlib.sha256).digest()
    good = hmac.new(key, text.encode(), hashlib.sha256).hexdigest() == signature
    today = datetime.fromtimestamp(int(stamp), UTC).strftime("%Y-%m-%d")
    return "" if good and day == today else "AuthFailure.SignatureFailure"


@dataclass
class Cloud:
    """The provider.

    Attributes:
        url: where it is.
        answers: what it says to each call, the last one for ever: a reply, or any response.
        calls: the action and the side of every call that was signed well.
        bodies: what those calls held.
        sizes: their bytes.
        headers: of the last call, signed well or not.
    """

    url: str = ""
    answers: list[dict[str, Any] | Response] = field(default_factory=list)
    calls: list[tuple[str, str]] = field(default_factory=list)
    bodies: list[dict[str, Any]] = field(default_factory=list)
    headers: dict[str, str] = field(default_factory=dict)
    sizes: list[int] = field(default_factory=list)

    @property
    def account(self) -> Account:
        """One that is good here."""
        return Account(SECRET_ID, SECRET_KEY, endpoint=self.url)

    async def answer(self, request: Request) -> Response:
        """Check the signature, then say what comes next."""
        body = await request.body()
        self.headers = dict(request.headers)
        if refused := why_refused(request.headers, body):
            return JSONResponse(failure(refused))
        asked = json.loads(body)
        self.calls.append((request.headers["x-tc-action"], asked["CardSide"]))
        self.bodies.append(asked)
        self.sizes.append(len(body))
        said = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        return said if isinstance(said, Response) else JSONResponse(said)


@pytest.fixture
async def cloud() -> AsyncIterator[Cloud]:
    """The provider, served."""
    provider = Cloud()
    app = Starlette(routes=[Route("/", provider.answer, methods=["POST"])])
    async with serving(app, "127.0.0.1", 0) as url:
        provider.url = url
        yield provider


def shown(fields: Iterable[Any]) -> dict[str, str]:
    """The values by their names."""
    return {field.name.value: field.value for field in fields}
