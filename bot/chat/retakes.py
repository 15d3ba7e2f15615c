"""Who was asked for a better photo lately, and how often in a row."""

from __future__ import annotations

from collections import OrderedDict
from typing import Final

MOST: Final = 2
"""How often in a row: who sent two poor photos has no better one to send."""

REMEMBERED: Final = 4096
"""People; the ones asked longest ago are forgotten."""


class Retakes:
    """The photos for which each person was asked for a better one, since the last good one.

    They are kept in memory only. After a restart the count begins anew, and each replica of a bot
    has its own: somebody may then be asked more often, and the button under the question is there
    each time.
    """

    def __init__(self) -> None:
        self._asked: OrderedDict[int, frozenset[int]] = OrderedDict()

    def ask(self, person: int, photo: int) -> bool:
        """Note that a photo is poor; whether a better one may be asked for.

        An update that is worked on twice, or a photo that is read as another page, is one photo.
        """
        asked = self._asked.pop(person, frozenset())
        may = photo in asked or len(asked) < MOST
        self._asked[person] = asked | {photo} if may else asked
        if len(self._asked) > REMEMBERED:
            self._asked.popitem(last=False)
        return may

    def settle(self, person: int) -> None:
        """A photo was good; the next poor one is the first again."""
        self._asked.pop(person, None)
