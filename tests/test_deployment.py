"""docs/deployment.md: what it names exists, and what it tells people to write is accepted."""

from __future__ import annotations

import re
import shlex
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import typer
import yaml
from typer.core import TyperGroup

from bot.cli import app
from bot.delivery.store import opened
from bot.metrics import Metrics
from bot.settings import Settings, load, paths, variable

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "deployment.md"
TEXT = PAGE.read_text("utf-8")
COMMANDS = [
    line
    for block in re.findall(r"```sh\n(.*?)```", TEXT, re.DOTALL)
    for line in block.strip().splitlines()
]
OBJECTS: dict[str, dict[str, Any]] = {
    f"{one['kind']}/{one['metadata']['name']}": one
    for block in re.findall(r"```yaml\n(.*?)```", TEXT, re.DOTALL)
    for one in yaml.safe_load_all(block)
    if "kind" in one
}
PODS = {
    name: one["spec"]["template"]["spec"]
    for name, one in OBJECTS.items()
    if one["kind"] == "Deployment"
}
SECRETS = {
    "BOT_TELEGRAM__TOKEN": "110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw0",
    "BOT_DELIVERY__KEY": "A" * 43 + "=",
    "BOT_DATABASE_URL": "postgresql://bot:secret@database/bot",
    **{f"BOT_DRIVINGLICENCE__{name}": "x" for name in ("APP_ID", "SECRET_ID", "SECRET_KEY")},
    **{f"BOT_SERVE__{name}": "x" for name in ("APP_ID", "SECRET_ID", "SECRET_KEY")},
}
GRACE = 15
"""Seconds that a bot needs to stop beside those that its updates get."""


def spoken_by(arguments: list[str]) -> bool:
    """Whether the command line knows a command and its options."""
    group = typer.main.get_command(app)
    assert isinstance(group, TyperGroup)
    name, *options = arguments
    return set(options) <= {option for one in group.commands[name].params for option in one.opts}


def test_every_setting_in_it_exists() -> None:
    """Those that are named in full; `BOT_ACCESS__…` stands for a group."""
    named = set(re.findall(r"\bBOT_[A-Z_]+[A-Z]\b", TEXT))
    known = {variable(*path) for path in paths(Settings)}
    groups = {name.rpartition("__")[0] for name in known}
    assert named
    assert named <= known | groups


def test_every_series_in_it_exists() -> None:
    """Of bots here; those of engines are asked for where they are counted."""
    named = set(re.findall(r"\blicence_bot_\w+", TEXT))
    assert named
    assert named <= Metrics().names()
    engine = (ROOT / "bot/recognition/drivinglicence/metrics.py").read_text("utf-8")
    for name in set(re.findall(r"\blicence_engine_(\w+?)(?:_total)?\b", TEXT)):
        assert f"licence_engine_{name}" in engine or f'"{name}"' in engine


@pytest.mark.parametrize("path", sorted(set(re.findall(r"\]\((?!https?:)([^)#]+)[^)]*\)", TEXT))))
def test_every_link_leads_somewhere(path: str) -> None:
    """Files that it points to exist."""
    assert (PAGE.parent / path).exists()


def test_every_heading_that_it_points_to_is_there() -> None:
    """Within the page, and in the README."""
    for text, pointed in (
        (TEXT, re.findall(r"\]\(#([\w-]+)\)", TEXT)),
        ((ROOT / "README.md").read_text("utf-8"), re.findall(r"README\.md#([\w-]+)\)", TEXT)),
    ):
        headings = {
            re.sub(r"[^\w-]", "", title.lower().replace(" ", "-"))
            for title in re.findall(r"^#+ (.+)$", text, re.MULTILINE)
        }
        assert set(pointed) <= headings


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_is_one(command: str) -> None:
    """Files are there, services have their names, and our program knows what it is asked."""
    for part in command.split(" && "):
        words = shlex.split(part)
        if words[0] == "licence-bot":
            assert spoken_by([words[1], *(word for word in words if word.startswith("--"))])
        if words[0] != "docker":
            assert words[0] in {"cp", "chmod", "echo", "licence-bot"}
            continue
        file = words[words.index("--file") + 1] if "--file" in words else "compose.yaml"
        services = yaml.safe_load((ROOT / file).read_text("utf-8"))["services"]
        if "exec" in words:
            service, program, *arguments = words[words.index("exec") + 1 :]
            assert service in services
            assert program == "python" or spoken_by(arguments)
        if "--scale" in words:
            assert words[words.index("--scale") + 1].partition("=")[0] in services
    assert "cp" not in command or (ROOT / ".env.example").is_file()


@pytest.mark.parametrize("pod", PODS.values(), ids=PODS)
def test_a_pod_is_accepted(
    pod: dict[str, Any], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Its settings with what its Secret holds, its command, its probes and its rights."""
    (container,) = pod["containers"]
    monkeypatch.chdir(tmp_path)
    for name, value in SECRETS.items():
        monkeypatch.setenv(name, value)
    for one in container["env"]:
        monkeypatch.setenv(one["name"], one["value"])
    settings = load()
    assert spoken_by(container["args"])
    port = settings.health.port if container["args"][0] == "run" else settings.serve.port
    probes = {name: container[f"{name}Probe"]["httpGet"] for name in ("readiness", "liveness")}
    assert probes == {
        "readiness": {"path": "/healthz", "port": port},
        "liveness": {"path": "/livez", "port": port},
    }
    if container["args"][0] == "run":
        assert pod["terminationGracePeriodSeconds"] >= settings.delivery.stop_seconds + GRACE
    assert pod["securityContext"]["runAsNonRoot"] is True
    assert container["securityContext"]["readOnlyRootFilesystem"] is True


def test_secrets_are_named() -> None:
    """What stands in no manifest is told."""
    assert all(name in TEXT for name in SECRETS)


def test_services_and_budgets_find_their_pods() -> None:
    """By the labels of the pods, and at the port where they listen."""
    labels = [
        one["spec"]["template"]["metadata"]["labels"]
        for one in OBJECTS.values()
        if one["kind"] == "Deployment"
    ]
    for one in OBJECTS.values():
        selector = one["spec"]["selector"]
        assert selector.get("matchLabels", selector) in labels
    (port,) = OBJECTS["Service/engine"]["spec"]["ports"]
    assert port["port"] == Settings().serve.port


async def test_a_copy_is_taken_while_the_bot_runs(tmp_path: Path) -> None:
    """By the very command, and everything is in it."""
    (command,) = [command for command in COMMANDS if " python -c " in command]
    program = shlex.split(command)[-1]
    assert "/data/" in program
    async with opened(Settings.model_validate({"database_url": f"sqlite:///{tmp_path}/bot.db"})):
        subprocess.run(  # noqa: ASYNC221, S603 - what the page says
            [sys.executable, "-c", program.replace("/data/", f"{tmp_path}/")], check=True
        )
    connection = sqlite3.connect(tmp_path / "copy.db")
    tables = {row[0] for row in connection.execute("SELECT name FROM sqlite_master")}
    connection.close()
    assert {"bot_reminders", "bot_audit", "bot_payloads", "procrastinate_jobs"} <= tables
