"""The bot's side as bots reach it: tokens, wire styles, faults, downloads."""

from __future__ import annotations

import asyncio
import json
import tempfile
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.playground.accounts import PERSON_ID
from bot.playground.bot_api import METHODS
from bot.playground.entities import Text
from bot.playground.messages import Message
from bot.playground.parameters import Parameters
from bot.playground.refusals import Refusal
from bot.playground.server import Playground

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable

    from bot.playground.world import World

    Method = Callable[[World, Parameters], Awaitable[object]]


@pytest.mark.parametrize(
    ("path", "code", "description"),
    [
        ("/bot123:abc/getMe", 401, "Unauthorized: invalid token specified"),
        ("/botnonsense/getMe", 401, "Unauthorized: invalid token specified"),
        (f"/bot123456:{'A' * 35}/getMe", 401, "Unauthorized"),
        (f"/file/bot123456:{'A' * 35}/photos/file_1.jpg", 401, "Unauthorized"),
        ("/nowhere", 404, "Not Found"),
        ("/bot", 404, "Not Found"),
    ],
)
async def test_strangers_are_refused(
    person: httpx.AsyncClient, path: str, code: int, description: str
) -> None:
    """The HTTP status is the error code, and the body says so again."""
    answer = await person.get(path)
    assert answer.status_code == code
    assert answer.json() == {"ok": False, "error_code": code, "description": description}


async def test_unknown_methods_are_not_found(bot: httpx.AsyncClient) -> None:
    """404 with the words bots look for."""
    answer = await bot.post("sendDice")
    assert answer.status_code == 404
    assert answer.json()["description"] == "Not Found: method not found"


async def test_methods_may_be_called_in_any_case_and_by_get(bot: httpx.AsyncClient) -> None:
    """As on Telegram's server."""
    answer = await bot.get("GETME")
    assert answer.json()["result"]["is_bot"] is True


MARKUP = {"inline_keyboard": [[{"text": "证", "callback_data": "t:1"}]]}
PLAIN = {"chat_id": str(PERSON_ID), "text": "<b>驾</b>", "parse_mode": "HTML", "unknown": "x"}


@pytest.mark.parametrize(
    "sent",
    [
        {"params": PLAIN | {"reply_markup": json.dumps(MARKUP)}},
        {"data": PLAIN | {"reply_markup": json.dumps(MARKUP)}},
        {"json": PLAIN | {"chat_id": PERSON_ID, "reply_markup": MARKUP}},
        {
            "files": {name: (None, value) for name, value in PLAIN.items()}
            | {"reply_markup": (None, json.dumps(MARKUP))}
        },
    ],
    ids=["query", "form", "json", "multipart"],
)
async def test_every_wire_style_is_understood(
    bot: httpx.AsyncClient, sent: dict[str, dict[str, str]]
) -> None:
    """Query, form, JSON and multipart say the same."""
    answer = await bot.post("sendMessage", **sent)  # type: ignore[arg-type]
    result = answer.json()["result"]
    assert result["text"] == "驾"
    assert result["entities"] == [{"type": "bold", "offset": 0, "length": 1}]
    assert result["reply_markup"] == MARKUP


@pytest.mark.parametrize("part", ["photo", "file7"])
async def test_files_come_by_name_or_attached_and_in_chunks(
    bot: httpx.AsyncClient, picture: Callable[..., bytes], part: str
) -> None:
    """A single file may be a part of its own name, or named by attach://."""
    form = {"chat_id": str(PERSON_ID)} | ({} if part == "photo" else {"photo": f"attach://{part}"})
    request = bot.build_request("POST", "sendPhoto", data=form, files={part: picture()})
    body = request.read()

    async def chunks() -> AsyncIterator[bytes]:
        for at in range(0, len(body), 700):
            yield body[at : at + 700]

    headers = {"content-type": request.headers["content-type"]}
    answer = await bot.post("sendPhoto", content=chunks(), headers=headers)
    assert answer.json()["result"]["photo"][-1]["width"] == 400


