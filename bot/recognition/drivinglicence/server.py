"""The engine: `POST /ocr/drivinglicence` answered by a recogniser of our own.

A machine too small for recognition points its `drivinglicence` client here, and so may whoever has
a client of the provider's. Requests are checked in the order of what the checks cost: the
signature, room, the body, what it says; the picture comes last. Nothing of a photo is kept, written
or logged.
"""

from __future__ import annotations

import asyncio
import secrets
import time
from contextlib import AsyncExitStack, ExitStack, asynccontextmanager
from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING, Final

import structlog
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import ClientDisconnect
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from bot.errors import ProviderError, SettingsError
from bot.hosts import is_here
from bot.recognition.drivinglicence.accounts import Accounts, Caller
from bot.recognition.drivinglicence.admission import Admission
from bot.recognition.drivinglicence.codes import Code
from bot.recognition.drivinglicence.disconnection import Unfinished, to_its_end, unless_gone
from bot.recognition.drivinglicence.fetching import Fetcher
from bot.recognition.drivinglicence.metrics import CONTENT_TYPE, Metrics
from bot.recognition.drivinglicence.readiness import Readiness
from bot.recognition.drivinglicence.refusals import Refusal, refusal_of
from bot.recognition.drivinglicence.requests import MAX_BODY, read_request
from bot.recognition.drivinglicence.targets import OriginForm
from bot.recognition.drivinglicence.wire import compose_reply
from bot.recognition.photo import open_photo

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Sequence

    from starlette.requests import Request

    from bot.licence.recognition import Recognition
    from bot.recognition.drivinglicence.accounts import EngineAccount
    from bot.recognition.drivinglicence.requests import RecognitionRequest
    from bot.recognition.recogniser import Recogniser

_log = structlog.get_logger()

PATH: Final = "/ocr/drivinglicence"

_HUNG_UP: Final = 499  # nginx's number for it; nobody reads the answer


@dataclass(frozen=True, slots=True)
class Limits:
    """How much an engine takes upon itself.

    Attributes:
        places: photos decoded and read at a time; one that is decoded takes up to 200 MB.
        waiting: requests let in besides, each of them up to `body` bytes.
        body: bytes of a request.
        sending: seconds in which a request's body must have come.
        reading: seconds in which a photo must have been fetched and read, waiting included.
        stopping: seconds that an engine which stops waits for photos that are still being read.
    """

    places: int = 2
    waiting: int = 16
    body: int = MAX_BODY
    sending: float = 30.0
    reading: float = 25.0
    stopping: float = 5.0


def engine(  # noqa: PLR0913 - two things that it serves, and what they may be served with
    recogniser: Recogniser,
    accounts: Sequence[EngineAccount],
    *,
    unsigned: bool = False,
    limits: Limits | None = None,
    fetcher: Fetcher | None = None,
    clock: Callable[[], float] = time.time,
) -> Starlette:
    """The engine as an application: `POST /ocr/drivinglicence`, and how it is.

    Args:
        recogniser: loaded when the application starts; to be closed by whoever made it.
        accounts: who may call.
        unsigned: whether anybody may, without a signature, where there is no account; but only
            over this machine's own loopback address, and no web page.
        limits: how much at a time.
        fetcher: what fetches pictures that are given as a URL.
        clock: Unix seconds, by which signatures end.

    Raises:
        SettingsError: neither accounts nor `unsigned`, or both.
    """
    if unsigned == bool(accounts):
        raise SettingsError(
            "an engine needs either an account whose requests it answers or the explicit "
            "permission to answer unsigned ones on this machine, and not both"
        )
    gate = None if unsigned else Accounts(accounts, clock)
    handler = _Engine(recogniser, gate, limits or Limits(), fetcher or Fetcher())
    return Starlette(
        routes=[
            Route(PATH, handler.answer, methods=["POST"]),
            Route("/healthz", handler.health),
            Route("/livez", _alive),
            Route("/metrics", handler.metrics),
        ],
        middleware=[Middleware(OriginForm)],
        exception_handlers={404: _elsewhere, 405: _elsewhere},
        lifespan=handler.lifespan,
    )


