"""Methods by which a bot receives: updates, webhooks, files."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.playground.files import DOWNLOAD_LIMIT
from bot.playground.polling import NEW_WEBHOOK
from bot.playground.refusals import bad_request, conflict
from bot.playground.webhook import CONNECTIONS

if TYPE_CHECKING:
    from bot.playground.parameters import Parameters
    from bot.playground.world import World

WEBHOOK_ACTIVE = (
    "can't use getUpdates method while webhook is active; "
    "use deleteWebhook to delete the webhook first"
)


async def get_updates(world: World, parameters: Parameters) -> list[dict[str, Any]]:
    """``getUpdates``."""
    if world.webhook.url:
        raise conflict(WEBHOOK_ACTIVE)
    _remember_allowed(world, parameters)
    updates = await world.polling.poll(
        parameters.integer("offset"),
        parameters.integer("limit", 100),
        parameters.integer("timeout"),
    )
    return [update.to_api() for update in updates]


async def set_webhook(world: World, parameters: Parameters) -> bool:
    """``setWebhook``."""
    world.webhook.set(
        parameters.text("url").strip(),
        parameters.text("secret_token"),
        parameters.integer("max_connections", CONNECTIONS),
    )
    _remember_allowed(world, parameters)
    if parameters.flag("drop_pending_updates"):
        world.updates.clear()
    if world.webhook.url:
        world.polling.interrupt(NEW_WEBHOOK)
    return True


async def delete_webhook(world: World, parameters: Parameters) -> bool:
    """``deleteWebhook``."""
    world.webhook.set("")
    if parameters.flag("drop_pending_updates"):
        world.updates.clear()
    return True


async def get_webhook_info(world: World, _: Parameters) -> dict[str, Any]:
    """``getWebhookInfo``."""
    return world.webhook.info()


async def get_file(world: World, parameters: Parameters) -> dict[str, Any]:
    """``getFile``."""
    file_id = parameters.text("file_id")
    if not file_id:
        raise bad_request("file_id not specified")
    stored = world.files.get(file_id)
    if stored is None:
        raise bad_request("wrong file_id or the file is temporarily unavailable")
    if stored.size > DOWNLOAD_LIMIT:
        raise bad_request("file is too big")
    return {
        "file_id": stored.file_id,
        "file_unique_id": stored.file_unique_id,
        "file_size": stored.size,
        "file_path": stored.path,
    }


def _remember_allowed(world: World, parameters: Parameters) -> None:
    """An absent list changes nothing, an empty one means every usual kind."""
    allowed = parameters.structure("allowed_updates", "allowed updates list")
    if isinstance(allowed, list):
        world.updates.allowed = frozenset(map(str, allowed)) or None
