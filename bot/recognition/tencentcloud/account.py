"""Whom Tencent Cloud bills, and where it is asked."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

_WORD: Final = re.compile(r"[!-~]+")
_REGION: Final = re.compile(r"[a-z0-9-]*")
_ENDPOINT: Final = re.compile(
    r"(?:(?P<scheme>https?)://)?(?P<host>[a-z0-9.-]+|\[::1\])(?P<port>:\d{1,5})?/?", re.IGNORECASE
)
_LOOPBACK: Final = re.compile(r"127(\.\d{1,3}){3}|localhost|\[::1\]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Account:
    """A key of Tencent Cloud's access management, and the endpoint it is used at.

    Attributes:
        secret_id: `AKID…`; goes over the wire.
        secret_key: signs and never leaves this machine.
        region: which data centre answers, e.g. `ap-guangzhou`; empty leaves the choice to the
            provider (https://cloud.tencent.com/document/api/866/33518).
        endpoint: a host name, reached by HTTPS; or `http://127.0.0.1:8000`, as photos of
            licences go unencrypted to nobody but this machine.

    Raises:
        ValueError: one of them cannot be sent; the message names it and never holds a secret.
    """

    secret_id: str = field(repr=False)
    secret_key: str = field(repr=False)
    region: str = "ap-guangzhou"
    endpoint: str = "ocr.tencentcloudapi.com"

    def __post_init__(self) -> None:
        if not _WORD.fullmatch(self.secret_id):
            raise ValueError("secret_id: letters and digits without blanks are expected")
        if not _WORD.fullmatch(self.secret_key):
            raise ValueError("secret_key: letters and digits without blanks are expected")
        if not _REGION.fullmatch(self.region):
            raise ValueError("region: one like ap-guangzhou is expected")
        parts = _ENDPOINT.fullmatch(self.endpoint)
        if parts is None:
            raise ValueError("endpoint: a host name like ocr.tencentcloudapi.com is expected")
        if self.is_plain and not _LOOPBACK.fullmatch(parts["host"]):
            raise ValueError("endpoint: only this machine may be reached without HTTPS")

    @property
    def is_plain(self) -> bool:
        """Whether it is reached without encryption, which only this machine may be."""
        return self.endpoint.lower().startswith("http://")

    @property
    def host(self) -> str:
        """The `Host` header, with the port where one was given; it is signed."""
        return self.endpoint.rpartition("://")[2].rstrip("/")

    @property
    def url(self) -> str:
        """Where requests go: every action has the same path."""
        return f"{'http' if self.is_plain else 'https'}://{self.host}/"
