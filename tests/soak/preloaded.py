"""Libraries that are loaded before the C library, and do something in its place."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path


def compiled(source: str, library: Path) -> dict[str, str]:
    """What a process needs that loads it; the test is skipped where nothing can be compiled."""
    command = ["cc", "-shared", "-fPIC", "-o", str(library), "-x", "c", "-", "-ldl"]
    try:
        subprocess.run(command, input=source.encode(), check=True, capture_output=True)  # noqa: S603
    except (OSError, subprocess.CalledProcessError) as error:
        pytest.skip(f"no library can be compiled here: {type(error).__name__}")
    return {"LD_PRELOAD": str(library)}
