"""The command line, as a person types it."""

from __future__ import annotations

import asyncio
import json
import os
import re
import signal
import socket
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import httpx
import pytest

from bot import __version__
from bot.delivery.audit import Audit
from bot.delivery.store import opened
from bot.licence.documents import DocumentType
from bot.playground.server import Playground, serve
from bot.records import Event, Note
from bot.settings import Settings
from tests.terminal import terminal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Done = subprocess.CompletedProcess[str]
    Command = Callable[..., Done]

SPECIMENS = Path(__file__).parent / "specimens"
DRIVING, VEHICLE, BACK = (next(SPECIMENS.glob(f"{page}_good_*.jpg")) for page in ("dl", "vl", "vb"))
PATIENCE = 60.0


@pytest.fixture(autouse=True)
def _own_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each bot needs one, and each test has another bot."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))


@pytest.fixture(scope="module")
def command() -> Iterator[Command]:
    """Runs `licence-bot` to its end; most of what it does then does not depend on its start."""
    with terminal() as typed:

        def run(*arguments: str | Path, **environment: str) -> Done:
            return typed.run([*map(str, arguments)], clean_environment() | environment, PATIENCE)

        yield run


def started(*arguments: str, **environment: str) -> Done:
    """Run `licence-bot` to its end in an interpreter of its own."""
    return subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-m", "bot", *arguments],
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        env={**clean_environment(), **environment},
        check=False,
    )


def clean_environment() -> dict[str, str]:
    """This machine's environment without settings of the bot."""
    return {k: v for k, v in os.environ.items() if not k.startswith("BOT_")}


def truth(photo: Path) -> dict[str, Any]:
    """What stands on a specimen."""
    fields: dict[str, Any] = json.loads(photo.with_suffix(".json").read_text("utf-8"))["fields"]
    return fields


def test_it_tells_its_version() -> None:
    """The first thing that a bug report needs."""
    assert started("--version").stdout.strip() == __version__


def test_it_explains_itself(command: Command) -> None:
    """Without a command it tells what there is."""
    done = command()
    assert all(word in done.stdout for word in ("try", "run", "read"))


@pytest.mark.accuracy
def test_photos_are_read(command: Command, tmp_path: Path) -> None:
    """Each is one line of JSON; the exit code tells that one of them failed."""
    broken = tmp_path / "broken.jpg"
    broken.write_bytes(DRIVING.read_bytes()[:5000])
    photos = (DRIVING, VEHICLE, BACK, broken, tmp_path / "missing.jpg")
    done = command("read", *photos, "--format", "json", "--today", "2026-11-22")
    assert done.returncode == 1
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert [line["photo"] for line in lines] == [str(photo) for photo in photos]
    pages = ["driving_licence", "vehicle_licence", "vehicle_licence_back"]
    assert [line["document_type"] for line in lines[:3]] == pages
    assert lines[0]["fields"]["licence_number"]["value"] == truth(DRIVING)["证号"]["text"]
    assert lines[1]["fields"]["vin"]["value"] == truth(VEHICLE)["识别代码"]["text"]
    assert lines[2]["fields"]["plate_number"]["value"] == truth(BACK)["号牌号码"]["text"]
    assert [line["error"]["code"] for line in lines[3:]] == ["damaged", "no-such-file"]
    assert "Traceback" not in done.stderr


@pytest.mark.accuracy
def test_the_page_and_the_language_can_be_given(command: Command) -> None:
    """A page that the photo does not show is refused in the person's words."""
    done = command("read", DRIVING, "--type", "vehicle", "--lang", "zh")
    assert done.returncode == 1
    assert "这看起来是驾驶证" in done.stdout


@pytest.mark.accuracy
def test_a_table_is_printed(command: Command) -> None:
    """A header and one row a photo."""
    done = command("read", DRIVING, "--format", "csv")
    assert done.returncode == 0
    header, row = done.stdout.splitlines()
    assert header.startswith("photo,document_type,status")
    assert truth(DRIVING)["证号"]["text"] in row


def test_running_without_a_token_is_explained() -> None:
    """One line that names the setting, exit code 2, no traceback."""
    done = started("run")
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert "BOT_TELEGRAM__TOKEN" in done.stderr


