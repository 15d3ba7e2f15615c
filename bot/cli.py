"""The command line: `licence-bot try | run | read | alive`."""

from __future__ import annotations

import asyncio
import signal
import sys
import webbrowser
from contextlib import AsyncExitStack, contextmanager, suppress
from datetime import datetime
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer
from rich.console import Console
from rich.progress import Progress

from bot import __version__
from bot.errors import BotError, SettingsError
from bot.licence.documents import DocumentType
from bot.licence.report import assess
from bot.logs import note_forgotten
from bot.settings import Settings, Telegram, load, variable

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Iterator, Sequence

    from bot.batch import Outcome

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
    asyncio.run(_with_signals(lambda stop: _try_out(settings, port, stop, open_page=not no_open)))


@app.command()
def run() -> None:
    """Run the bot on Telegram (or on the Bot API server in BOT_TELEGRAM__API_URL)."""
    settings = _settings()
    asyncio.run(_with_signals(lambda stop: _run(settings, stop)))


@app.command()
def alive() -> None:
    """Ask the bot that runs on this machine whether it lives; exit code 1 if it does not."""
    import httpx

    from bot.serving import EVERYWHERE, address

    health = load().health
    if health.port is None:
        raise SettingsError(f"{variable('health', 'port')}: missing; it is where to ask")
    host = "127.0.0.1" if health.host in EVERYWHERE else health.host
    try:
        answer = httpx.get(address(host, health.port) + "/healthz", trust_env=False, timeout=5)
        living = answer.is_success
    except httpx.HTTPError:
        living = False
    raise typer.Exit(0 if living else 1)


@app.command()
def read(
    photos: Annotated[list[Path], typer.Argument(help="Picture files.", show_default=False)],
    page: Annotated[Page, typer.Option("--type", help="The page that they show.")] = Page.AUTO,
    form: Annotated[Format, typer.Option("--format", help="How to print it.")] = Format.TEXT,
    lang: Annotated[str, typer.Option(help="The language of the sentences.")] = "en",
    today: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="The day to judge on.", show_default="today"),
    ] = None,
) -> None:
    """Read pictures on this machine; exit code 1 if any could not be read."""
    settings = _settings()
    failed = asyncio.run(_read(settings, photos, _PAGES.get(page), form, lang, today))
    raise typer.Exit(1 if failed else 0)


def _settings() -> Settings:
    from bot import logs

    settings = load()
    logs.configure(settings.log)
    return settings


async def _with_signals(work: Callable[[asyncio.Event], Coroutine[None, None, None]]) -> None:
    """Do some work until it ends or the program is asked to stop."""
    stop, loop = asyncio.Event(), asyncio.get_running_loop()
    loop.set_exception_handler(note_forgotten)

    def ask_to_stop() -> None:
        stop.set()
        loop.remove_signal_handler(signal.SIGINT)  # a second Ctrl-C does not ask

    for number in (signal.SIGINT, signal.SIGTERM):
        with suppress(NotImplementedError):  # Windows; there Ctrl-C interrupts
            loop.add_signal_handler(number, ask_to_stop)
    await work(stop)


async def _run(settings: Settings, stop: asyncio.Event) -> None:
    from bot.chat.application import build as build_application
    from bot.delivery.connection import Heartbeat, connect
    from bot.delivery.health import health
    from bot.delivery.ordering import ChatOrder
    from bot.delivery.polling import poll
    from bot.recognition.recogniser import build as build_recogniser
    from bot.serving import serving

    async with AsyncExitStack() as stack:
        recogniser = build_recogniser(settings)
        stack.push_async_callback(recogniser.aclose)
        heartbeat = Heartbeat(settings.telegram)
        connections = (connect(settings.telegram), heartbeat)
        application = build_application(settings, recogniser, recogniser, ChatOrder(), connections)
        if settings.health.port:
            host, port = settings.health.host, settings.health.port
            with _port_as(variable("health", "port"), port):
                await stack.enter_async_context(serving(health(heartbeat), host, port))
        await recogniser.start()
        await poll(application, heartbeat, stop)


async def _try_out(settings: Settings, port: int, stop: asyncio.Event, *, open_page: bool) -> None:
    from bot.playground.server import Playground, serve

    playground = Playground()
    async with AsyncExitStack() as stack:
        with _port_as("--port", port):
            url = await stack.enter_async_context(serve(playground, port=port))
        telegram = Telegram.model_validate({"token": playground.token, "api_url": url})
        screen.print(f"\nThe chat is at [bold]{url}[/bold]  (Ctrl-C stops)\n", highlight=False)
        if open_page:
            _open(url)
        await _run(settings.model_copy(update={"telegram": telegram}), stop)


@contextmanager
def _port_as(setting: str, port: int) -> Iterator[None]:
    """A port that is taken is a wrong setting."""
    try:
        yield
    except OSError as error:
        raise SettingsError(f"{setting}: port {port}: {error.strerror}") from None


def _open(url: str) -> None:
    """Show the page in a window, but never in a text browser over this terminal."""
    with suppress(webbrowser.Error):
        browser = webbrowser.get()
        if type(browser) is not webbrowser.GenericBrowser:
            browser.open(url)


async def _read(  # noqa: PLR0913, PLR0917 - see read()
    settings: Settings,
    photos: Sequence[Path],
    page: DocumentType | None,
    form: Format,
    lang: str,
    today: datetime | None,
) -> int:
    """Print each photo as soon as it is read; the number of photos that could not be."""
    from bot import batch
    from bot.chat.application import policy_of, today_of
    from bot.chat.languages import choose, language
    from bot.recognition.recogniser import build as build_recogniser

    spoken = language(choose(lang))
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
        recogniser = build_recogniser(settings)
        stack.push_async_callback(recogniser.aclose)
        progress = stack.enter_context(_progress())
        task = progress.add_task("", total=len(photos))
        async for outcome in batch.read_all(photos, page, recogniser, recogniser, judge):
            _print(show[form](outcome))
            failed += outcome.failed
            progress.advance(task)
    return failed


def _progress() -> Progress:
    return Progress(console=complaints, transient=True, disable=not sys.stderr.isatty())


def _print(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()
