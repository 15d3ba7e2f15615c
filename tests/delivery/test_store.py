"""Where the store is, by the settings."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bot.delivery.schema import STEPS, missing
from bot.delivery.sqlite import SqliteConnector
from bot.delivery.store import Store, connector
from bot.errors import SettingsError
from bot.settings import Settings, data_folder

if TYPE_CHECKING:
    from bot.delivery.store import Connector


def at(url: str | None) -> Connector:
    """The connector for an address."""
    return connector(Settings.model_validate({"database_url": url}))


@pytest.mark.parametrize(
    ("url", "path"),
    [
        ("sqlite:///bot.db", Path("bot.db")),
        ("sqlite:///a/bot.db", Path("a/bot.db")),
        ("sqlite:////srv/bot.db", Path("/srv/bot.db")),
        ("sqlite:///~/bot.db", Path.home() / "bot.db"),
    ],
)
def test_a_file_is_where_the_address_says(url: str, path: Path) -> None:
    """Three slashes for one beside the program, four for one at the root."""
    found = at(url)
    assert isinstance(found, SqliteConnector)
    assert found.path == path


def test_without_an_address_it_is_in_the_data_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    """As the machine's owner has it."""
    monkeypatch.setenv("XDG_DATA_HOME", "/data")
    monkeypatch.setattr("sys.platform", "linux")
    found = at(None)
    assert isinstance(found, SqliteConnector)
    assert found.path == Path("/data/licence-bot/bot.db")


def test_who_has_no_home_names_a_file(monkeypatch: pytest.MonkeyPatch) -> None:
    """One line, not a traceback."""

    def homeless() -> Path:
        raise RuntimeError

    monkeypatch.delenv("XDG_DATA_HOME")
    monkeypatch.setattr("sys.platform", "linux")
    monkeypatch.setattr(Path, "home", homeless)
    with pytest.raises(SettingsError, match=r"BOT_DATABASE_URL: .*no home"):
        at(None)


@pytest.mark.parametrize(
    ("platform", "folder"),
    [
        ("linux", ".local/share"),
        ("darwin", "Library/Application Support"),
        ("win32", "AppData/Local"),
    ],
)
def test_each_system_has_its_place(
    platform: str, folder: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where its people look for such things."""
    monkeypatch.delenv("XDG_DATA_HOME")
    monkeypatch.delenv("LOCALAPPDATA", raising=False)
    monkeypatch.setattr("sys.platform", platform)
    assert data_folder() == Path.home() / folder


def test_a_server_is_shared() -> None:
    """And a file is not."""
    url = "postgresql://nobody@127.0.0.1/bot"
    assert Store(at(url)).shared_url == url
    assert Store(at("sqlite:///bot.db")).shared_url is None


def test_a_database_gets_the_steps_that_it_lacks() -> None:
    """All of them at first, none in the end; one of a later version gets nothing."""
    assert [number for number, _ in missing(0)] == list(range(1, len(STEPS) + 1))
    assert missing(len(STEPS)) == ()
    with pytest.raises(ValueError, match="later"):
        missing(len(STEPS) + 1)
