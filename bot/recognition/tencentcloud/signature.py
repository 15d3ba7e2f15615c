"""The signature of a request, TC3-HMAC-SHA256: a hash of the request under a key of the day.

Source: https://cloud.tencent.com/document/api/866/33519.
"""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

ALGORITHM: Final = "TC3-HMAC-SHA256"
JSON: Final = "application/json"

_END: Final = "tc3_request"
_SIGNED: Final = "content-type;host"


@dataclass(frozen=True, slots=True)
class Message:
    """All of a POST request that the signature covers.

    Attributes:
        host: the `Host` header as it is sent, with the port where it has one.
        body: the very bytes that are sent.
        content_type: the `Content-Type` header as it is sent.
        service: the product, as in `cvm`; it is signed but not sent otherwise.
    """

    host: str
    body: bytes
    content_type: str = JSON
    service: str = "ocr"


def authorization(secret_id: str, secret_key: str, message: Message, timestamp: int) -> str:
    """The `Authorization` header.

    Args:
        secret_id: whose key it is.
        secret_key: the key.
        message: what is signed.
        timestamp: Unix seconds, as in `X-TC-Timestamp`; the provider's clock may differ by five
            minutes.
    """
    day = datetime.fromtimestamp(timestamp, UTC).date().isoformat()
    scope = f"{day}/{message.service}/{_END}"
    text = f"{ALGORITHM}\n{timestamp}\n{scope}\n{_sha256(_canonical(message).encode())}"
    signature = _hmac(_key_of(secret_key, scope), text).hex()
    return (
        f"{ALGORITHM} Credential={secret_id}/{scope}, "
        f"SignedHeaders={_SIGNED}, Signature={signature}"
    )


def _canonical(message: Message) -> str:
    """The request with its parts in fixed places: method, path, query, headers, hash of body."""
    headers = f"content-type:{message.content_type}\nhost:{message.host}\n"
    return f"POST\n/\n\n{headers}\n{_SIGNED}\n{_sha256(message.body)}"


def _key_of(secret_key: str, scope: str) -> bytes:
    """A key that is good for nothing but this scope: each of its parts is hashed into it."""
    key = f"TC3{secret_key}".encode()
    for part in scope.split("/"):
        key = _hmac(key, part)
    return key


def _hmac(key: bytes, text: str) -> bytes:
    return hmac.digest(key, text.encode(), hashlib.sha256)


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
