"""The compose files: what they say exists, and what they start is locked in."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import typer
import yaml
from typer.core import TyperGroup

from bot.cli import app
from bot.settings import Settings, load, paths, variable

if TYPE_CHECKING:
    from collections.abc import Mapping

ROOT = Path(__file__).parents[1]
FILES = ("compose.yaml", "compose.single.yaml")
DOCUMENTS = {name: yaml.safe_load((ROOT / name).read_text("utf-8")) for name in FILES}
SERVICES: dict[str, dict[str, Any]] = {
    f"{file}:{name}": service
    for file, document in DOCUMENTS.items()
    for name, service in document["services"].items()
}
OURS = {name: service for name, service in SERVICES.items() if "build" in service}
VARIABLES = frozenset(variable(*path) for path in paths(Settings))
FILLED = {
    "DOMAIN": "bot.example.org",
    "POSTGRES_PASSWORD": "0123456789abcdef",
    "BOT_TELEGRAM__TOKEN": "110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw0",
    "BOT_DELIVERY__KEY": "A" * 43 + "=",
    "BOT_SERVE__SECRET_KEY": "made-up",
}
MARGIN = 10
"""Seconds that a bot needs to stop beside those that its updates get."""


def example() -> dict[str, str]:
    """`.env.example`, filled in as an owner would."""
    lines = (ROOT / ".env.example").read_text("utf-8").splitlines()
    pairs = (line.partition("=") for line in lines if line and not line.startswith("#"))
    given = {name: value for name, _, value in pairs}
    assert {name for name, value in given.items() if not value} == FILLED.keys()
    return given | FILLED


def interpolated(value: str, known: Mapping[str, str]) -> str:
    """A value as compose fills it in; whatever it names must be known."""
    return re.sub(r"\$\{(\w+):\?\}", lambda match: known[match[1]], value)


def environment(service: dict[str, Any]) -> dict[str, str]:
    """What the program in a container finds in its environment."""
    known = example()
    given = known if service.get("env_file") else {}
    stated: dict[str, str] = service.get("environment", {})
    return given | {name: interpolated(value, known) for name, value in stated.items()}


def spoken_by(arguments: list[str]) -> bool:
    """Whether the command line knows a command and its options."""
    group = typer.main.get_command(app)
    assert isinstance(group, TyperGroup)
    name, *options = arguments
    known = {option for one in group.commands[name].params for option in one.opts}
    return set(options) <= known


@pytest.mark.parametrize("service", OURS.values(), ids=OURS)
def test_the_settings_of_a_service_are_accepted(
    service: dict[str, Any], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Each variable is a setting, and the program starts with their values."""
    monkeypatch.chdir(tmp_path)  # this folder's own .env is somebody's
    for name, value in environment(service).items():
        monkeypatch.setenv(name, value)
    settings = load()
    if service["command"][0] == "run":
        assert settings.telegram.token
        assert settings.health.port == 8080  # where the image's own health check asks


def test_the_example_names_settings() -> None:
    """Beside what only compose needs."""
    others = {"DOMAIN", "POSTGRES_PASSWORD"}
    assert example().keys() - VARIABLES == others
    assert ".env" in (ROOT / ".gitignore").read_text("utf-8").splitlines()


@pytest.mark.parametrize("service", OURS.values(), ids=OURS)
def test_its_commands_exist(service: dict[str, Any]) -> None:
    """What a container runs, and what asks it whether it lives."""
    assert spoken_by(service["command"])
    if "healthcheck" in service:
        kind, program, *arguments = service["healthcheck"]["test"]
        assert (kind, program) == ("CMD", "licence-bot")
        assert spoken_by(arguments)


def test_an_engine_is_asked_as_one() -> None:
    """The image's own health check asks a bot, and an engine is none."""
    image = (ROOT / "Dockerfile").read_text("utf-8")
    (check,) = re.findall(r"^\s+CMD (\[.*\])$", image, re.MULTILINE)
    assert json.loads(check) == ["licence-bot", "alive"]
    for document in DOCUMENTS.values():
        for service in document["services"].values():
            assert ("healthcheck" in service) == (service.get("command", [""])[0] != "run")


@pytest.mark.parametrize("service", SERVICES.values(), ids=SERVICES)
def test_a_service_is_locked_in(service: dict[str, Any]) -> None:
    """It writes where it is told to, gains no rights, and is of a version that is known."""
    assert service["read_only"] is True
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert service["restart"] == "unless-stopped"
    assert "build" in service or re.fullmatch(r"[a-z]+:\d+", service["image"])
    assert not service.get("privileged")


def test_only_the_proxy_is_reached_from_outside() -> None:
    """The database and the engines are in networks that lead nowhere."""
    document = DOCUMENTS["compose.yaml"]
    services, networks = document["services"], document["networks"]
    assert [name for name, service in services.items() if "ports" in service] == ["proxy"]
    inner = {name for name, network in networks.items() if network.get("internal")}
    assert set(services["database"]["networks"]) | set(services["engine"]["networks"]) == inner
    assert "BOT_TELEGRAM__TOKEN" not in environment(services["engine"])


@pytest.mark.parametrize("name", FILES)
def test_a_bot_has_time_to_stop(name: str) -> None:
    """Else updates would be cut off that were promised seconds."""
    bot = DOCUMENTS[name]["services"]["bot"]
    patience = float(bot["environment"]["BOT_DELIVERY__STOP_SECONDS"])
    assert int(bot["stop_grace_period"].removesuffix("s")) >= patience + MARGIN


@pytest.mark.parametrize("name", FILES)
def test_what_is_named_is_declared(name: str) -> None:
    """Networks and volumes; and files that are lent exist."""
    document = DOCUMENTS[name]
    for service in document["services"].values():
        assert set(service.get("networks", [])) <= set(document.get("networks", {}))
        for volume in service.get("volumes", []):
            source = volume.partition(":")[0]
            assert source in document["volumes"] or (ROOT / source).is_file()


def test_the_proxy_leads_to_ports_that_listen() -> None:
    """To the services by their names."""
    text = (ROOT / "Caddyfile").read_text("utf-8")
    services = DOCUMENTS["compose.yaml"]["services"]
    hook, engine = (environment(services[name]) for name in ("bot", "engine"))
    assert re.findall(r"reverse_proxy (\S+)", text) == [
        f"bot:{hook['BOT_TELEGRAM__WEBHOOK_PORT']}",
        f"engine:{engine['BOT_SERVE__PORT']}",
    ]
    assert hook["BOT_DRIVINGLICENCE__URL"].startswith("http://proxy:8780/")
    assert "http://:8780 {" in text


def test_caddy_takes_its_file() -> None:
    """By its own word."""
    caddy = shutil.which("caddy")
    if caddy is None:
        pytest.skip("there is no caddy")
    done = subprocess.run(  # noqa: S603 - where it is installed
        [caddy, "validate", "--config", str(ROOT / "Caddyfile"), "--adapter", "caddyfile"],
        env={"DOMAIN": "bot.localhost", "PATH": "", "HOME": "/nonexistent"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("name", FILES)
def test_compose_takes_its_file(name: str, tmp_path: Path) -> None:
    """By its own word; the example, filled in, is all that it needs."""
    docker = shutil.which("docker")
    if docker is None or not _has_compose(docker):
        pytest.skip("there is no docker compose")
    text = "\n".join(f"{key}={value}" for key, value in example().items())
    for file in (".env", name):
        (tmp_path / file).write_text(
            text if file == ".env" else (ROOT / file).read_text("utf-8"), "utf-8"
        )
    done = subprocess.run(  # noqa: S603 - where it is installed
        [docker, "compose", "--file", name, "config", "--quiet"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def _has_compose(docker: str) -> bool:
    asked = [docker, "compose", "version"]
    return subprocess.run(asked, capture_output=True, check=False).returncode == 0  # noqa: S603
