"""Builds the application; the one table of handlers."""

from __future__ import annotations

from datetime import datetime
from difflib import get_close_matches
from functools import partial
from typing import TYPE_CHECKING, Any

import structlog
import telegram
from telegram import LinkPreviewOptions
from telegram.constants import ParseMode
from telegram.error import TelegramError
from telegram.ext import (
    Application,
    ApplicationBuilder,
    BaseHandler,
    CallbackQueryHandler,
    CommandHandler,
    Defaults,
    MessageHandler,
    filters,
)

from bot.chat import commands
from bot.chat.desk import Desk
from bot.chat.followup import FollowUp
from bot.chat.intake import Intake
from bot.chat.pace import Pace
from bot.chat.reading import READINGS, Reader
from bot.errors import SettingsError
from bot.licence.findings import CODES
from bot.licence.report import Policy
from bot.settings import require_token, variable

if TYPE_CHECKING:
    from asyncio import Queue
    from datetime import date

    from telegram.request import BaseRequest

    from bot.metrics import Metrics
    from bot.recognition.recogniser import Classifier, Recogniser
    from bot.settings import Settings

log = structlog.get_logger(__name__)

BotApplication = Application[Any, Any, Any, Any, Any, Any]


def handlers(desk: Desk) -> list[BaseHandler[Any, Any, Any]]:
    """What a person can do -> who takes care of it; the first match wins."""
    private = filters.ChatType.PRIVATE
    return [
        # commands
        CommandHandler("start", desk.start, private),
        CommandHandler("help", desk.help, private),
        CommandHandler("privacy", desk.privacy),  # Telegram's terms: in every chat
        MessageHandler(filters.COMMAND & ~private, desk.group),
        # pictures; a moving one is an animation with a file
        MessageHandler(
            private & (filters.ANIMATION | filters.VIDEO | filters.VIDEO_NOTE), desk.moving
        ),
        MessageHandler(private & (filters.PHOTO | filters.Document.ALL), desk.photo),
        # words: /driving, /vehicle, /back or the page's name, a correction, and everything else
        MessageHandler(private & filters.TEXT, desk.words),
        MessageHandler(private & ~filters.StatusUpdate.ALL, desk.other),
        # buttons
        CallbackQueryHandler(desk.press),
    ]


def build(  # noqa: PLR0913 - what it is put together from
    settings: Settings,
    recogniser: Recogniser,
    classifier: Classifier | None,
    updates: Queue[object],
    connections: tuple[BaseRequest, BaseRequest],
    *,
    metrics: Metrics | None = None,
) -> BotApplication:
    """The application, ready to be started.

    Args:
        settings: the owner's.
        recogniser: reads the photos.
        classifier: guesses the page, where anybody does.
        updates: where those that Telegram delivers are put.
        connections: to Telegram, the second one for fetching updates.
        metrics: count what is answered.

    Raises:
        SettingsError: there is no token.
    """
    reader = Reader(
        recogniser,
        policy_of(settings),
        partial(today_of, settings),
        settings.recognition.seconds,
        tell_provider=settings.recognition.tell_provider,
        masking=settings.policy.masking,
        # One more than the workers read: it is fetched meanwhile.
        readings=max(READINGS, settings.recognition.workers + 1),
        metrics=metrics,
    )
    intake = Intake(classifier, reader)
    desk = Desk(intake, reader, FollowUp(reader), readers_of(settings), settings.operator)
    sending, fetching = connections
    application = (
        _builder(settings)
        .request(sending)
        .get_updates_request(fetching)
        .update_queue(updates)
        .build()
    )
    application.post_stop = lambda _: intake.aclose()
    application.add_handlers(handlers(desk))
    application.add_error_handler(desk.error)
    return application


def readers_of(settings: Settings) -> tuple[str, ...]:
    """Who sees photos, as the sentences of /privacy call them."""
    tencent = (settings.drivinglicence.url.host or "").endswith(".myqcloud.com")
    names = {
        "embedded": "embedded",
        "drivinglicence": "tencent" if tencent else "engine",
        "tencentcloud": "tencent",
    }
    return tuple(dict.fromkeys(names[provider] for provider in settings.recognition.providers))


def policy_of(settings: Settings) -> Policy:
    """The owner's thresholds.

    Raises:
        SettingsError: a finding is silenced that there is not.
    """
    given = settings.policy
    try:
        return Policy(given.low_confidence, given.expiring_days, frozenset(given.silenced))
    except ValueError as error:
        near = get_close_matches(str(error), CODES, 1)
        hint = f"; did you mean {near[0]}?" if near else ""
        name = variable("policy", "silenced")
        raise SettingsError(f"{name}: no finding is called {error}{hint}") from None


def today_of(settings: Settings) -> date:
    """The day on which expiry is judged."""
    return datetime.now(settings.policy.timezone).date()


def _builder(settings: Settings) -> ApplicationBuilder[Any, Any, Any, Any, Any, Any]:
    server = str(settings.telegram.api_url).rstrip("/")
    defaults = Defaults(
        parse_mode=ParseMode.HTML,
        link_preview_options=LinkPreviewOptions(is_disabled=True),
        allow_sending_without_reply=True,
    )
    return (
        ApplicationBuilder()
        .token(require_token(settings).get_secret_value())
        .base_url(f"{server}/bot")
        .base_file_url(f"{server}/file/bot")
        .defaults(defaults)
        .rate_limiter(Pace())
        .job_queue(None)
        .post_init(_introduce)
    )


async def _introduce(application: BotApplication) -> None:
    """With a connection that nothing limits: a refusal here must not make the others wait."""
    bot, request = application.bot, application.bot.request
    plain = telegram.Bot(bot.token, bot.base_url.removesuffix(bot.token), request=request,
                         get_updates_request=request)  # fmt: skip
    try:
        await commands.introduce(plain)
    except TelegramError as error:  # the menu is a comfort; the bot works without it
        log.warning("menu not set", error=type(error).__name__)
