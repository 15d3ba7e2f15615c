"""A terminal at which `licence-bot` is typed many times, and its libraries are loaded once.

A process loads them and forks for each command: what is typed runs in a process of its own, with
its own environment, output and exit code, as `python -m bot` does, but begins at once. Whether a
command loads all that it needs this cannot tell; `test_readme` and others start each anew.
"""

from __future__ import annotations

import atexit
import json
import os
import runpy
import select
import signal
import subprocess
import sys
import traceback
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final, NoReturn

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

ROOT: Final = Path(__file__).parents[1]

# All but `bot.cli`, which looks at its environment when it is loaded.
_LOADED: Final = (
    *("rich.console", "rich.progress", "rich.table", "typer"),
    *("bot.audit", "bot.batch", "bot.doctor", "bot.liveness", "bot.running"),
    *("bot.chat.application", "bot.delivery.extract", "bot.delivery.health"),
    *("bot.delivery.polling", "bot.playground.server", "bot.recognition.building"),
    *("bot.recognition.drivinglicence.server", "bot.recognition.embedded.engine"),
)


class Terminal:
    """Where commands are typed, one after the other."""

    def __init__(self, server: subprocess.Popen[str], folder: Path) -> None:
        self._server = server
        self._files = [folder / name for name in ("stdout", "stderr")]

    def run(
        self, arguments: Sequence[str], environment: dict[str, str], timeout: float
    ) -> subprocess.CompletedProcess[str]:
        """Run `licence-bot` to its end.

        Raises:
            TimeoutExpired: it takes too long.
        """
        assert self._server.stdin is not None
        assert self._server.stdout is not None
        asked = [list(arguments), environment, *map(str, self._files)]
        self._server.stdin.write(f"{json.dumps(asked)}\n")
        self._server.stdin.flush()
        if not select.select([self._server.stdout], [], [], timeout)[0]:
            os.killpg(self._server.pid, signal.SIGKILL)
            raise subprocess.TimeoutExpired(list(arguments), timeout)
        code = int(self._server.stdout.readline())
        out, err = (file.read_text("utf-8") for file in self._files)
        return subprocess.CompletedProcess(list(arguments), code, out, err)


@contextmanager
def terminal() -> Iterator[Terminal]:
    """A terminal, while the block runs."""
    with (
        TemporaryDirectory() as folder,
        subprocess.Popen(
            [sys.executable, "-m", "tests.terminal"],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            start_new_session=True,
        ) as server,
    ):
        yield Terminal(server, Path(folder))


def serve() -> bool:
    """Fork for each line until there is none; whether this is the fork."""
    for name in _LOADED:
        import_module(name)
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            become(*json.loads(line))
            return True
        _, status = os.waitpid(child, 0)
        sys.stdout.write(f"{os.waitstatus_to_exitcode(status)}\n")
        sys.stdout.flush()
    return False


def become(arguments: list[str], environment: dict[str, str], *files: str) -> None:
    """Have the arguments, the environment and the output of a command."""
    sys.argv = ["licence-bot", *arguments]
    os.environ.clear()
    os.environ.update(environment)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    for number, file in enumerate(files, start=1):
        os.dup2(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC), number)


def run() -> NoReturn:
    """Do as `python -m bot` does, but let memory be: to clear a copy takes a third of a second."""
    code: object = 0
    try:
        runpy.run_module("bot", run_name="__main__")
    except SystemExit as asked:
        code = asked.code
    except BaseException:  # noqa: BLE001 - as the interpreter does
        traceback.print_exc()
        code = 1
    atexit._run_exitfuncs()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code if isinstance(code, int) else bool(code))


if __name__ == "__main__" and serve():
    run()
