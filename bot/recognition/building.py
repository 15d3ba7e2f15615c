"""The recognisers that the owner chose, built from the settings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.errors import SettingsError
from bot.recognition.calls import Counted
from bot.recognition.chain import Chain, Link
from bot.settings import require, variable

if TYPE_CHECKING:
    from bot.metrics import Metrics
    from bot.recognition.embedded.engine import EmbeddedRecogniser
    from bot.recognition.recogniser import Classifier, Recogniser
    from bot.settings import Settings

# Each recogniser is imported where it is built: whoever does not use it needs none of its
# libraries.


@dataclass(frozen=True, slots=True)
class Recognisers:
    """Who reads, and who guesses the page.

    Attributes:
        chain: the providers in the owner's order.
        embedded: the recogniser on this machine, where it reads or guesses.
        classifier: who guesses the page, where anybody does.
    """

    chain: Chain
    embedded: EmbeddedRecogniser | None
    classifier: Classifier | None

    async def start(self) -> None:
        """Load what has to be loaded before the first photo."""
        if self.embedded:
            await self.embedded.start()

    async def state(self) -> str:
        """`ok` where a photo would be read now, or a code for what is in the way."""
        return self.chain.state

    async def aclose(self) -> None:
        """Let go of connections, threads and models."""
        await self.chain.aclose()
        if self.embedded:
            await self.embedded.aclose()


def build(settings: Settings, metrics: Metrics | None = None) -> Recognisers:
    """Build what the settings list, and nothing else; `metrics` count what it is asked.

    Raises:
        SettingsError: a listed provider lacks its account.
    """
    chosen = settings.recognition
    embedded = embedded_recogniser(settings) if _is_needed(settings) else None
    links = [
        Link(
            Counted(recogniser(provider, settings, embedded)),
            near=provider == "embedded",
            metrics=metrics,
        )
        for provider in chosen.providers
    ]
    chain = Chain(links, chosen.seconds)
    return Recognisers(chain, embedded, embedded if chosen.guess else None)


def recogniser(
    provider: str, settings: Settings, embedded: EmbeddedRecogniser | None
) -> Recogniser:
    """One provider of the settings.

    Raises:
        SettingsError: it lacks its account.
    """
    if provider == "drivinglicence":
        return _drivinglicence(settings)
    if provider == "tencentcloud":
        return _tencentcloud(settings)
    return embedded or embedded_recogniser(settings)


def embedded_recogniser(settings: Settings) -> EmbeddedRecogniser:
    """The recogniser on this machine."""
    from bot.recognition.embedded.engine import EmbeddedRecogniser

    chosen = settings.recognition
    return EmbeddedRecogniser(workers=chosen.workers, threads=chosen.threads)


def _is_needed(settings: Settings) -> bool:
    return settings.recognition.guess or "embedded" in settings.recognition.providers


def _drivinglicence(settings: Settings) -> Recogniser:
    from bot.recognition.drivinglicence.client import Account, DrivingLicenceRecogniser
    from bot.recognition.drivinglicence.wire import Form

    require(settings, "drivinglicence", "app_id", "secret_id", "secret_key")
    given = settings.drivinglicence
    account = Account(
        app_id=given.app_id,
        secret_id=given.secret_id,
        secret_key=given.secret_key.get_secret_value(),
        bucket=given.bucket,
        url=str(given.url),
        form=Form(given.form),
    )
    return DrivingLicenceRecogniser(account, per_second=settings.recognition.calls_per_second)


def _tencentcloud(settings: Settings) -> Recogniser:
    from bot.recognition.tencentcloud.account import Account
    from bot.recognition.tencentcloud.client import TencentCloudRecogniser

    require(settings, "tencentcloud", "secret_id", "secret_key")
    given = settings.tencentcloud
    try:
        account = Account(
            secret_id=given.secret_id,
            secret_key=given.secret_key.get_secret_value(),
            region=given.region,
            endpoint=given.endpoint,
        )
    except ValueError as error:
        raise SettingsError(f"{variable('tencentcloud')}__… {error}") from None
    return TencentCloudRecogniser(account, per_second=settings.recognition.calls_per_second)
