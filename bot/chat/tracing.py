"""One id through all that is logged of one photo, whatever is asked about it and whenever.

It is made of where the photo stands in which chat, with a key that nobody but the bot has: the same
photo has the same id in every replica and after a restart, and the id leads to nobody.
"""

from __future__ import annotations

import hmac
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from structlog.contextvars import bound_contextvars

if TYPE_CHECKING:
    from collections.abc import Iterator

    from telegram import Message

_DIGITS: Final = 12


@contextmanager
def about(source: Message) -> Iterator[None]:
    """Let every line that is logged in the block, and by tasks that begin in it, name the photo."""
    with bound_contextvars(photo=reference(source)):
        yield


def reference(source: Message) -> str:
    """The id of the photo in a message."""
    key = f"licence-bot log {source.get_bot().token}".encode()
    place = f"{source.chat_id}:{source.message_id}".encode()
    return hmac.digest(key, place, "sha256").hex()[:_DIGITS]
