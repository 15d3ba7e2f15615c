"""The pages that belong beside a photo: of its album, or of the answer that it replies to."""

from __future__ import annotations

import asyncio
import time
from collections import OrderedDict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from bot.chat import fields

if TYPE_CHECKING:
    from collections.abc import Callable

    from telegram import Message

    from bot.licence.recognition import Recognition

SECONDS: Final = 900.0
"""How long a page is remembered after the last one of its album."""

REMEMBERED: Final = 256
"""Albums; those that were touched longest ago are forgotten."""

_LARGEST: Final = 11  # an album of ten, and the answer that it replies to

_Key = tuple[int, str]


@dataclass(slots=True)
class _Album:
    """The pages of an album by their messages; a single photo is an album of one."""

    until: float
    pages: dict[int, Recognition] = field(default_factory=dict)


class Companions:
    """What was read lately, as far as another photo may be compared with it.

    It is kept in memory only: Telegram shows a press the photo, but neither the rest of its album
    nor what the photo replied to. After a restart, or on another replica of a bot, a page is
    answered alone; an answer's own text is compared again when a photo is sent in reply to it.

    Args:
        clock: seconds that only grow.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._albums: OrderedDict[_Key, _Album] = OrderedDict()

    def note_reply(self, photo: Message) -> None:
        """Remember the answer that a photo replies to, where it is one of the bot's own."""
        answer = photo.reply_to_message
        if answer is None or answer.from_user is None or not answer.text:
            return
        if answer.from_user.id != photo.get_bot().id:
            return
        page = fields.parse(answer.text_html)
        if page:
            self._put(photo, answer.message_id, page)

    def add(self, photo: Message, page: Recognition) -> None:
        """Remember a page for the other photos of its album."""
        if photo.media_group_id:
            self._put(photo, photo.message_id, page)

    def beside(self, photo: Message) -> tuple[Recognition, ...]:
        """The pages that a photo is compared with."""
        self._forget()
        album = self._albums.get(_key(photo))
        pages = album.pages.items() if album else ()
        return tuple(page for number, page in pages if number != photo.message_id)

    def _put(self, photo: Message, number: int, page: Recognition) -> None:
        self._forget()
        until = self._clock() + SECONDS
        album = self._albums.setdefault(_key(photo), _Album(until))
        album.until = until
        if len(album.pages) < _LARGEST or number in album.pages:
            album.pages[number] = page
        self._albums.move_to_end(_key(photo))
        if len(self._albums) > REMEMBERED:
            self._albums.popitem(last=False)
        # Also where nobody sends anything more; a little later, for a timer may be early.
        asyncio.get_running_loop().call_later(SECONDS * 1.01, self._forget)

    def _forget(self) -> None:
        """The oldest stand first."""
        while self._albums and next(iter(self._albums.values())).until <= self._clock():
            self._albums.popitem(last=False)


def _key(photo: Message) -> _Key:
    return photo.chat_id, photo.media_group_id or str(photo.message_id)
