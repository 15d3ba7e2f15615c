"""The programs behind the commands: what each of them starts, and in which order it stops."""

from __future__ import annotations

import asyncio
import signal
import webbrowser
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass
from errno import EADDRNOTAVAIL
from socket import gaierror
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from pydantic import SecretStr

from bot.errors import SettingsError
from bot.logs import note_forgotten
from bot.settings import Telegram, require, variable

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Coroutine, Iterator

    from starlette.applications import Starlette
    from starlette.routing import Route

    from bot.delivery.connection import Heartbeat, Sending
    from bot.delivery.delivery import Delivery
    from bot.delivery.health import Part
    from bot.delivery.hello import BotApplication
    from bot.metrics import Metrics
    from bot.recognition.building import Recognisers
    from bot.settings import Settings

# Each program imports what it needs, so that none waits for the libraries of another.


async def until_stopped(work: Callable[[asyncio.Event], Coroutine[None, None, None]]) -> None:
    """Do some work until it ends or the process is asked to stop."""
    stop, loop = asyncio.Event(), asyncio.get_running_loop()
    loop.set_exception_handler(note_forgotten)

    def ask_to_stop() -> None:
        stop.set()
        loop.remove_signal_handler(signal.SIGINT)  # a second Ctrl-C does not ask

    for number in (signal.SIGINT, signal.SIGTERM):
        with suppress(NotImplementedError):  # Windows; there Ctrl-C interrupts
            loop.add_signal_handler(number, ask_to_stop)
    await work(stop)


async def bot(settings: Settings, stop: asyncio.Event, *, webhook: bool = False) -> None:
    """The bot on Telegram, or on whatever Bot API server the settings name.

    Args:
        settings: the owner's.
        stop: asks it to leave.
        webhook: whether Telegram delivers updates, instead of being polled for them.

    Raises:
        SettingsError: a token, an account or a port is wrong.
        ProviderError: the embedded recogniser cannot be loaded.
    """
    from bot.chat.application import build as build_application
    from bot.delivery.connection import Heartbeat, connect
    from bot.delivery.delivery import delivering
    from bot.metrics import Metrics
    from bot.recognition.building import build

    if webhook:
        require(settings, "telegram", "webhook_url")
    metrics = Metrics()
    async with AsyncExitStack() as stack:
        recognisers = build(settings, metrics)
        stack.push_async_callback(recognisers.aclose)
        sending = connect(settings.telegram, metrics)
        heartbeat = Heartbeat(settings.telegram, metrics)
        delivery = await stack.enter_async_context(delivering(settings, metrics))
        application = build_application(
            settings,
            recognisers.chain,
            recognisers.classifier,
            delivery.inbox,
            (sending, heartbeat),
            delivery.registry,
            metrics=metrics,
        )
        staff = Staff(settings, metrics, recognisers, delivery, application, sending, heartbeat)
        await (_told if webhook else _polling)(staff, stack, stop)


@dataclass(frozen=True, slots=True)
class Staff:
    """The parts of a bot, ready to be started."""

    settings: Settings
    metrics: Metrics
    recognisers: Recognisers
    delivery: Delivery
    application: BotApplication
    sending: Sending
    heartbeat: Heartbeat

    def routes(self, telegram: Part, doubt: float, stop: asyncio.Event) -> list[Route]:
        """Where the bot tells how it is."""
        from bot.delivery.health import Health, routes, stored

        parts = {
            "store": stored(self.delivery.store, self.delivery.inbox, doubt),
            "recognition": self.recognisers.state,
            "telegram": telegram,
        }
        return routes(Health(parts, stop), self.metrics, self.delivery.gauges)


async def _polling(staff: Staff, stack: AsyncExitStack, stop: asyncio.Event) -> None:
    from starlette.applications import Starlette

    from bot.delivery.health import POLLED, polled
    from bot.delivery.polling import poll

    health = staff.settings.health
    if health.port:
        app = Starlette(routes=staff.routes(polled(staff.heartbeat), POLLED, stop))
        await _listen(stack, app, (health.host, health.port), "health")
    await staff.recognisers.start()
    delivery, application = staff.delivery, staff.application
    work = delivery.to(application, lambda: staff.sending.away)
    await poll(application, staff.heartbeat, stop, work, delivery.turn)


