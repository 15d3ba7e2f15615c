"""Builds the application: the gate, and the one table of handlers behind it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any

import structlog
import telegram
from telegram import LinkPreviewOptions, Update
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
    TypeHandler,
    filters,
)

from bot.chat import callbacks, commands
from bot.chat.access import Gate
from bot.chat.desk import Desk
from bot.chat.followup import FollowUp
from bot.chat.forgetting import Forgetting
from bot.chat.intake import Intake
from bot.chat.membership import Membership
from bot.chat.metering import Metered
from bot.chat.pace import Pace
from bot.chat.reading import READINGS, Reader
from bot.chat.reminding import Asks, Reminding
from bot.judging import policy_of, today_of
from bot.settings import require_token

if TYPE_CHECKING:
    from asyncio import Queue
    from collections.abc import Sequence

    from telegram.request import BaseRequest

    from bot.chat.registry import Registry
    from bot.metrics import Metrics
    from bot.recognition.recogniser import Classifier, Recogniser
    from bot.records import Reminder
    from bot.settings import Settings

log = structlog.get_logger(__name__)

BotApplication = Application[Any, Any, Any, Any, Any, Any]


@dataclass(frozen=True, slots=True)
class Staff:
    """Those who take care of what people do."""

    desk: Desk
    membership: Membership
    reminding: Reminding
    forgetting: Forgetting


def handlers(staff: Staff) -> list[BaseHandler[Any, Any, Any]]:
    """What a person can do -> who takes care of it; the first match wins.

    Whoever comes here was let in by the gate, and so may do all of it.
    """
    private = filters.ChatType.PRIVATE
    desk, membership, reminding = staff.desk, staff.membership, staff.reminding
    return [
        # commands
        CommandHandler("start", desk.start, private),
        CommandHandler("help", desk.help, private),
        CommandHandler("privacy", desk.privacy),  # Telegram's terms: in every chat
        CommandHandler("reminders", reminding.agenda, private),
        CommandHandler("forget", staff.forgetting.ask, private),
        CommandHandler("invite", membership.invite, private),
        CommandHandler("people", membership.people, private),
        MessageHandler(filters.COMMAND & ~private, desk.group),
        # pictures; a moving one is an animation with a file
        MessageHandler(
            private & (filters.ANIMATION | filters.VIDEO | filters.VIDEO_NOTE), desk.moving
        ),
        MessageHandler(private & (filters.PHOTO | filters.Document.ALL), desk.photo),
        # words: a day, /driving, /vehicle, /back or the page's name, a correction, whatever else
        MessageHandler(private & filters.TEXT & Asks(), reminding.pick),
        MessageHandler(private & filters.TEXT, desk.words),
        MessageHandler(private & ~filters.StatusUpdate.ALL, desk.other),
        # buttons
        CallbackQueryHandler(reminding.press, f"^{callbacks.REMIND}"),
        CallbackQueryHandler(reminding.cancel, f"^{callbacks.CANCEL}"),
        CallbackQueryHandler(membership.remove, f"^{callbacks.REMOVE}"),
        CallbackQueryHandler(staff.forgetting.press, f"^{callbacks.FORGET}$"),
        CallbackQueryHandler(desk.press),
    ]


def build(  # noqa: PLR0913, PLR0917 - all that a bot stands on
    settings: Settings,
    recogniser: Recogniser,
    classifier: Classifier | None,
    updates: Queue[object],
    connections: tuple[BaseRequest, BaseRequest],
    registry: Registry,
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
        registry: what is kept about people.
        metrics: count what is answered, and who is refused.

    Raises:
        SettingsError: there is no token.
    """
    sending, fetching = connections
    application = (
        _builder(settings)
        .request(sending)
        .get_updates_request(fetching)
        .update_queue(updates)
        .build()
    )
    staff = _staff(settings, recogniser, classifier, registry, metrics)
    gate = Gate(settings.access, registry.people, registry.audit, metrics)
    registry.reminders.tell_with(partial(_tell, gate, staff.reminding, application.bot))
    application.post_stop = lambda _: staff.desk.intake.aclose()
    application.add_handler(TypeHandler(Update, gate.admit), group=-1)
    application.add_handlers(handlers(staff))
    application.add_error_handler(staff.desk.error)
    return application


def _staff(
    settings: Settings,
    recogniser: Recogniser,
    classifier: Classifier | None,
    registry: Registry,
    metrics: Metrics | None,
) -> Staff:
    policy, timezone = policy_of(settings), settings.policy.timezone
    now = partial(datetime.now, timezone)
    reader = Reader(
        Metered(recogniser, registry.quotas, registry.audit, policy, now),
        policy,
        partial(today_of, settings),
        settings.recognition.seconds,
        tell_provider=settings.recognition.tell_provider,
        masking=settings.policy.masking,
        # One more than the workers read: it is fetched meanwhile.
        readings=max(READINGS, settings.recognition.workers + 1),
        metrics=metrics,
    )
    about = commands.About(readers_of(settings), settings.operator, settings.access)
    reminders = registry.reminders
    return Staff(
        Desk(Intake(classifier, reader), reader, FollowUp(reader), about),
        Membership(settings.access, registry.people, reminders, timezone),
        Reminding(reminders, policy, now),
        Forgetting(reminders, registry.quotas, registry.audit, settings.access.audit_days),
    )


def readers_of(settings: Settings) -> tuple[str, ...]:
    """Who sees photos, as the sentences of /privacy call them."""
    tencent = (settings.drivinglicence.url.host or "").endswith(".myqcloud.com")
    names = {
        "embedded": "embedded",
        "drivinglicence": "tencent" if tencent else "engine",
        "tencentcloud": "tencent",
    }
    return tuple(dict.fromkeys(names[provider] for provider in settings.recognition.providers))


async def _tell(gate: Gate, reminding: Reminding, bot: telegram.Bot, reminder: Reminder) -> None:
    """Who is let in no longer is not reminded either."""
    if await gate.role(reminder.chat, reminder.chat):  # a private chat has its person's id
        await reminding.tell(bot, reminder)
    else:
        log.info("reminder of a stranger not said")


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
        .rate_limiter(Pace(settings.telegram.replicas))
        .job_queue(None)
        .post_init(partial(_introduce, settings.access.owners))
    )


async def _introduce(owners: Sequence[int], application: BotApplication) -> None:
    """With a connection that nothing limits: a refusal here must not make the others wait."""
    bot, request = application.bot, application.bot.request
    plain = telegram.Bot(bot.token, bot.base_url.removesuffix(bot.token), request=request,
                         get_updates_request=request)  # fmt: skip
    try:
        await commands.introduce(plain, owners)
    except TelegramError as error:  # the menu is a comfort; the bot works without it
        log.warning("menu not set", error=type(error).__name__)
