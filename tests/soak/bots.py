"""The bot as a process: started, killed and stopped like one of an owner's."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import httpx

ROOT: Final = Path(__file__).parents[2]
TICK: Final = 0.02


@dataclass
class Bot:
    """One process, and where it is found.

    Attributes:
        environment: its settings.
        log: the file that it writes its log lines to.
        port: where it takes deliveries; `None` where it polls.
        health: where it tells how it is.
        module: the program; one of several replicas need not hurry.
    """

    environment: dict[str, str]
    log: Path
    port: int | None
    health: int
    module: str
    process: asyncio.subprocess.Process | None = field(default=None, init=False)

    async def start(self) -> None:
        """Begin; `ready` tells when that has happened."""
        clean = {name: text for name, text in os.environ.items() if not name.startswith("BOT_")}
        arguments = ("run", "--webhook") if self.port else ("run",)
        with self.log.open("ab") as log:
            self.process = await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", self.module, *arguments),
                cwd=ROOT,
                env={**clean, "BOT_HEALTH__PORT": str(self.health), **self.environment},
                stdout=log,
                stderr=log,
            )

    @property
    def running(self) -> asyncio.subprocess.Process:
        """The process.

        Raises:
            RuntimeError: it has ended by itself; the log says why.
        """
        if self.process is None or self.process.returncode is not None:
            raise RuntimeError(f"the bot has ended:\n{self.log.read_text('utf-8')[-2000:]}")
        return self.process

    async def kill(self) -> None:
        """As a machine without memory does, without a warning."""
        self.running.kill()
        await self.running.wait()

    async def stop(self) -> float:
        """As a cluster does, politely; how many seconds it took.

        Raises:
            RuntimeError: it did not end well.
        """
        begun = time.monotonic()
        process = self.running
        process.send_signal(signal.SIGTERM)
        if await process.wait():
            raise RuntimeError(f"the bot stopped badly:\n{self.log.read_text('utf-8')[-2000:]}")
        return time.monotonic() - begun

    async def end(self) -> None:
        """Whatever state it is in."""
        if self.process is not None and self.process.returncode is None:
            await self.kill()

    async def listening(self) -> None:
        """Wait until it takes deliveries."""
        while self.running.returncode is None:
            try:
                _, writer = await asyncio.open_connection("127.0.0.1", self.port)
            except OSError:
                await asyncio.sleep(TICK)
                continue
            writer.close()
            await writer.wait_closed()
            return

    async def ready(self, client: httpx.AsyncClient) -> None:
        """Wait until it says that an update would be answered now."""
        while self.running.returncode is None:
            try:
                found = await client.get(f"http://127.0.0.1:{self.health}/healthz")
            except httpx.TransportError:
                await asyncio.sleep(TICK)
                continue
            if found.is_success:
                return
            await asyncio.sleep(TICK)
