"""How bots receive: the rules between polling, webhooks and files."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING, Any

import pytest

from bot.playground.files import DOWNLOAD_LIMIT
from bot.playground.polling import NEW_WEBHOOK
from bot.playground.receiving import WEBHOOK_ACTIVE

if TYPE_CHECKING:
    import httpx

HOOK = {"url": "http://127.0.0.1:9/hook"}


async def test_polling_and_a_webhook_exclude_each_other(bot: httpx.AsyncClient) -> None:
    """409 with Telegram's advice, and after deleteWebhook all is well."""
    await bot.post("setWebhook", json=HOOK)
    answer = await bot.post("getUpdates")
    assert (answer.status_code, answer.json()["description"]) == (
        409,
        f"Conflict: {WEBHOOK_ACTIVE}",
    )
    await bot.post("deleteWebhook")
    assert (await bot.post("getUpdates")).status_code == 200


async def test_a_new_webhook_ends_a_poll(bot: httpx.AsyncClient) -> None:
    """The poll is told by whom."""
    poll = asyncio.ensure_future(bot.post("getUpdates", json={"timeout": 30}))
    await asyncio.sleep(0.05)
    await bot.post("setWebhook", json=HOOK)
    answer = await asyncio.wait_for(poll, 20)
    assert answer.json()["description"] == f"Conflict: {NEW_WEBHOOK}"


async def test_allowed_updates_are_remembered(
    bot: httpx.AsyncClient, person: httpx.AsyncClient
) -> None:
    """A later request without the list keeps it, an empty list lifts it."""
    await bot.post("getUpdates", data={"allowed_updates": json.dumps(["callback_query"])})
    assert (await bot.post("getWebhookInfo")).json()["result"]["allowed_updates"] == [
        "callback_query"
    ]
    await person.post("/api/messages", data={"text": "unheard"})
    assert (await bot.post("getUpdates", json={"offset": -1})).json()["result"] == []
    await bot.post("getUpdates", json={"offset": -2, "allowed_updates": []})
    await person.post("/api/messages", data={"text": "heard"})
    [update] = (await bot.post("getUpdates", json={"offset": -3})).json()["result"]
    assert update["message"]["text"] == "heard"


@pytest.mark.parametrize("method", ["setWebhook", "deleteWebhook"])
async def test_pending_updates_may_be_dropped(
    bot: httpx.AsyncClient, person: httpx.AsyncClient, method: str
) -> None:
    """Only if the bot says so."""
    await person.post("/api/messages", data={"text": "x"})
    await bot.post(method)
    assert (await bot.post("getWebhookInfo")).json()["result"]["pending_update_count"] == 1
    await bot.post(method, json={"drop_pending_updates": True})
    assert (await bot.post("getWebhookInfo")).json()["result"]["pending_update_count"] == 0


@pytest.mark.parametrize(
    ("parameters", "description"),
    [
        ({"url": "ftp://example.com"}, "bad webhook: invalid URL specified"),
        ({"url": "http://[::1"}, "bad webhook: invalid URL specified"),
        ({"url": "http://example.com:99999"}, "bad webhook: invalid URL specified"),
        ({"url": "https://"}, "bad webhook: invalid URL specified"),
        ({**HOOK, "secret_token": "x" * 257}, "secret token is too long"),
        ({**HOOK, "secret_token": "a b"}, "secret token contains unallowed characters"),
        ({**HOOK, "secret_token": "证"}, "secret token contains unallowed characters"),
    ],
)
async def test_webhooks_telegram_would_not_take(
    bot: httpx.AsyncClient, parameters: dict[str, Any], description: str
) -> None:
    """Address and secret are checked at once."""
    answer = await bot.post("setWebhook", json=parameters)
    assert (answer.status_code, answer.json()["description"]) == (
        400,
        f"Bad Request: {description}",
    )


@pytest.mark.parametrize(
    ("file_id", "description"),
    [
        (None, "file_id not specified"),
        ("AgACunknown", "wrong file_id or the file is temporarily unavailable"),
    ],
)
async def test_files_that_are_not_there(
    bot: httpx.AsyncClient, file_id: str | None, description: str
) -> None:
    """Missing and unknown ids."""
    answer = await bot.post("getFile", json={} if file_id is None else {"file_id": file_id})
    assert answer.json()["description"] == f"Bad Request: {description}"


@pytest.mark.parametrize("surplus", [0, 1])
async def test_bots_download_at_most_20_megabytes(
    bot: httpx.AsyncClient, person: httpx.AsyncClient, surplus: int
) -> None:
    """20 971 520 bytes are fine, one more is too big."""
    data = bytes(DOWNLOAD_LIMIT + surplus)
    sent = await person.post("/api/messages", data={"as": "file"}, files={"files": ("a.bin", data)})
    document = sent.json()[0]["document"]
    assert document["file_size"] == len(data)
    answer = await bot.post("getFile", json={"file_id": document["file_id"]})
    if surplus:
        assert answer.json()["description"] == "Bad Request: file is too big"
    else:
        assert answer.json()["result"]["file_size"] == 20_971_520