@pytest.mark.parametrize(
    ("content_type", "body", "description"),
    [
        ("application/json", b"{", "Bad Request: can't parse JSON object"),
        ("application/json", b"[" * 100_000, "Bad Request: can't parse JSON object"),
        ("application/json", b"[]", "Bad Request: expected a JSON object"),
        (
            "application/json",
            b'{"text":"\\ud800"}',
            "Bad Request: strings must be encoded in UTF-8",
        ),
        ("multipart/form-data", b"x", "Bad Request: the multipart form has no boundary"),
        (
            "multipart/form-data; boundary=b",
            b"--b\r\n",
            "Bad Request: the multipart form is cut off",
        ),
        (
            "multipart/form-data; boundary=b",
            b"nonsense",
            "Bad Request: can't parse the multipart form",
        ),
    ],
)
async def test_broken_bodies_are_refused(
    bot: httpx.AsyncClient, content_type: str, body: bytes, description: str
) -> None:
    """Whatever arrives, the answer is 400 in JSON."""
    answer = await bot.post("sendMessage", content=body, headers={"content-type": content_type})
    assert (answer.status_code, answer.json()["description"]) == (400, description)


async def test_other_bodies_are_ignored(bot: httpx.AsyncClient) -> None:
    """A body of unknown type is no parameters."""
    answer = await bot.post("getMe", content=b"x", headers={"content-type": "text/plain"})
    assert answer.json()["ok"] is True


async def test_large_files_never_touch_the_disk(
    bot: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing asks for a temporary file, also beyond what libraries spool."""

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a temporary file was asked for")

    for name in ("SpooledTemporaryFile", "TemporaryFile", "NamedTemporaryFile", "mkstemp"):
        monkeypatch.setattr(tempfile, name, refuse)
    monkeypatch.setattr("starlette.formparsers.SpooledTemporaryFile", refuse)
    answer = await bot.post(
        "sendDocument", data={"chat_id": PERSON_ID}, files={"document": ("a.bin", bytes(3 << 20))}
    )
    assert answer.json()["result"]["document"]["file_size"] == 3 << 20


@pytest.mark.parametrize("announced", [True, False])
async def test_bodies_are_bounded(
    bot: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch, *, announced: bool
) -> None:
    """413, whether the length was announced or not."""
    monkeypatch.setattr("bot.playground.parameters.read_parameters.__defaults__", (1000,))

    async def chunks() -> AsyncIterator[bytes]:
        yield bytes(2000)

    answer = await bot.post("getMe", content=bytes(2000) if announced else chunks())
    assert answer.status_code == 413
    assert answer.json()["description"] == "Request Entity Too Large"


async def test_downloads(
    bot: httpx.AsyncClient, url: str, playground: Playground, person: httpx.AsyncClient
) -> None:
    """The path of getFile leads to the very bytes; an unknown one to 404."""
    await person.post("/api/messages", data={"as": "file"}, files={"files": ("a.txt", b"hello")})
    [message] = (await person.get("/api/messages")).json()
    answer = await bot.post("getFile", json={"file_id": message["document"]["file_id"]})
    base = f"{url}/file/bot{playground.token}"
    path = answer.json()["result"]["file_path"]
    assert (await person.get(f"{base}/{path}")).content == b"hello"
    assert (await person.get(f"{base}/documents/file_99")).status_code == 404


FIELDS = [
    "action",
    "allowed_updates",
    "callback_data",
    "callback_query_id",
    "caption",
    "chat_id",
    "command",
    "commands",
    "copy_text",
    "description",
    "document",
    "drop_pending_updates",
    "emoji",
    "entities",
    "file_id",
    "inline_keyboard",
    "language_code",
    "length",
    "max_connections",
    "media",
    "message_id",
    "name",
    "offset",
    "parse_mode",
    "photo",
    "reaction",
    "reply_markup",
    "reply_parameters",
    "reply_to_message_id",
    "scope",
    "secret_token",
    "show_alert",
    "style",
    "text",
    "type",
    "url",
]


async def test_an_ordered_fault_happens_as_often_as_ordered(
    bot: httpx.AsyncClient, person: httpx.AsyncClient
) -> None:
    """Then the method works again, and other methods always did."""
    fault = {"method": "getme", "times": 2, "error_code": 429, "retry_after": 3}
    await person.post("/api/faults", json=fault)
    for _ in range(2):
        answer = await bot.post("getMe")
        assert answer.status_code == 429
        assert answer.headers["retry-after"] == "3"
        assert answer.json() == {
            "ok": False,
            "error_code": 429,
            "description": "Too Many Requests: retry after 3",
            "parameters": {"retry_after": 3},
        }
        assert (await bot.post("getWebhookInfo")).status_code == 200
    assert (await bot.post("getMe")).status_code == 200


async def test_a_fault_may_be_a_proxys_page(
    bot: httpx.AsyncClient, person: httpx.AsyncClient, url: str, playground: Playground
) -> None:
    """HTML where JSON was expected, for methods and for downloads."""
    await person.post(
        "/api/faults", json={"method": "*", "times": 2, "error_code": 502, "html": True}
    )
    answer = await bot.post("getMe")
    assert answer.status_code == 502
    assert "<h1>502 Bad Gateway</h1>" in answer.text
    download = await person.get(f"{url}/file/bot{playground.token}/x")
    assert (download.status_code, download.headers["content-type"][:9]) == (502, "text/html")


async def test_a_fault_may_only_delay(bot: httpx.AsyncClient, person: httpx.AsyncClient) -> None:
    """A client with little patience gives up, the method works nevertheless."""
    await person.post("/api/faults", json={"method": "getMe", "delay": 1})
    with pytest.raises(httpx.ReadTimeout):
        await bot.post("getMe", timeout=0.1)
    assert (await bot.post("getMe")).status_code == 200


async def test_a_client_that_hangs_up_ends_its_poll(
    bot: httpx.AsyncClient, playground: Playground
) -> None:
    """Nothing goes on waiting for nobody."""
    with pytest.raises(httpx.ReadTimeout):
        await bot.post("getUpdates", json={"timeout": 50}, timeout=0.1)
    waiting = True
    while waiting:
        await asyncio.sleep(0.01)
        waiting = any(".poll" in repr(task.get_coro()) for task in asyncio.all_tasks())
    assert playground.world.updates.pending() == []


def test_the_methods_are_known_by_their_official_names() -> None:
    """The table speaks Telegram's language."""
    assert {"getMe", "getUpdates", "sendMediaGroup", "setMyShortDescription"} <= set(METHODS)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(FIELDS), inner, max_size=4)
    ),
    max_leaves=8,
)