def test_a_wrong_setting_is_explained(command: Command) -> None:
    """Whatever the command, one line tells which setting."""
    done = command("read", "x.jpg", BOT_POLICY__EXPIRING_DAYS="soon")
    assert done.returncode == 2
    assert "BOT_POLICY__EXPIRING_DAYS" in done.stderr
    assert done.stderr.count("\n") == 1


def test_ids_in_quotes_are_refused(command: Command) -> None:
    """One line and exit code 2, before anybody is let in by mistake."""
    done = command("run", BOT_ACCESS__OWNERS='["204918365"]')
    assert done.returncode == 2
    assert done.stderr.startswith("BOT_ACCESS__OWNERS: Telegram ids")
    assert done.stderr.count("\n") == 1


async def test_the_audit_is_printed(command: Command, tmp_path: Path) -> None:
    """For a terminal, for a sheet and for programs; from a day on, in the policy's time zone."""
    url = f"sqlite:///{tmp_path}/bot.db"
    settings = Settings.model_validate({"database_url": url})
    moments = [
        datetime(2026, 10, 31, 15, 59, 59, tzinfo=UTC),
        datetime(2026, 10, 31, 16, tzinfo=UTC),
    ]
    async with opened(settings) as store:
        for moment in moments:
            audit = Audit(store, 365, moment.timestamp)
            await audit.keep(
                Note(Event.READ, 7, None, 5, DocumentType.DRIVING_LICENCE, "due", "embedded", 1)
            )

        def told(*options: str) -> str:
            done = command("audit", *options, BOT_DATABASE_URL=url, COLUMNS="150")  # it is open
            assert done.returncode == 0, done.stderr
            return done.stdout

        csv = told("--format", "csv", "--since", "2026-11-01").splitlines()
        assert csv == [
            "at,event,person,actor,document_type,verdict,provider,cost,code,update_id",
            "2026-11-01T00:00:00+08:00,read,7,,driving_licence,due,embedded,1,ok,5",
        ]
        first, _ = map(json.loads, told("--format", "json").splitlines())
        assert (first["at"], first["actor"]) == ("2026-10-31T23:59:59+08:00", None)
        assert "driving_licence" in told()


def test_an_audit_that_cannot_be_read_is_explained(command: Command, tmp_path: Path) -> None:
    """One line that names the setting."""
    done = command("audit", BOT_DATABASE_URL=f"sqlite:///{tmp_path}/none.db")
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert "BOT_DATABASE_URL" in done.stderr


def test_a_taken_port_is_explained(command: Command) -> None:
    """Another program may have it."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = command("try", "--no-open", "--port", str(port))
    assert done.returncode == 2
    assert f"--port: port {port}" in done.stderr


async def test_try_is_the_whole_product(tmp_path: Path) -> None:
    """It prints the page's address, answers there, and leaves nothing when it is asked to stop."""
    program = await start("try", "--no-open", "--port", "0", TMPDIR=str(tmp_path))
    assert program.stdout is not None
    async with asyncio.timeout(PATIENCE):
        while not (
            found := re.search(rb"http://127\.0\.0\.1:\d+", await program.stdout.readline())
        ):
            pass
        await says_hello(found[0].decode())
        await stops(program)
    assert left_in(tmp_path) == []


def left_in(folder: Path) -> list[str]:
    """What of ours is in a folder; a library of the recogniser leaves a file there, too."""
    return [file.name for file in folder.iterdir() if file.name.startswith("licence-bot")]


def test_a_database_that_is_away_is_explained(command: Command) -> None:
    """One line that names the setting, and no password."""
    done = command(
        "run",
        BOT_TELEGRAM__TOKEN="110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw0",
        BOT_DATABASE_URL="postgresql://bot:open-sesame@127.0.0.1:9/bot",
    )
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert "BOT_DATABASE_URL: " in done.stderr
    assert "open-sesame" not in done.stderr


async def test_run_talks_to_any_bot_api_server() -> None:
    """Started by hand against the playground, the bot knows no difference."""
    playground = Playground()
    async with serve(playground) as url, asyncio.timeout(PATIENCE):
        program = await start(
            "run", BOT_TELEGRAM__TOKEN=playground.token, BOT_TELEGRAM__API_URL=url
        )
        await says_hello(url)
        await stops(program)


