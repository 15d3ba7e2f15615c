"""The README: what it says is true."""

from __future__ import annotations

import asyncio
import json
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from pydantic import BaseModel

from bot.delivery.store import opened
from bot.settings import Settings, variable

ROOT = Path(__file__).parents[1]
TEXT = (ROOT / "README.md").read_text("utf-8")
COMMANDS = [
    line.strip()
    for block in re.findall(r"```sh\n(.*?)```", TEXT, re.DOTALL)
    for line in block.strip().splitlines()
]

AUDIT = ".venv/bin/licence-bot audit --since 2026-11-01 --format csv"
SERVE = ".venv/bin/licence-bot serve --unsigned"
PATIENCE = 60.0


def settings_of(model: type[BaseModel], *path: str) -> dict[str, tuple[str, str]]:
    """Each setting's variable with its default, as the table writes it, and its description."""
    found: dict[str, tuple[str, str]] = {}
    for name, field in model.model_fields.items():
        if isinstance(field.default, BaseModel):
            found |= settings_of(type(field.default), *path, name)
        else:
            default = field.default
            text = json.dumps(default) if isinstance(default, tuple | bool) else str(default or "")
            shown = f"`{text}`" if text else ""
            found[variable(*path, name)] = (shown, field.description or "")
    return found


def test_the_settings_table_is_the_settings() -> None:
    """Every setting stands in the table with its default and its meaning, and no other."""
    rows = re.findall(r"^\| `(BOT_\w+)` \| (.*?) ?\| (.*) \|$", TEXT, re.MULTILINE)
    assert {name: (default, text) for name, default, text in rows} == settings_of(Settings)


@pytest.mark.parametrize("command", [c for c in COMMANDS if c.startswith("make ")])
def test_every_make_target_exists(command: str) -> None:
    """Make knows what the README tells people to type."""
    done = subprocess.run(  # noqa: S603 - a dry run of our own Makefile
        [*shlex.split(command), "--dry-run"], cwd=ROOT, capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr


ELSEWHERE = [c for c in COMMANDS if c.startswith("BOT_")]
HERE = [c for c in COMMANDS if "licence-bot" in c and c not in {AUDIT, SERVE, *ELSEWHERE}]


@pytest.mark.accuracy
@pytest.mark.parametrize("command", HERE)
def test_every_reading_works(command: str) -> None:
    """The commands for reading files read files."""
    arguments = shlex.split(command.partition("licence-bot ")[2])
    expanded = [
        str(path)
        for argument in arguments
        for path in (sorted(ROOT.glob(argument)) if "*" in argument else [argument])
    ]
    done = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-m", "bot", *expanded],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout


@pytest.mark.accuracy
async def test_an_engine_on_this_machine_is_asked_without_an_account() -> None:
    """The two commands as they stand there, but on a port that is free on any machine."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("BOT_")}
    engine = await asyncio.create_subprocess_exec(
        sys.executable,
        *shlex.split(SERVE.replace(".venv/bin/licence-bot", "-m bot")),
        stdout=asyncio.subprocess.PIPE,
        env={**clean, "BOT_SERVE__PORT": "0", "PYTHONUNBUFFERED": "1"},
    )
    assert engine.stdout is not None
    try:
        async with asyncio.timeout(PATIENCE):
            said = (await engine.stdout.readline()).decode()
        for command in ELSEWHERE:
            setting, _, *arguments = shlex.split(command)
            name, _, there = setting.partition("=")
            here = re.sub(":8780", f":{urlsplit(said.split()[-1]).port}", there)
            done = await asyncio.to_thread(
                subprocess.run,
                [sys.executable, "-m", "bot", *arguments],
                cwd=ROOT,
                env={**clean, name: here},
                capture_output=True,
                text=True,
                timeout=PATIENCE,
                check=False,
            )
            assert done.returncode == 0, done.stdout + done.stderr
            assert there == said.split()[-1].replace(urlsplit(here).netloc, urlsplit(there).netloc)
    finally:
        engine.terminate()
        await engine.communicate()


async def test_the_audit_is_printed(tmp_path: Path) -> None:
    """Of a bot that has done nothing yet: the names of the columns."""
    url = f"sqlite:///{tmp_path}/bot.db"
    async with opened(Settings.model_validate({"database_url": url})):
        done = subprocess.run(  # noqa: ASYNC221, S603 - our own program
            [sys.executable, *shlex.split(AUDIT.replace(".venv/bin/licence-bot", "-m bot"))],
            env={**os.environ, "BOT_DATABASE_URL": url},
            capture_output=True,
            text=True,
            check=False,
        )
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("at,event,person")


def test_every_command_is_tried() -> None:
    """No command stands in the README that no test knows of."""
    assert SERVE in COMMANDS
    assert AUDIT in COMMANDS
    assert ELSEWHERE
    known = ("make ", AUDIT, SERVE, *ELSEWHERE, *HERE)
    assert [command for command in COMMANDS if not command.startswith(known)] == []


@pytest.mark.parametrize("path", re.findall(r"\]\((?!https?:)([^)#]+)\)|src=\"([^\"]+)\"", TEXT))
def test_every_link_leads_somewhere(path: tuple[str, str]) -> None:
    """Files that the README points to exist."""
    assert (ROOT / "".join(path)).exists()