class _Engine:
    def __init__(
        self, recogniser: Recogniser, accounts: Accounts | None, limits: Limits, fetcher: Fetcher
    ) -> None:
        self._recogniser = recogniser
        self._accounts = accounts
        self._limits = limits
        self._fetcher = fetcher
        self._admission = Admission(limits.places, limits.waiting)
        self._metrics = Metrics(self._admission)
        self._unfinished = Unfinished()
        # Stuck is said before the first photo is given up, so that the others go elsewhere.
        self._readiness = Readiness(recogniser, self._admission, limits.reading / 2)

    @asynccontextmanager
    async def lifespan(self, _: Starlette) -> AsyncIterator[None]:
        """Load the recogniser while `/healthz` already answers."""
        loading = asyncio.create_task(self._readiness.load())
        try:
            yield
        finally:
            loading.cancel()
            await asyncio.gather(loading, return_exceptions=True)
            await self._unfinished.end(self._limits.stopping)

    async def answer(self, request: Request) -> Response:
        """Answer one request; whatever goes wrong has a code."""
        session_id = f"{secrets.randbelow(10**20):020}"
        try:
            recognition = await self._recognition(request)
            response = JSONResponse(compose_reply(recognition, session_id))
        except ClientDisconnect:
            self._metrics.answered("gone")
            return Response(status_code=_HUNG_UP)
        except Exception as error:  # noqa: BLE001 - the border: no request ends in a traceback
            refusal = refusal_of(error, session_id, self._admission.pause)
            self._metrics.answered(refusal.code)
            return _refuse(refusal, session_id)
        self._metrics.answered(Code.OK)
        _log.info("request answered", code=int(Code.OK), session=session_id)
        return response

    async def health(self, _: Request) -> Response:
        """200 where the next photo will be read, else 503 and a word why not."""
        state = self._readiness.state
        return PlainTextResponse(state, 200 if state == "ok" else 503)

    async def metrics(self, _: Request) -> Response:
        """Counts and seconds in Prometheus' text format."""
        return Response(self._metrics.render(), media_type=CONTENT_TYPE)

    async def _recognition(self, request: Request) -> Recognition:
        caller = self._caller(request)
        with ExitStack() as stay:
            stay.enter_context(self._admission.visit())
            asked = await self._asked(request)
            caller.check(asked.app_id, asked.bucket)
            # The photo may be read for longer than its caller waits, and takes room until then.
            reading = self._unfinished.begin(self._read(asked), stay.pop_all().close)
        try:
            async with asyncio.timeout(self._limits.reading):
                return await unless_gone(request.receive, reading)
        except TimeoutError:
            raise ProviderError("too-slow") from None

    def _caller(self, request: Request) -> Caller:
        if self._accounts is not None:
            return self._accounts.caller(request.headers.get("authorization", ""))
        own, _ = request.scope.get("server") or ("", 0)
        if not is_here(own) or "origin" in request.headers:
            raise Refusal(Code.NOT_PERMITTED)
        return Caller()

    async def _asked(self, request: Request) -> RecognitionRequest:
        length = request.headers.get("content-length", "")
        if length.isdecimal() and int(length) > self._limits.body:
            raise Refusal(Code.BODY_TOO_LARGE)
        content_type = request.headers.get("content-type", "")
        try:
            with self._metrics.stage("receive"):
                async with asyncio.timeout(self._limits.sending):
                    return await read_request(content_type, request.stream(), self._limits.body)
        except TimeoutError:
            raise Refusal(Code.BAD_REQUEST, status=HTTPStatus.REQUEST_TIMEOUT) from None

    async def _read(self, asked: RecognitionRequest) -> Recognition:
        image = asked.image
        if asked.url:
            with self._metrics.stage("fetch"):
                image = await self._fetcher.fetch(asked.url)
        async with AsyncExitStack() as stack:
            with self._metrics.stage("wait"):
                await stack.enter_async_context(self._admission.place())
            with self._metrics.stage("decode"):
                photo = await to_its_end(open_photo(image))
            with self._metrics.stage("recognise"):
                work = self._recogniser.recognise(photo, asked.document_type)
                return await to_its_end(work)


async def _alive(_: Request) -> Response:
    """200 while the process answers: what hangs in a reading is ended without a restart."""
    return PlainTextResponse("ok")


def _refuse(refusal: Refusal, session_id: str) -> Response:
    return JSONResponse(refusal.reply(session_id), refusal.status, refusal.headers())


async def _elsewhere(_: Request, error: Exception) -> Response:
    """Another path or another verb: JSON there too."""
    status = HTTPStatus(getattr(error, "status_code", HTTPStatus.NOT_FOUND))
    return _refuse(Refusal(Code.BAD_REQUEST, status=status), "")
