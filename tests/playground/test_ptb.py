"""python-telegram-bot against the playground: the whole dialogue, by polling and by webhook."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

import pytest
from starlette.applications import Starlette
from starlette.responses import Response
from starlette.routing import Route
from telegram import (
    Bot,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputMediaPhoto,
    ReplyParameters,
    Update,
)
from telegram.error import BadRequest, Conflict, NetworkError, RetryAfter
from telegram.ext import (
    Application,
    CallbackQueryHandler,
    CommandHandler,
    ContextTypes,
    MessageHandler,
    filters,
)

from bot.playground.accounts import PERSON_ID
from bot.playground.server import Playground, serve

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    import httpx
    from starlette.requests import Request

    Context = ContextTypes.DEFAULT_TYPE

QUESTION = InlineKeyboardMarkup([[InlineKeyboardButton("driving", callback_data="t:1")]])


async def start(update: Update, _: Context) -> None:
    """Greet."""
    assert update.message is not None
    await update.message.reply_html("<b>Hello</b>")


async def photo(update: Update, _: Context) -> None:
    """Ask in a reply."""
    assert update.message is not None
    await update.message.reply_text("Which?", reply_markup=QUESTION, do_quote=True)


async def press(update: Update, _: Context) -> None:
    """Read the photo replied to, and edit the question into the answer."""
    query = update.callback_query
    assert query is not None
    await query.answer("reading")
    message = query.message
    assert message is not None
    assert message.is_accessible
    original = message.reply_to_message  # type: ignore[attr-defined]
    file = await original.photo[-1].get_file()
    data = await file.download_as_bytearray()
    await query.edit_message_text(f"read {len(data)} bytes")


def application(
    url: str, token: str, *, polling: bool
) -> Application[Any, Any, Any, Any, Any, Any]:
    """A bot as its documentation builds it."""
    builder = Application.builder().token(token).base_url(f"{url}/bot")
    builder = builder.base_file_url(f"{url}/file/bot")
    built = (builder if polling else builder.updater(None)).build()
    built.add_handler(CommandHandler("start", start))
    built.add_handler(MessageHandler(filters.PHOTO, photo))
    built.add_handler(CallbackQueryHandler(press))
    return built


@asynccontextmanager
async def running(url: str, token: str) -> AsyncIterator[None]:
    """The bot, polling."""
    app = application(url, token, polling=True)
    async with app:
        await app.start()
        assert app.updater is not None
        await app.updater.start_polling(poll_interval=0)
        yield
        await app.updater.stop()
        await app.stop()


async def seen(person: httpx.AsyncClient, text: str) -> dict[str, Any]:
    """The message that begins so, once it is there."""
    while True:
        for message in (await person.get("/api/messages")).json():
            if message.get("text", "").startswith(text):
                found: dict[str, Any] = message
                return found
        await asyncio.sleep(0.01)


async def dialogue(person: httpx.AsyncClient, picture: bytes) -> None:
    """What a person does and must see."""
    await person.post("/api/messages", data={"text": "/start"})
    await asyncio.wait_for(seen(person, "Hello"), 20)
    [sent] = (await person.post("/api/messages", files={"files": ("a.jpg", picture)})).json()
    question = await asyncio.wait_for(seen(person, "Which?"), 20)
    assert question["reply_to_message"]["message_id"] == sent["message_id"]
    await person.post("/api/presses", json={"message_id": question["message_id"], "data": "t:1"})
    answer = await asyncio.wait_for(seen(person, "read "), 20)
    assert answer["message_id"] == question["message_id"]
    assert answer["text"] == f"read {sent['photo'][-1]['file_size']} bytes"
    assert "reply_markup" not in answer


async def test_by_polling(
    url: str, playground: Playground, person: httpx.AsyncClient, picture: Callable[..., bytes]
) -> None:
    """Command, photo, question, press, download, edit."""
    async with running(url, playground.token):
        await dialogue(person, picture())


async def test_a_bot_that_comes_back_gets_what_it_missed(
    url: str, playground: Playground, person: httpx.AsyncClient, picture: Callable[..., bytes]
) -> None:
    """Updates wait for it."""
    async with running(url, playground.token):
        pass
    talk = asyncio.ensure_future(dialogue(person, picture()))
    await asyncio.sleep(0.05)
    async with running(url, playground.token):
        await talk


async def test_by_webhook(
    url: str, playground: Playground, person: httpx.AsyncClient, picture: Callable[..., bytes]
) -> None:
    """The same dialogue; a wrong secret would get nothing."""
    app = application(url, playground.token, polling=False)

    async def take(request: Request) -> Response:
        if request.headers.get("x-telegram-bot-api-secret-token") != "secret":
            return Response(status_code=403)
        await app.update_queue.put(Update.de_json(await request.json(), app.bot))
        return Response()

    hook = Playground()
    hook.app = Starlette(routes=[Route("/hook", take, methods=["POST"])])
    async with serve(hook) as address, app:
        await app.start()
        await app.bot.set_webhook(f"{address}/hook", secret_token="secret")
        await dialogue(person, picture())
        await app.bot.delete_webhook()
        await app.stop()


@pytest.fixture
async def client(url: str, playground: Playground) -> AsyncIterator[Bot]:
    """A bare bot."""
    async with Bot(playground.token, f"{url}/bot", f"{url}/file/bot") as made:
        yield made


async def test_errors_have_the_right_class(
    client: Bot, person: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a bot's error handling relies on."""
    monkeypatch.setenv("PTB_TIMEDELTA", "1")  # seconds as int are deprecated
    with pytest.raises(BadRequest, match="Chat not found"):
        await client.send_message(1, "x")
    await person.post(
        "/api/faults", json={"method": "sendMessage", "error_code": 429, "retry_after": 7}
    )
    with pytest.raises(RetryAfter) as slow:
        await client.send_message(PERSON_ID, "x")
    assert slow.value._retry_after.total_seconds() == 7
    await person.post("/api/faults", json={"method": "getMe", "error_code": 502, "html": True})
    with pytest.raises(NetworkError):
        await client.get_me()
    await client.set_webhook("http://127.0.0.1:9/")
    with pytest.raises(Conflict):
        await client.get_updates()


async def test_media_of_all_kinds(client: Bot, picture: Callable[..., bytes]) -> None:
    """Photo, album with an upload and an id, document, caption edit, reaction, commands."""
    one = await client.send_photo(PERSON_ID, picture(), caption="x")
    album = await client.send_media_group(
        PERSON_ID, [InputMediaPhoto(picture()), InputMediaPhoto(one.photo[-1].file_id)]
    )
    assert {message.media_group_id for message in album} == {album[0].media_group_id}
    document = await client.send_document(
        PERSON_ID, b"%PDF", filename="证.pdf", reply_parameters=ReplyParameters(one.message_id)
    )
    assert document.document is not None
    assert document.document.file_name == "证.pdf"
    assert document.reply_to_message is not None
    edited = await client.edit_message_caption(PERSON_ID, one.message_id, caption="y")
    assert not isinstance(edited, bool)
    assert edited.caption == "y"
    assert await client.set_message_reaction(PERSON_ID, one.message_id, "👀")
    assert await client.set_my_commands([("start", "Begin")])
    assert [command.command for command in await client.get_my_commands()] == ["start"]
    assert (await client.get_chat(PERSON_ID)).first_name == "Alex"
