"""Everything there is: one bot, a person, their chat, and what Telegram keeps of it."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from bot.playground.accounts import Bot, Person
from bot.playground.callbacks import Callbacks, callback_query
from bot.playground.chat import Chat
from bot.playground.clock import Clock
from bot.playground.events import Events
from bot.playground.faults import Faults
from bot.playground.files import Files
from bot.playground.polling import Polling
from bot.playground.profile import Profile
from bot.playground.updates import CALLBACK_QUERY_LIFETIME, MESSAGE_LIFETIME, Updates
from bot.playground.webhook import Webhook

if TYPE_CHECKING:
    from bot.playground.limits import Limits
    from bot.playground.messages import Message

BOT_NAME = "Licence Bot"
BOT_USERNAME = "licence_playground_bot"
LEAST_BOT_ID, MOST_BOT_ID = 5_000_000_000, 9_000_000_000


def made_up_token() -> str:
    """A token that looks like BotFather's and opens nothing but this playground."""
    bot_id = LEAST_BOT_ID + secrets.randbelow(MOST_BOT_ID - LEAST_BOT_ID)
    return f"{bot_id}:AA{secrets.token_urlsafe(33)[:33]}"


class World:
    """The parts of one Telegram, put together."""

    def __init__(self, token: str) -> None:
        self.token = token
        self.clock = Clock()
        self.events = Events()
        bot = Bot(int(token.partition(":")[0]), BOT_NAME, BOT_USERNAME)
        self.chat = Chat(bot, self.clock, self.events)
        self.files = Files()
        self.updates = Updates(self.clock)
        self.polling = Polling(self.updates, self.clock)
        self.webhook = Webhook(self.updates, self.clock)
        self.callbacks = Callbacks(self.clock)
        self.profile = Profile()
        self.faults = Faults()
        self.limits: Limits | None = None
        self._others: list[Chat] = []

    def chat_of(self, chat_id: str) -> Chat | None:
        """The private chat with that person; `None` where there is none."""
        chats = (self.chat, *self._others)
        return next((chat for chat in chats if str(chat.person.id) == chat_id), None)

    def join(self, person: Person) -> Chat:
        """Somebody else begins a chat with the bot; the page does not show it."""
        chat = Chat(self.chat.bot, self.clock, Events())
        chat.person = person
        self._others.append(chat)
        return chat

    def hear(self, draft: Message, chat: Chat | None = None) -> Message:
        """A person says something: into the chat, and to the bot."""
        chat = chat or self.chat
        message = chat.add(draft)
        self.updates.put("message", chat.to_api(message), MESSAGE_LIFETIME)
        return message

    def press(self, message: Message, data: str, chat: Chat | None = None) -> str:
        """A person presses a button; the id of the query."""
        chat = chat or self.chat
        query_id = self.callbacks.ask()
        query = callback_query(
            query_id,
            chat.person.to_api(),
            chat.to_api_now(message),
            self.callbacks.chat_instance,
            data,
        )
        self.updates.put("callback_query", query, CALLBACK_QUERY_LIFETIME)
        return query_id

    def reset(self) -> None:
        """Begin anew: an empty chat, nothing pending, no faults.

        What the bot told at its start (commands, descriptions, webhook) stays, and so do the
        person's name and language; clocks and ids never go back.
        """
        self.chat.clear()
        self.files.clear()
        self.updates.clear()
        self.callbacks.clear()
        self.faults.clear()
        self._others.clear()
        self.events.publish("reset")
