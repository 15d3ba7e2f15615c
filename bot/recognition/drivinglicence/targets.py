"""Request lines as proxies write them."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send


class OriginForm:
    """ASGI middleware: `POST http://host/path` counts as `POST /path` (RFC 9112, 3.2.2).

    Clients that take the engine for their HTTP proxy, as one official SDK has to, write the former.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on, under the path alone."""
        if scope["type"] == "http" and scope["path"].startswith(("http://", "https://")):
            scope = {**scope, "path": _path(scope["path"])}
        await self._app(scope, receive, send)


def _path(target: str) -> str:
    try:
        return urlsplit(target).path or "/"
    except ValueError:
        return "/"
