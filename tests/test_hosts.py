"""Where a host is, told by its name alone."""

from __future__ import annotations

import pytest

from bot.hosts import is_here, is_private

HERE = [
    "127.0.0.1",
    "127.8.8.8",
    "[::1]",
    "::1",
    "[::ffff:127.0.0.1]",
    "localhost",
    "a.localhost",
    "LOCALHOST.",
]
NEAR = [
    "10.0.0.1",
    "172.16.5.4",
    "192.168.1.2",
    "169.254.7.7",
    "100.64.0.1",
    "[fd00::1]",
    "[fe80::1]",
    "[::ffff:10.0.0.1]",
    "reader",
    "reader.",
    "Reader",
    "reader.local",
    "host.docker.internal",
    "engine.photos.svc",
    "engine.photos.svc.cluster.local",
    "reader.lan",
    "reader.home.arpa",
]
ANYWHERE = [
    "8.8.8.8",
    "172.32.0.1",
    "[2606:4700::1111]",
    "[::ffff:8.8.8.8]",
    "[64:ff9b::808:808]",
    "recognition.image.myqcloud.com",
    "example.com.",
    "local.example.com",
    "notlocalhost.com",
    "internal.example.cn",
]


@pytest.mark.parametrize("host", HERE)
def test_this_machine_is_here(host: str) -> None:
    """By its loopback addresses and by its name."""
    assert is_here(host)
    assert is_private(host)


@pytest.mark.parametrize("host", NEAR)
def test_a_private_network_is_near(host: str) -> None:
    """By its addresses, and by names that nobody outside can look up."""
    assert is_private(host)
    assert not is_here(host)


@pytest.mark.parametrize("host", ANYWHERE)
def test_all_else_is_anywhere(host: str) -> None:
    """Also an address that carries a public one, and a name with a private one's beginning."""
    assert not is_private(host)
    assert not is_here(host)
