"""Which addresses may be called on somebody's behalf."""

from __future__ import annotations

from ipaddress import ip_address

import pytest

from bot.recognition.drivinglicence.addresses import is_public, resolve


@pytest.mark.parametrize("text", ["8.8.8.8", "119.28.1.1", "2001:4860:4860::8888", "2402:4e00::1"])
def test_the_internet_is_public(text: str) -> None:
    """Hosts anywhere on it may be called."""
    assert is_public(ip_address(text))


@pytest.mark.parametrize(
    "text",
    [
        "127.0.0.1",
        "127.255.0.3",
        "0.0.0.0",  # noqa: S104 - compared, not bound
        "10.1.2.3",
        "172.16.0.1",
        "192.168.0.1",
        "100.64.0.1",  # shared by a provider's customers
        "100.100.100.200",  # metadata at Alibaba
        "169.254.169.254",  # metadata nearly everywhere
        "169.254.0.23",  # metadata at Tencent
        "168.63.129.16",  # Azure's own services
        "192.0.0.192",  # metadata at Oracle
        "192.0.2.1",  # documentation
        "192.88.99.1",  # 6to4 relay
        "198.18.0.1",  # benchmarks
        "224.0.0.1",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::7f00:1",  # IPv4-compatible
        "::ffff:127.0.0.1",  # IPv4-mapped
        "::ffff:10.0.0.1",
        "::ffff:8.8.8.8",
        "64:ff9b::7f00:1",  # NAT64
        "64:ff9b::a9fe:a9fe",
        "64:ff9b:1::7f00:1",  # NAT64 of one's own network
        "2002:7f00:1::",  # 6to4
        "2002:a9fe:a9fe::1",
        "2001:0:7f00:1::",  # Teredo
        "2001:db8::1",
        "3fff::1",
        "fc00::1",
        "fd00:ec2::254",  # metadata at Amazon
        "fe80::1",
        "fe80::1%eth0",
        "fec0::1",
        "ff02::1",
        "ff0e::1",
    ],
)
def test_no_other_place_is_public(text: str) -> None:
    """Loopback, private, link-local, multicast, reserved, and whatever carries another address."""
    assert not is_public(ip_address(text))


@pytest.mark.parametrize("spelling", ["127.0.0.1", "2130706433", "0x7f.1", "0177.0.0.1", "127.1"])
async def test_the_resolver_reads_odd_spellings(spelling: str) -> None:
    """What the system takes for an address is checked as the address that it is."""
    assert set(await resolve(spelling, 80)) == {"127.0.0.1"}
