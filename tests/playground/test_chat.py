"""The chat itself."""

from __future__ import annotations

from bot.playground.accounts import Bot
from bot.playground.chat import Chat
from bot.playground.clock import Clock
from bot.playground.entities import Text
from bot.playground.events import Events
from bot.playground.messages import Message

BOT = Bot(1, "Bot", "a_bot")


def draft(text: str, reply_to: int | None = None) -> Message:
    """Something the bot is about to say."""
    return Message(id=0, date=0, by_bot=True, text=Text(text), reply_to=reply_to)


def test_the_oldest_give_way_and_ids_increase() -> None:
    """No more than the limit are kept."""
    chat = Chat(BOT, Clock(), Events(), limit=2)
    ids = [chat.add(draft(str(number))).id for number in range(4)]
    assert ids == sorted(set(ids))
    assert [message.id for message in chat] == ids[2:]


def test_ids_go_on_after_a_reset() -> None:
    """A bot may rely on ids that never come back."""
    chat = Chat(BOT, Clock(), Events())
    first = chat.add(draft("x"))
    chat.clear()
    assert list(chat) == []
    assert chat.add(draft("y")).id == first.id + 1


def test_an_old_message_is_hardly_shown() -> None:
    """After 48 hours a pressed button shows only where it was."""
    clock = Clock()
    chat = Chat(BOT, clock, Events())
    message = chat.add(draft("x"))
    assert chat.to_api_now(message)["text"] == "x"
    clock.advance(48 * 3600)
    assert chat.to_api_now(message) == {
        "message_id": message.id,
        "chat": chat.person.chat(),
        "date": 0,
    }


def test_a_reply_is_one_level_deep() -> None:
    """The reply's own reply is left out."""
    chat = Chat(BOT, Clock(), Events())
    first = chat.add(draft("1"))
    second = chat.add(draft("2", reply_to=first.id))
    third = chat.add(draft("3", reply_to=second.id))
    shown = chat.to_api(third)
    assert shown["reply_to_message"]["text"] == "2"
    assert "reply_to_message" not in shown["reply_to_message"]


def test_deleting_twice_is_noticed() -> None:
    """The second time there is nothing."""
    chat = Chat(BOT, Clock(), Events())
    message = chat.add(draft("x"))
    assert chat.remove(message.id) is True
    assert chat.remove(message.id) is False