@settings(deadline=None)  # other work on this machine is no failure
@given(
    st.sampled_from([method for name, method in METHODS.items() if name != "getUpdates"]),
    st.dictionaries(st.sampled_from(FIELDS), JSON, max_size=6),
)
async def test_no_parameters_make_a_method_fail(method: Method, values: dict[str, Any]) -> None:
    """Whatever a bot sends, it gets a result or a refusal."""
    world = Playground().world
    place = world.hear(Message(id=0, date=0, by_bot=False, text=Text("x")))
    world.chat.edit(replace(place, by_bot=True))
    try:
        result = await method(
            world, Parameters({"chat_id": PERSON_ID, "message_id": place.id, **values})
        )
    except Refusal as refusal:
        assert refusal.error_code == 400  # noqa: PT017 - the other outcome is fine, too
        return
    json.dumps(result, allow_nan=False).encode()


async def test_a_bot_that_is_killed_while_it_asks_is_no_error(
    playground: Playground, url: str, bot: httpx.AsyncClient, caplog: pytest.LogCaptureFixture
) -> None:
    """Half a request is nobody's fault, and nothing is said of it in the log."""
    port = httpx.URL(url).port
    _, writer = await asyncio.open_connection("127.0.0.1", port)
    head = f"POST /bot{playground.token}/sendMessage HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n"
    kind = "Content-Type: application/json\r\nContent-Length: 100\r\n\r\n{"
    writer.write((head + kind).encode())
    await writer.drain()
    await bot.post("getMe")
    writer.close()
    await writer.wait_closed()
    await bot.post("getMe")
    assert [record for record in caplog.records if record.levelname == "ERROR"] == []
