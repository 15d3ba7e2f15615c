"""What the value of a setting has to look like: a token, an address, a key, a database."""

from __future__ import annotations

import re
from base64 import b64decode
from contextlib import suppress
from typing import Annotated, Final

from pydantic import AfterValidator, HttpUrl, SecretStr

from bot.hosts import is_private

KEY_BYTES: Final = 32
_STANDARD: Final = str.maketrans("-_", "+/")


def _looks_like_a_token(secret: SecretStr) -> SecretStr:
    if not re.fullmatch(r"\d+:[A-Za-z0-9_-]{30,}", secret.get_secret_value()):
        raise ValueError("no bot token; @BotFather's look like 110201543:AAHdqTcvCH1vGWJxfSe…")
    return secret


def _without_credentials(url: HttpUrl) -> HttpUrl:
    if url.username or url.password:
        raise ValueError("an address without a name and password in it")
    return url


def _not_in_the_clear(url: HttpUrl) -> HttpUrl:
    if url.scheme == "http" and not is_private(url.host or ""):
        raise ValueError("https; plain http, which shows the photos, is for private networks")
    return url


def key_of(text: str) -> bytes:
    """The bytes of a key, from either alphabet of base64.

    Raises:
        ValueError: it is none; the message says what one looks like.
    """
    with suppress(ValueError):
        key = b64decode(text.strip().translate(_STANDARD), validate=True)
        if len(key) == KEY_BYTES:
            return key
    raise ValueError("32 random bytes as base64, e.g. what `openssl rand -base64 32` prints")


def _is_a_key(secret: SecretStr) -> SecretStr:
    key_of(secret.get_secret_value())
    return secret


def _is_a_database(secret: SecretStr) -> SecretStr:
    """Of which kind it is; its password is nobody's business."""
    scheme, separator, place = secret.get_secret_value().partition("://")
    known = scheme in {"postgresql", "postgres"} or (
        scheme == "sqlite" and len(place) > 1 and place[0] == "/"
    )
    if not (known and separator and place):
        raise ValueError("sqlite:///file or postgresql://user:password@host/database")
    return secret


def _without_a_query(url: HttpUrl) -> HttpUrl:
    if url.query or url.fragment:
        raise ValueError("an address without ? and #; the bot adds a path of its own")
    return url


def _is_a_header(secret: SecretStr) -> SecretStr:
    if not re.fullmatch(r"[A-Za-z0-9_-]{16,256}", secret.get_secret_value()):
        raise ValueError("16 to 256 letters, digits, _ and -, e.g. of `openssl rand -hex 32`")
    return secret


PlainUrl = Annotated[HttpUrl, AfterValidator(_without_credentials)]
SafeUrl = Annotated[PlainUrl, AfterValidator(_not_in_the_clear)]
HookUrl = Annotated[SafeUrl, AfterValidator(_without_a_query)]
HookSecret = Annotated[SecretStr, AfterValidator(_is_a_header)]
Key = Annotated[SecretStr, AfterValidator(_is_a_key)]
DatabaseUrl = Annotated[SecretStr, AfterValidator(_is_a_database)]
Token = Annotated[SecretStr, AfterValidator(_looks_like_a_token)]
