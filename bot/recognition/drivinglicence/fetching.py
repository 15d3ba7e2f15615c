"""A picture fetched from the internet on behalf of a caller, who may mean harm.

A server that fetches what it is told to can be told to fetch what only it can reach. So names are
resolved here, every address is checked, and the connection goes to the very address that was
checked: a name that changes its address in between gains nothing. Redirects start anew.
"""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from ipaddress import ip_address
from typing import TYPE_CHECKING, Final

import httpx

from bot.recognition.drivinglicence.addresses import is_public, resolve

if TYPE_CHECKING:
    import ssl
    from collections.abc import AsyncIterator, Collection, Sequence

    from bot.recognition.drivinglicence.addresses import Network, Resolver

PORTS: Final = frozenset({80, 443})
REDIRECTS: Final = 3
TRIED: Final = 3
"""Addresses of one host that are tried."""

_STANDARD: Final = {"http": 80, "https": 443}
_MOVED: Final = frozenset({301, 302, 303, 307, 308})
_PATIENCE: Final = {"connect": 3.0, "read": 5.0, "write": 5.0, "pool": None}  # seconds
_HEADERS: Final = {
    "Accept": "image/*",
    "Accept-Encoding": "identity",  # nothing that could swell
    "Connection": "close",
    "User-Agent": "licence-bot",
}


class FetchError(Exception):
    """There is no picture to be had; the message is a word for logs, without the URL."""


class Fetcher:
    """Fetches pictures from public addresses.

    Args:
        most: bytes of a picture at most.
        seconds: the longest that it may take, with names, redirects and all.
        ports: the ports that may be called.
        allowed: networks that may be called besides public addresses.
        resolver: where the addresses of a name come from.
        tls: whose certificates are believed; those of `certifi` by default.
    """

    def __init__(  # noqa: PLR0913 - each is a limit of its own
        self,
        *,
        most: int = 6 * 2**20,
        seconds: float = 10.0,
        ports: Collection[int] = PORTS,
        allowed: Sequence[Network] = (),
        resolver: Resolver = resolve,
        tls: ssl.SSLContext | None = None,
    ) -> None:
        self._most = most
        self._seconds = seconds
        self._ports = ports
        self._allowed = allowed
        self._resolver = resolver
        self._tls = tls or httpx.create_ssl_context(trust_env=False)

    async def fetch(self, url: str) -> bytes:
        """The body behind an `http` or `https` URL.

        Raises:
            FetchError: the URL is none, leads somewhere it must not, or to no body of that size.
        """
        try:
            async with asyncio.timeout(self._seconds):
                return await self._follow(httpx.URL(url))
        except TimeoutError:
            raise FetchError("too-slow") from None
        except (httpx.InvalidURL, ValueError):  # a UnicodeError is a ValueError
            raise FetchError("malformed") from None
        except (httpx.HTTPError, OSError):
            raise FetchError("out-of-reach") from None

    async def _follow(self, url: httpx.URL) -> bytes:
        for _ in range(REDIRECTS + 1):
            answer = await self._visit(url)
            if isinstance(answer, bytes):
                return answer
            url = answer
        raise FetchError("too-many-redirects")

    async def _visit(self, url: httpx.URL) -> bytes | httpx.URL:
        """The body, or where it has moved."""
        addresses = await self._addresses(url)
        for address in addresses[:-1]:
            try:
                return await self._get(url, address)
            except (httpx.ConnectError, httpx.ConnectTimeout):
                continue
        return await self._get(url, addresses[-1])

    async def _addresses(self, url: httpx.URL) -> list[str]:
        """The first addresses of the host, after all of them were checked."""
        if url.scheme not in _STANDARD or not url.host or url.userinfo:
            raise FetchError("malformed")
        port = _STANDARD[url.scheme] if url.port is None else url.port
        if port not in self._ports:
            raise FetchError("forbidden-port")
        found = await self._resolver(url.raw_host.decode("ascii"), port)
        # One forbidden address condemns the name: no honest host has both kinds.
        if not found or not all(map(self._may_be_called, found)):
            raise FetchError("forbidden-address")
        return list(dict.fromkeys(found))[:TRIED]

    def _may_be_called(self, text: str) -> bool:
        address = ip_address(text)
        return is_public(address) or any(address in network for network in self._allowed)

    async def _get(self, url: httpx.URL, address: str) -> bytes | httpx.URL:
        async with self._response(url, address) as response:
            if response.status_code in _MOVED:
                return url.join(response.headers.get("location", ""))
            if response.status_code != httpx.codes.OK:
                raise FetchError("refused")
            if response.headers.get("content-encoding", "identity") != "identity":
                raise FetchError("encoded")
            return await self._body(response)

    @asynccontextmanager
    async def _response(self, url: httpx.URL, address: str) -> AsyncIterator[httpx.Response]:
        """Ask that address for that URL; for the other side it looks like any request.

        The connection is used once: a kept one could serve another host under this one's name.
        """
        request = httpx.Request(
            "GET",
            url.copy_with(host=address, fragment=None),
            headers={"Host": url.netloc.decode("ascii"), **_HEADERS},
            extensions={"sni_hostname": url.raw_host.decode("ascii"), "timeout": _PATIENCE},
        )
        async with httpx.AsyncHTTPTransport(verify=self._tls, trust_env=False) as transport:
            response = await transport.handle_async_request(request)
            try:
                yield response
            finally:
                await response.aclose()

    async def _body(self, response: httpx.Response) -> bytes:
        body = bytearray()
        async for chunk in response.aiter_raw():
            body += chunk
            if len(body) > self._most:
                raise FetchError("too-large")
        return bytes(body)
