"""The command line: `licence-bot try | run | read | serve | doctor | audit | move | alive`."""

from __future__ import annotations

import asyncio
import sys
from contextlib import AsyncExitStack
from datetime import datetime
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer
from pydantic import SecretStr, TypeAdapter, ValidationError
from rich.console import Console
from rich.markup import escape
from rich.progress import Progress

from bot import __version__, running
from bot.errors import BotError, SettingsError
from bot.formats import DatabaseUrl
from bot.licence.documents import DocumentType
from bot.licence.report import assess
from bot.remarks import remark
from bot.settings import Recognition, Settings, checked, load

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bot.batch import Outcome
    from bot.chat.languages import Language

# Each command imports what it needs, so that none waits for the libraries of another.

app = typer.Typer(
    help="Reads Chinese driving and vehicle licences from a photo.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
screen = Console()
complaints = Console(stderr=True)

DEFAULT_PORT: Final = 8765
USAGE_ERROR: Final = 2


class Page(StrEnum):
    """A page as it is called on the command line."""

    DRIVING = "driving"
    VEHICLE = "vehicle"
    BACK = "back"
    AUTO = "auto"


class Format(StrEnum):
    """How `read` prints what it read."""

    TEXT = "text"
    JSON = "json"
    CSV = "csv"


class AuditFormat(StrEnum):
    """How `audit` prints what was done."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"


Lang = Annotated[
    str, typer.Option(help="The language of the sentences: en, zh-Hans (or zh) or zh-Hant.")
]

_PAGES: Final = {
    Page.DRIVING: DocumentType.DRIVING_LICENCE,
    Page.VEHICLE: DocumentType.VEHICLE_LICENCE,
    Page.BACK: DocumentType.VEHICLE_LICENCE_BACK,
}


def main() -> None:
    """Run a command; a wrong setting is one line and exit code 2."""
    try:
        app()
    except (SettingsError, BotError) as error:
        complaints.print(_line(error), style="red", markup=False, highlight=False, soft_wrap=True)
        sys.exit(USAGE_ERROR if isinstance(error, SettingsError) else 1)


def _line(error: SettingsError | BotError) -> str:
    from bot.batch import explain
    from bot.chat.languages import DEFAULT, language

    if isinstance(error, BotError):
        return explain(error, language(DEFAULT))
    return str(error)


@app.callback(invoke_without_command=True)
def about(
    *, version: Annotated[bool, typer.Option("--version", help="Print the version.")] = False
) -> None:
    """Reads Chinese driving and vehicle licences from a photo."""
    if version:
        screen.print(__version__, highlight=False)
        raise typer.Exit


@app.command("try")
def try_out(
    port: Annotated[int, typer.Option(help="The page's port; 0 picks one.")] = DEFAULT_PORT,
    *,
    no_open: Annotated[bool, typer.Option("--no-open", help="Open no browser.")] = False,
) -> None:
    """Try the bot on this machine, without a Telegram account."""
    settings = _settings()

    def say(url: str) -> None:
        screen.print(f"\nThe chat is at [bold]{url}[/bold]  (Ctrl-C stops)\n", highlight=False)
        if not no_open:
            running.show(url)

    asyncio.run(running.until_stopped(lambda stop: running.trial(settings, port, stop, say)))


@app.command()
def run(
    *,
    webhook: Annotated[
        bool,
        typer.Option("--webhook", help="Let Telegram deliver to BOT_TELEGRAM__WEBHOOK_URL."),
    ] = False,
) -> None:
    """Run the bot on Telegram (or on the Bot API server in BOT_TELEGRAM__API_URL)."""
    settings = _settings()
    asyncio.run(running.until_stopped(lambda stop: running.bot(settings, stop, webhook=webhook)))


@app.command()
def serve(
    *,
    unsigned: Annotated[
        bool, typer.Option("--unsigned", help="Answer anybody on this machine, without an account.")
    ] = False,
) -> None:
    """Read photos for other machines, as Tencent Cloud's drivinglicence does."""
    from bot.serving import EVERYWHERE

    settings = _settings()

    def say(url: str) -> None:
        line = f"Reading at [bold]{escape(url)}/ocr/drivinglicence[/bold]"
        if settings.serve.host in EVERYWHERE and not unsigned:
            line += ", and at every other address of this machine"
        screen.print(line, highlight=False, soft_wrap=True)

    asyncio.run(
        running.until_stopped(
            lambda stop: running.engine(settings, stop, unsigned=unsigned, say=say)
        )
    )


@app.command()
def doctor(
    lang: Lang = "en",
) -> None:
    """Check each recogniser that is set; exit code 1 if one fails, 2 if a setting is missing."""
    from bot.doctor import examine

    spoken, settings = _language(lang), _settings()
    diagnoses = asyncio.run(examine(settings, spoken))
    for diagnosis in diagnoses:
        screen.print(diagnosis.line, markup=False, highlight=False, soft_wrap=True)
    raise typer.Exit(max(diagnosis.exit_code for diagnosis in diagnoses))


@app.command()
def audit(
    since: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="The first day.", show_default="all that is kept"),
    ] = None,
    form: Annotated[
        AuditFormat, typer.Option("--format", help="How to print it.")
    ] = AuditFormat.TABLE,
) -> None:
    """Tell who had what read, with which outcome and cost; also while the bot runs."""
    from bot import audit
    from bot.delivery.extract import extract

    settings = _settings()
    timezone = settings.policy.timezone
    first = int(since.replace(tzinfo=timezone).timestamp()) if since else 0
    notes = extract(settings, first)
    if form is AuditFormat.TABLE:
        screen.print(audit.as_table(notes, timezone), highlight=False)
        return
    if form is AuditFormat.CSV:
        _print(audit.csv_header())
    line = audit.as_json if form is AuditFormat.JSON else audit.as_csv
    for note in notes:
        _print(line(note, timezone))