async def test_a_running_bot_tells_that_it_lives(command: Command) -> None:
    """A container asks it, and restarts what is silent."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    playground = Playground()
    async with serve(playground) as url, asyncio.timeout(PATIENCE):
        program = await start(
            "run",
            BOT_TELEGRAM__TOKEN=playground.token,
            BOT_TELEGRAM__API_URL=url,
            BOT_HEALTH__PORT=str(port),
        )
        await says_hello(url)
        probe = await asyncio.to_thread(started, "alive", BOT_HEALTH__PORT=str(port))
        assert probe.returncode == 0
        async with httpx.AsyncClient(
            base_url=f"http://127.0.0.1:{port}", trust_env=False
        ) as client:
            ready = await client.get("/healthz")
            parts = ("process", "store", "recognition", "telegram")
            assert ready.json() == {"ready": True, "parts": dict.fromkeys(parts, "ok")}
            counts = (await client.get("/metrics")).text
            assert 'licence_bot_updates_total{kind="command"} 1.0' in counts
            assert (await client.get("/livez")).text == "ok"
        await stops(program)
    probe = await asyncio.to_thread(command, "alive", BOT_HEALTH__PORT=str(port))
    assert probe.returncode == 1


@pytest.mark.accuracy
async def test_one_machine_reads_for_another(command: Command) -> None:
    """`serve` on one side, the settings of the other side pointing at it."""
    account = {"APP_ID": "1250000000", "SECRET_ID": "AKIDmine", "SECRET_KEY": "mine"}
    server = {f"BOT_SERVE__{name}": value for name, value in account.items()}
    program = await start("serve", BOT_SERVE__PORT="0", **server)
    assert program.stdout is not None
    async with asyncio.timeout(PATIENCE):
        found = re.search(rb"http://\S+", await program.stdout.readline())
        assert found is not None
        client = {f"BOT_DRIVINGLICENCE__{name}": value for name, value in account.items()}
        client["BOT_DRIVINGLICENCE__URL"] = found[0].decode()
        arguments = ("read", DRIVING, "--type", "driving", "--format", "json")
        done = await asyncio.to_thread(
            command, *arguments, "--provider", "drivinglicence", **client
        )
        assert done.returncode == 0, done.stderr
        line = json.loads(done.stdout)
        assert line["provider"] == "drivinglicence"
        assert line["fields"]["licence_number"]["value"] == truth(DRIVING)["证号"]["text"]
        doctor = await asyncio.to_thread(
            command, "doctor", BOT_RECOGNITION__PROVIDERS='["drivinglicence"]', **client
        )
        assert doctor.returncode == 0, doctor.stdout
        port = str(urlsplit(found[0].decode()).port)
        probe = await asyncio.to_thread(command, "alive", "--engine", BOT_SERVE__PORT=port)
        assert probe.returncode == 0
        await stops(program)
    probe = await asyncio.to_thread(command, "alive", "--engine", BOT_SERVE__PORT=port)
    assert probe.returncode == 1


async def test_an_engine_for_all_says_how_others_reach_it() -> None:
    """By this machine's name: 127.0.0.1 would be another machine for them."""
    account = {"APP_ID": "1250000000", "SECRET_ID": "AKIDmine", "SECRET_KEY": "mine"}
    settings = {f"BOT_SERVE__{name}": value for name, value in account.items()}
    settings |= {"BOT_SERVE__HOST": "0.0.0.0", "BOT_SERVE__PORT": "0"}  # noqa: S104 - it is tested
    said = await announced("serve", **settings)

    form = r"Reading at http://(.+):[1-9]\d*/ocr/drivinglicence, and at every other address of .+\n"
    found = re.fullmatch(form, said)
    assert found is not None
    assert found[1] == socket.gethostname()


async def test_an_unsigned_engine_says_how_this_machine_reaches_it() -> None:
    """It answers nobody else, wherever it listens."""
    settings = {"BOT_SERVE__HOST": "0.0.0.0", "BOT_SERVE__PORT": "0"}  # noqa: S104 - it is tested
    said = await announced("serve", "--unsigned", **settings)

    assert re.fullmatch(r"Reading at http://127\.0\.0\.1:[1-9]\d*/ocr/drivinglicence\n", said)