async def _told(staff: Staff, stack: AsyncExitStack, stop: asyncio.Event) -> None:
    """Where health has a port of its own, the public address answers nobody but Telegram."""
    from starlette.applications import Starlette

    from bot.delivery.health import TOLD, hooked
    from bot.delivery.listening import Door, listen
    from bot.delivery.webhook import address, webhook

    health, telegram = staff.settings.health, staff.settings.telegram
    place = address(staff.settings)
    beside = staff.routes(hooked(telegram, staff.sending, place), TOLD, stop)
    if health.port:
        app = Starlette(routes=beside)
        await _listen(stack, app, (health.host, health.port), "health")
        beside = []
    app = webhook(place, staff.delivery.inbox, staff.metrics, beside)
    door = Door(place, _hooked(app, telegram))
    await staff.recognisers.start()
    work = staff.delivery.to(staff.application, lambda: staff.sending.away)
    await listen(staff.application, staff.sending, stop, work, door)


@asynccontextmanager
async def _hooked(app: Starlette, telegram: Telegram) -> AsyncIterator[None]:
    async with AsyncExitStack() as stack:
        at = telegram.webhook_host, telegram.webhook_port
        await _listen(stack, app, at, "telegram", "webhook_")
        yield


async def engine(
    settings: Settings, stop: asyncio.Event, *, unsigned: bool, say: Callable[[str], None]
) -> None:
    """The embedded recogniser for other machines; `say` is told its address.

    Raises:
        SettingsError: an account or the port is wrong.
    """
    from bot.recognition.building import embedded_recogniser
    from bot.recognition.drivinglicence.accounts import EngineAccount
    from bot.recognition.drivinglicence.server import Limits
    from bot.recognition.drivinglicence.server import engine as build_engine
    from bot.serving import outward

    given, accounts = settings.serve, []
    if not unsigned:
        require(settings, "serve", "app_id", "secret_id", "secret_key")
        key = given.secret_key.get_secret_value()
        accounts = [EngineAccount(given.app_id, given.secret_id, key)]
    async with AsyncExitStack() as stack:
        recogniser = embedded_recogniser(settings)
        stack.push_async_callback(recogniser.aclose)
        # One more than are read: it is decoded meanwhile.
        limits = Limits(places=settings.recognition.workers + 1)
        app = build_engine(recogniser, accounts, unsigned=unsigned, limits=limits)
        url = await _listen(stack, app, (given.host, given.port), "serve")
        # Unsigned requests are answered on the loopback address only, wherever it listens.
        say(url if unsigned else outward(given.host, urlsplit(url).port or given.port))
        await stop.wait()


async def trial(
    settings: Settings, port: int, stop: asyncio.Event, say: Callable[[str], None]
) -> None:
    """The playground and the bot on it; `say` is told the page's address.

    Raises:
        SettingsError: the port is taken, or a setting of the bot is wrong.
    """
    from bot.playground.accounts import PERSON_ID
    from bot.playground.server import Playground, serve

    playground = Playground()
    async with AsyncExitStack() as stack:
        with _port_of("--port", port):
            url = await stack.enter_async_context(serve(playground, port=port))
        telegram = Telegram.model_validate({"token": playground.token, "api_url": url})
        folder = stack.enter_context(TemporaryDirectory(prefix="licence-bot-"))
        store = SecretStr(f"sqlite:///{folder}/bot.db")
        owners = (*settings.access.owners, PERSON_ID)  # who tries a bot may do everything
        access = settings.access.model_copy(update={"owners": owners})
        given = {"telegram": telegram, "database_url": store, "access": access}
        say(url)
        await bot(settings.model_copy(update=given), stop)


def show(url: str) -> None:
    """Show a page in a window, but never in a text browser over this terminal."""
    with suppress(webbrowser.Error):
        browser = webbrowser.get()
        if type(browser) is not webbrowser.GenericBrowser:
            browser.open(url)


async def _listen(
    stack: AsyncExitStack, app: Starlette, at: tuple[str, int], group: str, prefix: str = ""
) -> str:
    """Serve until the stack is unwound; the URL. The settings of that group name host and port."""
    from bot.serving import serving

    names = variable(group, f"{prefix}port"), at[1], variable(group, f"{prefix}host")
    with _port_of(*names):
        return await stack.enter_async_context(serving(app, *at))


@contextmanager
def _port_of(setting: str, port: int, host_setting: str = "") -> Iterator[None]:
    """A port that is taken is a wrong setting, and so is a host that this machine has not."""
    try:
        yield
    except OSError as error:
        if host_setting and (isinstance(error, gaierror) or error.errno == EADDRNOTAVAIL):
            raise SettingsError(f"{host_setting}: {error.strerror}") from None
        raise SettingsError(f"{setting}: port {port}: {error.strerror}") from None
