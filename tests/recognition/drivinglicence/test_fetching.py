"""Pictures fetched on behalf of a caller who may mean harm."""

from __future__ import annotations

import asyncio
import ssl
from contextlib import asynccontextmanager, closing, suppress
from dataclasses import dataclass, field
from ipaddress import ip_network
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.recognition.drivinglicence.fetching import Fetcher, FetchError

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Sequence

LOOPBACK = (ip_network("127.0.0.0/8"),)
NO_CERTIFICATES = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
PICTURE = b"\xff\xd8\xff a picture"


def reply(body: bytes = PICTURE, *headers: str, status: str = "200 OK") -> bytes:
    """An answer of some web server."""
    head = "\r\n".join((f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", *headers))
    return head.encode() + b"\r\n\r\n" + body


def moved(location: str, status: str = "302 Found") -> bytes:
    """A redirect."""
    return reply(b"", f"Location: {location}", status=status)


@dataclass
class Origin:
    """A web server somewhere: the answer to each path, and what it was asked."""

    answers: dict[str, bytes | list[bytes]] = field(default_factory=dict)
    port: int = 0
    requests: list[bytes] = field(default_factory=list)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer once; the pieces of a list come one after another, slowly."""
        request = await reader.readuntil(b"\r\n\r\n")
        self.requests.append(request)
        answer = self.answers[request.split(b" ")[1].decode()]
        with closing(writer), suppress(ConnectionError):  # the other side may have had enough
            for piece in [answer] if isinstance(answer, bytes) else answer:
                writer.write(piece)
                await writer.drain()
                await asyncio.sleep(0 if isinstance(answer, bytes) else 0.1)

    def url(self, path: str = "/a.jpg", host: str = "pictures.example") -> str:
        """Where it is."""
        return f"http://{host}:{self.port}{path}"


@dataclass
class Names:
    """A resolver: addresses of names, each answer in its turn; and who asked."""

    answers: dict[str, list[list[str]]]
    asked: list[str] = field(default_factory=list)

    async def __call__(self, host: str, _port: int) -> Sequence[str]:
        """The next answer, the last one for ever."""
        self.asked.append(host)
        turns = self.answers.get(host, [[host]])
        return turns.pop(0) if len(turns) > 1 else turns[0]


@asynccontextmanager
async def origin_at(host: str = "127.0.0.1", **options: Any) -> AsyncIterator[Origin]:  # noqa: ANN401
    """A web server while the block runs."""
    origin = Origin({"/a.jpg": reply()})
    server = await asyncio.start_server(origin.serve, host, 0, **options)
    origin.port = server.sockets[0].getsockname()[1]
    async with server:
        yield origin


@pytest.fixture
async def origin() -> AsyncIterator[Origin]:
    """A web server at loopback."""
    async with origin_at() as one:
        yield one


@pytest.fixture
def names() -> Names:
    """`pictures.example` is at loopback."""
    return Names({"pictures.example": [["127.0.0.1"]]})


def fetcher(origin: Origin, names: Names, **options: Any) -> Fetcher:  # noqa: ANN401
    """One that may call loopback at the server's port."""
    choices: dict[str, Any] = {"ports": {origin.port}, "allowed": LOOPBACK}
    return Fetcher(resolver=names, **choices | {"tls": NO_CERTIFICATES} | options)


async def test_a_picture_comes(origin: Origin, names: Names) -> None:
    """For the server it is a request for its own name; nothing says who asks."""
    assert await fetcher(origin, names).fetch(origin.url("/a.jpg#part")) == PICTURE

    request = origin.requests[0].lower()
    assert request.startswith(b"get /a.jpg http/1.1\r\n")
    assert f"host: pictures.example:{origin.port}\r\n".encode() in request
    assert b"accept-encoding: identity\r\n" in request
    assert b"cookie" not in request


async def test_an_address_of_version_6_may_be_written_out() -> None:
    """In brackets, as URLs have it."""
    try:
        async with origin_at("::1") as origin:
            allowed = (ip_network("::1/128"),)
            body = await fetcher(origin, Names({}), allowed=allowed).fetch(origin.url(host="[::1]"))
    except OSError:
        pytest.skip("this machine has no IPv6")

    assert body == PICTURE
    assert f"host: [::1]:{origin.port}\r\n".encode() in origin.requests[0].lower()


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "10.0.0.1",
        "169.254.169.254",
        "224.0.0.1",
        "[::1]",
        "[::ffff:127.0.0.1]",
        "[64:ff9b::7f00:1]",
        "[2002:7f00:1::]",
        "[fe80::1]",
        "[fd00:ec2::254]",
    ],
)
async def test_addresses_that_are_not_public_are_not_called(host: str) -> None:
    """As an address and behind a name."""
    address = host.strip("[]")
    strict = Fetcher(resolver=Names({"a.example": [[address]]}), tls=NO_CERTIFICATES)

    for url in (f"http://{host}/", f"https://{host}/", "http://a.example/"):
        with pytest.raises(FetchError, match=r"^forbidden-address$"):
            await strict.fetch(url)


