"""Multipart forms read into memory."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot import multipart as module
from bot.multipart import MalformedForm, Part, read_multipart

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

TYPE = "multipart/form-data; boundary=b"


async def pieces(body: bytes, size: int) -> AsyncIterator[bytes]:
    """A body as it comes over the network."""
    for at in range(0, len(body), size):
        yield body[at : at + size]


def form(*parts: tuple[str, bytes]) -> bytes:
    """Parts with their headers as a body."""
    written = (
        b"--b\r\nContent-Disposition: form-data" + headers.encode() + b"\r\n\r\n" + data + b"\r\n"
        for headers, data in parts
    )
    return b"".join(written) + b"--b--\r\n"


BODY = form(
    ('; name="a"', "证".encode()),
    ('; name="f"; filename="证 1.jpg"\r\nContent-Type: image/jpeg', b"\r\n--b\0"),
)


@settings(deadline=None)  # other work on this machine is no failure
@given(st.integers(1, len(BODY)))
async def test_parts_are_the_same_however_they_are_cut(size: int) -> None:
    """Names are UTF-8, data is any bytes."""
    assert await read_multipart(TYPE, pieces(BODY, size)) == [
        Part("a", None, None, "证".encode()),
        Part("f", "证 1.jpg", "image/jpeg", b"\r\n--b\0"),
    ]


async def test_a_part_needs_a_name() -> None:
    """Nobody could ask for it."""
    with pytest.raises(MalformedForm, match="multipart"):
        await read_multipart(TYPE, pieces(form(("", b"x")), 100))


async def test_the_number_of_parts_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """A form is no way to fill the memory."""
    monkeypatch.setattr(module, "MOST_PARTS", 2)
    with pytest.raises(MalformedForm, match="multipart"):
        await read_multipart(TYPE, pieces(form(*[('; name="a"', b"")] * 3), 100))


@pytest.mark.parametrize("end", ["", "; boundary=", "; charset=utf-8"])
async def test_a_form_needs_a_boundary(end: str) -> None:
    """A header that was set by hand lacks it; nothing tells the parts apart then."""
    with pytest.raises(MalformedForm, match="boundary"):
        await read_multipart("multipart/form-data" + end, pieces(BODY, 100))


async def test_a_stray_semicolon_is_survived() -> None:
    """The documentation of the `drivinglicence` API has one after each name."""
    body = form(('; name="appid";', b"123456"))

    assert await read_multipart(TYPE, pieces(body, 9)) == [Part("appid", None, None, b"123456")]


@settings(deadline=None)  # other work on this machine is no failure
@given(
    st.binary(max_size=300),
    st.sampled_from([TYPE, "multipart/form-data", "multipart/form-data; boundary=" + "x" * 300]),
)
async def test_nonsense_is_refused_and_nothing_else(body: bytes, content_type: str) -> None:
    """Any bytes make a form or a refusal."""
    with suppress(MalformedForm):
        parts = await read_multipart(content_type, pieces(body, 7))
        assert all(part.name is not None for part in parts)
