"""The client: a photo goes to Tencent Cloud, or to an engine of our own that speaks the same."""

from __future__ import annotations

import secrets
import ssl
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from ipaddress import ip_address
from typing import TYPE_CHECKING, Final

import httpx

from bot.errors import ProviderError, RecognitionError
from bot.licence.recognition import Recognition
from bot.recognition import fitting
from bot.recognition.drivinglicence import signature, wire
from bot.recognition.drivinglicence.codes import Code
from bot.recognition.drivinglicence.wire import Form

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from bot.licence.documents import DocumentType
    from bot.recognition.drivinglicence.wire import Body, Reply
    from bot.recognition.photo import Photo

NAME: Final = "drivinglicence"
URL: Final = "https://recognition.image.myqcloud.com/ocr/drivinglicence"

LIFE: Final = 3600
"""Seconds for which a signature holds. Every request gets a new one, so only clocks that differ
by more than this, or an upload that takes longer, find it expired."""

MAX_PICTURE: Final = 4_000_000
"""Bytes of a picture (the provider's FAQ). As base64 they grow to 5.4 MB: the whole body stays
under `codes.MAX_BODY` in either form."""

LEAST_SIDES: Final = (300, 300)
"""Pixels below which a picture is never made smaller (the same FAQ)."""

MAX_CONNECTIONS: Final = 20
"""Connections at a time."""

MAX_REPLY: Final = 2 * 2**20
"""Bytes of a reply; a real one has less than 10 kB."""


@dataclass(frozen=True, slots=True)
class Account:
    """Who asks, and where.

    Attributes:
        app_id: the AppID.
        secret_id: the SecretId of the main account.
        secret_key: its SecretKey.
        bucket: historic; empty, or the one of the same AppID.
        url: the whole address of the call.
        form: how a photo is put into a request.
    """

    app_id: str
    secret_id: str
    secret_key: str = field(repr=False)
    bucket: str = ""
    url: str = URL
    form: Form = Form.MULTIPART


@dataclass(frozen=True, slots=True)
class Patience:
    """Seconds to wait at most.

    Attributes:
        connect: for a connection.
        read: for the next bytes of a reply.
        write: for the next bytes of a request to leave.
        pool: for a connection while all are in use.
        reply: from the first byte of the request to the last of the reply, looked at whenever
            bytes arrive: a reply that drips does not last for ever.
    """

    connect: float = 5
    read: float = 30
    write: float = 30
    pool: float = 5
    reply: float = 60


