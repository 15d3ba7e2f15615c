"""A clock that nobody sets."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import timedelta
from typing import TYPE_CHECKING

from bot.delivery import steady
from tests.soak.clocks import Clock

if TYPE_CHECKING:
    from pathlib import Path

_TELL = """
import time
from bot.delivery import steady
while True:
    print(steady.now().timestamp(), time.time(), flush=True)
    input()
"""


def test_a_pause_is_counted_down() -> None:
    """What is left of it is never more than it was."""
    left = steady.until(steady.in_seconds(60))
    assert timedelta(seconds=50) < left <= timedelta(seconds=60)


def test_a_clock_that_is_set_changes_nothing(tmp_path: Path) -> None:
    """An hour back, in a real process."""
    clock = Clock(tmp_path)
    with subprocess.Popen(  # noqa: S603 - our own program
        [sys.executable, "-c", _TELL],
        env={**os.environ, **clock.environment},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        before, of_day = map(float, process.stdout.readline().split())
        clock.jump(-3600)
        process.stdin.write("\n")
        process.stdin.flush()
        after, set_back = map(float, process.stdout.readline().split())
        process.kill()
    assert set_back < of_day - 3000
    assert before <= after < before + 60
