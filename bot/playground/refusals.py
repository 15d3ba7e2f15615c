"""What the Bot API answers when it refuses, in Telegram's own words."""

from __future__ import annotations

from typing import Any


class Refusal(Exception):  # noqa: N818 - the Bot API refuses; nothing here is broken
    """An answer with ``ok: false``; `error_code` is the HTTP status as well.

    `retry_after` is in whole seconds and belongs to 429 only.
    """

    def __init__(
        self, error_code: int, description: str, *, retry_after: int | None = None
    ) -> None:
        super().__init__(description)
        self.error_code = error_code
        self.description = description
        self.retry_after = retry_after

    def envelope(self) -> dict[str, Any]:
        """The JSON body."""
        body: dict[str, Any] = {
            "ok": False,
            "error_code": self.error_code,
            "description": self.description,
        }
        if self.retry_after is not None:
            body["parameters"] = {"retry_after": self.retry_after}
        return body

    def headers(self) -> dict[str, str]:
        """429 says in a header, too, when to come back."""
        return {} if self.retry_after is None else {"Retry-After": str(self.retry_after)}


def bad_request(reason: str) -> Refusal:
    """400, worded as Telegram's server words it.

    The first letter becomes a small one unless the second character is a capital or an
    underscore: codes such as ``BUTTON_DATA_INVALID`` stay as they are.
    """
    keep = len(reason) > 1 and (reason[1].isupper() or reason[1] == "_")
    return Refusal(400, "Bad Request: " + (reason if keep else reason[:1].lower() + reason[1:]))


def conflict(reason: str) -> Refusal:
    """409: two ways of receiving updates exclude each other."""
    return Refusal(409, f"Conflict: {reason}")


def not_found(reason: str | None = None) -> Refusal:
    """404."""
    return Refusal(404, "Not Found" if reason is None else f"Not Found: {reason}")


def too_large() -> Refusal:
    """413, which Telegram's front server says before anybody has looked at the request."""
    return Refusal(413, "Request Entity Too Large")
