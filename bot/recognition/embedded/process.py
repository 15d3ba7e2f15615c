"""The process of a worker, from the bot's side: begun, spoken to over two pipes, and ended.

A plain child and pipes: no shared memory or semaphores, which small containers lack, no copy of a
process that has threads, and no second import of the program's main module.
"""

from __future__ import annotations

import asyncio
import os
import sys
from asyncio.subprocess import DEVNULL, PIPE
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final

from bot.recognition.embedded.messages import HEAD, unpacked
from bot.settings import PREFIX

if TYPE_CHECKING:
    from asyncio import StreamReader, StreamWriter
    from asyncio.subprocess import Process

    from bot.recognition.embedded.messages import Answer

COMMAND: Final = ("-m", "bot.recognition.embedded.worker")
"""What the interpreter runs."""

_SLICE: Final = 2**18  # bytes that the pipe is given at a time, so that the rest is not copied

_DYING: Final = 1.0  # seconds between the end of its pipe and its own


class DiedError(Exception):
    """The process ended before it answered.

    Attributes:
        status: its exit status; that of a signal is negative.
    """

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


class WorkerProcess:
    """A process that is loading its models, waits for a request, or reads a photo."""

    def __init__(self, process: Process, requests: StreamWriter, answers: StreamReader) -> None:
        self._process = process
        self._requests = requests
        self._answers = answers
        self._killed = False

    @classmethod
    async def begin(cls, threads: int) -> WorkerProcess:
        """Begin one; its first answer tells whether the models are loaded.

        Raises:
            OSError: the machine gives no process.
        """
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-P", *COMMAND, str(threads)),
            stdin=PIPE,
            stdout=PIPE,
            stderr=DEVNULL,  # what a library writes when it dies may hold a value
            env=_environment(),
            start_new_session=True,  # Ctrl-C is for the bot, which closes the pipe in its time
        )
        if process.stdin is None or process.stdout is None:  # pragma: no cover - for the types
            raise OSError("no pipes")
        return cls(process, process.stdin, process.stdout)

    @property
    def alive(self) -> bool:
        """Whether it has not ended yet, as far as is known."""
        return not self._killed and self._process.returncode is None

    @property
    def status(self) -> int:
        """Its exit status once it has ended; that of a signal is negative."""
        return self._process.returncode or 0

    async def exchange(self, request: bytes, seconds: float) -> Answer:
        """Send a message, or nothing, and hear the next one.

        Whatever interrupts this leaves half a message in a pipe, so the process is then killed.

        Raises:
            DiedError: the process ended meanwhile.
            TimeoutError: it took longer than so many seconds.
        """
        try:
            async with asyncio.timeout(seconds):
                await self._say(request)
                return await self._hear()
        except TimeoutError:
            await self.end(0)
            raise
        except (ConnectionError, EOFError):
            await self.end(_DYING)
            raise DiedError(self.status) from None
        except BaseException:
            self._kill()
            raise

    async def end(self, grace: float) -> None:
        """Ask it to end, which may take so many seconds, and see to it that it has."""
        self._requests.close()
        try:
            with suppress(TimeoutError):
                async with asyncio.timeout(grace):
                    await self._process.wait()
        finally:
            self._kill()
        await self._process.wait()
        with suppress(ConnectionError):
            await self._requests.wait_closed()

    async def _say(self, message: bytes) -> None:
        view = memoryview(message)
        for start in range(0, len(view), _SLICE):
            self._requests.write(view[start : start + _SLICE])
            await self._requests.drain()

    async def _hear(self) -> Answer:
        (length,) = HEAD.unpack(await self._answers.readexactly(HEAD.size))
        answer: Answer = unpacked(await self._answers.readexactly(length))
        return answer

    def _kill(self) -> None:
        self._killed = True
        with suppress(ProcessLookupError):
            self._process.kill()


def _environment() -> dict[str, str]:
    """This process's, without what is nobody else's business: tokens and keys among it.

    Modules are looked for where this process finds them and nowhere else; `-m` alone would begin
    with whatever lies in the folder that somebody happens to stand in.
    """
    own = {name: value for name, value in os.environ.items() if not name.upper().startswith(PREFIX)}
    return own | {"PYTHONPATH": os.pathsep.join(str(Path(entry).absolute()) for entry in sys.path)}
