"""What the program tells of its work."""

from __future__ import annotations

import json
import logging
import re
import sys
from io import StringIO
from typing import TYPE_CHECKING

import pytest
import structlog

from bot import logs
from bot.settings import Log
from tests import conftest

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(autouse=True)
def _restored() -> Iterator[None]:
    """Leave logging as it was."""
    root, told = logging.getLogger(), structlog.get_config()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers[:] = handlers
    root.setLevel(level)
    structlog.configure(**told)


def configure(level: str = "info", form: str = "json") -> None:
    """Log as an owner would set it."""
    logs.configure(Log.model_validate({"level": level, "format": form}), sys.stderr)


def test_production_writes_json(capsys: pytest.CaptureFixture[str]) -> None:
    """One object on one line, with its time and level."""
    configure()
    structlog.get_logger("test").info("read", document_type="driving_licence")
    event = json.loads(capsys.readouterr().err)
    assert event["event"] == "read"
    assert event["level"] == "info"
    assert event["document_type"] == "driving_licence"


@pytest.mark.parametrize(("terminal", "first"), [(False, "{"), (True, "2")])
def test_a_program_reads_json_and_a_terminal_lines(terminal: bool, first: str) -> None:
    """Unless the owner says otherwise."""
    stream = StringIO()
    stream.isatty = lambda: terminal  # type: ignore[method-assign]
    logs.configure(Log(), stream)
    structlog.get_logger("test").info("read")
    assert re.sub(r"\x1b\[\d*m", "", stream.getvalue())[0] == first


def test_a_terminal_reads_lines(capsys: pytest.CaptureFixture[str]) -> None:
    """A person can read them."""
    configure(form="console")
    structlog.get_logger("test").warning("slow", seconds=3)
    assert "slow" in capsys.readouterr().err


def test_the_level_holds(capsys: pytest.CaptureFixture[str]) -> None:
    """What is less grave is not written."""
    configure("warning")
    structlog.get_logger("test").info("read")
    logging.getLogger("other").info("read")
    assert not capsys.readouterr().err


@pytest.mark.parametrize("library", ["httpx", "httpcore", "telegram.ext.Updater", "PIL.Image"])
def test_a_library_never_tells_urls_or_updates(
    library: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Their chatter holds the token; not even debugging lets it out."""
    configure("debug")
    logging.getLogger(library).info("GET https://api.telegram.org/bot123:SECRET/getMe")
    assert not capsys.readouterr().err


@pytest.mark.parametrize("level", ["info", "warning", "error", "critical"])
@pytest.mark.parametrize("form", ["json", "console"])
def test_a_librarys_line_keeps_its_arguments_for_itself(
    level: str, form: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """PTB tells whole updates by them; which library spoke, where and of what remains."""
    configure("debug", form)
    speak = getattr(logging.getLogger("library"), level)
    speak("Received data was %r", {"name": "secret value"})
    speak("Received data was %r of %s", ["secret value"], "secret value")
    written = capsys.readouterr().err
    assert "secret value" not in written
    assert written.count("Received data was %r") == 2
    assert written.count("test_logs.py:") == 2


@pytest.mark.parametrize("level", ["warning", "error", "critical"])
def test_a_librarys_ready_made_line_keeps_its_place_only(
    level: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nobody can tell what procrastinate has put into such a text."""
    configure()
    failure = ValueError("secret value")
    speak = getattr(logging.getLogger("procrastinate.utils"), level)
    speak(f"worker error: {failure!r}", exc_info=failure, stack_info=True)
    event = json.loads(capsys.readouterr().err)
    assert event.pop("timestamp")
    assert re.fullmatch(r"test_logs\.py:\d+", event.pop("at"))
    assert event == {
        "event": "library",
        "level": level,
        "logger": "procrastinate.utils",
        "error": "ValueError",
    }


def test_a_librarys_line_that_cannot_be_written_is_told_all_the_same(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """The standard library would print its arguments for whoever is to mend it."""
    configure()
    logging.getLogger("library").error("%d of %d", "secret value")  # noqa: PLE1206 - a bug of theirs
    written = capsys.readouterr().err
    assert "secret value" not in written
    assert json.loads(written)["event"] == "%d of %d"


def test_a_librarys_failure_keeps_its_name_only(capsys: pytest.CaptureFixture[str]) -> None:
    """A traceback may quote a value or an url."""
    configure()
    try:
        int("secret value")
    except ValueError:
        logging.getLogger("telegram.ext").exception("failed")
    written = capsys.readouterr().err
    assert json.loads(written)["error"] == "ValueError"
    assert "secret value" not in written


@pytest.mark.parametrize(
    "line",
    [
        "GET /bot1234567890:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw0/getMe",
        "GET https://api.telegram.org/file/bot/photos/file_1",
        "Authorization: TC3-HMAC-SHA256 Signature=72e494ea809ad7a8c8f7",
        "opened my-licence.jpg",
        conftest.values()[0],
    ],
)
def test_a_leak_would_be_found(line: str) -> None:
    """The search over the whole suite's log can fail."""
    assert conftest.leaks(line)


def test_the_log_of_the_suite_is_searched(logged: StringIO) -> None:
    """It is the program's own log that is captured."""
    structlog.get_logger("test").debug("a line of this test")
    assert "a line of this test" in logged.getvalue()
