"""The recogniser that asks Tencent Cloud: one photo, one call, and a second where it helps."""

from __future__ import annotations

import asyncio
import ssl
import time
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import httpx

import bot
from bot.errors import PhotoError, ProviderError, RecognitionError
from bot.licence.recognition import Recognition
from bot.recognition.fitting import fit
from bot.recognition.tencentcloud import wire
from bot.recognition.tencentcloud.codes import WRONG_SIDE
from bot.recognition.tencentcloud.signature import JSON, Message, authorization

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from bot.licence.documents import DocumentType
    from bot.recognition.photo import Photo
    from bot.recognition.tencentcloud.account import Account

NAME: Final = "tencentcloud"

MAX_REPLY: Final = 2**20
"""Bytes of an answer that are read: a real one has a few thousand."""

MAX_CONNECTIONS: Final = 10
"""Calls at a time: the provider's own limit is ten a second."""

_ON_THE_WIRE: Final = "http11.send_request_headers.started"


@dataclass(frozen=True, slots=True)
class Patience:
    """How long a call may take, in seconds.

    Attributes:
        connect: until a connection stands, and again until it is encrypted.
        pool: until one of the connections is free.
        write: until the request is sent.
        read: until the next bytes of the answer are there.
        total: from the first byte sent to the last one received.
    """

    connect: float = 5
    pool: float = 10
    write: float = 20
    read: float = 20
    total: float = 30


class TencentCloudRecogniser:
    """Reads pages at Tencent Cloud; satisfies `Recogniser`.

    Args:
        account: who pays.
        patience: how long a call may take.
        clock: the time as Unix seconds; it is signed.
    """

    name = NAME

    def __init__(
        self,
        account: Account,
        *,
        patience: Patience | None = None,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._account = account
        self._clock = clock
        self._patience = patience or Patience()
        self._client = httpx.AsyncClient(
            timeout=httpx.Timeout(
                connect=self._patience.connect,
                pool=self._patience.pool,
                write=self._patience.write,
                read=self._patience.read,
            ),
            limits=httpx.Limits(max_connections=MAX_CONNECTIONS),
            trust_env=not account.is_plain,  # no proxy stands between this machine and itself
            # certificates take long to load, and there nothing is encrypted
            verify=ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT) if account.is_plain else True,
        )

    async def recognise(self, photo: Photo, document_type: DocumentType) -> Recognition:
        """Read that page.

        Raises:
            RecognitionError: any of `codes` and `wire`; `busy`, `too-slow` and `out-of-reach`
                where there was no answer.
        """
        begun = time.monotonic()
        picture = await fit(photo, wire.MAX_PICTURE, wire.LEAST_SIDES)
        reply = await self._read(picture.data, document_type)
        elapsed = time.monotonic() - begun
        return Recognition(
            document_type, reply.fields, NAME, reply.quality, reply.request_id, elapsed
        )

    async def aclose(self) -> None:
        """Close the connections."""
        await self._client.aclose()

    async def _read(self, jpeg: bytes, document_type: DocumentType) -> wire.Reply:
        side = wire.CALLS[document_type].side
        try:
            return await self._ask(jpeg, document_type, side)
        except PhotoError as error:
            if error.detail != WRONG_SIDE or side is wire.Side.DOUBLE:
                raise
            return await self._read_both(jpeg, document_type, error)

    async def _read_both(
        self, jpeg: bytes, document_type: DocumentType, first: PhotoError
    ) -> wire.Reply:
        """The second try; where it fails for another cause, the first answer stands."""
        try:
            return await self._ask(jpeg, document_type, wire.Side.DOUBLE)
        except PhotoError:
            raise
        except RecognitionError:
            raise first from None

    async def _ask(self, jpeg: bytes, document_type: DocumentType, side: wire.Side) -> wire.Reply:
        body = wire.request(jpeg, side)
        headers = self._headers(wire.CALLS[document_type].action, body)
        with _translated():
            status, answer = await self._send(headers, body)
        return wire.reply(status, answer, document_type)

    def _headers(self, action: str, body: bytes) -> dict[str, str]:
        account = self._account
        now = int(self._clock())
        message = Message(account.host, body)
        headers = {
            "Host": account.host,
            "Content-Type": JSON,
            "Accept-Encoding": "identity",  # so that the bytes read are the bytes there are
            "User-Agent": f"licence-bot/{bot.__version__}",
            "Authorization": authorization(account.secret_id, account.secret_key, message, now),
            "X-TC-Action": action,
            "X-TC-Version": wire.VERSION,
            "X-TC-Timestamp": str(now),
        }
        return headers | ({"X-TC-Region": account.region} if account.region else {})

    async def _send(self, headers: dict[str, str], body: bytes) -> tuple[int, bytes]:
        """Send a request; the status and the body of its answer.

        The total time runs only from where the connection stands: whatever is cancelled before
        that keeps its place in httpcore's pool for ever (encode/httpcore#1093).
        """
        async with asyncio.timeout(None) as deadline:

            async def watch(event: str, _info: object) -> None:
                if event == _ON_THE_WIRE:
                    now = asyncio.get_running_loop().time()
                    deadline.reschedule(now + self._patience.total)

            async with self._client.stream(
                "POST",
                self._account.url,
                headers=headers,
                content=body,
                extensions={"trace": watch},
            ) as response:
                return response.status_code, await _bounded(response)


async def _bounded(response: httpx.Response) -> bytes:
    answer = bytearray()
    async for chunk in response.aiter_raw():
        answer += chunk
        if len(answer) > MAX_REPLY:
            raise ProviderError("unintelligible", detail=f"more than {MAX_REPLY} bytes")
    return bytes(answer)


@contextmanager
def _translated() -> Iterator[None]:
    """Where errors of httpx become ours."""
    try:
        yield
    except httpx.PoolTimeout:
        raise ProviderError("busy", detail="PoolTimeout") from None
    except (TimeoutError, httpx.TimeoutException) as error:
        raise ProviderError("too-slow", detail=type(error).__name__) from None
    except httpx.HTTPError as error:
        raise ProviderError("out-of-reach", detail=type(error).__name__) from None
