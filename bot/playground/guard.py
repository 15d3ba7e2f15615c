"""Keeps foreign web pages from driving the person's side."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.responses import JSONResponse

from bot.hosts import is_here
from bot.playground.refusals import Refusal

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send


class Guard:
    """ASGI middleware: what is not the bot's side answers to this machine's own page only.

    A name that was rebound to 127.0.0.1 shows in ``Host``, a foreign page in ``Origin``. The
    bot's side needs the token instead, and may be called by any name.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse with 403, or pass on."""
        if scope["type"] == "http" and not scope["path"].startswith(("/bot", "/file/bot")):
            headers = Headers(scope=scope)
            if not _own(headers.get("host", ""), headers.get("origin")):
                refusal = Refusal(403, "Forbidden: only this machine's own page may do that")
                response = JSONResponse(refusal.envelope(), refusal.error_code)
                await response(scope, receive, send)
                return
        await self._app(scope, receive, send)


def _own(host: str, origin: str | None) -> bool:
    try:
        name = urlsplit(f"//{host}").hostname or ""
    except ValueError:
        return False
    return is_here(name) and (origin is None or urlsplit(origin).netloc == host)
