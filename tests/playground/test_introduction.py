"""What a bot tells about itself."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from bot.playground.accounts import PERSON_ID

if TYPE_CHECKING:
    import httpx

    from bot.playground.server import Playground

START = {"command": "start", "description": "Begin"}
PRIVATE = {"type": "all_private_chats"}


async def test_get_me(bot: httpx.AsyncClient, playground: Playground) -> None:
    """The id is the token's first half."""
    result = (await bot.post("getMe")).json()["result"]
    assert result["id"] == int(playground.token.split(":")[0])
    assert result["is_bot"] is True


async def test_get_chat(bot: httpx.AsyncClient) -> None:
    """The person's private chat, and no other."""
    result = (await bot.post("getChat", json={"chat_id": PERSON_ID})).json()["result"]
    assert (result["id"], result["type"]) == (PERSON_ID, "private")
    assert (await bot.post("getChat", json={"chat_id": 1})).status_code == 400


async def test_commands_are_kept_per_scope_and_language(bot: httpx.AsyncClient) -> None:
    """What was set under one key is found under that key only."""
    await bot.post("setMyCommands", data={"commands": json.dumps([START]), "language_code": "zh"})
    found = await bot.post("getMyCommands", json={"language_code": "zh"})
    assert found.json()["result"] == [START]
    for other in ({}, {"language_code": "zh", "scope": PRIVATE}):
        assert (await bot.post("getMyCommands", json=other)).json()["result"] == []
    await bot.post("deleteMyCommands", json={"language_code": "zh"})
    found = await bot.post("getMyCommands", json={"language_code": "zh"})
    assert found.json()["result"] == []


async def test_the_menu_is_the_narrowest_in_the_persons_language(
    bot: httpx.AsyncClient, person: httpx.AsyncClient
) -> None:
    """Scope before language, language before none; zh-hant is served by zh."""
    plans: list[tuple[dict[str, Any], str]] = [
        ({}, "default"),
        ({"language_code": "zh"}, "默认"),
        ({"scope": PRIVATE}, "private"),
        ({"scope": PRIVATE, "language_code": "zh"}, "私聊"),
    ]
    await person.post("/api/person", json={"language_code": "zh-hant"})
    for key, description in plans:
        commands = [{"command": "start", "description": description}]
        await bot.post("setMyCommands", json={**key, "commands": commands})
        state = (await person.get("/api/state")).json()
        assert state["commands"] == commands
    await person.post("/api/person", json={"language_code": None})
    state = (await person.get("/api/state")).json()
    assert state["commands"][0]["description"] == "private"


@pytest.mark.parametrize(
    ("parameters", "description"),
    [
        ({"commands": "x"}, "can't parse commands list JSON object"),
        ({"commands": {}}, "expected an Array of BotCommand"),
        ({"commands": ["x"]}, "expected an Object as BotCommand"),
        ({"commands": [START] * 101}, "BOT_COMMANDS_TOO_MUCH"),
        ({"commands": [{"command": "Start", "description": "x"}]}, "BOT_COMMAND_INVALID"),
        (
            {"commands": [{"command": "start", "description": ""}]},
            "BOT_COMMAND_DESCRIPTION_INVALID",
        ),
        ({"commands": [START], "language_code": "zh-hans"}, "LANG_CODE_INVALID"),
        ({"commands": [START], "scope": {"type": "moon"}}, "unsupported type specified"),
        ({"commands": [START], "scope": [1]}, "unsupported type specified"),
    ],
)
async def test_refusals(
    bot: httpx.AsyncClient, parameters: dict[str, Any], description: str
) -> None:
    """Codes and sentences as Telegram has them."""
    answer = await bot.post("setMyCommands", json=parameters)
    assert (answer.status_code, answer.json()["description"]) == (
        400,
        f"Bad Request: {description}",
    )


@pytest.mark.parametrize(
    ("name", "field", "limit"),
    [
        ("Name", "name", 64),
        ("Description", "description", 512),
        ("ShortDescription", "short_description", 120),
    ],
)
async def test_texts_are_kept_per_language(
    bot: httpx.AsyncClient, name: str, field: str, limit: int
) -> None:
    """A language without its own text gets the one for all; too long is refused."""
    before = (await bot.post(f"getMy{name}")).json()["result"][field]
    await bot.post(f"setMy{name}", json={field: "every"})
    await bot.post(f"setMy{name}", json={field: "中文", "language_code": "zh"})
    for code, text in (("zh", "中文"), ("en", "every"), ("", "every")):
        found = await bot.post(f"getMy{name}", json={"language_code": code})
        assert found.json()["result"] == {field: text}
    await bot.post(f"setMy{name}", json={field: ""})
    assert (await bot.post(f"getMy{name}")).json()["result"] == {field: before}
    assert (await bot.post(f"setMy{name}", json={field: "x" * (limit + 1)})).status_code == 400
