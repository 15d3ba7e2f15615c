"""Every setting of the program, read once."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from bot.errors import SettingsError
from bot.settings import load, require, require_token, variable

if TYPE_CHECKING:
    from pathlib import Path

DATABASE = "sqlite:///file or postgresql://user:password@host/database"
KEY = "32 random bytes as base64, e.g. what `openssl rand -base64 32` prints"
IDS = "Telegram ids of people as JSON, numbers without quotes, e.g. [204918365]"
GROUPS = "Telegram ids of groups as JSON, negative numbers, e.g. [-1001234567890]"
TOKEN = "110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw"


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither this machine's environment nor a developer's .env decides."""
    monkeypatch.chdir(tmp_path)
    for name in os.environ:
        if name.startswith("BOT_"):
            monkeypatch.delenv(name)


def test_everything_has_a_default() -> None:
    """A fresh machine needs no setting."""
    settings = load()
    assert settings.telegram.token is None
    assert settings.recognition.providers == ("embedded",)
    assert settings.policy.timezone.key == "Asia/Shanghai"


def test_the_environment_decides(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nested names are joined by two underscores."""
    monkeypatch.setenv("BOT_TELEGRAM__TOKEN", TOKEN)
    monkeypatch.setenv("BOT_POLICY__LOW_CONFIDENCE", "0.5")
    monkeypatch.setenv("BOT_RECOGNITION__PROVIDERS", '["embedded"]')
    settings = load()
    assert require_token(settings).get_secret_value() == TOKEN
    assert settings.policy.low_confidence == 0.5


def test_a_file_decides_too(tmp_path: Path) -> None:
    """A .env file may hold other programs' settings as well."""
    (tmp_path / ".env").write_text(f"OTHER=1\nBOT_TELEGRAM__TOKEN={TOKEN}\n", "utf-8")
    assert require_token(load()).get_secret_value() == TOKEN


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("BOT_TELEGRAM__TOKEN", "secret-but-no-token"),
        ("BOT_TELEGRAM__API_URL", "no url"),
        ("BOT_TELEGRAM__TOKN", TOKEN),
        ("BOT_TELEGRM__TOKEN", TOKEN),
        ("BOT_OPERATR", "somebody"),
        ("BOT_POLICY__LOW_CONFIDENCE", "70"),
        ("BOT_POLICY__TIMEZONE", "Asia/Nowhere"),
        ("BOT_RECOGNITION__PROVIDERS", '["somebody"]'),
        ("BOT_RECOGNITION__PROVIDERS", "[]"),
        ("BOT_RECOGNITION__PROVIDERS", '["embedded","embedded"]'),
        ("BOT_DRIVINGLICENCE__URL", "https://somebody:secret-but-seen@example.com/"),
        ("BOT_LOG__LEVEL", "loud"),
        ("BOT_DATABASE_URL", "mysql://somebody:secret-but-seen@database/bot"),
        ("BOT_DATABASE_URL", "secret-but-no-address"),
        ("BOT_DELIVERY__KEY", "secret-but-no-key"),
        ("BOT_DELIVERY__KEY", "secret-but-no-key-as-long-as-one-should-be!="),
        ("BOT_DELIVERY__STOP_SECONDS", "-1"),
        ("BOT_TELEGRAM__WEBHOOK_URL", "http://bot.example.com/"),
        ("BOT_TELEGRAM__WEBHOOK_URL", "https://bot.example.com/?secret-but=seen"),
        ("BOT_TELEGRAM__WEBHOOK_URL", "https://somebody:secret-but-seen@example.com/"),
        ("BOT_TELEGRAM__WEBHOOK_SECRET", "secret-but-short"[:15]),
        ("BOT_TELEGRAM__WEBHOOK_SECRET", "secret-but-with-a-space in it"),
        ("BOT_ACCESS__OWNERS", '["secret-but-no-number"]'),
        ("BOT_ACCESS__OWNER", "[1]"),
        ("BOT_ACCESS__MODE", "closed"),
        ("BOT_ACCESS__PHOTOS_PER_HOUR", "0"),
        ("BOT_ACCESS__PHOTOS_PER_DAY", "many"),
        ("BOT_ACCESS__AUDIT_DAYS", "0"),
        ("BOT_ACCESS__INVITATION_DAYS", "1.5"),
    ],
)
def test_a_wrong_setting_is_one_line_that_names_it(
    name: str, value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The line says which setting, and never what a secret holds."""
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError) as wrong:
        load()
    line = str(wrong.value)
    assert name in line
    assert "\n" not in line
    assert "secret-but" not in line
    assert TOKEN not in line


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("BOT_RECOGNITION__PROVIDERS", "[]", 'one or more, e.g. ["embedded"]'),
        ("BOT_RECOGNITION__PROVIDERS", "", 'a list as JSON, e.g. ["embedded"]'),
        (
            "BOT_RECOGNITION__PROVIDERS",
            '["somebody"]',
            "one of embedded, drivinglicence or tencentcloud",
        ),
        ("BOT_RECOGNITION__GUESS", "maybe", "true or false"),
        ("BOT_RECOGNITION__SECONDS", "0", "more than 0"),
        ("BOT_RECOGNITION__THREADS", "1.5", "a whole number"),
        ("BOT_LOG__LEVEL", "nonsense", "one of debug, info, warning or error"),
        ("BOT_SERVE__PORT", "-1", "0 or more"),
        ("BOT_SERVE__PORT", "99999", "65535 or less"),
        ("BOT_POLICY__LOW_CONFIDENCE", "high", "a number"),
        ("BOT_POLICY__TIMEZONE", "Asia/Nowhere", "a time zone such as Asia/Shanghai"),
        ("BOT_DATABASE_URL", "sqlite:bot.db", DATABASE),
        ("BOT_DATABASE_URL", "sqlite://bot.db", DATABASE),
        ("BOT_DATABASE_URL", "sqlite:///", DATABASE),
        ("BOT_DATABASE_URL", "postgresql://", DATABASE),
        ("BOT_DELIVERY__KEY", "c2hvcnQ=", KEY),
        *(
            (f"BOT_ACCESS__{name}", value, IDS)
            for name in ("OWNERS", "PEOPLE")
            for value in ('["204918365"]', "[true]", "[1.0]", "[0]", "[-5]", "[1e30]", "7", "null")
        ),
        ("BOT_ACCESS__CHATS", "[5]", GROUPS),
        ("BOT_ACCESS__CHATS", '["-5"]', GROUPS),
        ("BOT_ACCESS__MODE", "invited", "who invites? BOT_ACCESS__OWNERS is empty"),
        ("BOT_ACCESS__MODE", "listed", "who is listed? BOT_ACCESS__PEOPLE is empty"),
        ("BOT_ACCESS__MODE", "closed", "one of open, invited or listed"),
        ("BOT_TELEGRAM__API_URL", "x", "an address that begins with http:// or https://"),
        ("BOT_TELEGRAM__API_URL", "ftp://x", "an address that begins with http:// or https://"),
    ],
)
def test_a_wrong_setting_is_told_in_plain_words(
    name: str, value: str, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What it has to be, as its owner would say it."""
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError) as wrong:
        load()
    assert str(wrong.value) == f"{name}: {words}"


