"""What waits can be read by nobody else."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from base64 import b64encode
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.delivery.sealing import SealBrokenError, Sealer, sealer
from bot.delivery.store import Store, connector
from bot.errors import SettingsError
from bot.settings import Delivery, Settings
from tests.soak.power import Power

if TYPE_CHECKING:
    from pathlib import Path

OLD, NEW = bytes(32), bytes(range(32))
MAKE = """
import sys
from bot.delivery.sealing import sealer
from bot.delivery.store import Store, connector
from bot.settings import Delivery, Settings
sealer(Delivery(), Store(connector(Settings(database_url=sys.argv[1]))))
"""


@given(st.text(), st.integers(0, 2**40))
def test_what_was_sealed_is_opened(text: str, update_id: int) -> None:
    """With the key, and for the update that it belongs to."""
    seals = Sealer([NEW])
    assert seals.open(seals.seal(text, update_id), update_id) == text


def test_another_key_does_not_open_it() -> None:
    """Nor does the right one for another update, or after a change."""
    sealed = Sealer([NEW]).seal("text", 1)
    for seals, data, update_id in (
        (Sealer([OLD]), sealed, 1),
        (Sealer([NEW]), sealed, 2),
        (Sealer([NEW]), sealed[:-1] + bytes([sealed[-1] ^ 1]), 1),
        (Sealer([NEW]), b"", 1),
    ):
        with pytest.raises(SealBrokenError):
            seals.open(data, update_id)


def test_the_key_before_opens_what_it_sealed() -> None:
    """While a new key takes its place; nothing more is sealed with it."""
    both = Sealer([NEW, OLD])
    assert both.open(Sealer([OLD]).seal("text", 1), 1) == "text"
    assert Sealer([NEW]).open(both.seal("text", 1), 1) == "text"


def test_two_seals_of_one_text_differ() -> None:
    """Whoever sees both does not learn that they are the same."""
    seals = Sealer([NEW])
    assert seals.seal("text", 1) != seals.seal("text", 1)


def store_at(url: str) -> Store:
    """A store that is not open."""
    return Store(connector(Settings.model_validate({"database_url": url})))


def delivery(**keys: bytes) -> Delivery:
    """The owner's keys."""
    return Delivery.model_validate({name: b64encode(key).decode() for name, key in keys.items()})


def test_a_file_gets_a_key_at_the_first_start(tmp_path: Path) -> None:
    """It is the owner's alone, and stays the same."""
    store = store_at(f"sqlite:///{tmp_path}/bot.db")
    first, second = sealer(Delivery(), store), sealer(Delivery(), store)
    assert second.open(first.seal("text", 1), 1) == "text"
    assert stat.S_IMODE((tmp_path / "bot.db.key").stat().st_mode) == 0o600


def test_a_key_survives_a_power_cut(tmp_path: Path) -> None:
    """Right after it was made; without it nothing that waits could be opened."""
    disk = tmp_path / "disk"
    disk.mkdir()
    power, file = Power(disk, tmp_path), disk / "bot.db.key"
    subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-c", MAKE, f"sqlite:///{disk}/bot.db"],
        env={**os.environ, **power.environment},
        check=True,
    )
    made = file.read_text("ascii")
    power.cut()
    assert [one.name for one in disk.iterdir()] == [file.name]
    assert file.read_text("ascii") == made


def test_the_owners_keys_come_first(tmp_path: Path) -> None:
    """No file is made where there is a key."""
    store = store_at(f"sqlite:///{tmp_path}/bot.db")
    given_keys = sealer(delivery(key=NEW, previous_key=OLD), store)
    assert given_keys.open(Sealer([OLD]).seal("text", 1), 1) == "text"
    assert Sealer([NEW]).open(given_keys.seal("text", 1), 1) == "text"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("content", ["", "short", "\x00", "A" * 200])
def test_a_broken_key_file_is_a_setting(tmp_path: Path, content: str) -> None:
    """It is not made anew: what waits was sealed with what it held."""
    (tmp_path / "bot.db.key").write_text(content, "ascii")
    with pytest.raises(SettingsError, match=r"BOT_DELIVERY__KEY: .*bot.db.key: no key stands"):
        sealer(Delivery(), store_at(f"sqlite:///{tmp_path}/bot.db"))


def test_a_key_file_that_cannot_be_read_is_a_setting(tmp_path: Path) -> None:
    """A folder, for one."""
    (tmp_path / "bot.db.key").mkdir()
    with pytest.raises(SettingsError, match="BOT_DELIVERY__KEY"):
        sealer(Delivery(), store_at(f"sqlite:///{tmp_path}/bot.db"))


def test_a_shared_database_needs_a_key() -> None:
    """Replicas must have the same one."""
    with pytest.raises(SettingsError, match=r"BOT_DELIVERY__KEY: missing.*openssl rand -base64 32"):
        sealer(Delivery(), store_at("postgresql://nobody@127.0.0.1/nothing"))
