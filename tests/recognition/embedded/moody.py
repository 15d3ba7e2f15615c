"""A worker without networks that does with a photo whatever its width says.

No real photo makes the networks hang or kills them when a test wants it. The rest of the process is
the real one.
"""

from __future__ import annotations

import os
import signal
import sys
import time
from enum import IntEnum
from typing import TYPE_CHECKING, Final

from bot.licence.documents import DocumentType
from bot.recognition.embedded import worker
from bot.recognition.embedded.messages import Done, Note

if TYPE_CHECKING:
    from bot.recognition.embedded.messages import Request
    from bot.recognition.photo import Photo

SECRET: Final = "440524188001010014"
STILLBORN: Final = 13
"""With so many threads it dies while it loads."""


class Mood(IntEnum):
    """What it does; the width of the photo."""

    READ = 1
    DIE = 2
    HANG = 3
    SLOW = 4
    STUMBLE = 5
    TALK = 6
    LEAVE_OUT = 7


class Engine:
    """Instead of the networks."""

    def __init__(self, threads: int) -> None:
        if threads == STILLBORN:
            os.kill(os.getpid(), signal.SIGKILL)

    def answer(self, request: Request) -> Done:
        """Say that it is a driving licence, if nothing comes between."""
        mood = Mood(request.size[0])
        if mood is Mood.DIE:
            os.kill(os.getpid(), signal.SIGKILL)
        if mood is Mood.HANG:
            time.sleep(600)
        if mood is Mood.SLOW:
            time.sleep(0.3)
        if mood is Mood.STUMBLE:
            raise KeyError(SECRET)
        if mood is Mood.TALK:
            os.write(sys.stdout.fileno(), b"a library talks")
        if mood is Mood.LEAVE_OUT:
            return Done(notes=(Note("seal", "ValueError", "seal.py:88"),))
        return Done(page=DocumentType.DRIVING_LICENCE)


def photo(mood: Mood) -> Photo:
    """A photo that puts it in that mood."""
    from PIL import Image  # noqa: PLC0415 - the worker shall begin fast

    from bot.recognition.photo import Photo  # noqa: PLC0415 - likewise

    return Photo(Image.new("RGB", (mood, 1)), mood, 1)


if __name__ == "__main__":
    worker._LAST_WORK = 1.0  # type: ignore[misc]
    worker._loaded = Engine  # type: ignore[assignment]
    worker.main()