@pytest.mark.parametrize(
    "url", ["http://recognition.image.myqcloud.com/ocr/drivinglicence", "http://8.8.8.8:8780/"]
)
def test_photos_do_not_cross_the_internet_in_the_clear(
    url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An address anywhere is called over https, or not at all."""
    monkeypatch.setenv("BOT_DRIVINGLICENCE__URL", url)
    with pytest.raises(SettingsError, match=r"^BOT_DRIVINGLICENCE__URL: https; plain http,.*$"):
        load()


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1:8780/ocr/drivinglicence",
        "http://reader:8780/ocr/drivinglicence",
        "http://engine.photos.svc:8780/ocr/drivinglicence",
        "https://recognition.image.myqcloud.com/ocr/drivinglicence",
        "https://8.8.8.8/ocr/drivinglicence",
    ],
)
def test_an_engine_in_a_private_network_needs_no_certificate(
    url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nor does one anywhere else that has one."""
    monkeypatch.setenv("BOT_DRIVINGLICENCE__URL", url)
    assert str(load().drivinglicence.url) == url


@pytest.mark.parametrize(
    ("name", "value", "missing"),
    [
        ("URL", "http://127.0.0.1:8780/", None),
        ("URL", "http://localhost:8780/", None),
        ("URL", "https://localhost/", "BOT_DRIVINGLICENCE__APP_ID: missing"),
        ("URL", "http://reader:8780/", "BOT_DRIVINGLICENCE__APP_ID: missing"),
        ("BUCKET", "any", "BOT_DRIVINGLICENCE__APP_ID: missing"),
    ],
)
def test_an_engine_on_this_machine_may_want_no_account(
    name: str, value: str, missing: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It alone: whoever is elsewhere asks for one."""
    monkeypatch.setenv(f"BOT_DRIVINGLICENCE__{name}", value)
    assert needed("drivinglicence") == missing


def test_a_half_account_is_no_account(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever gives a part of one means to sign, and is told what lacks."""
    monkeypatch.setenv("BOT_DRIVINGLICENCE__URL", "http://127.0.0.1:8780/")
    monkeypatch.setenv("BOT_DRIVINGLICENCE__APP_ID", "1250000000")
    assert needed("drivinglicence") == "BOT_DRIVINGLICENCE__SECRET_ID: missing"


def needed(group: str) -> str | None:
    """What is said of an account, or nothing where it will do."""
    try:
        require(load(), group, "app_id", "secret_id", "secret_key")
    except SettingsError as error:
        return str(error)
    return None


def test_what_cannot_be_parsed_is_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    """A list is written as JSON; what is not is told so."""
    monkeypatch.setenv("BOT_RECOGNITION__PROVIDERS", "embedded,other")
    with pytest.raises(SettingsError) as wrong:
        load()
    assert "BOT_RECOGNITION…: write a list as JSON" in str(wrong.value)
    assert "\n" not in str(wrong.value)


def test_ids_are_a_list(monkeypatch: pytest.MonkeyPatch) -> None:
    """Also where they are written as nobody can parse them."""
    monkeypatch.setenv("BOT_ACCESS__OWNERS", "204918365, 7")
    with pytest.raises(
        SettingsError, match=r"BOT_ACCESS.*: write a list as JSON, e.g. \[204918365"
    ):
        load()


def test_who_may_use_the_bot_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ids beyond 32 bits, as new accounts have, and groups."""
    monkeypatch.setenv("BOT_ACCESS__MODE", "invited")
    monkeypatch.setenv("BOT_ACCESS__OWNERS", "[7204918365]")
    monkeypatch.setenv("BOT_ACCESS__CHATS", "[-1001234567890]")
    access = load().access
    assert (access.mode, access.owners, access.people) == ("invited", (7204918365,), ())
    assert access.chats == (-1001234567890,)


def test_a_missing_token_is_explained() -> None:
    """The line says where to get one, and how to do without."""
    with pytest.raises(SettingsError, match=r"BOT_TELEGRAM__TOKEN: missing.*licence-bot try"):
        require_token(load())


@pytest.mark.parametrize("alphabet", ["+/", "-_"])
def test_a_key_may_be_in_either_alphabet(alphabet: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever made it, and whichever way that writes its last two letters."""
    monkeypatch.setenv("BOT_DELIVERY__KEY", (alphabet * 22)[:43] + "=")
    assert load().delivery.key is not None


def test_a_secret_is_never_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    """Printing the settings prints no token, no password and no key."""
    monkeypatch.setenv("BOT_TELEGRAM__TOKEN", TOKEN)
    monkeypatch.setenv("BOT_DATABASE_URL", "postgresql://bot:open-sesame@database/bot")
    monkeypatch.setenv("BOT_DELIVERY__KEY", "A" * 43 + "=")
    shown = repr(load())
    assert not [secret for secret in (TOKEN, "open-sesame", "AAAA") if secret in shown]


def test_settings_do_not_change() -> None:
    """They are read once, at the start."""
    with pytest.raises(ValueError, match="frozen"):
        load().operator = "somebody"  # type: ignore[misc] # that is what is tested


def test_a_settings_variable_is_named() -> None:
    """Errors and documents name a setting as the owner writes it."""
    assert variable("telegram", "api_url") == "BOT_TELEGRAM__API_URL"
