"""The way to a provider: one POST and its answer, bounded in time, in size and in number."""

from __future__ import annotations

import asyncio
import ssl
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import httpx
from aiolimiter import AsyncLimiter

from bot.errors import ProviderError, RecognitionError
from bot.hosts import is_here

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

CONNECTIONS: Final = 10
"""Calls at a time."""

MAX_ANSWER: Final = 2**20
"""Bytes of an answer that are read; a real one has a few thousand."""

_ON_THE_WIRE: Final = "http11.send_request_headers.started"
_LONGEST_PAUSE: Final = 3600


@dataclass(frozen=True, slots=True)
class Patience:
    """How long a call may take, in seconds.

    Attributes:
        connect: until a connection stands, and again until it is encrypted.
        pool: until one of the connections is free.
        write: until the next bytes of the request have left.
        read: until the next bytes of the answer are there.
        total: from the first byte sent to the last one received.
    """

    connect: float = 5
    pool: float = 10
    write: float = 20
    read: float = 30
    total: float = 40


PATIENCE: Final = Patience()
"""More than an engine of our own takes at most."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back, whatever it is.

    Attributes:
        status: of HTTP.
        content: the body as it came.
        pause: seconds for which the provider wants to be left alone; 0 where it says none.
    """

    status: int
    content: bytes
    pause: int

    @contextmanager
    def judged(self) -> Iterator[None]:
        """Let errors about this answer carry its pause."""
        try:
            yield
        except RecognitionError as error:
            error.pause = self.pause
            raise


class Transport:
    """The connections to one provider.

    Args:
        url: where requests go, and nowhere else: redirects are not followed.
        patience: how long a call may take.
        per_second: calls that may begin in a second.
    """

    def __init__(self, url: str, patience: Patience, per_second: float) -> None:
        self._url = httpx.URL(url)
        self._patience = patience
        self._pace = AsyncLimiter(1, 1 / per_second)  # evenly: a bucket lets twice as many through
        self._calls: set[asyncio.Task[Answer]] = set()
        is_plain = self._url.scheme == "http"
        self._http = httpx.AsyncClient(
            timeout=httpx.Timeout(
                connect=patience.connect,
                pool=patience.pool,
                write=patience.write,
                read=patience.read,
            ),
            limits=httpx.Limits(max_connections=CONNECTIONS),
            # so that the bytes read are the bytes there are
            headers={"Accept": "application/json", "Accept-Encoding": "identity"},
            # No proxy leads back to this machine, and none shall see a photo in the clear.
            trust_env=not (is_plain or is_here(self._url.host)),
            # certificates take long to load, and over plain HTTP there are none to check
            verify=ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT) if is_plain else True,
        )

    async def post(
        self,
        headers: Mapping[str, str],
        **body: Any,  # noqa: ANN401 - httpx's own: content, data, files or json
    ) -> Answer:
        """Send a request when the pace allows it.

        Who gives up leaves the call to its own limits: cancelled while it connects, it would keep
        its place in the pool for ever (encode/httpcore#1093).

        Raises:
            ProviderError: `busy`, `too-slow`, `out-of-reach` or `unintelligible`.
        """
        await self._pace.acquire()
        call = asyncio.create_task(self._call(headers, body))
        self._calls.add(call)
        call.add_done_callback(self._calls.discard)
        return await asyncio.shield(call)

    async def aclose(self) -> None:
        """Close the connections; what nobody waits for any more ends with them."""
        for call in self._calls:
            call.cancel()
        await asyncio.gather(*self._calls, return_exceptions=True)
        await self._http.aclose()

    async def _call(self, headers: Mapping[str, str], body: Mapping[str, Any]) -> Answer:
        """The one place where errors of httpx become ours; its own words name requests."""
        try:
            return await self._exchange(headers, body)
        except httpx.PoolTimeout:
            raise ProviderError("busy", detail="PoolTimeout") from None
        except httpx.ConnectTimeout:
            raise ProviderError("out-of-reach", detail="ConnectTimeout") from None
        except (TimeoutError, httpx.TimeoutException) as error:
            raise ProviderError("too-slow", detail=type(error).__name__) from None
        except httpx.HTTPError as error:
            raise ProviderError(
                "out-of-reach", detail=type(error).__name__, transient=True
            ) from None

    async def _exchange(self, headers: Mapping[str, str], body: Mapping[str, Any]) -> Answer:
        """The total time runs only from where the connection stands, for the same reason."""
        async with asyncio.timeout(None) as deadline:

            async def watch(event: str, _info: object) -> None:
                if event == _ON_THE_WIRE:
                    now = asyncio.get_running_loop().time()
                    deadline.reschedule(now + self._patience.total)

            async with self._http.stream(
                "POST", self._url, headers=headers, extensions={"trace": watch}, **body
            ) as response:
                return Answer(response.status_code, await _bounded(response), _pause(response))


async def _bounded(response: httpx.Response) -> bytes:
    content = bytearray()
    async for chunk in response.aiter_raw():
        content += chunk
        if len(content) > MAX_ANSWER:
            raise ProviderError("unintelligible", detail=f"more than {MAX_ANSWER} bytes")
    return bytes(content)


def _pause(response: httpx.Response) -> int:
    """The seconds of `Retry-After`; its other form, a date, is not worth a second clock."""
    said = response.headers.get("retry-after", "")
    return min(int(said), _LONGEST_PAUSE) if said.isascii() and said.isdecimal() else 0
