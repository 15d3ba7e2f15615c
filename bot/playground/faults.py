"""Faults a test orders: refusals, an HTML page where JSON should be, slowness."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from bot.playground.pulse import Pulse, first
from bot.playground.refusals import Refusal, bad_request

ANY = "*"
DOWNLOAD = "file"
"""The name by which a download from ``/file/bot…`` is called in faults."""

WORDS = {
    400: "Bad Request",
    401: "Unauthorized",
    403: "Forbidden: bot was blocked by the user",
    404: "Not Found",
    409: "Conflict",
    429: "Too Many Requests",
    500: "Internal Server Error",
    502: "Bad Gateway",
    503: "Service Unavailable",
    504: "Gateway Timeout",
}


@dataclass(slots=True)
class Fault:
    """What happens to the next `times` calls of `method`.

    First they wait `delay` seconds of real time, or until the server stops. Then they fail with
    `error_code`, as an HTML page where `html` is set; without an `error_code` they are merely slow.
    """

    method: str
    times: int = 1
    error_code: int | None = None
    description: str | None = None
    retry_after: int | None = None
    delay: float = 0.0
    html: bool = False

    def refusal(self) -> Refusal | None:
        """The refusal to answer with, ``None`` for a fault that only delays."""
        if self.error_code is None:
            return None
        words = self.description or WORDS.get(self.error_code, "Internal Server Error")
        if self.retry_after is not None and self.description is None:
            words += f": retry after {self.retry_after}"
        return Refusal(self.error_code, words, retry_after=self.retry_after)


class Faults:
    """The faults still to come, in the order they were ordered."""

    def __init__(self) -> None:
        self._faults: list[Fault] = []
        self._over = Pulse()

    def add(self, fault: Fault) -> None:
        """Order a fault."""
        if fault.times < 1 or not fault.method:
            raise bad_request("a fault needs a method and at least one time")
        self._faults.append(fault)

    def take(self, method: str) -> Fault | None:
        """The fault for this call, if one is due."""
        for fault in self._faults:
            if fault.method.lower() in {ANY, method.lower()}:
                fault.times -= 1
                if not fault.times:
                    self._faults.remove(fault)
                return fault
        return None

    @property
    def pending(self) -> bool:
        """Whether any is still to come."""
        return bool(self._faults)

    async def pause(self, fault: Fault) -> None:
        """Wait as long as the fault says."""
        await first(asyncio.sleep(fault.delay), self._over.wait())

    def clear(self) -> None:
        """Order nothing any more, and let nobody wait any longer."""
        self._faults.clear()
        self._over.beat()