class DrivingLicenceRecogniser:
    """Reads pages through `POST /ocr/drivinglicence`; satisfies `Recogniser`.

    It tries once, and once more with a new signature where the first one was called expired. All
    other retries are the caller's: a `ProviderError` says that one may help.

    Args:
        account: who asks, and where.
        patience: how long to wait.
        clock: Unix seconds.
        nonce: a random number from 0 to `signature.MAX_NONCE`.
    """

    name = NAME

    def __init__(
        self,
        account: Account,
        *,
        patience: Patience = Patience(),
        clock: Callable[[], float] = time.time,
        nonce: Callable[[], int] = lambda: secrets.randbelow(signature.MAX_NONCE + 1),
    ) -> None:
        self._account = account
        self._patience = patience
        self._clock = clock
        self._nonce = nonce
        self._url = httpx.URL(account.url)
        self._http = _client(self._url, patience)

    async def recognise(self, photo: Photo, document_type: DocumentType) -> Recognition:
        """Read that page of a photo; boxes are in pixels of the photo as it was sent to us.

        Raises:
            RecognitionError: see `wire.parse_reply`; further, `ProviderError` with `too-slow`,
                `busy` or `out-of-reach` where no answer came.
        """
        begun = time.monotonic()
        account = self._account
        picture = await fitting.fit(photo, MAX_PICTURE, LEAST_SIDES)
        body = wire.picture_request(
            account.form,
            picture.data,
            document_type,
            app_id=account.app_id,
            bucket=account.bucket,
        )
        reply = await self._ask(body, document_type, picture.scale)
        return _recognition(reply, document_type, begun)

    async def recognise_url(self, url: str, document_type: DocumentType) -> Recognition:
        """Read that page of a picture which the provider fetches by itself.

        Only for an address that the caller owns and that holds no secret: whoever has it, has the
        document.

        Raises:
            RecognitionError: as `recognise` does.
        """
        begun = time.monotonic()
        account = self._account
        body = wire.url_request(url, document_type, app_id=account.app_id, bucket=account.bucket)
        return _recognition(await self._ask(body, document_type, 1.0), document_type, begun)

    async def aclose(self) -> None:
        """Close the connections."""
        await self._http.aclose()

    async def _ask(self, body: Body, document_type: DocumentType, scale: float) -> Reply:
        try:
            return await self._ask_once(body, document_type, scale)
        except RecognitionError as error:
            if error.detail != str(int(Code.SIGNATURE_EXPIRED)):
                raise
        return await self._ask_once(body, document_type, scale)

    async def _ask_once(self, body: Body, document_type: DocumentType, scale: float) -> Reply:
        request = self._http.build_request("POST", self._url, **body)
        request.headers["Authorization"] = self._sign()
        with _translated():
            status, content = await self._exchange(request)
        return wire.parse_reply(content, status, document_type, scale)

    async def _exchange(self, request: httpx.Request) -> tuple[int, bytes]:
        """Status and body of the answer, whatever they are."""
        end = time.monotonic() + self._patience.reply
        content = bytearray()
        response = await self._http.send(request, stream=True)
        try:
            async for chunk in response.aiter_bytes():
                content += chunk
                if len(content) > MAX_REPLY:
                    raise ProviderError("unintelligible", detail="endless")
                if time.monotonic() > end:
                    raise ProviderError("too-slow", detail="drip")
        finally:
            await response.aclose()
        return response.status_code, bytes(content)

    def _sign(self) -> str:
        issued = int(self._clock())
        return signature.sign(
            self._account.secret_key,
            app_id=self._account.app_id,
            secret_id=self._account.secret_id,
            bucket=self._account.bucket,
            issued=issued,
            expires=issued + LIFE,
            nonce=self._nonce(),
        )


def _recognition(reply: Reply, document_type: DocumentType, begun: float) -> Recognition:
    elapsed = time.monotonic() - begun
    return Recognition(document_type, reply.fields, NAME, (), reply.request_id, elapsed)


def _client(url: httpx.URL, patience: Patience) -> httpx.AsyncClient:
    return httpx.AsyncClient(
        # httpx's own timeouts: a request cancelled from outside before it has its connection
        # would keep that connection's place in the pool for good (httpcore #1093).
        timeout=httpx.Timeout(
            connect=patience.connect,
            read=patience.read,
            write=patience.write,
            pool=patience.pool,
        ),
        limits=httpx.Limits(max_connections=MAX_CONNECTIONS),
        headers={"Accept": "application/json", "Accept-Encoding": "identity"},
        follow_redirects=False,  # a photo goes where the owner said, and nowhere else
        trust_env=not _is_here(url.host),  # no proxy leads back to this machine
        # certificates take long to load, and over plain HTTP there are none to check
        verify=True if url.scheme == "https" else ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT),
    )


def _is_here(host: str) -> bool:
    """Whether a host is this machine."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


@contextmanager
def _translated() -> Iterator[None]:
    """Every failure of the transport in our words; httpx's own name requests and headers."""
    try:
        yield
    except httpx.HTTPError as error:
        raise ProviderError(_word(type(error)), detail=type(error).__name__) from None


def _word(kind: type[httpx.HTTPError]) -> str:
    if issubclass(kind, httpx.PoolTimeout):
        return "busy"
    if issubclass(kind, httpx.TimeoutException):
        return "too-slow"
    return "unintelligible" if issubclass(kind, httpx.DecodingError) else "out-of-reach"