async def announced(*arguments: str, **environment: str) -> str:
    """The first line that a program says."""
    program = await start(*arguments, **environment)
    assert program.stdout is not None
    async with asyncio.timeout(PATIENCE):
        said = (await program.stdout.readline()).decode()
        await stops(program)
    return said


def test_the_doctor_tells_a_missing_setting_from_a_failure(command: Command) -> None:
    """Exit code 2 where any setting is missing, after a line on every provider; else 1."""
    account = {"APP_ID": "1250000000", "SECRET_ID": "AKIDmine", "SECRET_KEY": "mine"}
    nobody = {f"BOT_DRIVINGLICENCE__{name}": value for name, value in account.items()}
    nobody["BOT_DRIVINGLICENCE__URL"] = "http://127.0.0.1:9/ocr/drivinglicence"
    failing = command("doctor", BOT_RECOGNITION__PROVIDERS='["drivinglicence"]', **nobody)
    both = '["tencentcloud","drivinglicence"]'
    missing = command("doctor", BOT_RECOGNITION__PROVIDERS=both, **nobody)

    assert (failing.returncode, missing.returncode) == (1, 2)
    first, second = missing.stdout.splitlines()
    assert first == "tencentcloud: BOT_TENCENTCLOUD__SECRET_ID: missing"
    assert second.startswith("drivinglicence fails")
    assert failing.stdout.splitlines() == [second]


@pytest.mark.parametrize(
    "arguments", [("read", "x.jpg", "--lang", "xx"), ("doctor", "--lang", "zh-Hank")]
)
def test_an_unknown_language_is_explained(command: Command, arguments: tuple[str, ...]) -> None:
    """Instead of English that nobody asked for: one line with the choices."""
    done = command(*arguments)
    assert done.returncode == 2
    assert done.stderr == "--lang: one of en, zh-Hans, zh-Hant\n"
    assert not done.stdout


def test_a_language_may_be_written_in_any_case(command: Command) -> None:
    """As people type it; Chinese alone is tried above."""
    done = command("read", "missing.jpg", "--lang", "ZH-hant", "--format", "json")
    assert done.returncode == 1
    assert "檔案" in json.loads(done.stdout)["error"]["message"]


def test_an_engine_for_everybody_has_to_be_asked_for(command: Command) -> None:
    """Without an account it does not serve, unless that is said."""
    done = command("serve")
    assert done.returncode == 2
    assert "BOT_SERVE__APP_ID: missing" in done.stderr


def test_an_unknown_provider_is_explained(command: Command) -> None:
    """One line, like a wrong setting."""
    done = command("read", "x.jpg", "--provider", "somebody")
    assert done.returncode == 2
    assert "BOT_RECOGNITION__PROVIDERS" in done.stderr


async def test_a_token_that_telegram_refuses_is_explained(command: Command) -> None:
    """The owner reads which setting is wrong."""
    async with serve(Playground()) as url:
        done = await asyncio.to_thread(
            command,
            "run",
            BOT_TELEGRAM__TOKEN="110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw0",
            BOT_TELEGRAM__API_URL=url,
        )
    assert done.returncode == 2
    assert "BOT_TELEGRAM__TOKEN: Telegram does not know this token" in done.stderr
    assert "Traceback" not in done.stderr


async def start(*arguments: str, **environment: str) -> asyncio.subprocess.Process:
    """Start `licence-bot` and let it run."""
    return await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "bot",
        *arguments,
        stdout=asyncio.subprocess.PIPE,
        env={**clean_environment(), "PYTHONUNBUFFERED": "1", **environment},
    )


async def says_hello(url: str) -> None:
    """The bot answers /start."""
    async with httpx.AsyncClient(base_url=url, trust_env=False) as client:
        await client.post("/api/messages", data={"text": "/start"})
        while len((await client.get("/api/messages")).json()) < 2:  # noqa: ASYNC110 - no event
            await asyncio.sleep(0.05)


async def stops(program: asyncio.subprocess.Process) -> None:
    """A polite request ends it, without an error."""
    program.send_signal(signal.SIGTERM)
    await program.communicate()
    assert program.returncode == 0
