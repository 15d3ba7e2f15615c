"""aiogram as judge: its models of Bot API 10.3 read every request and every answer.

aiogram shares no code with the playground. Two rules of our own close its gaps: ids are whole
numbers, and dates are seconds.
"""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING, Any

import pytest

from bot.playground.accounts import PERSON_ID
from bot.playground.bot_api import METHODS

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterator

    import httpx
    from pydantic import BaseModel

    from bot.playground.server import Playground

pytestmark = [
    pytest.mark.contract,
    # aiogram's own imports and models, not ours, still say what Python and pydantic gave up.
    pytest.mark.filterwarnings("ignore::DeprecationWarning:aiogram"),
    pytest.mark.filterwarnings("ignore::DeprecationWarning:pydantic"),
]

ME = {"chat_id": PERSON_ID}
KEYBOARD = {
    "inline_keyboard": [
        [{"text": "a", "callback_data": "t:1", "style": "primary"}],
        [{"text": "b", "url": "https://example.com/"}, {"text": "c", "copy_text": {"text": "d"}}],
    ]
}
RICH = """<b>b</b> <i>i</i> <u>u</u> <s>s</s> <tg-spoiler>t</tg-spoiler> <code>c</code>
<pre><code class="language-python">p</code></pre><a href="https://example.com">l</a> @someone #tag
<blockquote>q</blockquote><blockquote expandable>e</blockquote>https://example.com/ a@b.cd /start
<tg-emoji emoji-id="5368324170671202286">👍</tg-emoji><tg-time unix="1647531900">t</tg-time>"""


def walk(value: object, path: str = "") -> Iterator[tuple[str, object]]:
    """Every value in JSON with the path to it."""
    yield path, value
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from walk(inner, f"{path}.{key}")
    elif isinstance(value, list):
        for inner in value:
            yield from walk(inner, path)


def judge_values(value: object) -> None:
    """The two rules of our own, and no nulls."""
    for path, inner in walk(value):
        name = path.rpartition(".")[2]
        assert inner is not None, f"{path} is null"
        if name in {"id", "message_id", "update_id"} and not path.endswith("callback_query.id"):
            assert type(inner) is int, f"{path} is no whole number"
        if name in {"date", "edit_date"}:
            assert isinstance(inner, int), f"{path} is no whole number"
            inaccessible = inner == 0 and path.endswith("callback_query.message.date")
            assert inaccessible or 0 < inner < 2**31, f"{path} is no date"


def judge_model(model: BaseModel) -> None:
    """No field that the Bot API does not know."""
    assert not model.model_extra, f"{type(model).__name__} does not know {model.model_extra}"
    for name in type(model).model_fields:
        value = getattr(model, name)
        for inner in value if isinstance(value, list) else [value]:
            if hasattr(inner, "model_extra"):
                judge_model(inner)


def judge(method: str, parameters: dict[str, Any], answer: dict[str, Any]) -> None:
    """One call: the request as aiogram would make it, the answer as it would read it."""
    from aiogram import methods  # noqa: PLC0415 - takes seconds, and other tests do without
    from aiogram.methods import Response  # noqa: PLC0415

    cls = getattr(methods, method[0].upper() + method[1:])
    cls.model_validate(parameters)
    judge_values(answer)
    response = Response[cls.__returning__].model_validate(answer)  # type: ignore[name-defined]
    assert response.ok is True
    assert response.result is not None
    results = response.result if isinstance(response.result, list) else [response.result]
    for result in results:
        if hasattr(result, "model_extra"):
            judge_model(result)


@pytest.fixture
async def calls(
    bot: httpx.AsyncClient,
) -> AsyncIterator[Callable[..., Any]]:
    """Calls a method and judges the call; every method must have been judged in the end."""
    judged: set[str] = set()

    async def call(method: str, files: dict[str, bytes] | None = None, **parameters: Any) -> Any:  # noqa: ANN401
        form = {
            key: value if isinstance(value, str) else json.dumps(value)
            for key, value in parameters.items()
        }
        sent = {"data": form, "files": files} if files else {"json": parameters}
        answer = (await bot.post(method, **sent)).json()
        uploads = {name: "attached" for name in files or {} if name not in parameters}
        judge(method, parameters | uploads, answer)
        judged.add(method)
        return answer["result"]

    yield call
    assert judged == set(METHODS)