@app.command()
def move(
    source: Annotated[
        str, typer.Option("--from", help="The database until now, e.g. sqlite:////data/bot.db.")
    ],
) -> None:
    """Copy all that is kept to a new BOT_DATABASE_URL, while no bot runs on the old one."""
    from bot.delivery.moving import move as copy

    target = _settings()
    old = target.model_copy(update={"database_url": _database(source)})
    moved = asyncio.run(copy(old, target))
    screen.print(", ".join(f"{name}: {count}" for name, count in moved.items()), highlight=False)


@app.command()
def alive(
    *,
    engine: Annotated[
        bool, typer.Option("--engine", help="Ask the engine that `serve` runs, not the bot.")
    ] = False,
) -> None:
    """Ask the bot that runs on this machine whether it lives; exit code 1 if it does not.

    It does while it answers and Telegram answers it: what else is not well a restart does not mend.
    """
    from bot.liveness import bot_lives, engine_lives

    settings = load()
    lives = engine_lives(settings.serve) if engine else bot_lives(settings.health)
    raise typer.Exit(0 if lives else 1)


@app.command()
def read(
    photos: Annotated[list[Path], typer.Argument(help="Picture files.", show_default=False)],
    page: Annotated[Page, typer.Option("--type", help="The page that they show.")] = Page.AUTO,
    form: Annotated[Format, typer.Option("--format", help="How to print it.")] = Format.TEXT,
    lang: Lang = "en",
    provider: Annotated[
        str | None,
        typer.Option(
            help="The recogniser: embedded, drivinglicence or tencentcloud.",
            show_default="as in the settings",
        ),
    ] = None,
    today: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="The day to judge on.", show_default="today"),
    ] = None,
) -> None:
    """Read pictures on this machine; exit code 1 if any could not be read."""
    spoken, settings = _language(lang), _settings()
    if provider:
        chosen = {**settings.recognition.model_dump(), "providers": (provider,)}
        settings = settings.model_copy(update={"recognition": checked(Recognition, chosen)})
    failed = asyncio.run(_read(settings, photos, _PAGES.get(page), form, spoken, today))
    raise typer.Exit(1 if failed else 0)


def _language(tag: str) -> Language:
    """The language with that tag, however its letters are written.

    Raises:
        SettingsError: there is none.
    """
    from bot.chat.languages import TAGS, choose, language

    if tag.lower() not in {"zh", *map(str.lower, TAGS)}:
        raise SettingsError(f"--lang: one of {', '.join(TAGS)}")
    return language(choose(tag))


def _database(url: str) -> SecretStr:
    """The address of a database that a command was given.

    Raises:
        SettingsError: it is none.
    """
    try:
        return TypeAdapter(DatabaseUrl).validate_python(url)
    except ValidationError as error:
        raise SettingsError(f"--from: {remark(error.errors()[0])}") from None


def _settings() -> Settings:
    from bot import logs

    settings = load()
    logs.configure(settings.log)
    return settings


async def _read(
    settings: Settings,
    photos: Sequence[Path],
    page: DocumentType | None,
    form: Format,
    spoken: Language,
    today: datetime | None,
) -> int:
    """Print each photo as soon as it is read; the number of photos that could not be."""
    from bot import batch
    from bot.judging import policy_of, today_of
    from bot.recognition.building import build

    show: dict[Format, Callable[[Outcome], str]] = {
        Format.JSON: lambda outcome: batch.as_json(outcome, spoken),
        Format.TEXT: lambda outcome: batch.as_text(outcome, spoken),
        Format.CSV: batch.as_csv,
    }
    if form is Format.CSV:
        _print(batch.csv_header())
    day = today.date() if today else today_of(settings)
    judge = partial(assess, today=day, policy=policy_of(settings))
    failed = 0
    async with AsyncExitStack() as stack:
        recognisers = build(settings)
        stack.push_async_callback(recognisers.aclose)
        progress = stack.enter_context(_progress())
        task = progress.add_task("", total=len(photos))
        async for outcome in batch.read_all(photos, page, recognisers, judge):
            _print(show[form](outcome))
            failed += outcome.failed
            progress.advance(task)
    return failed


def _progress() -> Progress:
    return Progress(console=complaints, transient=True, disable=not sys.stderr.isatty())


def _print(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()