@pytest.mark.parametrize("host", ["2130706433", "0x7f.1", "127.1", "localhost"])
async def test_odd_spellings_hide_nothing(host: str) -> None:
    """The system's own resolver says which address is meant."""
    with pytest.raises(FetchError, match=r"^forbidden-address$"):
        await Fetcher(tls=NO_CERTIFICATES).fetch(f"http://{host}/")


async def test_one_forbidden_address_condemns_a_name(origin: Origin) -> None:
    """Public and private addresses behind one name are an attack or a mistake."""
    names = Names({"pictures.example": [["127.0.0.1", "10.0.0.1"]]})

    with pytest.raises(FetchError, match=r"^forbidden-address$"):
        await fetcher(origin, names).fetch(origin.url())

    assert origin.requests == []


async def test_a_name_is_resolved_once(origin: Origin) -> None:
    """The address that was checked is the one that is called, whatever the name says next."""
    names = Names({"pictures.example": [["127.0.0.1"], ["10.0.0.1"]]})

    assert await fetcher(origin, names).fetch(origin.url()) == PICTURE
    assert names.asked == ["pictures.example"]


async def test_a_redirect_is_resolved_anew(origin: Origin) -> None:
    """A name that has become private until then is refused."""
    names = Names({"pictures.example": [["127.0.0.1"], ["10.0.0.1"]]})
    origin.answers["/old"] = moved("/a.jpg")

    with pytest.raises(FetchError, match=r"^forbidden-address$"):
        await fetcher(origin, names).fetch(origin.url("/old"))


@pytest.mark.parametrize(
    ("location", "why"),
    [
        ("http://169.254.169.254/latest/meta-data", "forbidden-port"),
        ("http://169.254.169.254:{port}/latest/meta-data", "forbidden-address"),
        ("http://[::1]:{port}/", "forbidden-address"),
        ("//10.0.0.1:{port}/", "forbidden-address"),
        ("file:///etc/passwd", "malformed"),
        ("gopher://pictures.example:{port}/", "malformed"),
        ("http://me:secret@pictures.example:{port}/a.jpg", "malformed"),
        ("http://[::1/", "malformed"),
    ],
)
async def test_redirects_lead_nowhere_else(
    origin: Origin, names: Names, location: str, why: str
) -> None:
    """Every stop is checked like the first."""
    origin.answers["/old"] = moved(location.format(port=origin.port))

    with pytest.raises(FetchError, match=f"^{why}$"):
        await fetcher(origin, names).fetch(origin.url("/old"))