async def test_every_method_keeps_the_contract(
    calls: Callable[..., Any], person: httpx.AsyncClient, picture: Callable[..., bytes]
) -> None:
    """One long conversation in which each method is called at least once."""
    commands = [{"command": "start", "description": "Begin"}]
    scope = {"type": "all_private_chats"}
    await calls("getMe")
    await calls("getChat", **ME)
    await calls("deleteWebhook", drop_pending_updates=True)
    await calls("setMyCommands", commands=commands, scope=scope, language_code="zh")
    await calls("getMyCommands", scope=scope, language_code="zh")
    await calls("deleteMyCommands", scope=scope, language_code="zh")
    for name, field in (
        ("Name", "name"),
        ("Description", "description"),
        ("ShortDescription", "short_description"),
    ):
        await calls(f"setMy{name}", **{field: "x"})
        await calls(f"getMy{name}")
    await converse(calls, person, picture)
    await calls(
        "setWebhook", url="http://127.0.0.1:9/", secret_token="s", allowed_updates=["message"]
    )
    await person.post("/api/messages", data={"text": "x"})
    await calls("getWebhookInfo")


async def converse(
    calls: Callable[..., Any], person: httpx.AsyncClient, picture: Callable[..., bytes]
) -> None:
    """All a person may send, and all a bot may answer."""
    album = [("files", ("1.jpg", picture())), ("files", ("2.jpg", picture()))]
    await person.post("/api/messages", data={"text": "/start https://example.com/ 😀"})
    await person.post("/api/messages", data={"caption": "c"}, files=album)
    for name, data in (("a.jpg", picture()), ("a.gif", picture(kind="GIF")), ("a.txt", b"x")):
        await person.post("/api/messages", data={"as": "file"}, files={"files": (name, data)})
    await person.post("/api/messages", data={"text": "reply", "reply_to": "101"})
    await calls("getUpdates", timeout=0, allowed_updates=[])
    [*_, last] = (await person.get("/api/messages")).json()
    reply = {"message_id": last["message_id"], "allow_sending_without_reply": True}
    sent = await calls(
        "sendMessage",
        **ME,
        text=RICH,
        parse_mode="HTML",
        reply_parameters=reply,
        reply_markup=KEYBOARD,
    )
    place = {**ME, "message_id": sent["message_id"]}
    query = await person.post(
        "/api/presses", json={"message_id": sent["message_id"], "data": "t:1"}
    )
    await calls("getUpdates", offset=-1)
    await calls("sendChatAction", **ME, action="typing")
    await calls("answerCallbackQuery", callback_query_id=query.json()["id"], text="x")
    await calls("editMessageText", **place, text="x", reply_markup=KEYBOARD)
    await calls("editMessageReplyMarkup", **place)
    await calls("setMessageReaction", **place, reaction=[{"type": "emoji", "emoji": "👀"}])
    photo = await calls("sendPhoto", files={"photo": picture()}, **ME, caption="c")
    pictured = {**ME, "message_id": photo["message_id"]}
    await calls("editMessageCaption", **pictured, caption="<b>d</b>", parse_mode="HTML")
    await calls("sendDocument", files={"document": b"x"}, **ME)
    media = [{"type": "photo", "media": "attach://a"}, {"type": "photo", "media": "attach://b"}]
    await calls("sendMediaGroup", files={"a": picture(), "b": picture()}, **ME, media=media)
    await calls("getFile", file_id=photo["photo"][-1]["file_id"])
    await calls("deleteMessage", **pictured)


async def test_the_persons_side_shows_messages_of_the_bot_api(
    person: httpx.AsyncClient, picture: Callable[..., bytes]
) -> None:
    """What the page reads, aiogram reads."""
    from aiogram.types import Message  # noqa: PLC0415

    await person.post("/api/messages", data={"text": "/start"})
    await person.post("/api/messages", files={"files": ("a.jpg", picture())})
    messages = (await person.get("/api/messages")).json()
    judge_values(messages)
    for message in messages:
        judge_model(Message.model_validate(message))


