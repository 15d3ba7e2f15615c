"""The bot's side: ``/bot<token>/<method>`` and ``/file/bot<token>/<path>``."""

from __future__ import annotations

import asyncio
import hmac
import re
from typing import TYPE_CHECKING, Any

from starlette.requests import ClientDisconnect
from starlette.responses import HTMLResponse, JSONResponse, Response

from bot.playground import answering, editing, introduction, receiving, sending
from bot.playground.faults import DOWNLOAD
from bot.playground.parameters import Parameters, read_parameters
from bot.playground.pulse import first
from bot.playground.refusals import Refusal, not_found

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from starlette.requests import Request

    from bot.playground.world import World

    Method = Callable[[World, Parameters], Awaitable[object]]

METHODS: dict[str, Method] = {
    "getMe": introduction.get_me,
    "getChat": introduction.get_chat,
    "setMyCommands": introduction.set_my_commands,
    "getMyCommands": introduction.get_my_commands,
    "deleteMyCommands": introduction.delete_my_commands,
    **introduction.SENTENCES,
    "getUpdates": receiving.get_updates,
    "setWebhook": receiving.set_webhook,
    "deleteWebhook": receiving.delete_webhook,
    "getWebhookInfo": receiving.get_webhook_info,
    "getFile": receiving.get_file,
    "sendMessage": sending.send_message,
    "sendPhoto": sending.send_photo,
    "sendDocument": sending.send_document,
    "sendMediaGroup": sending.send_media_group,
    "editMessageText": editing.edit_message_text,
    "editMessageCaption": editing.edit_message_caption,
    "editMessageReplyMarkup": editing.edit_message_reply_markup,
    "deleteMessage": editing.delete_message,
    "sendChatAction": answering.send_chat_action,
    "answerCallbackQuery": answering.answer_callback_query,
    "setMessageReaction": answering.set_message_reaction,
}

LONG = frozenset({"getUpdates"})
"""Methods that end when the client hangs up; the others are carried through."""

_BY_LOWER_NAME = {name.lower(): (name, method) for name, method in METHODS.items()}

TOKEN = re.compile(r"[1-9][0-9]{0,15}:[A-Za-z0-9_-]{35}")


class BotApi:
    """Answers what bots ask."""

    def __init__(self, world: World) -> None:
        self._world = world

    async def method(self, request: Request) -> Response:
        """``GET`` or ``POST /bot<token>/<method>``."""
        try:
            self._authorise(request.path_params["token"])
            name, method = _find(request.path_params["method"])
            # Read even what will be refused: a client is still busy sending it.
            parameters = await read_parameters(request)
            await self._misbehave(name)
            if limits := self._world.limits:
                limits.check(name, parameters.text("chat_id"), self._world.clock.now())
            work = method(self._world, parameters)
            result = await (_while_connected(request, work) if name in LONG else work)
        except Refusal as refusal:
            return refuse(refusal)
        except _HtmlAnswer as answer:
            return answer.response()
        except ClientDisconnect:  # the bot was killed while it asked; nobody reads this
            return Response(status_code=400)
        return JSONResponse({"ok": True, "result": result})

    async def download(self, request: Request) -> Response:
        """``GET /file/bot<token>/<path>``."""
        try:
            self._authorise(request.path_params["token"])
            await self._misbehave(DOWNLOAD)
            stored = self._world.files.at(request.path_params["path"])
            if stored is None:
                raise not_found()
        except Refusal as refusal:
            return refuse(refusal)
        except _HtmlAnswer as answer:
            return answer.response()
        return Response(stored.data, media_type="application/octet-stream")

    async def execute(self, call: dict[str, Any]) -> None:
        """Run a method that came as the answer of a webhook; refusals are told to nobody."""
        try:
            _, method = _find(str(call["method"]))
            await method(self._world, Parameters(call))
        except Refusal:
            return

    def _authorise(self, token: str) -> None:
        if hmac.compare_digest(token.encode(), self._world.token.encode()):
            return
        if TOKEN.fullmatch(token):
            raise Refusal(401, "Unauthorized")
        raise Refusal(401, "Unauthorized: invalid token specified")

    async def _misbehave(self, name: str) -> None:
        fault = self._world.faults.take(name)
        if fault is None:
            return
        await self._world.faults.pause(fault)
        refusal = fault.refusal()
        if refusal and fault.html:
            raise _HtmlAnswer(refusal.error_code, refusal.description)
        if refusal:
            raise refusal


class _HtmlAnswer(Exception):  # noqa: N818 - an ordered fault
    """A proxy's page instead of the Bot API's JSON."""

    def __init__(self, status: int, words: str) -> None:
        super().__init__(words)
        self.status = status
        self.words = words

    def response(self) -> Response:
        title = f"{self.status} {self.words}"
        page = f"<html><head><title>{title}</title></head><body><h1>{title}</h1></body></html>"
        return HTMLResponse(page, self.status)


def refuse(refusal: Refusal) -> JSONResponse:
    """A refusal as a response; the HTTP status is the error code."""
    return JSONResponse(refusal.envelope(), refusal.error_code, refusal.headers())


def _find(name: str) -> tuple[str, Method]:
    """Methods are found in whatever case they are written."""
    found = _BY_LOWER_NAME.get(name.lower())
    if found is None:
        raise not_found("method not found")
    return found


async def _while_connected(request: Request, work: Awaitable[object]) -> object:
    """The result of `work`, which is given up when the client hangs up."""
    task = asyncio.ensure_future(work)
    try:
        await first(_hung_up(request), _finished(task))
        return task.result() if task.done() else None
    finally:
        task.cancel()


async def _finished(task: asyncio.Future[object]) -> None:
    await asyncio.wait([task])


async def _hung_up(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass
