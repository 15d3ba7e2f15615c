"""Where Telegram delivers updates: one secret path, one method, one kind of body.

Whoever else calls is refused before anything is read, by a status and a counter. An update is in
the store before Telegram reads 200; whatever keeps it out of there is a 5xx, and it comes again.
"""

from __future__ import annotations

import asyncio
import hmac
import json
from base64 import urlsafe_b64encode
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final, Literal

import structlog
from starlette.applications import Starlette
from starlette.requests import ClientDisconnect
from starlette.responses import Response
from starlette.routing import Route
from telegram import Update
from telegram.error import NetworkError

from bot.admission import MOST_ID
from bot.delivery.understanding import bare
from bot.logs import note
from bot.settings import require_token

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from starlette.requests import Request
    from starlette.routing import BaseRoute

    from bot.metrics import Metrics
    from bot.settings import Settings

Reason = Literal[
    "path", "method", "secret", "content_type", "too_large", "too_slow", "hung_up", "json", "away"
]

SECRET_HEADER: Final = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - a name
LARGEST: Final = 2**20
"""Bytes of a delivery; Telegram's are mostly below 10,000."""

PATIENCE: Final = 10.0
"""Seconds in which the body of a delivery has to arrive."""

STORING: Final = 15.0
"""Seconds in which it has to be stored: Telegram waits for longer, and comes again."""

METHODS: Final = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")

_NOISE: Final = frozenset[Reason]({"path", "method"})

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Address:
    """Where and how Telegram delivers; the same for all replicas of a bot.

    Attributes:
        base: the owner's public address.
        path: the last part of the path, which only Telegram is told.
        secret: what it sends in a header.
    """

    base: str
    path: str = field(repr=False)
    secret: str = field(repr=False)

    @property
    def url(self) -> str:
        """What Telegram is told."""
        return f"{self.base}/{self.path}"


def address(settings: Settings) -> Address:
    """Derived from the token, which it does not give away: no replica has to tell another one.

    Raises:
        SettingsError: there is no token.
    """
    token = require_token(settings).get_secret_value()
    given = settings.telegram.webhook_secret
    return Address(
        str(settings.telegram.webhook_url or "").rstrip("/"),
        _derived(token, "path"),
        given.get_secret_value() if given else _derived(token, "secret"),
    )


def _derived(token: str, purpose: str) -> str:
    digest = hmac.digest(token.encode(), f"licence-bot webhook {purpose}".encode(), "sha256")
    return urlsafe_b64encode(digest).decode().rstrip("=")


class RefusedError(Exception):
    """A delivery is not taken."""

    def __init__(self, reason: Reason, status: HTTPStatus) -> None:
        super().__init__(reason)
        self.reason: Reason = reason
        self.status = status


def webhook(
    place: Address,
    inbox: asyncio.Queue[object],
    metrics: Metrics,
    beside: Sequence[BaseRoute] = (),
) -> Starlette:
    """The application that Telegram calls.

    Args:
        place: where it may call.
        inbox: its `put` returns when an update is stored.
        metrics: count what is refused.
        beside: what else is answered at the same address.
    """
    desk = _Desk(place, inbox, metrics)
    # A proxy may keep the path of the public address or cut it off: the last part decides.
    hook = Route("/{path:path}", desk.take, methods=METHODS)
    return Starlette(routes=[*beside, hook])


class _Desk:
    def __init__(self, place: Address, inbox: asyncio.Queue[object], metrics: Metrics) -> None:
        self._path = place.path.encode()
        self._secret = place.secret.encode()
        self._inbox = inbox
        self._metrics = metrics

    async def take(self, request: Request) -> Response:
        """Take a delivery, or say by a status why not; nobody is told more than that."""
        try:
            self._admit(request)
            await self._store(_parsed(await _body(request)))
        except RefusedError as refused:
            self._metrics.refused.labels(refused.reason).inc()
            # Whoever scans the internet comes by all day; the count is enough.
            tell = log.debug if refused.reason in _NOISE else log.warning
            tell("delivery refused", reason=refused.reason)
            return Response(status_code=refused.status, headers=_headers(refused.status))
        return Response()

    def _admit(self, request: Request) -> None:
        path = request.path_params["path"].rpartition("/")[2].encode()
        if not hmac.compare_digest(path, self._path):
            raise RefusedError("path", HTTPStatus.NOT_FOUND)
        if request.method != "POST":
            raise RefusedError("method", HTTPStatus.METHOD_NOT_ALLOWED)
        secret = request.headers.get(SECRET_HEADER, "").encode()
        if not hmac.compare_digest(secret, self._secret):
            raise RefusedError("secret", HTTPStatus.FORBIDDEN)
        kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
        if kind != "application/json":
            raise RefusedError("content_type", HTTPStatus.UNSUPPORTED_MEDIA_TYPE)

    async def _store(self, update: Update) -> None:
        try:
            async with asyncio.timeout(STORING):
                await self._inbox.put(update)
        except (NetworkError, TimeoutError):  # the inbox has logged why
            raise RefusedError("away", HTTPStatus.SERVICE_UNAVAILABLE) from None
        except Exception as error:  # noqa: BLE001 - of ours: told by its kind only, and it comes again
            note(error)
            raise RefusedError("away", HTTPStatus.INTERNAL_SERVER_ERROR) from None


async def _body(request: Request) -> bytes:
    """The body, of which never more than the limit is in memory.

    Raises:
        RefusedError: it is larger, slower, or not all of it.
    """
    announced = request.headers.get("content-length", "0")
    if not announced.isdigit() or int(announced) > LARGEST:
        raise RefusedError("too_large", HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    body = bytearray()
    try:
        async with asyncio.timeout(PATIENCE):
            async for piece in request.stream():
                body += piece
                if len(body) > LARGEST:
                    raise RefusedError("too_large", HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    except TimeoutError:
        raise RefusedError("too_slow", HTTPStatus.REQUEST_TIMEOUT) from None
    except ClientDisconnect:
        raise RefusedError("hung_up", HTTPStatus.BAD_REQUEST) from None
    return bytes(body)


def _parsed(body: bytes) -> Update:
    """The update in a body, or a bare one where the library does not understand it.

    A refusal would bring that one back for a day, and hold up whoever it is from.

    Raises:
        RefusedError: there is none.
    """
    try:
        data: Any = json.loads(body)
        number = data["update_id"]
        if isinstance(number, bool) or not isinstance(number, int) or not 0 < number < 2**63:
            raise ValueError("no update id")  # noqa: TRY301 - told like the others
        update = _understood(data)
        if not all(map(_is_id, _ids(update))):
            raise ValueError("ids that are none")  # noqa: TRY301 - likewise
    except Exception:  # noqa: BLE001 - whatever a forged body stirs up in the parsers
        raise RefusedError("json", HTTPStatus.BAD_REQUEST) from None
    return update


def _understood(data: dict[str, Any]) -> Update:
    """The update, or a bare one for what might be an update of tomorrow.

    Raises:
        ValueError: it is none of any day.
    """
    try:
        return Update.de_json(data, None)
    except Exception as error:  # noqa: BLE001 - whatever the parsers stumble over
        happened = [one for name, one in data.items() if name != "update_id"]
        if not all(isinstance(one, dict) and _is_plausible(one) for one in happened):
            raise ValueError("no update") from None
        return Update.de_json(bare(data["update_id"], error), None)


def _is_plausible(told: dict[str, Any]) -> bool:
    """Whether person, chat and message are named by ids, as far as they are named."""
    ids = [told[name]["id"] for name in ("from", "chat") if name in told]
    ids += [told["message_id"]] if "message_id" in told else []
    return all(map(_is_id, ids)) and ("message" not in told or _is_plausible(told["message"]))


def _is_id(one: object) -> bool:
    """PTB takes whatever stands there, and `True` would be person 1."""
    return type(one) is int and abs(one) < MOST_ID


def _ids(update: Update) -> Iterator[object]:
    """Who is meant, and where."""
    message = update.effective_message
    yield from (who.id for who in (update.effective_user, update.effective_chat) if who)
    if message:
        yield message.message_id


def _headers(status: HTTPStatus) -> dict[str, str]:
    """Whoever is refused is hung up on, for the rest of what it sends is not wanted."""
    headers = {"Connection": "close"}
    if status == HTTPStatus.METHOD_NOT_ALLOWED:
        headers["Allow"] = "POST"
    return headers