@pytest.mark.parametrize("status", ["301 a", "302 b", "303 c", "307 d", "308 e"])
async def test_three_redirects_are_followed(origin: Origin, names: Names, status: str) -> None:
    """Relative ones stay with their host's name; a fourth is too many."""
    for at, to in (("/4", "/3"), ("/3", "/2"), ("/2", "/1"), ("/1", "a.jpg")):
        origin.answers[at] = moved(to, status)

    assert await fetcher(origin, names).fetch(origin.url("/3")) == PICTURE
    assert all(b"pictures.example" in request for request in origin.requests)
    with pytest.raises(FetchError, match=r"^too-many-redirects$"):
        await fetcher(origin, names).fetch(origin.url("/4"))


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("", "malformed"),
        ("a.jpg", "malformed"),
        ("ftp://pictures.example/", "malformed"),
        ("http://", "malformed"),
        ("http://me@pictures.example/", "malformed"),
        ("http://pictures.example:22/", "forbidden-port"),
        ("http://pictures.example:0/", "forbidden-port"),
        ("http://pictures.example:99999999/", "forbidden-port"),
        ("http://\ud800/", "malformed"),
        ("http://pictures.example/\ud800", "malformed"),
    ],
)
async def test_an_url_is_a_plain_one(names: Names, url: str, why: str) -> None:
    """Only http and https, the usual ports, and no credentials."""
    with pytest.raises(FetchError, match=f"^{why}$"):
        await Fetcher(resolver=names, tls=NO_CERTIFICATES).fetch(url)


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        (reply(b"x" * 101), "too-large"),
        (b"HTTP/1.1 200 OK\r\n\r\n" + b"x" * 101, "too-large"),
        (reply(b"", status="404 Not Found"), "refused"),
        (reply(b"", status="206 Partial Content"), "refused"),
        (reply(b"", "Content-Encoding: gzip"), "encoded"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\nx", "out-of-reach"),
        (b"no HTTP at all\r\n\r\n", "out-of-reach"),
        (b"", "out-of-reach"),
    ],
)
async def test_an_answer_is_a_picture_of_some_size(
    origin: Origin, names: Names, answer: bytes, why: str
) -> None:
    """Nothing longer than the limit, nothing packed, nothing cut off."""
    origin.answers["/a.jpg"] = answer

    with pytest.raises(FetchError, match=f"^{why}$"):
        await fetcher(origin, names, most=100).fetch(origin.url())


async def test_a_slow_server_is_given_up(origin: Origin, names: Names) -> None:
    """All in all, not only between two pieces."""
    origin.answers["/a.jpg"] = [b"HTTP/1.1 200 OK\r\n\r\n"] + [b"x"] * 50

    with pytest.raises(FetchError, match=r"^too-slow$"):
        await fetcher(origin, names, seconds=0.3).fetch(origin.url())


async def test_another_address_is_tried(origin: Origin) -> None:
    """A host may have one that does not answer; a name without any is out of reach."""
    names = Names({"pictures.example": [["127.0.0.2", "127.0.0.1"]], "empty.example": [[]]})

    assert await fetcher(origin, names).fetch(origin.url()) == PICTURE
    with pytest.raises(FetchError, match=r"^forbidden-address$"):
        await fetcher(origin, names).fetch(origin.url(host="empty.example"))


async def test_an_unknown_name_is_out_of_reach(origin: Origin) -> None:
    """The resolver's error is not the caller's business."""

    async def nobody(_host: str, _port: int) -> Sequence[str]:
        raise OSError("no such name")

    with pytest.raises(FetchError, match=r"^out-of-reach$"):
        await Fetcher(resolver=nobody, ports={origin.port}, tls=NO_CERTIFICATES).fetch(origin.url())


async def test_proxies_of_the_environment_are_not_asked(
    origin: Origin, names: Names, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They would resolve the name once more, and elsewhere."""
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:9")

    assert await fetcher(origin, names).fetch(origin.url()) == PICTURE


async def test_certificates_are_those_of_the_name(names: Names) -> None:
    """The connection goes to an address, and TLS still asks for the name and checks it."""
    trustme = pytest.importorskip("trustme")
    authority = trustme.CA()
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("pictures.example").configure_cert(server)
    believer = ssl.create_default_context()
    authority.configure_trust(believer)
    asked: list[str | None] = []
    server.sni_callback = lambda _socket, name, _context: asked.append(name)
    names.answers["another.example"] = [["127.0.0.1"]]

    async with origin_at(ssl=server) as origin:
        trusting = fetcher(origin, names, tls=believer)
        url = origin.url().replace("http:", "https:")
        assert await trusting.fetch(url) == PICTURE
        with pytest.raises(FetchError, match=r"^out-of-reach$"):
            await trusting.fetch(url.replace("pictures", "another"))

    assert asked == ["pictures.example", "another.example"]


@settings(max_examples=200, deadline=None)  # other work on this machine is no failure
@given(
    st.one_of(
        st.text(max_size=80),
        st.builds("{}://{}/{}".format, st.sampled_from(["http", "https"]), st.text(), st.text()),
    )
)
async def test_any_text_is_a_picture_or_a_refusal(url: str) -> None:
    """No URL makes anything else happen."""

    async def private(_host: str, _port: int) -> Sequence[str]:
        return ["10.0.0.1"]

    with pytest.raises(FetchError):
        await Fetcher(resolver=private, tls=NO_CERTIFICATES).fetch(url)
