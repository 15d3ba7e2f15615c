"""The worker's process, spoken to as the bot does."""

from __future__ import annotations

import signal
import subprocess
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from PIL import Image

from bot.licence.documents import DocumentType
from bot.recognition.embedded.messages import HEAD, Done, Failed, Request, packed, unpacked
from bot.recognition.photo import Photo
from tests.recognition.embedded import moody
from tests.recognition.embedded.moody import SECRET, Mood, photo

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

BLANK = Photo(Image.new("RGB", (320, 200), "white"), 320, 200)
REAL = ("-m", "bot.recognition.embedded.worker", "1")


class Talk:
    """One end of a worker."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        self.process = process

    def ask(self, photo: Photo = BLANK) -> None:
        """Ask which page that is."""
        assert self.process.stdin
        self.process.stdin.write(packed(Request.about(photo, None)))
        self.process.stdin.flush()

    def hear(self) -> Any:  # noqa: ANN401 - whatever it says
        """The next answer."""
        assert self.process.stdout
        (length,) = HEAD.unpack(self.process.stdout.read(HEAD.size))
        return unpacked(self.process.stdout.read(length))

    def hang_up(self) -> int:
        """Close the pipe and wait; the exit status."""
        assert self.process.stdin
        self.process.stdin.close()
        return self.process.wait(60)


@contextmanager
def worker(*arguments: str, **options: Any) -> Iterator[Talk]:  # noqa: ANN401 - Popen's
    """A worker in its own process."""
    with subprocess.Popen(  # noqa: S603 - our own interpreter and code
        [sys.executable, *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        **options,
    ) as process:
        try:
            yield Talk(process)
        finally:
            process.kill()


def test_it_loads_answers_and_ends_with_its_pipe() -> None:
    """Nobody has to end it, and it complains of nothing."""
    with worker(*REAL) as talk:
        assert talk.hear() == Done()
        talk.ask()
        assert talk.hear() == Done(page=None)
        assert talk.hang_up() == 0
        assert talk.process.stderr
        assert talk.process.stderr.read() == b""


def test_signals_to_everybody_do_not_disturb_it() -> None:
    """Ctrl-C and SIGTERM are meant for the bot, which still wants its answers."""
    with worker(moody.__file__, "1") as talk:
        talk.hear()
        talk.process.send_signal(signal.SIGINT)
        talk.process.send_signal(signal.SIGTERM)
        talk.ask(photo(Mood.READ))
        assert talk.hear() == Done(page=DocumentType.DRIVING_LICENCE)
        assert talk.hang_up() == 0


def test_what_libraries_print_is_no_answer() -> None:
    """It goes where it disturbs nobody."""
    with worker(moody.__file__, "1") as talk:
        talk.hear()
        talk.ask(photo(Mood.TALK))
        assert talk.hear() == Done(page=DocumentType.DRIVING_LICENCE)


def test_one_that_hangs_ends_too() -> None:
    """When the bot is gone, nobody else would end it."""
    with worker(moody.__file__, "1") as talk:
        talk.hear()
        talk.ask(photo(Mood.HANG))
        assert talk.hang_up() == 1


def test_a_bot_that_is_gone_is_no_surprise() -> None:
    """An answer that nobody can hear any more is no traceback."""
    with worker(moody.__file__, "1") as talk:
        talk.hear()
        talk.ask(photo(Mood.SLOW))
        assert talk.process.stdout
        assert talk.process.stderr
        talk.process.stdout.close()
        assert talk.process.wait(60) == 0
        assert b"Traceback" not in talk.process.stderr.read()


def test_a_surprise_is_told_without_its_words() -> None:
    """They may be a value of a page; the next photo is read."""
    with worker(moody.__file__, "1") as talk:
        talk.hear()
        talk.ask(photo(Mood.STUMBLE))
        answer = talk.hear()
        assert isinstance(answer, Failed)
        assert answer.error == "KeyError"
        assert answer.at.startswith("moody.py:")
        assert SECRET not in str(answer)
        talk.ask(photo(Mood.READ))
        assert talk.hear() == Done(page=DocumentType.DRIVING_LICENCE)


def test_missing_models_are_told(tmp_path: Path) -> None:
    """Before the process ends."""
    (tmp_path / "rapidocr").mkdir()
    (tmp_path / "rapidocr" / "__init__.py").touch()
    with worker(*REAL, env={"PYTHONPATH": str(tmp_path)}) as talk:
        answer = talk.hear()
        assert isinstance(answer, Failed)
        assert answer.at.startswith(("models.py:", "onnxruntime_inference_collection.py:"))
        assert talk.process.wait(60) == 0
