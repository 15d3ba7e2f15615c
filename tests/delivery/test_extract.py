"""The audit, read from outside, from both databases."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.delivery.audit import Audit
from bot.delivery.extract import extract
from bot.delivery.store import opened
from bot.errors import SettingsError
from bot.licence.documents import DocumentType
from bot.records import Event, Note
from tests.delivery.conftest import settings_at

if TYPE_CHECKING:
    from pathlib import Path

    from bot.settings import Settings

NOW = 1_800_000_000
READ = Note(Event.READ, 7, document_type=DocumentType.DRIVING_LICENCE, verdict="due", cost=1)


async def fill(settings: Settings, *moments: int) -> None:
    """Keep notes of these moments, and go."""
    async with opened(settings) as store:
        for moment in moments:
            await Audit(store, 365, lambda moment=moment: moment).keep(READ)  # type: ignore[misc]


async def test_it_is_read_while_the_bot_runs(settings: Settings) -> None:
    """Whoever has the file has it still, and the next note is seen by the next reader."""
    async with opened(settings) as store:
        audit = Audit(store, 365, lambda: NOW)
        await audit.keep(READ)
        assert [note.at for note in extract(settings, 0)] == [NOW]
        await audit.keep(READ)
        assert len(list(extract(settings, 0))) == 2
        reading = extract(settings, 0)
        next(reading)
        await audit.keep(READ)  # a reader in the middle holds no writer up
        assert len(list(reading)) == 1
        assert len(list(extract(settings, 0))) == 3


async def test_it_is_read_when_the_bot_is_gone(settings: Settings) -> None:
    """From a moment on, the oldest first, as it was kept."""
    await fill(settings, NOW + 5, NOW, NOW + 9)
    assert [note.at for note in extract(settings, NOW + 5)] == [NOW + 5, NOW + 9]
    (first, *_) = extract(settings, 0)
    assert (first.event, first.person, first.verdict, first.cost) == (Event.READ, 7, "due", 1)
    assert first.document_type is DocumentType.DRIVING_LICENCE
    await fill(settings, NOW)  # nothing is left behind that would keep the bot out


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    """And none is made."""
    with pytest.raises(SettingsError, match=r"BOT_DATABASE_URL: .*no such file"):
        list(extract(settings_at(f"sqlite:///{tmp_path}/none.db"), 0))
    assert list(tmp_path.iterdir()) == []


def test_a_database_of_an_earlier_version_is_told(tmp_path: Path) -> None:
    """It has no audit yet."""
    path = tmp_path / "old.db"
    path.touch()
    with pytest.raises(SettingsError, match="no bot of this version"):
        list(extract(settings_at(f"sqlite:///{path}"), 0))


def test_something_else_is_told(tmp_path: Path) -> None:
    """Without a word of what stands in it."""
    path = tmp_path / "other.db"
    path.write_text("no database, but a secret " * 100)
    with pytest.raises(SettingsError, match="DatabaseError"):
        list(extract(settings_at(f"sqlite:///{path}"), 0))


def test_an_empty_server_is_told(database: str) -> None:
    """It has no audit yet."""
    with pytest.raises(SettingsError, match="no bot of this version"):
        list(extract(settings_at(database), 0))


def test_a_server_that_is_away_is_told() -> None:
    """Without its password."""
    with pytest.raises(SettingsError, match=r"BOT_DATABASE_URL: .*refused") as wrong:
        list(extract(settings_at("postgresql://bot:open-sesame@127.0.0.1:1/bot"), 0))
    assert "open-sesame" not in str(wrong.value)
    assert "\n" not in str(wrong.value)
