"""Every setting of the program, read once; nothing else looks at the environment."""

from __future__ import annotations

import os
import re
import sys
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal, TypeVar
from zoneinfo import ZoneInfo

from dotenv import dotenv_values
from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    HttpUrl,
    SecretStr,
    ValidationError,
)
from pydantic_settings import BaseSettings, SettingsConfigDict
from pydantic_settings import SettingsError as UnreadableError

from bot.admission import Access
from bot.errors import SettingsError
from bot.formats import DatabaseUrl, HookSecret, HookUrl, Key, SafeUrl, Token
from bot.hosts import is_here
from bot.remarks import remark

if TYPE_CHECKING:
    from collections.abc import Iterator

Model = TypeVar("Model", bound=BaseModel)

PREFIX = "BOT_"
_NESTED = "__"

Provider = Literal["embedded", "drivinglicence", "tencentcloud"]


def _once_each(providers: tuple[Provider, ...]) -> tuple[Provider, ...]:
    if len(set(providers)) < len(providers):
        raise ValueError("each recogniser once")
    return providers


Providers = Annotated[tuple[Provider, ...], AfterValidator(_once_each)]


class _Group(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Telegram(_Group):
    """How the bot reaches Telegram."""

    token: Token | None = Field(None, description="the bot's token from @BotFather")
    api_url: SafeUrl = Field(
        HttpUrl("https://api.telegram.org"),
        description="a Bot API server: Telegram's, one of your own, or the playground",
    )
    webhook_url: HookUrl | None = Field(
        None, description="`run --webhook`: the https address at which Telegram finds the bot"
    )
    webhook_secret: HookSecret | None = Field(
        None, description="what Telegram proves itself with; derived from the token if not set"
    )
    webhook_host: str = Field("127.0.0.1", description="the address that the webhook listens on")
    webhook_port: int = Field(8781, ge=0, le=65535, description="the port that it listens on")
    replicas: int = Field(
        1, ge=1, le=20, description="bots that run side by side and share Telegram's limit"
    )


class Recognition(_Group):
    """Who reads the photos."""

    providers: Providers = Field(
        ("embedded",), min_length=1, description="the recognisers, in the order of their turn"
    )
    guess: bool = Field(
        default=True,
        description="whether the embedded recogniser guesses the page; no on a small machine",
    )
    tell_provider: bool = Field(
        default=False, description="whether an answer says who read the photo"
    )
    workers: int = Field(
        1,
        ge=1,
        le=64,
        description="photos that the embedded recogniser reads at a time; 400 MB each",
    )
    threads: int = Field(2, ge=1, le=64, description="processors that it may use for each of them")
    seconds: float = Field(
        60, gt=0, description="after so many seconds a photo is given up in the chat"
    )
    calls_per_second: float = Field(
        10, gt=0, description="calls a second to each recogniser elsewhere"
    )


class DrivingLicence(_Group):
    """The account for `POST /ocr/drivinglicence`, at Tencent Cloud or at an engine of one's own."""

    app_id: str = Field("", description="the AppID")
    secret_id: str = Field("", description="the SecretId of the main account")
    secret_key: SecretStr = Field(SecretStr(""), description="its SecretKey")
    bucket: str = Field("", description="historic; empty for most accounts")
    form: Literal["multipart", "base64"] = Field(
        "multipart", description="how a photo is put into a request; multipart is smaller"
    )
    url: SafeUrl = Field(
        HttpUrl("https://recognition.image.myqcloud.com/ocr/drivinglicence"),
        description="the address of the call: Tencent Cloud's, or that of `licence-bot serve`",
    )

    @property
    def may_be_unsigned(self) -> bool:
        """Whether an engine on this machine is asked, which may want no account, with none."""
        account = self.app_id, self.secret_id, self.secret_key.get_secret_value()
        return self.url.scheme == "http" and is_here(self.url.host or "") and not any(account)


class TencentCloud(_Group):
    """The account for VehicleLicenseOCR and DriverLicenseOCR."""

    secret_id: str = Field("", description="the SecretId")
    secret_key: SecretStr = Field(SecretStr(""), description="its SecretKey")
    region: str = Field("ap-guangzhou", description="the region of the calls")
    endpoint: str = Field("ocr.tencentcloudapi.com", description="the host of the calls")


class Serve(_Group):
    """The engine: the embedded recogniser for other machines."""

    host: str = Field("127.0.0.1", description="the address that it listens on")
    port: int = Field(8780, ge=0, le=65535, description="the port of the engine; 0 picks one")
    app_id: str = Field("", description="the AppID that may call it, made up by you")
    secret_id: str = Field("", description="the SecretId that may call it, made up by you")
    secret_key: SecretStr = Field(SecretStr(""), description="its SecretKey, made up by you")


class Policy(_Group):
    """How strict the answers are."""

    low_confidence: float = Field(
        0.9, ge=0, le=1, description="a value below this confidence is marked as doubtful"
    )
    expiring_days: int = Field(
        90, ge=0, le=3650, description="days before its end from which a licence counts as due"
    )
    silenced: tuple[str, ...] = Field(
        (), description="findings that are not told, by their codes in docs/findings.md"
    )
    masking: Literal["groups", "always", "never"] = Field(
        "groups", description="where answers hide personal data until a button shows it"
    )
    timezone: ZoneInfo = Field(
        ZoneInfo("Asia/Shanghai"), description="the time zone whose calendar decides on expiry"
    )


class Delivery(_Group):
    """How updates wait and are worked on."""

    key: Key | None = Field(
        None,
        description="seals what waits: 32 bytes as base64; on SQLite a file beside it does",
    )
    previous_key: Key | None = Field(
        None, description="the key before, while a new one takes its place"
    )
    concurrency: int = Field(
        32, ge=1, le=256, description="updates that are worked on at a time in one process"
    )
    stop_seconds: float = Field(
        25,
        ge=0,
        description="how long a stop waits for them; the rest is done after the next start",
    )


class Health(_Group):
    """Where the bot tells how it is."""

    port: int | None = Field(
        None, ge=1, le=65535, description="the port of `/healthz`, `/livez` and `/metrics`"
    )
    host: str = Field("127.0.0.1", description="the address that it listens on")


class Log(_Group):
    """What the program tells of its work."""

    level: Literal["debug", "info", "warning", "error"] = Field(
        "info", description="the least grave event that is logged"
    )
    format: Literal["auto", "console", "json"] = Field(
        "auto", description="how an event is written; auto is JSON where nobody sits at a terminal"
    )


class Settings(BaseSettings):
    """The whole configuration; environment variables `BOT_…` win over the file `.env`."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        env_nested_delimiter=_NESTED,
        env_file=".env",
        extra="ignore",  # a .env file may serve other programs too
        frozen=True,
    )

    telegram: Telegram = Telegram()
    recognition: Recognition = Recognition()
    drivinglicence: DrivingLicence = DrivingLicence()
    tencentcloud: TencentCloud = TencentCloud()
    serve: Serve = Serve()
    policy: Policy = Policy()
    access: Access = Access()
    delivery: Delivery = Delivery()
    health: Health = Health()
    log: Log = Log()
    database_url: DatabaseUrl | None = Field(
        None,
        description="where updates wait: `sqlite:///file` or `postgresql://…`; a file in your "
        "data folder where it is not set",
    )
    operator: str = Field("", description="who runs this bot and how to reach them, for /privacy")


def data_folder() -> Path:
    """Where programs of this person keep what outlives them, on this kind of machine.

    Raises:
        RuntimeError: this person has no home.
    """
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support"
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share")


def load() -> Settings:
    """Read the settings.

    Raises:
        SettingsError: one is wrong; its message is one line that names it.
    """
    try:
        settings = Settings()
    except ValidationError as error:
        raise _one_line(error) from None
    except UnreadableError as error:
        group = re.search(r'field "(\w+)"', str(error))
        name = variable(group[1]) if group else PREFIX
        example = "[204918365]" if group and group[1] == "access" else '["embedded"]'
        raise SettingsError(f"{name}…: write a list as JSON, e.g. {example}") from None

    _refuse_strangers(settings)
    return settings


def checked(model: type[Model], values: dict[str, Any]) -> Model:
    """A group of settings from values that a command was given.

    Raises:
        SettingsError: one is wrong.
    """
    try:
        return model.model_validate(values)
    except ValidationError as error:
        raise _one_line(error, model.__name__) from None


def _one_line(error: ValidationError, *group: str) -> SettingsError:
    first = error.errors(include_url=False, include_input=False)[0]
    return SettingsError(f"{variable(*group, *first['loc'])}: {remark(first)}")


def _refuse_strangers(settings: Settings) -> None:
    """A misspelt setting would silently stay at its default."""
    known = {variable(*path) for path in paths(type(settings))}
    given = {name.upper() for name in (*os.environ, *dotenv_values(".env"))}
    for stranger in sorted(given - known):
        if stranger.startswith(PREFIX):
            near = get_close_matches(stranger, known, 1)
            hint = f"; did you mean {near[0]}?" if near else ""
            raise SettingsError(f"{stranger}: there is no such setting{hint}")


def paths(model: type[BaseModel], *path: str) -> Iterator[tuple[str, ...]]:
    """Where each setting stands, e.g. `("telegram", "token")`; a group may be given as JSON."""
    for name, field in model.model_fields.items():
        yield (*path, name)
        if isinstance(field.default, BaseModel):
            yield from paths(type(field.default), *path, name)


def variable(*path: str | int) -> str:
    """The environment variable of a setting, e.g. `BOT_TELEGRAM__TOKEN`."""
    return PREFIX + _NESTED.join(part.upper() for part in path if isinstance(part, str))


def require(settings: Settings, group: str, *names: str) -> None:
    """Make sure that some settings of a group are set, or that none of them has to be.

    Raises:
        SettingsError: one is not.
    """
    given = getattr(settings, group)
    if isinstance(given, DrivingLicence) and given.may_be_unsigned:
        return
    for name in names:
        value = getattr(given, name)
        if not (value.get_secret_value() if isinstance(value, SecretStr) else value):
            raise SettingsError(f"{variable(group, name)}: missing")


def require_token(settings: Settings) -> SecretStr:
    """The bot's token.

    Raises:
        SettingsError: there is none.
    """
    if settings.telegram.token is None:
        raise SettingsError(
            f"{variable('telegram', 'token')}: missing; @BotFather gives you one, "
            "or try the bot without an account: licence-bot try"
        )
    return settings.telegram.token
