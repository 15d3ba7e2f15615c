"""Where a host is, told by its name alone: here, in a private network, or anywhere.

Plain http shows everything to everybody on the way. Within a machine nobody is on the way, and
within a private network only those whom its owner lets in.
"""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, ip_address
from typing import Final

_HERE: Final = "localhost"  # and all below it (RFC 6761, 6.3)

_PRIVATE: Final = (
    ".local",  # RFC 6762; Kubernetes' `.svc.cluster.local` too
    ".internal",  # reserved by ICANN for private use; the clouds' and Docker's own names
    ".svc",  # a Kubernetes service, `engine.photos.svc`
    ".lan",  # what routers call their network
    ".home.arpa",  # RFC 8375
)
"""Ends of names that no public name has, or that only a network's own server knows."""


def is_here(host: str) -> bool:
    """Whether a URL's host is this machine's own loopback."""
    address = _address(host)
    if address is not None:
        return address.is_loopback
    return f".{_name(host)}".endswith(f".{_HERE}")


def is_private(host: str) -> bool:
    """Whether a URL's host is here or in a private network: by its address or by its name.

    A name without a dot is one that only the network itself knows, as Docker's services are.
    """
    address = _address(host)
    if address is not None:
        return not address.is_global
    name = _name(host)
    return is_here(host) or "." not in name or name.endswith(_PRIVATE)


def _name(host: str) -> str:
    return host.lower().removesuffix(".")


def _address(host: str) -> IPv4Address | IPv6Address | None:
    """The address that a host is; the IPv4 address where an IPv6 one only carries it."""
    try:
        address = ip_address(host.strip("[]"))
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address
