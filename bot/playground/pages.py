"""The chat page and the specimens it offers to who has no photo at hand."""

from __future__ import annotations

import asyncio
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from starlette.responses import JSONResponse, Response

from bot.playground.photos import thumbnail
from bot.playground.refusals import not_found

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

    from starlette.requests import Request

PAGE = files("bot.playground") / "page"
SPECIMENS = files("bot.playground") / "specimens"

TYPES = {
    ".html": "text/html",
    ".css": "text/css",
    ".js": "text/javascript",
    ".svg": "image/svg+xml",
}

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; "
        "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-cache",
}

SPECIMEN_NAMES = (
    "driving-licence.jpg",
    "vehicle-licence.jpg",
    "vehicle-licence-back.jpg",
    "driving-licence-at-an-angle.jpg",
    "vehicle-licence-at-an-angle.jpg",
    "vehicle-licence-back-at-an-angle.jpg",
)


async def index(_: Request) -> Response:
    """``GET /``."""
    return _asset("index.html")


async def asset(request: Request) -> Response:
    """``GET /page/<name>``: what the page is made of."""
    return _asset(request.path_params["name"])


async def specimens(_: Request) -> Response:
    """``GET /api/specimens``: names and addresses of the sample pictures."""
    return JSONResponse(
        [
            {"name": name, "url": f"/specimens/{name}", "thumbnail": f"/specimens/{name}?small"}
            for name in SPECIMEN_NAMES
        ]
    )


async def specimen(request: Request) -> Response:
    """``GET /specimens/<name>``, or a thumbnail of it with ``?small``."""
    name = request.path_params["name"]
    if name not in SPECIMEN_NAMES:
        raise not_found("no such specimen")
    small = "small" in request.query_params
    data = await asyncio.to_thread(_small if small else _whole, name)
    return Response(data, media_type="image/jpeg", headers=HEADERS)


def _asset(name: str) -> Response:
    kind = TYPES.get(name[name.rfind(".") :])
    source: Traversable = PAGE / name
    if kind is None or "/" in name or not source.is_file():
        raise not_found()
    return Response(source.read_bytes(), media_type=kind, headers=HEADERS)


def _whole(name: str) -> bytes:
    return (SPECIMENS / name).read_bytes()


@cache
def _small(name: str) -> bytes:
    picture = thumbnail(_whole(name))
    return picture.data if picture else b""