async def test_an_inaccessible_message_is_read_as_one(
    bot: httpx.AsyncClient, person: httpx.AsyncClient
) -> None:
    """Its date is 0, which is how it is known."""
    from aiogram.types import InaccessibleMessage, Update  # noqa: PLC0415

    sent = (await bot.post("sendMessage", json={**ME, "text": "x"})).json()["result"]
    await person.post("/api/clock", json={"advance": 48 * 3600})
    await person.post("/api/presses", json={"message_id": sent["message_id"], "data": "t:1"})
    [update] = (await bot.post("getUpdates")).json()["result"]
    read = Update.model_validate(update)
    assert read.callback_query is not None
    assert isinstance(read.callback_query.message, InaccessibleMessage)


async def test_refusals_have_their_http_status(bot: httpx.AsyncClient) -> None:
    """The status is the error code, for each code there is."""
    for method, code in (("sendMessage", 400), ("sendDice", 404), ("../bot1:x/getMe", 401)):
        answer = await bot.post(method)
        assert answer.status_code == answer.json()["error_code"] == code
        assert answer.json()["ok"] is False


async def seen(person: httpx.AsyncClient, text: str) -> dict[str, Any]:
    """The message of that text, once it is there."""
    while True:
        for message in (await person.get("/api/messages")).json():
            if message.get("text") == text:
                found: dict[str, Any] = message
                return found
        await asyncio.sleep(0.01)


@pytest.mark.parametrize(
    "spoil",
    [
        {"message_id": "5"},
        {"date": 1_795_366_574_000},
        {"date": 0},
        {"edit_date": None},
        {"sparkling": True},
        {"from": {"id": 1, "first_name": "x"}},
        {"reply_markup": "{}"},
        {"photo": {}},
    ],
    ids=str,
)
async def test_the_judge_sees_what_is_wrong(
    bot: httpx.AsyncClient, spoil: dict[str, object]
) -> None:
    """A good answer passes, the same with one fault does not."""
    parameters = {**ME, "text": "x"}
    answer = (await bot.post("sendMessage", json=parameters)).json()
    judge("sendMessage", parameters, answer)
    answer["result"] |= spoil
    with pytest.raises((AssertionError, ValueError)):
        judge("sendMessage", parameters, answer)


async def test_an_aiogram_bot_holds_the_same_dialogue(
    url: str, playground: Playground, person: httpx.AsyncClient, picture: Callable[..., bytes]
) -> None:
    """Another library, other wire habits: chunked multipart, attach:// for everything."""
    from aiogram import Bot, Dispatcher, F  # noqa: PLC0415
    from aiogram.client.session.aiohttp import AiohttpSession  # noqa: PLC0415
    from aiogram.client.telegram import TelegramAPIServer  # noqa: PLC0415
    from aiogram.types import BufferedInputFile  # noqa: PLC0415

    session = AiohttpSession(api=TelegramAPIServer.from_base(url))
    bot = Bot(playground.token, session=session)
    dispatcher = Dispatcher()

    @dispatcher.message(F.photo)
    async def photo(message: Any) -> None:  # noqa: ANN401
        await message.reply("Which?", reply_markup=None)

    @dispatcher.callback_query()
    async def press(query: Any) -> None:  # noqa: ANN401
        await query.answer()
        original = query.message.reply_to_message.photo[-1]
        data = await bot.download(original.file_id)
        assert data is not None
        await query.message.answer_photo(BufferedInputFile(data.read(), "back.jpg"))
        await query.message.edit_text("read")

    polling = asyncio.ensure_future(dispatcher.start_polling(bot, handle_signals=False))
    await person.post("/api/messages", files={"files": ("a.jpg", picture())})
    question = await seen(person, "Which?")
    await person.post("/api/presses", json={"message_id": question["message_id"], "data": "t:1"})
    assert (await seen(person, "read"))["message_id"] == question["message_id"]
    assert (await person.get("/api/messages")).json()[-1]["photo"][-1]["width"] == 400
    await dispatcher.stop_polling()
    await polling
    await session.close()
