"""The person's side: ``/api/…``, used by the page and by tests alike."""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Any

from starlette.responses import JSONResponse, Response, StreamingResponse

from bot.playground.bot_api import refuse
from bot.playground.faults import Fault
from bot.playground.parameters import read_parameters
from bot.playground.profile import DESCRIPTION, NAME, SHORT_DESCRIPTION
from bot.playground.refusals import Refusal, bad_request, not_found
from bot.playground.speaking import speak

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from starlette.requests import Request

    from bot.playground.world import World

    Endpoint = Callable[[Request], Awaitable[Response]]

# A document opened in the browser must not act as part of the page.
FILE_HEADERS = {
    "Content-Security-Policy": "sandbox; default-src 'none'",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "private, max-age=31536000, immutable",
}
LONGEST_ADVANCE = 366 * 86_400
"""Seconds."""

SHOWN = frozenset({"image/jpeg", "image/png", "image/gif", "image/webp"})


class PersonApi:
    """What a person can see and do."""

    def __init__(self, world: World) -> None:
        self._world = world

    async def bot(self, _: Request) -> Response:
        """The bot's token and name, for tools on this machine."""
        bot = self._world.chat.bot
        return JSONResponse({"token": self._world.token, "username": bot.username, "id": bot.id})

    async def state(self, _: Request) -> Response:
        """All the page shows besides the messages."""
        world, person = self._world, self._world.chat.person
        language = (person.language_code or "")[:2].lower()
        profile = world.profile
        return JSONResponse(
            {
                "bot": world.chat.bot.to_api(),
                "name": profile.text(NAME, language) or world.chat.bot.first_name,
                "description": profile.text(DESCRIPTION, language),
                "short_description": profile.text(SHORT_DESCRIPTION, language),
                "commands": profile.menu(language),
                "person": person.to_api(),
                "reactions": {str(key): value for key, value in world.chat.reactions.items()},
                "now": world.clock.date(),
            }
        )

    async def messages(self, _: Request) -> Response:
        """Every message, oldest first."""
        chat = self._world.chat
        return JSONResponse([chat.to_api(message) for message in chat])

    async def events(self, _: Request) -> Response:
        """What happens from now on, as server-sent events."""
        return StreamingResponse(
            self._world.events.stream(),
            media_type="text/event-stream",
            headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"},
        )

    async def send(self, request: Request) -> Response:
        """Say something; the created messages."""
        messages = await speak(self._world, await read_parameters(request))
        return JSONResponse([self._world.chat.to_api(message) for message in messages])

    async def press(self, request: Request) -> Response:
        """Press a button, forged or not; the id of the query."""
        parameters = await read_parameters(request)
        data = parameters.text("data")
        message = self._world.chat.get(parameters.integer("message_id"))
        if message is None:
            raise not_found("no such message")
        if not data:
            raise bad_request("a press needs data")
        return JSONResponse({"id": self._world.press(message, data)})

    async def delete(self, request: Request) -> Response:
        """Delete a message for both."""
        message_id = request.path_params["message_id"]
        if not self._world.chat.remove(message_id):
            raise not_found("no such message")
        return JSONResponse({"deleted": message_id})

    async def file(self, request: Request) -> Response:
        """A file as the person sees it; the bot's token is no part of its address."""
        stored = self._world.files.get(request.path_params["file_id"])
        if stored is None:
            raise not_found("no such file")
        shown = stored.mime_type in SHOWN
        disposition = {} if shown else {"Content-Disposition": "attachment"}
        media_type = stored.mime_type if shown else "application/octet-stream"
        return Response(stored.data, media_type=media_type, headers=FILE_HEADERS | disposition)

    async def reset(self, _: Request) -> Response:
        """Begin anew."""
        self._world.reset()
        return JSONResponse({"reset": True})

    async def person(self, request: Request) -> Response:
        """Change who holds the phone; what is not mentioned stays, ``null`` takes away.

        A request without ``language_code`` takes that away, too.
        """
        parameters = await read_parameters(request)
        values = parameters.values
        person = replace(
            self._world.chat.person,
            language_code=parameters.text("language_code") or None,
            first_name=parameters.text("first_name") or self._world.chat.person.first_name,
            username=values.get("username", self._world.chat.person.username) or None,
        )
        self._world.chat.introduce(person)
        return JSONResponse(person.to_api())

    async def clock(self, request: Request) -> Response:
        """Let time pass."""
        seconds = _number((await read_parameters(request)).values.get("advance"), "advance")
        self._world.clock.advance(seconds)
        return JSONResponse({"now": self._world.clock.date()})

    async def faults(self, request: Request) -> Response:
        """Order a fault for the bot's next calls."""
        parameters = await read_parameters(request)
        code = parameters.integer("error_code") or None
        if code is not None and not 400 <= code <= 599:  # noqa: PLR2004 - HTTP's errors
            raise bad_request("error_code must be 400 to 599")
        fault = Fault(
            method=parameters.text("method"),
            times=parameters.integer("times", 1),
            error_code=code,
            description=parameters.text("description") or None,
            retry_after=parameters.integer("retry_after") or None,
            delay=_number(parameters.values.get("delay", 0), "delay"),
            html=parameters.flag("html"),
        )
        self._world.faults.add(fault)
        return JSONResponse(asdict(fault))


def _number(value: Any, name: str) -> float:  # noqa: ANN401 - it is JSON
    try:
        number = float(value)
    except (TypeError, ValueError) as error:
        raise bad_request(f"{name} must be a number of seconds") from error
    if not 0 <= number <= LONGEST_ADVANCE:
        raise bad_request(f"{name} must be a number of seconds")
    return number


def refusing(endpoint: Endpoint) -> Endpoint:
    """An endpoint whose refusals become responses."""

    async def answer(request: Request) -> Response:
        try:
            return await endpoint(request)
        except Refusal as refusal:
            return refuse(refusal)

    return answer
