"""Which addresses of the internet may be called on somebody's behalf."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Awaitable, Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network
from typing import Final, TypeAlias

Address: TypeAlias = IPv4Address | IPv6Address
Network: TypeAlias = IPv4Network | IPv6Network
Resolver: TypeAlias = Callable[[str, int], Awaitable[Sequence[str]]]
"""Every address of a host's name, as text, for a port; raises `OSError` where there is none."""

_ROUTED: Final = IPv6Network("2000::/3")
"""All that IANA has given out as global unicast. Loopback, link-local, private and multicast
addresses lie outside, and so do `::ffff:0:0/96`, `::/96` and NAT64's `64:ff9b::/96`, which carry an
IPv4 address that nobody would check."""

_SPECIAL: Final = (
    IPv4Network("192.0.0.0/24"),  # protocol assignments; a metadata service on Oracle's cloud
    IPv4Network("192.88.99.0/24"),  # 6to4 relays
    IPv4Network("168.63.129.16/32"),  # Azure's own services, in the middle of public addresses
    IPv6Network("2001::/23"),  # protocol assignments, among them Teredo, which carries an IPv4
    IPv6Network("2002::/16"),  # 6to4, which carries an IPv4 address too
    IPv6Network("3fff::/20"),  # documentation (RFC 9637)
)
"""Addresses that count as global and are none (IANA's special-purpose registries)."""

_RESOLVING: Final = ThreadPoolExecutor(4, thread_name_prefix="names")
"""Threads of their own: a name whose server never answers must not hold up the decoding."""


def is_public(address: Address) -> bool:
    """Whether the address belongs to some host on the internet, and to no other kind of place."""
    if isinstance(address, IPv6Address) and address not in _ROUTED:
        return False
    if any(address in network for network in _SPECIAL):
        return False
    return address.is_global and not address.is_multicast and not address.is_reserved


async def resolve(host: str, port: int) -> Sequence[str]:
    """Ask the system's resolver; an address as text is answered with itself.

    Raises:
        OSError: there is no such name.
    """
    loop = asyncio.get_running_loop()
    ask = partial(socket.getaddrinfo, host, port, type=socket.SOCK_STREAM)
    found = await loop.run_in_executor(_RESOLVING, ask)
    return [str(address[0]) for *_, address in found]
