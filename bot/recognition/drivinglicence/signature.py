"""The signature of a request: `base64(HMAC-SHA1(SecretKey, plain) ‖ plain)`.

The plain text is written like a query string: `a` AppID, `b` bucket (historic, may be empty), `k`
SecretId, `e` expiry and `t` time of issue in Unix seconds, `r` a random number of at most ten
digits, `f` the file it is bound to (empty here), and in older clients `u`, always 0.

Sources: https://cloud.tencent.com/document/product/866/17734 and what the official SDKs send.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import re
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

MAX_LIFE: Final = 30 * 24 * 3600
"""Seconds from issue to expiry in the published example; the page allows up to three months."""

MAX_NONCE: Final = 2**31 - 1
"""The greatest random number that an official client draws; it has the ten digits allowed."""

_DIGEST: Final = 20  # bytes of a SHA-1
_NEEDED: Final = frozenset("aket")  # every official client sends these
_SECONDS: Final = re.compile(r"[0-9]{1,12}(\.[0-9]{1,9})?")  # some clients sign fractions


class MalformedSignature(ValueError):  # noqa: N818 - it reads as what it is
    """The text is no signature; the message says why, without any of it."""


@dataclass(frozen=True, slots=True)
class ParsedSignature:
    """A signature taken apart. Nothing in it is to be believed before `is_genuine`.

    Attributes:
        digest: the HMAC, 20 bytes.
        plain: the signed bytes as they came: clients differ in the order of the fields, so only
            these can be checked.
        fields: the plain text by its one-letter keys; at least `a`, `k`, `e` and `t`.
    """

    digest: bytes
    plain: bytes
    fields: Mapping[str, str]

    @property
    def app_id(self) -> str:
        """The AppID."""
        return self.fields["a"]

    @property
    def secret_id(self) -> str:
        """The SecretId, which says whose key it is."""
        return self.fields["k"]

    @property
    def bucket(self) -> str:
        """The bucket; empty where there is none."""
        return self.fields.get("b", "")

    @property
    def issued(self) -> float:
        """When it was made, in Unix seconds."""
        return float(self.fields["t"])

    @property
    def expires(self) -> float:
        """When it ends, in Unix seconds; 0 in a signature for one use."""
        return float(self.fields["e"])

    @property
    def file_id(self) -> str:
        """The file that it is bound to; empty where it is not."""
        return self.fields.get("f", "")


def sign(  # noqa: PLR0913 - the fields of the plain text
    secret_key: str,
    *,
    app_id: str,
    secret_id: str,
    bucket: str = "",
    issued: int,
    expires: int,
    nonce: int,
) -> str:
    """A signature for many uses, not bound to a file: the value of `Authorization`.

    Args:
        secret_key: the SecretKey.
        app_id: the AppID.
        secret_id: the SecretId.
        bucket: the same as in the request's body, or empty.
        issued: now, in Unix seconds.
        expires: the end, in Unix seconds; after `issued`, by at most `MAX_LIFE`.
        nonce: a random number from 0 to `MAX_NONCE`.
    """
    plain = f"a={app_id}&b={bucket}&k={secret_id}&e={expires}&t={issued}&r={nonce}&f="
    return seal(secret_key, plain)


def seal(secret_key: str, plain: str) -> str:
    """A plain text together with its HMAC."""
    signed = plain.encode()
    return base64.b64encode(_hmac(secret_key, signed) + signed).decode("ascii")


def parse(authorization: str) -> ParsedSignature:
    """Take a signature apart, whoever made it; it may still be forged or expired.

    Raises:
        MalformedSignature: it is not base64 of a digest and a query string with AppID, SecretId,
            expiry and time of issue, each once.
    """
    try:
        sealed = base64.b64decode(authorization.strip(), validate=True)
        text = sealed[_DIGEST:].decode()
    except (binascii.Error, ValueError):
        raise MalformedSignature("not base64 of a digest and a text") from None
    return ParsedSignature(sealed[:_DIGEST], sealed[_DIGEST:], _fields(text))


def is_genuine(parsed: ParsedSignature, secret_key: str) -> bool:
    """Whether that key signed exactly those bytes; compared in constant time."""
    return hmac.compare_digest(_hmac(secret_key, parsed.plain), parsed.digest)


def _fields(text: str) -> Mapping[str, str]:
    pairs = [pair.partition("=") for pair in text.split("&")]
    fields = {key: value for key, _, value in pairs}
    if len(fields) != len(pairs):
        raise MalformedSignature("a field stands twice")
    if not all(fields.get(key) for key in _NEEDED):
        raise MalformedSignature("a field is missing")
    if not all(_SECONDS.fullmatch(fields[key]) for key in "et"):
        raise MalformedSignature("a time is no number of seconds")
    return MappingProxyType(fields)


def _hmac(secret_key: str, plain: bytes) -> bytes:
    # SHA-1 is what the protocol says; as an HMAC it is not known to be broken.
    return hmac.new(secret_key.encode(), plain, hashlib.sha1).digest()
