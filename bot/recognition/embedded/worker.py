"""The worker: a process of its own that reads photos, so that the bot never waits for one.

`python -m bot.recognition.embedded.worker THREADS` loads the models, says so on its standard
output, and then answers one request from its standard input after another. It ends when that is
closed, and so it does when the bot was killed.
"""

from __future__ import annotations

import os
import signal
import sys
import time
from contextlib import suppress
from pathlib import Path
from queue import SimpleQueue
from threading import Thread
from typing import TYPE_CHECKING, Final

from bot.errors import PhotoError
from bot.recognition.embedded.heap import give_back
from bot.recognition.embedded.messages import Done, Failed, Refused, packed, place_of, receive

if TYPE_CHECKING:
    from io import BufferedWriter, FileIO

    from bot.recognition.embedded.inference import Engine
    from bot.recognition.embedded.messages import Answer, Request

_LAST_WORK: Final = 5.0  # seconds for the photo at hand when the bot is gone


def main() -> None:
    """Work until nobody asks any more."""
    _settle()
    # Whatever a library prints must not get between the answers.
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    # Unbuffered: a thread that waits in a buffered reader would break the interpreter's own end.
    pipe = os.fdopen(sys.stdin.fileno(), "rb", buffering=0, closefd=False)
    requests: SimpleQueue[Request | None] = SimpleQueue()
    Thread(target=_listen, args=(pipe, requests), daemon=True).start()
    with suppress(BrokenPipeError):
        _work(int(sys.argv[1]), requests, answers)


def _settle() -> None:
    """Let nothing from outside disturb the work, and nothing of a photo stay behind."""
    for number in (signal.SIGINT, signal.SIGTERM):  # meant for the bot, which then closes the pipe
        signal.signal(number, signal.SIG_IGN)
    with suppress(ImportError):  # Windows
        import resource  # noqa: PLC0415

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # a core file would hold the photo
    with suppress(OSError):  # not Linux; where memory runs out, better this process than the bot
        Path("/proc/self/oom_score_adj").write_text("500", "ascii")


def _listen(pipe: FileIO, requests: SimpleQueue[Request | None]) -> None:
    """Take requests in beside the work, so that the pipe's end is noticed during it."""
    with suppress(EOFError):
        while True:
            requests.put(receive(pipe))
    requests.put(None)
    time.sleep(_LAST_WORK)
    os._exit(1)  # the work hangs, and nobody is left who would end it


def _work(threads: int, requests: SimpleQueue[Request | None], answers: BufferedWriter) -> None:
    def say(answer: Answer) -> None:
        answers.write(packed(answer))
        answers.flush()

    try:
        engine = _loaded(threads)
    except Exception as error:  # noqa: BLE001 - whatever is missing or broken
        say(_failure(error))
        return
    say(Done())
    while request := requests.get():
        say(_answer(engine, request))
        give_back()


def _loaded(threads: int) -> Engine:
    """The heavy libraries are imported here, so that a broken one is told like a broken model."""
    from bot.recognition.embedded.inference import Engine  # noqa: PLC0415

    return Engine(threads)


def _answer(engine: Engine, request: Request) -> Answer:
    try:
        return engine.answer(request)
    except PhotoError as error:
        return Refused(error.code, error.params)
    except Exception as error:  # noqa: BLE001 - the border: whatever a photo stirs up inside
        return _failure(error)


def _failure(error: Exception) -> Failed:
    return Failed(type(error).__name__, place_of(error))


if __name__ == "__main__":
    main()
